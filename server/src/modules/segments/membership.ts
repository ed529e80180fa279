import type { Condition } from '@wracam/engine/conditions';
import type { MemberFacts } from '@wracam/engine/facts';
import { segmentTest } from '@wracam/engine/segments';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { countMembers, memberPage } from '../ledger/index.ts';
import { memberRows, shownTo } from '../members/index.ts';
import { checkSegment, segmentVersionAt, versionsOfSegment } from './actions.ts';

/** Members as a purchase of this very moment would find them, as far as a condition asks; without locks. */
export type FactsOfMembers = (deps: Deps, tx: ProgramTx, ids: readonly number[], asked: Condition) => Promise<readonly MemberFacts[]>;

/** Members looked at in one request: a fraction of a second where only their own rows are read. */
const EXAMINED = 5_000;
/** Where a condition looks back at purchases, each with its lines. */
const EXAMINED_WITH_PAST = 1_000;
/** Rows of one statement. */
const PAGE = 1_000;

/** For whom one condition holds, and where it is given another one does not. */
type Asked = { readonly condition: Condition; readonly except?: Condition | undefined };
type Part = { readonly found: readonly number[]; readonly examined: number; /** The last member looked at; null: that was everybody. */ readonly next: number | null };

/** Members in a segment, in the order of ids, among the next ones; no more than `most` of them. Closed accounts are nobody's. */
async function lookThrough(deps: Deps, tx: ProgramTx, { condition, except }: Asked, after: number, most: number, factsOfMembers: FactsOfMembers): Promise<Part> {
  const testOf = (one: Condition) => segmentTest(one, tx.program.timeZone, tx.program.now);
  const [isIn, isOut] = [testOf(condition), except === undefined ? () => false : testOf(except)];
  const asked: Condition = except === undefined ? condition : { all: [condition, except] };
  const end = /"history\.(days\.|category"|sku")/.test(JSON.stringify(asked)) ? EXAMINED_WITH_PAST : EXAMINED;
  const found: number[] = [];
  let examined = 0;
  for (let last = after; examined < end;) {
    const ids = (await memberPage(tx, last, PAGE, Infinity)).map((one) => one.memberId);
    const facts = await factsOfMembers(deps, tx, ids, asked);
    for (const [at, id] of ids.entries()) {
      examined += 1;
      if (isIn(facts[at]!) && !isOut(facts[at]!)) found.push(id);
      if (found.length === most) return { found, examined, next: id };
    }
    if (ids.length < PAGE) return { found, examined, next: null };
    last = ids.at(-1)!;
    if (examined >= end) return { found, examined, next: last };
  }
  return { found, examined, next: null };
}

/** How many of the next members a condition holds for, and where it is given another one does not. */
export async function countSegment(deps: Deps, ctx: Ctx, asked: Asked, after: number, factsOfMembers: FactsOfMembers) {
  checkSegment(ctx, asked.condition);
  if (asked.except !== undefined) checkSegment(ctx, asked.except, '/except');
  return deps.db.readProgram(ctx.programId, async (tx) => {
    const { found, examined, next } = await lookThrough(deps, tx, asked, after, Infinity, factsOfMembers);
    return { members: found.length, examined, next, total: after === 0 ? await countMembers(tx) : null };
  });
}

/** Members in a segment as it is in force now, among the next ones. */
export const listMembersOf = (deps: Deps, ctx: Ctx, id: number, after: number, limit: number, factsOfMembers: FactsOfMembers) => deps.db.readProgram(ctx.programId, async (tx) => {
  const now = segmentVersionAt(await versionsOfSegment(tx, id), tx.program.now) ?? refuse('not_found');
  const { found, examined, next } = await lookThrough(deps, tx, now, after, limit, factsOfMembers);
  return { items: (await memberRows(tx, deps, found)).map((one) => shownTo(ctx, one)), examined, next };
});
