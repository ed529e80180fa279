import type { OwnNames } from '@wracam/engine/describe';
import type { Ruleset } from '@wracam/engine/rules';
import type { Language } from '@wracam/contract';
import type { Db, ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { listBadges } from '../badges/index.ts';
import { eventNames } from '../event-types/index.ts';
import { levelNames } from '../tiers/index.ts';

/** What a program calls today what rules know by codes: its own events, their fields, badges, levels. */
export type ProgramNames = Readonly<Record<Language, OwnNames>>;

/** One process's memory of a program's names, right for one number of theirs; by database. */
const memory = new WeakMap<Db, Map<number, { readonly no: number; readonly names: ProgramNames }>>();

/**
 * The program's names as this transaction sees them: the very same object as long as nothing is renamed, for words that were made with it are
 * kept by it. Their number, read in this very transaction, tells when to look again.
 */
export async function programNames(deps: Deps, tx: ProgramTx): Promise<ProgramNames> {
  let programs = memory.get(deps.db);
  if (!programs) memory.set(deps.db, programs = new Map<number, { no: number; names: ProgramNames }>());
  const known = programs.get(tx.program.id);
  if (known?.no === tx.program.namesNo) return known.names;
  const events = await eventNames(tx);
  const badges = Object.fromEntries((await listBadges(tx)).flatMap(({ code, name }) => (code === null ? [] : [[code, name] as const])));
  const levels = { pl: Object.fromEntries(await levelNames(deps, tx, 'pl')), en: Object.fromEntries(await levelNames(deps, tx, 'en')) };
  const namesIn = (language: Language): OwnNames => ({ ...events, values: { ...events.values, 'member.badge': badges, 'member.tier': levels[language] } });
  const names = { pl: namesIn('pl'), en: namesIn('en') };
  programs.set(tx.program.id, { no: tx.program.namesNo, names });
  return names;
}

const NAMED_BY_CODE = /"event\.field\.|"member\.badge|"member\.tier"|"tierMultiplier"|"badge"|"of":\{"field"/;
const namedByCode = new WeakMap<Ruleset, boolean>();

/** The names, where these rules know something by a code; the words of others outlive every renaming. */
export function namesFor(names: ProgramNames, ruleset: Ruleset, language: Language): OwnNames | undefined {
  let named = namedByCode.get(ruleset);
  if (named === undefined) namedByCode.set(ruleset, named = ruleset.eventReasons !== undefined || NAMED_BY_CODE.test(JSON.stringify(ruleset.rules)));
  return named ? names[language] : undefined;
}
