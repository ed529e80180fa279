import { dayNumberOf, type Instant } from '@wracam/engine/calendar';
import { segmentTest } from '@wracam/engine/segments';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { auditedActs, auditedSubjects } from '../access/index.ts';
import { memberHeads, movementsBetween, pastHolds } from '../ledger/index.ts';
import { heldOf } from '../badges/index.ts';
import { repairedBadges } from '../earning/index.ts';
import { circlesByMember, factHistories, groupsOf, memberAttributes, type ChangingFacts } from '../members/index.ts';
import { segmentsByName, segmentVersionAt } from '../segments/index.ts';
import { documentIndex, factsOfMembers, referredSales, repairedOf } from '../transactions/index.ts';
import type { PastGrant } from './levels.ts';
import type { ReplayFeed } from './machine.ts';

/** What of members rules ask for besides their documents. */
export type AskedOfMembers = { readonly personal: boolean; readonly groups: boolean; /** Codes of badges. */ readonly badges: readonly string[]; readonly circles: boolean; readonly levels: boolean; /** For figures segment by segment. */ readonly segments: boolean };

/** Rows of one statement: a few milliseconds of the database, and no snapshot is held between them. */
const PAGE = 5_000;
const MONTH_MS = 31 * 86_400_000;

/**
 * Everything a replay needs to know besides the documents themselves, piece by piece, each read in a short transaction of its own: nothing is
 * locked. What rules do not ask for of members is not read.
 */
export async function* feedOf(deps: Deps, programId: number, until: Instant, asked: AskedOfMembers): AsyncGenerator<Partial<ReplayFeed>> {
  const read = <T>(work: (tx: ProgramTx) => Promise<T>) => deps.db.readProgram(programId, work);
  let earliest = until;
  for await (const heads of pages((after) => read((tx) => memberHeads(tx, after, PAGE)), (head) => head.id)) {
    const ids = heads.map((head) => head.id);
    const histories = await read((tx) => historiesOf(deps, tx, ids, asked));
    const badges = asked.badges.length > 0 ? await read((tx) => heldOf(tx, ids, asked.badges)) : [];
    if (asked.badges.length > 0) yield { repairedBadges: await read((tx) => repairedBadges(tx, ids, asked.badges)) };
    const segments = asked.segments ? await read((tx) => segmentsOf(deps, tx, ids)) : null;
    if (asked.levels) yield { repaired: await read((tx) => repairedOf(tx, ids)) };
    for (const head of heads) earliest = Math.min(earliest, Date.parse(head.joinedOn));
    yield { members: heads.map((head) => { const { first, changes } = histories.get(head.id)!; return { ...head, ...first, changes, badges: badges.filter((one) => one.memberId === head.id), segments: segments?.get(head.id) ?? [] }; }) };
  }
  for await (const places of pages((after) => read((tx) => documentIndex(tx, after, PAGE)), (place) => place.id)) {
    for (const place of places) earliest = Math.min(earliest, place.bookedAt);
    yield { places };
  }
  for await (const holds of pages((after) => read((tx) => pastHolds(tx, after, PAGE)), (hold) => hold.id)) yield { holds };
  for await (const referred of pages((after) => read((tx) => referredSales(tx, after, PAGE)), (id) => id)) yield { referred };
  for (let from = earliest - MONTH_MS; from < until; from += MONTH_MS) yield { movements: await read((tx) => movementsBetween(tx, from, Math.min(until, from + MONTH_MS))) };
  const given = asked.levels ? await read((tx) => auditedActs(tx, ['tier.granted', 'tier.revoked'])) : [];
  yield { grants: given.flatMap((act): PastGrant[] => { const memberId = deps.publicIds.decode('mem', act.subject); return memberId === null ? [] : [{ id: act.id, memberId, at: Math.floor(act.at), grant: grantOf(act.details) }]; }) };
  const claims = await read((tx) => auditedSubjects(tx, 'transaction.claimed'));
  yield { claimed: claims.flatMap(({ subject, at, id: turn }) => { const id = deps.publicIds.decode('txn', subject); return id === null ? [] : [{ id, bookedAt: Math.floor(at), turn }]; }) };
}

/** What rules ask of these members, as it was and as it is; in one transaction, so that no change falls between the two. */
async function historiesOf(deps: Deps, tx: ProgramTx, ids: readonly number[], asked: AskedOfMembers) {
  const own = asked.personal ? await memberAttributes(deps, tx, ids) : null;
  const groups = asked.groups ? await groupsOf(tx, ids) : null;
  const circles = asked.circles ? await circlesByMember(tx, ids) : null;
  const today = new Map(ids.map((id): [number, ChangingFacts] => [id, { ...own?.get(id) ?? { birthMonthDay: null, attributes: {} }, groups: groups?.get(id) ?? [], circles: circles?.get(id) ?? null }]));
  return factHistories(deps, tx, today, [...(asked.personal ? ['attributes', 'birthMonthDay'] as const : []), ...(asked.groups ? ['groups'] as const : []), ...(asked.circles ? ['circles'] as const : [])]);
}

/** Members looked at together: a segment may look back at all that they bought. */
const LOOKED_AT = 1_000;

/** Names of the program's segments by the members who are in them now. Null: it has none. */
async function segmentsOf(deps: Deps, tx: ProgramTx, ids: readonly number[]): Promise<ReadonlyMap<number, readonly string[]> | null> {
  const offered = [...await segmentsByName(tx)].filter(([, segment]) => !segment.archived).map(([name, { versions }]) => ({ name, ...segmentVersionAt(versions, tx.program.now)! }));
  if (offered.length === 0) return null;
  const tests = offered.map(({ name, condition }) => ({ name, isIn: segmentTest(condition, tx.program.timeZone, tx.program.now) }));
  const found = new Map<number, readonly string[]>();
  for (let at = 0; at < ids.length; at += LOOKED_AT) {
    const part = ids.slice(at, at + LOOKED_AT);
    const facts = await factsOfMembers(deps, tx, part, { any: offered.map(({ condition }) => condition) });
    part.forEach((id, place) => found.set(id, tests.flatMap(({ name, isIn }) => (isIn(facts[place]!) ? [name] : []))));
  }
  return found;
}

/** The level a grant gave, and through which day; a grant that was taken back names none. */
const grantOf = ({ level, until }: Record<string, unknown>): PastGrant['grant'] => (typeof level === 'string' ? { level, until: typeof until === 'string' ? dayNumberOf(until) : null } : null);

/** Pages by a growing id until one is not full. */
async function* pages<Row>(read: (after: number) => Promise<Row[]>, idOf: (row: Row) => number): AsyncGenerator<Row[]> {
  for (let after = 0; ;) {
    const rows = await read(after);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    after = idOf(rows.at(-1)!);
  }
}
