import type { Language } from '@wracam/contract';
import { attributeOf } from '@wracam/engine/attributes';
import { roundDown } from '@wracam/engine/points';
import { readActor } from '../../platform/actor.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso, isoOrNull } from '../../platform/iso.ts';
import { actorNames } from '../access/index.ts';
import { publishedRulesets } from '../earning/index.ts';
import { displayNames, maskedName } from '../members/index.ts';
import type { MemberChange } from './figures.ts';
import type { LevelFigures } from './level-figures.ts';
import { newRuleId } from './plan.ts';
import * as store from './store.ts';
import type { ReplayRow, StoredResult } from './store.ts';

const TOP = 20;

type RuleNames = ReadonlyMap<number, string>;
async function ruleNamesOf(tx: ProgramTx, row: ReplayRow): Promise<RuleNames> {
  const names = new Map<number, string>();
  for (const { ruleset } of await publishedRulesets(tx)) for (const rule of ruleset.rules) names.set(rule.ruleId, rule.definition.name);
  row.wish.changes.forEach(({ ruleId, definition }, place) => { if (definition !== null) names.set(ruleId ?? newRuleId(place), definition.name); });
  return names;
}

function headOf(deps: Deps, row: ReplayRow, madeBy: string, names: RuleNames) {
  const changeOf = ({ ruleId, definition }: ReplayRow['wish']['changes'][number]) => ({
    rule: ruleId === null ? null : deps.publicIds.encode('rul', ruleId), name: definition?.name ?? names.get(ruleId ?? 0) ?? '',
    change: definition === null ? 'left_out' as const : ruleId === null ? 'added' as const : 'changed' as const,
  });
  const { ladder, base, sets, segments, wallets, membersAs } = row.wish;
  return {
    id: deps.publicIds.encode('rpl', row.id), state: row.state, from: row.wish.from, until: row.wish.until, wallet: row.wish.wallet, costPer100Minor: row.wish.costPer100Minor, changes: row.wish.changes.map(changeOf),
    ladder: (ladder ?? null) !== null, base: (base ?? null) !== null, sets: (sets ?? []).map((one) => one.name), segments: (segments ?? []).map((one) => one.name), membersAs: membersAs ?? 'then', wallets: [...wallets ?? []] as never[],
    madeBy, madeAt: iso(row.madeAt), endedAt: isoOrNull(row.endedAt), done: row.documentsDone, total: row.documentsTotal,
  };
}

async function makersOf(deps: Deps, ctx: Ctx, rows: readonly ReplayRow[]): Promise<string[]> {
  return actorNames(deps, ctx, rows.map(({ madeBy }) => readActor(madeBy)));
}

export async function listViews(deps: Deps, ctx: Ctx) {
  const { rows, names } = await deps.db.readProgram(ctx.programId, async (tx) => {
    const found = await store.listReplays(tx);
    const known = new Map<ReplayRow, RuleNames>();
    for (const row of found) known.set(row, await ruleNamesOf(tx, row));
    return { rows: found, names: known };
  });
  const makers = await makersOf(deps, ctx, rows);
  return { items: rows.map((row, at) => headOf(deps, row, makers[at]!, names.get(row)!)) };
}

/** A replay with its result, once it has one. Refuses `not_found`. */
export async function detailView(deps: Deps, ctx: Ctx, id: number) {
  const { row, top, moved, names } = await deps.db.readProgram(ctx.programId, async (tx) => {
    const found = await store.findReplay(tx, id) ?? refuse('not_found');
    return {
      row: found, top: found.result ? await withNames(deps, tx, await store.topMembers(tx, id, TOP)) : [], moved: await withNames(deps, tx, found.result?.levels?.differing ?? []), names: await ruleNamesOf(tx, found),
    };
  });
  const [maker] = await makersOf(deps, ctx, [row]);
  return { ...headOf(deps, row, maker!, names), result: row.result && resultView(deps, row.result, row.wish.costPer100Minor, names, { top, moved }, ctx.language) };
}

export type NamedChange = MemberChange & { readonly name: string | null };
export async function withNames<Row extends { readonly memberId: number }>(deps: Deps, tx: ProgramTx, rows: readonly Row[]): Promise<(Row & { readonly name: string | null })[]> {
  const keys = await deps.keyring.forProgram(tx.program.id);
  const names = await displayNames(tx, keys, rows.map((one) => one.memberId));
  return rows.map((one) => ({ ...one, name: maskedName(names.get(one.memberId) ?? null) }));
}

type NamedMove = LevelFigures['differing'][number] & { readonly name: string | null };
/** Where members stand on levels, with their names in a language. */
export const levelsView = (deps: Deps, { order, moves, segments }: LevelFigures, moved: readonly NamedMove[], language: Language) => ({
  order: order.map((one) => ({ code: one.code, name: one[language], color: one.color })), moves: [...moves], segments: segments.map((one) => ({ ...one, moves: [...one.moves] })),
  top: moved.map(({ memberId, name, from, to }) => ({ member: deps.publicIds.encode('mem', memberId), name, from, to })),
});

export const costOf = (points: number, costPer100Minor: number): number => roundDown(Math.max(0, points), costPer100Minor, 100);

function resultView(deps: Deps, result: StoredResult, costPer100Minor: number, names: RuleNames, { top, moved }: { top: readonly NamedChange[]; moved: readonly NamedMove[] }, language: Language) {
  const edge = (value: number) => (Math.abs(value) === Number.MAX_SAFE_INTEGER ? null : value);
  // A point that comes back costs nothing.
  const sums = (side: StoredResult['sums']['now']) => ({ ...side, owed: side.owed ?? null, costMinor: costOf(side.earned - side.returned, costPer100Minor) });
  return {
    documents: result.documents, changingFacts: (result.changingFacts ?? []).map((code) => attributeOf(code)?.words[language] ?? code), check: { checked: result.difference.checked, differing: result.difference.documents }, now: sums(result.sums.now), draft: sums(result.sums.draft),
    months: [...result.months], members: { gaining: result.winners, losing: result.losers, unchanged: result.same },
    rules: result.rules.map(({ ruleId, now, draft }) => ({ rule: ruleId < 0 ? null : deps.publicIds.encode('rul', ruleId), name: names.get(ruleId) ?? '', now, draft })),
    spread: result.spread.map(({ from, to, members }) => ({ from: edge(from), to: edge(to), members })), segments: [...result.segments], thresholds: result.thresholds.map((one) => ({ ...one, segments: [...one.segments] })), levels: result.levels && levelsView(deps, result.levels, moved, language),
    top: top.map(({ memberId, name, now, draft }) => ({ member: deps.publicIds.encode('mem', memberId), name, now, draft })),
  };
}
