import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isTimeZone } from '@wracam/engine/calendar';
import { LINE_KINDS, type LineKind } from '@wracam/engine/facts';
import type { RuleDefinition, WalletExpiry } from '@wracam/engine/rules';
import { projectRoot } from '../../platform/project-root.ts';
import { startProblem } from '../../platform/start-problem.ts';

export type MemberIdentifier = 'externalId' | 'card' | 'number';
/** How a file of sales becomes documents. Lives as JSON in imports/. */
export type Mapping = {
  readonly name: string;
  /** First half of every document's key. */
  readonly source: string;
  /** Made when there is none of this code. */
  readonly program: { readonly code: string; readonly name: string; readonly organisation: string; readonly currency: string; readonly timeZone: string; readonly expiry: WalletExpiry; readonly rules: readonly RuleDefinition[] };
  /** `empty`: texts that stand for nothing. Dates are `YYYY-MM-DD HH:MM:SS` or ISO, on clocks of `timeZone`. */
  readonly file: { readonly delimiter: string; readonly decimal: '.' | ','; readonly timeZone: string; readonly empty: readonly string[] };
  readonly columns: { readonly document: string; readonly occurredAt: string; readonly member: string; readonly sku: string; readonly name: string; readonly quantity: string; readonly unitPrice: string; readonly attributes: Readonly<Record<string, string>> };
  readonly memberIdentifier: MemberIdentifier;
  readonly channel: string | null;
  /** By the beginning of the document's number, the first that fits; otherwise a sale. */
  readonly kinds: readonly { readonly prefix: string; readonly kind: 'return' | 'refuse'; readonly reason?: string }[];
  /** Articles that are not goods, by code and by the beginning of a code. */
  readonly lineKinds: Readonly<Record<string, LineKind>>;
  readonly lineKindPrefixes: Readonly<Record<string, LineKind>>;
  /** Returns that name no sale: matched to the member's earlier lines of the article, newest first; or never. */
  readonly matchReturns: 'newest-line-of-article' | 'never';
};

/** A mapping by its name (imports/NAME.json of the installation) or by the path of its file. A start problem tells what is wrong with it. */
export async function readMapping(nameOrPath: string): Promise<Mapping> {
  const file = /[/\\.]/.test(nameOrPath) ? path.resolve(nameOrPath) : path.join(projectRoot(), 'imports', `${nameOrPath}.json`);
  const text = await readFile(file, 'utf8').catch(() => { throw startProblem(`There is no mapping ${nameOrPath}: give the name of a file in imports/ or a path.`); });
  let value: Partial<Mapping>;
  try {
    value = JSON.parse(text) as Partial<Mapping>;
  } catch (error) {
    throw startProblem(`The mapping ${nameOrPath} is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
  const faults = faultsOf(value);
  if (faults.length > 0) throw startProblem(`The mapping ${nameOrPath} has faults: ${faults.join('; ')}.`);
  return { channel: null, lineKindPrefixes: {}, lineKinds: {}, kinds: [], matchReturns: 'never', ...value, columns: { attributes: {}, ...value.columns } } as Mapping;
}

function faultsOf(mapping: Partial<Mapping>): string[] {
  const faults: string[] = [];
  const need = (holds: boolean, fault: string) => { if (!holds) faults.push(fault); };
  for (const name of ['name', 'source'] as const) need(typeof mapping[name] === 'string' && mapping[name] !== '', `${name} is missing`);
  need(typeof mapping.program?.code === 'string' && Array.isArray(mapping.program.rules), 'program needs a code and rules');
  need(isTimeZone(mapping.program?.timeZone ?? ''), 'program.timeZone is no time zone');
  need(isTimeZone(mapping.file?.timeZone ?? ''), 'file.timeZone is no time zone');
  need(mapping.file?.delimiter?.length === 1 && ['.', ','].includes(mapping.file.decimal), 'file needs a delimiter of one character and a decimal sign');
  for (const name of ['document', 'occurredAt', 'member', 'sku', 'name', 'quantity', 'unitPrice'] as const) need(typeof mapping.columns?.[name] === 'string', `columns.${name} is missing`);
  need(['externalId', 'card', 'number'].includes(mapping.memberIdentifier ?? ''), 'memberIdentifier is externalId, card or number');
  for (const kind of [...Object.values(mapping.lineKinds ?? {}), ...Object.values(mapping.lineKindPrefixes ?? {})]) need(LINE_KINDS.includes(kind), `${String(kind)} is no kind of line`);
  return faults;
}
