import type { Explanation, NotApplied, ReasonRun } from '@wracam/engine/explain';
import { asciiJson, asciiText } from '../../platform/ascii-json.ts';
import type { TransactionAnswer } from './answers.ts';

/** A reason for the API. One that comes again has its JSON with it, which JSON itself does not see. */
const JSON_TEXT = Symbol('json');
export type ReasonView = { readonly rule: string; readonly reason: string; readonly [JSON_TEXT]?: string };

/** Why a rule gave nothing, for the API: one object and one text for a reason that comes again. */
export const reasonView = (said: NotApplied): ReasonView => (said.memo === null ? { rule: said.rule, reason: said.reason } : (said.memo.made ??= lastingView(said)) as ReasonView);

function lastingView({ rule, reason }: NotApplied): ReasonView {
  return { rule, reason, [JSON_TEXT]: asciiJson({ rule, reason }) };
}

/** Where in a list of reasons are such that come together again and again; JSON does not see it. */
const RUNS = Symbol('runs');
export type ReasonViews = ReasonView[] & { [RUNS]?: readonly ReasonRun[] };
/** Some tens of kilobytes each. */
const RUNS_MAX = 300;
const runTexts = new Map<readonly NotApplied[], string>();

/** Reasons that come together as one text. */
function runText(reasons: readonly NotApplied[]): string {
  const known = runTexts.get(reasons);
  if (known !== undefined) return known;
  if (runTexts.size >= RUNS_MAX) runTexts.clear();
  const text = reasons.map((one) => asciiJson({ rule: one.rule, reason: one.reason })).join(',');
  runTexts.set(reasons, text);
  return text;
}

/** Why rules gave nothing, for the API. */
export function reasonViewsOf({ notApplied, runs }: Pick<Explanation, 'notApplied' | 'runs'>): ReasonView[] {
  const views: ReasonViews = notApplied.map(reasonView);
  if (runs.length > 0) views[RUNS] = runs;
  return views;
}

/** Text that is its own JSON: printable ASCII without a quote and a backslash. */
const PLAIN = /^[ !#-[\]-~]*$/;
const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : asciiText(text));
const quotedOrNull = (text: string | null): string => (text === null ? 'null' : quoted(text));

const NAMES_MAX = 5_000;
const names = new Map<string, string>();
/** Names of rules, which come again and again. */
function quotedName(name: string): string {
  let known = names.get(name);
  if (known === undefined) {
    if (names.size >= NAMES_MAX) names.clear();
    names.set(name, known = asciiJson(name));
  }
  return known;
}

const headJson = (head: TransactionAnswer['transaction']): string =>
  `{"id":"${head.id}","source":${quoted(head.source)},"externalId":${quoted(head.externalId)},"kind":"${head.kind}","state":"${head.state}","member":${quotedOrNull(head.member)},"occurredAt":"${head.occurredAt}","bookedAt":"${head.bookedAt}","totalMinor":${head.totalMinor},"currency":${quoted(head.currency)}${head.event === undefined ? '' : `,"event":${quoted(head.event)}`}}`;

const awardJson = (award: TransactionAnswer['awards'][number]): string =>
  `{"wallet":${quoted(award.wallet)},"points":${award.points},"rule":${quotedName(award.rule)},"reason":${quoted(award.reason)},"expiresOn":${quotedOrNull(award.expiresOn)},"pendingUntil":${quotedOrNull(award.pendingUntil)}}`;

const balanceJson = (balance: TransactionAnswer['balances'][number]): string =>
  `{"wallet":${quoted(balance.wallet)},"available":${balance.available},"pending":${balance.pending},"held":${balance.held},"debt":${balance.debt},"expiring":${balance.expiring.length === 0 ? '[]' : JSON.stringify(balance.expiring)}}`;

function listJson<T>(list: readonly T[], json: (one: T) => string): string {
  let text = '[';
  for (let at = 0; at < list.length; at += 1) text += at === 0 ? json(list[at]!) : `,${json(list[at]!)}`;
  return `${text}]`;
}

function reasonsJson(reasons: ReasonViews): string {
  const runs = reasons[RUNS] ?? [];
  let text = '[';
  for (let at = 0, run = 0; at < reasons.length;) {
    if (at > 0) text += ',';
    const together = runs[run]?.from === at ? runs[run]!.reasons : null;
    text += together === null ? reasons[at]![JSON_TEXT] ?? asciiJson(reasons[at]) : runText(together);
    at += together?.length ?? 1;
    if (together !== null) run += 1;
  }
  return `${text}]`;
}

/**
 * The answer as JSON in ASCII, field by field: it is most of what a till's request costs, and half of it comes again and again.
 * Fields that hold nothing but letters of our own making are not looked at for quotes.
 */
export function transactionJson({ transaction, awards, takenBack, balances, duplicate, givenBack, excess, grants, notApplied }: TransactionAnswer): string {
  return `{"transaction":${headJson(transaction)},"awards":${listJson(awards, awardJson)},"takenBack":${takenBack.length === 0 ? '[]' : asciiJson(takenBack)},"balances":${listJson(balances, balanceJson)},"duplicate":${duplicate}${givenBack ? `,"givenBack":${asciiJson(givenBack)}` : ''}${excess ? `,"excess":${asciiJson(excess)}` : ''}${grants ? `,"grants":${asciiJson(grants)}` : ''},"notApplied":${reasonsJson(notApplied)}}`;
}
