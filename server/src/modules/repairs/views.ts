import { endOfLocalDay, startOfLocalDay } from '@wracam/engine/calendar';
import { readActor, wroteIt } from '../../platform/actor.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { csvCell, type Cell } from '../../platform/csv-cell.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso, isoOrNull } from '../../platform/iso.ts';
import { actorNames } from '../access/index.ts';
import { grantSums, grantSumsOfMembers } from '../earning/index.ts';
import { displayNames, maskedName } from '../members/index.ts';
import { walletsOf } from '../programs/index.ts';
import { namedThresholds } from '../goals/index.ts';
import { levelNames, publishedLadders } from '../tiers/index.ts';
import { cameSince } from '../transactions/index.ts';
import { isBookable } from './actions.ts';
import { effectsOn, effectSums, listEffects, type Effect } from './effects-store.ts';
import * as store from './store.ts';
import type { RepairRow } from './store.ts';

const TOP = 20;
/** Rows of one file: what a spreadsheet opens without complaint. */
const ROWS_MAX = 100_000;

const nameOf = (names: ReadonlyMap<string, string>, actor: string | null) => (actor === null ? '' : names.get(actor) ?? '');

async function actorsOf(deps: Deps, ctx: Ctx, rows: readonly RepairRow[]): Promise<Map<string, string>> {
  const actors = [...new Set(rows.flatMap((row) => [row.madeBy, row.bookedBy, row.undoneBy, row.proposal?.by ?? null]).filter((one) => one !== null))];
  const names = await actorNames(deps, ctx, actors.map(readActor));
  return new Map(actors.map((actor, at) => [actor, names[at]!]));
}

function headOf(deps: Deps, ctx: Ctx, row: RepairRow, names: ReadonlyMap<string, string>) {
  const act = (by: string | null, at: number | null, reason: string | null, tells: readonly store.Told[]) => (at === null ? null : { by: nameOf(names, by), at: iso(at), reason: reason!, tells: [...tells] });
  return {
    id: deps.publicIds.encode('rpr', row.id), state: row.state, rule: { id: deps.publicIds.encode('rul', row.ruleId), name: row.definition.name }, version: row.version, from: row.fromOn, until: row.untilOn,
    madeBy: nameOf(names, row.madeBy), madeAt: iso(row.madeAt), countedAt: isoOrNull(row.countedAt), done: row.done, total: row.total,
    booked: act(row.bookedBy, row.bookedAt, row.bookReason, row.bookTells), undone: act(row.undoneBy, row.undoneAt, row.undoReason, row.undoTells),
    proposal: row.proposal && { step: row.proposal.step, by: nameOf(names, row.proposal.by), yours: wroteIt(ctx.actor, row.proposal.by), at: iso(row.proposal.at), reason: row.proposal.reason, tells: [...row.proposal.tells ?? []] },
  };
}

export async function listViews(deps: Deps, ctx: Ctx) {
  const rows = await deps.db.readProgram(ctx.programId, (tx) => store.listRepairs(tx));
  const names = await actorsOf(deps, ctx, rows);
  return { items: rows.map((row) => headOf(deps, ctx, row, names)) };
}

/** A repair with what it changes, once that is counted. Refuses `not_found`. */
export async function detailView(deps: Deps, ctx: Ctx, id: number) {
  const { row, result, since } = await deps.db.readProgram(ctx.programId, async (tx) => {
    const found = await store.findRepair(tx, id) ?? refuse('not_found');
    return { row: found, result: found.result && await resultView(deps, tx, ctx, id, found.result), since: found.state === 'booked' ? await sinceOf(tx, found) : null };
  });
  return { ...headOf(deps, ctx, row, await actorsOf(deps, ctx, [row])), result, since };
}

/** Documents that a repair which stands in the ledger has not seen: they came after history was read for it. */
async function sinceOf(tx: ProgramTx, row: RepairRow) {
  const { timeZone } = tx.program;
  return cameSince(tx, await store.lastCounted(tx, row) ?? row.countedAt!, startOfLocalDay(timeZone, row.fromOn), endOfLocalDay(timeZone, row.untilOn));
}

async function resultView(deps: Deps, tx: ProgramTx, ctx: Ctx, id: number, counted: store.CountedResult) {
  const wallets = await walletsOf(tx);
  const codeOf = (no: number) => wallets.find((one) => one.no === no)!.code;
  const sums = await store.walletSums(tx, id);
  const total = (of: (sum: store.WalletSum) => number) => sums.reduce((sum, one) => sum + of(one), 0);
  const top = await store.memberSums(tx, id, TOP);
  const { leftOut, first } = counted;
  const out = (leftOut ?? []).slice(0, TOP);
  const effects = await effectsView(deps, tx, ctx, id);
  const names = await displayNames(tx, await deps.keyring.forProgram(tx.program.id), [...top, ...out, ...effects.levels?.top ?? [], ...effects.goals.flatMap((one) => one.top)].map((one) => one.memberId));
  const named = ({ memberId }: { readonly memberId: number }) => ({ member: deps.publicIds.encode('mem', memberId), name: maskedName(names.get(memberId) ?? null) });
  return {
    documents: counted.documents, check: { checked: counted.checked, differing: counted.differing, first: first === null ? null : deps.publicIds.encode('txn', first) }, bookable: isBookable(counted),
    members: { gaining: total((one) => one.gaining), losing: total((one) => one.losing) }, forgiven: total((one) => one.forgiven), kept: total((one) => one.kept),
    wallets: sums.map(({ walletNo, added, taken }) => ({ wallet: codeOf(walletNo), added, taken })),
    leftOut: { members: leftOut?.length ?? 0, top: out.map((one) => ({ ...named(one), documents: one.documents })) },
    levels: effects.levels && { ...effects.levels, top: effects.levels.top.map(({ from, to, valueFrom, valueTo, ...one }) => ({ ...named(one), from, to, valueFrom, valueTo })) },
    grants: (await grantSums(tx, id)).map(({ what, ...one }) => ({ what: what as 'badge', ...one })),
    goals: effects.goals.map((goal) => ({ ...goal, top: goal.top.map(({ valueFrom, valueTo, given, taken, kept, ...one }) => ({ ...named(one), valueFrom, valueTo, given, taken, kept })) })),
    top: top.map((one) => ({ ...named(one), wallet: codeOf(one.walletNo), points: one.points })),
  };
}

const NO_LEVEL = { pl: 'bez poziomu', en: 'no level' };
const upFirst = (code: string | null, order: readonly string[]) => (code === null ? -1 : order.indexOf(code));

/** What becomes of levels and thresholds, with some of those whom it concerns. */
async function effectsView(deps: Deps, tx: ProgramTx, ctx: Ctx, id: number) {
  const sums = await effectSums(tx, id);
  const moves = sums.filter((one) => one.goalId === null);
  const ladder = (await publishedLadders(tx)).at(-1)?.ladder;
  const order = ladder?.levels.map((one) => one.code) ?? [];
  const count = (isMeant: (step: number) => boolean) => moves.filter((one) => isMeant(upFirst(one.levelTo, order) - upFirst(one.levelFrom, order))).reduce((sum, one) => sum + one.members, 0);
  const names = await levelNames(deps, tx, ctx.language);
  const nameOfLevel = (code: string | null) => (code === null ? NO_LEVEL[ctx.language] : names.get(code) ?? code);
  const thresholds = await namedThresholds(tx);
  const goals = [];
  for (const { goalId, up, down, given, taken, kept } of sums) if (goalId !== null) {
    goals.push({ goal: deps.publicIds.encode('gol', goalId), ...thresholds.get(goalId)!, reached: up, lost: down, given, taken, kept, top: await effectsOn(tx, id, goalId, TOP) });
  }
  const levels = moves.length === 0 ? null : {
    up: count((step) => step > 0), down: count((step) => step < 0), wallet: ladder?.measure.kind === 'points' ? ladder.measure.wallet : null,
    top: (await effectsOn(tx, id, null, TOP)).map((one) => ({ ...one, from: nameOfLevel(one.levelFrom), to: nameOfLevel(one.levelTo) })),
  };
  return { levels, goals };
}

const HEADER = {
  pl: { file: 'naprawa-punktow', cells: ['uczestnik', 'nazwa', 'portfel', 'różnica', 'umorzone przy księgowaniu', 'niecofnięte', 'uwaga', 'co się zmieni', 'było', 'będzie', 'nagrody: nowe', 'nagrody: cofnięte', 'nagrody: zostają'], out: 'pominięty: dokumenty wychodzą inaczej niż w księdze', level: 'poziom', threshold: 'próg', grants: { coupon: 'kupon', badge: 'odznaka', ticket: 'los', tag: 'etykieta' } },
  en: { file: 'points-repair', cells: ['member', 'name', 'wallet', 'difference', 'written off when booked', 'not undone', 'note', 'what changes', 'before', 'after', 'rewards: new', 'rewards: taken back', 'rewards: kept'], out: 'left out: documents do not come to what the ledger says', level: 'level', threshold: 'threshold', grants: { coupon: 'coupon', badge: 'badge', ticket: 'draw ticket', tag: 'tag' } },
};
const NOTHING_ELSE: readonly Cell[] = [null, null, null, null, null, null];

/** The differences of all members, and after them what becomes of their levels, thresholds and what rules gave besides points, as a file; names are masked. Refuses `not_found`. */
export const tableOf = (deps: Deps, ctx: Ctx, id: number): Promise<{ fileName: string; text: string }> => deps.db.readProgram(ctx.programId, async (tx) => {
  const { result } = await store.findRepair(tx, id) ?? refuse('not_found');
  const leftOut = result?.leftOut ?? [];
  const wallets = await walletsOf(tx);
  const sums = await store.memberSums(tx, id, ROWS_MAX);
  const effects = await listEffects(tx, id, ROWS_MAX);
  const given = await grantSumsOfMembers(tx, id, ROWS_MAX);
  const names = await displayNames(tx, await deps.keyring.forProgram(tx.program.id), [...sums, ...leftOut, ...effects, ...given].map((one) => one.memberId));
  const thresholds = await namedThresholds(tx);
  const levels = await levelNames(deps, tx, ctx.language);
  const { file, cells, out, level, threshold, grants } = HEADER[ctx.language];
  const who = ({ memberId }: { readonly memberId: number }): Cell[] => [deps.publicIds.encode('mem', memberId), maskedName(names.get(memberId) ?? null)];
  const levelOf = (code: string | null, value: number) => `${code === null ? NO_LEVEL[ctx.language] : levels.get(code) ?? code} (${value})`;
  const effectOf = (one: Effect): Cell[] => (one.goalId === null ? [level, levelOf(one.levelFrom, one.valueFrom), levelOf(one.levelTo, one.valueTo), null, null, null]
    : [`${threshold}: ${thresholds.get(one.goalId)?.name ?? ''}`, one.valueFrom, one.valueTo, one.given, one.taken, one.kept]);
  const rows = [
    ...sums.map((one): Cell[] => [...who(one), wallets.find((wallet) => wallet.no === one.walletNo)!.code, one.points, one.forgiven, one.kept, null, ...NOTHING_ELSE]),
    ...leftOut.map((one): Cell[] => [...who(one), null, null, null, null, out, ...NOTHING_ELSE]),
    ...effects.map((one): Cell[] => [...who(one), null, null, null, null, null, ...effectOf(one)]),
    ...given.map((one): Cell[] => [...who(one), null, null, null, null, null, `${grants[one.what as keyof typeof grants]}: ${one.code}`, null, null, one.given, one.taken, one.kept]),
  ];
  return { fileName: `wracam-${file}.csv`, text: [cells, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n').concat('\r\n') };
});
