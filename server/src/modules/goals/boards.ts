import { addDays, dateOf, dayNumberOf, endOfMonth, localDate, startOfLocalDay, type LocalDate } from '@wracam/engine/calendar';
import { nicknameFault, nicknameKey, placesOf, type Placed } from '@wracam/engine/goals/leaderboard';
import { mondayOf, shownPeriod } from '@wracam/engine/goals/period';
import { inForceAt } from '@wracam/engine/in-force';
import type { Language } from '@wracam/contract';
import { act, audit } from '../../platform/act.ts';
import { isTaken, type ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { Refusal, refuse } from '../../platform/refusal.ts';
import { assertActive, earnedIn, newWorkingSet, openMember, readMembers } from '../ledger/index.ts';
import { walletByCode, walletsOf } from '../programs/index.ts';
import * as goals from './store.ts';
import * as store from './store/boards.ts';
import { progressIn } from './store/progress.ts';

/** Places that are shown; the own place is told however far down it is. */
const SHOWN_MAX = 50;

const sealedAt = (memberId: number) => `leaderboard_name|sealed|${memberId}`;

/** The name under which a member stands on leaderboards; null: on none. */
export async function nicknameOf(deps: Deps, tx: ProgramTx, memberId: number): Promise<string | null> {
  const row = await store.findName(tx, memberId);
  return row && (await deps.keyring.forProgram(tx.program.id)).open<string>(sealedAt(memberId), row.sealed);
}

const FAULTS = {
  length: { pl: 'Pseudonim ma od 2 do 24 znaków.', en: 'A nickname has 2 to 24 characters.' },
  letters: { pl: 'Użyj liter, cyfr, pojedynczych spacji, kropek, myślników albo apostrofów.', en: 'Use letters, digits, single spaces, dots, hyphens or apostrophes.' },
  contact: { pl: 'Pseudonim zobaczą inni, więc nie podawaj w nim telefonu, e-maila ani adresu strony.', en: 'Others see the nickname, so leave out phone numbers, e-mails and addresses of pages.' },
} as const;

/** Puts the signed-in member on leaderboards under a name of their choice, or changes the name. Refuses `nickname_taken`. */
export async function showOnBoards(deps: Deps, ctx: Ctx, nickname: string): Promise<void> {
  const memberId = ctx.memberId!;
  const fault = nicknameFault(nickname);
  if (fault) refuse('invalid_request', {}, [{ pointer: '/nickname', detail: FAULTS[fault][ctx.language] }]);
  const keys = await deps.keyring.forProgram(ctx.programId);
  try {
    await act(deps, ctx, async (tx) => {
      assertActive(await openMember(tx, newWorkingSet(ctx.programId, tx.program.purgeable, tx.program.now), memberId));
      await store.saveName(tx, { memberId, nameIndex: keys.index('nickname', nicknameKey(nickname)), sealed: keys.seal(sealedAt(memberId), nickname), since: tx.program.now });
      await audit(deps, tx, ctx, 'leaderboard.joined', deps.publicIds.encode('mem', memberId));
      return { done: true };
    });
  } catch (error) {
    if (isTaken(error)) throw new Refusal('nickname_taken', {}, [{ pointer: '/nickname', detail: nickname }]);
    throw error;
  }
}

/** Takes the member off every leaderboard at once; the name is forgotten and free again. */
export const hideFromBoards = (deps: Deps, ctx: Ctx, memberId: number) => act(deps, ctx, async (tx) => {
  if (await store.deleteName(tx, memberId) > 0) await audit(deps, tx, ctx, 'leaderboard.left', deps.publicIds.encode('mem', memberId));
  return { done: true };
});

type Shown = { readonly names: ReadonlyMap<number, string> };
/** Open accounts that agreed, with their names. */
async function shownMembers(deps: Deps, tx: ProgramTx): Promise<Shown> {
  const rows = await store.listNames(tx);
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  await readMembers(tx, set, rows.map((row) => row.memberId));
  const keys = await deps.keyring.forProgram(tx.program.id);
  return { names: new Map(rows.filter((row) => set.members.get(row.memberId)?.state !== 'closed').map((row) => [row.memberId, keys.open<string>(sealedAt(row.memberId), row.sealed)])) };
}

export type Stretch = { readonly from: LocalDate; readonly until: LocalDate | null };

/** What a board counts now: its unit, its stretch of time, and the scores of the members asked for. */
async function scoresOf(deps: Deps, tx: ProgramTx, board: store.BoardRow, memberIds: readonly number[]) {
  const { timeZone, now } = tx.program;
  const today = localDate(timeZone, now);
  if (board.measure.kind === 'points') {
    const wallet = walletByCode(await walletsOf(tx), board.measure.wallet);
    const period = stretchOf(board.period, today);
    const scores = await earnedIn(tx, memberIds, wallet.no, period ? startOfLocalDay(timeZone, period.from) : null, period?.until ? startOfLocalDay(timeZone, addDays(period.until, 1)) : null);
    return { counts: 'points' as const, wallet: wallet.code, stretch: period, scores };
  }
  const goalId = deps.publicIds.decode('gol', board.measure.goal);
  const goal = goalId === null ? null : await goals.findGoal(tx, goalId);
  const definition = goal && inForceAt(await goals.listVersions(tx, goal.id), now)?.definition;
  if (!goal || definition?.kind !== 'challenge') return { counts: 'documents' as const, wallet: null, stretch: null, scores: new Map<number, number>() };
  const { no, ...period } = shownPeriod(definition.window, today);
  const wanted = new Set(memberIds);
  const scores = new Map((await progressIn(tx, goal.id, no)).filter((row) => wanted.has(row.memberId)).map((row) => [row.memberId, row.value]));
  const { task } = definition;
  return { counts: task.kind === 'count' ? task.of : task.kind === 'streak' ? task.every : 'pieces' as const, wallet: null, stretch: period, scores };
}

function stretchOf(period: store.BoardRow['period'], today: LocalDate): Stretch | null {
  if (period === 'all') return null;
  if (period === 'month') return { from: `${today.slice(0, 8)}01`, until: endOfMonth(today) };
  const monday = dateOf(mondayOf(dayNumberOf(today)));
  return { from: monday, until: addDays(monday, 6) };
}

/** Everybody's places; for who looks, also the place that they would have among those shown. */
async function standingsOf(deps: Deps, tx: ProgramTx, board: store.BoardRow, { names }: Shown, me: number | null) {
  const asked = me === null || names.has(me) ? [...names.keys()] : [...names.keys(), me];
  const { scores, ...about } = await scoresOf(deps, tx, board, asked);
  const placed = placesOf([...names.keys()].map((id) => ({ id, score: scores.get(id) ?? 0 })));
  const mine = me === null ? 0 : scores.get(me) ?? 0;
  return { about, placed, own: mine > 0 ? { place: placed.filter((one) => one.score > mine).length + 1, score: mine } : null };
}

const boardView = (deps: Deps, { id, ...board }: store.BoardRow) => ({ id: deps.publicIds.encode('ldb', id), ...board });
const shownOf = ({ names }: Shown, placed: readonly Placed<number>[]) => placed.slice(0, SHOWN_MAX).map(({ id, place, score }) => ({ id, place, score, nickname: names.get(id)! }));

export async function listBoards(deps: Deps, tx: ProgramTx) {
  return { items: (await store.listBoards(tx, false)).map((board) => boardView(deps, board)), members: (await shownMembers(deps, tx)).names.size };
}

export async function boardDetail(deps: Deps, tx: ProgramTx, publicId: string) {
  const board = await store.findBoard(tx, deps.publicIds.decode('ldb', publicId) ?? refuse('not_found')) ?? refuse('not_found');
  const shown = await shownMembers(deps, tx);
  const { about, placed } = await standingsOf(deps, tx, board, shown, null);
  return { ...boardView(deps, board), ...about, standings: shownOf(shown, placed).map(({ id, ...one }) => ({ ...one, member: deps.publicIds.encode('mem', id) })) };
}

/** The boards as a member sees them: nicknames, and the own place even when nobody else sees it. */
export async function myBoards(deps: Deps, tx: ProgramTx, memberId: number) {
  const shown = await shownMembers(deps, tx);
  const items = [];
  for (const board of await store.listBoards(tx, true)) {
    const { about, placed, own } = await standingsOf(deps, tx, board, shown, memberId);
    items.push({ id: deps.publicIds.encode('ldb', board.id), name: board.name, ...about, standings: shownOf(shown, placed).map(({ id, ...one }) => ({ ...one, me: id === memberId })), own });
  }
  return { nickname: await nicknameOf(deps, tx, memberId), items };
}

export type BoardInput = Omit<store.BoardRow, 'id' | 'revision'>;

async function checkMeasure(deps: Deps, tx: ProgramTx, { measure }: BoardInput, language: Language): Promise<void> {
  if (measure.kind === 'points') { walletByCode(await walletsOf(tx), measure.wallet); return; }
  const id = deps.publicIds.decode('gol', measure.goal);
  const goal = id === null ? null : await goals.findGoal(tx, id);
  if (goal?.kind !== 'challenge' || goal.version === 0) refuse('invalid_request', {}, [{ pointer: '/measure/goal', detail: language === 'pl' ? 'Wybierz opublikowane wyzwanie.' : 'Choose a published challenge.' }]);
}

export const createBoard = (deps: Deps, ctx: Ctx, input: BoardInput) => act(deps, ctx, async (tx) => {
  await checkMeasure(deps, tx, input, ctx.language);
  const [id] = await deps.ids.take(1);
  const board = { ...input, id: id!, revision: 1 };
  await store.insertBoard(tx, board);
  await audit(deps, tx, ctx, 'leaderboard.created', deps.publicIds.encode('ldb', id!), { name: input.name });
  return boardView(deps, board);
});

export const changeBoard = (deps: Deps, ctx: Ctx, publicId: string, { revision, ...input }: BoardInput & { revision: number }) => act(deps, ctx, async (tx) => {
  const before = await store.findBoardForUpdate(tx, deps.publicIds.decode('ldb', publicId) ?? refuse('not_found')) ?? refuse('not_found');
  if (before.revision !== revision) refuse('rule_changed_meanwhile');
  await checkMeasure(deps, tx, input, ctx.language);
  const board = { ...input, id: before.id, revision: revision + 1 };
  await store.saveBoard(tx, board);
  await audit(deps, tx, ctx, 'leaderboard.changed', publicId, { name: input.name, state: input.state });
  return boardView(deps, board);
});
