import { dayNumberOf, localDate, type Instant } from '@wracam/engine/calendar';
import { factTests } from '@wracam/engine/conditions';
import { takingPart, type KnownMember } from '@wracam/engine/goals/participants';
import { levelCode } from '@wracam/engine/tiers/held';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { MemberLedger, WorkingSet } from '../ledger/index.ts';
import { circlesByMember, factHistories, groupsOf, memberAttributes, type ChangingFacts } from '../members/index.ts';
import { heldOn, laddersOf, openStandings, type Standings } from '../tiers/index.ts';
import { activityOf, type Workspace } from '../transactions/index.ts';
import type { Counted, RunningGoal } from './core.ts';

/** What of a member's documents counts for a goal: what was booked while the member took part. */
export type Participation = (goal: Pick<RunningGoal, 'who'>, memberId: number, deeds: readonly Counted[]) => readonly Counted[];

/** A member's groups, company and attributes as they were at an instant. */
type FactsAt = (memberId: number, at: Instant) => ChangingFacts;
/** Code of the level that a member has on a day, as it stands now; null: none. */
type LevelOn = (memberId: number, day: number) => string | null;
type Members = WorkingSet['members'];

/** What goals ask of who takes part; most ask for nothing. */
const askedBy = (goals: readonly RunningGoal[]): string[] => goals.flatMap(({ definition }) => (definition.who ? factTests(definition.who) : [])).map((leaf) => leaf.attribute);

const everybody: Participation = (_goal, _memberId, deeds) => deeds;

/**
 * Who of these members takes part in goals, document by document: with the groups, company and attributes that the member had when the document was
 * booked, and the level of the document's own day, as it stands now. Reads only what the goals ask for.
 */
export async function participationOf(deps: Deps, tx: ProgramTx, goals: readonly RunningGoal[], { members }: Pick<WorkingSet, 'members'>): Promise<Participation> {
  const asked = askedBy(goals);
  if (asked.length === 0) return everybody;
  return partOf(tx, members, await factsOf(deps, tx, [...members.keys()], asked), asked.includes('member.tier') ? await levelsOf(deps, tx, [...members.values()]) : () => null);
}

/** The same in the middle of a booking: levels are those that its documents have led to so far. */
export async function participationIn({ deps, tx, set: { members }, standings }: Workspace, goals: readonly RunningGoal[]): Promise<Participation> {
  const asked = askedBy(goals);
  return asked.length === 0 ? everybody : partOf(tx, members, await factsOf(deps, tx, [...members.keys()], asked), levelsBy(standings));
}

function partOf({ program: { timeZone } }: ProgramTx, members: Members, factsAt: FactsAt, levelOn: LevelOn): Participation {
  const memberAt = ({ memberId, kind, joinedOn }: MemberLedger, { bookedAt, occurredAt }: Counted): KnownMember => {
    const { attributes, groups, circles } = factsAt(memberId, bookedAt);
    return { kind, joinedOn, attributes, groups, company: circles?.companyName ?? null, tier: levelOn(memberId, dayNumberOf(localDate(timeZone, occurredAt))) };
  };
  return ({ who }, memberId, deeds) => {
    const member = members.get(memberId)!;
    // Points of repairs come behind the documents; what was bought before them is asked in the order of time.
    return who === null ? deeds : takingPart(who, timeZone, [...deeds].sort((a, b) => a.bookedAt - b.bookedAt), (deed) => memberAt(member, deed));
  };
}

/** Does a member take part at this very moment, after all these documents. */
export const takesPartNow = ({ program: { now } }: Pick<ProgramTx, 'program'>, part: Participation, goal: RunningGoal, memberId: number, deeds: readonly Counted[]): boolean => {
  const moment: Counted = { occurredAt: now, bookedAt: now, document: null, earned: new Map() };
  return part(goal, memberId, [...deeds, moment]).includes(moment);
};

async function factsOf(deps: Deps, tx: ProgramTx, ids: readonly number[], codes: readonly string[]): Promise<FactsAt> {
  const asks = (start: string) => codes.some((code) => code.startsWith(start));
  const [personal, groups, circles] = [asks('member.attribute.'), asks('member.group'), asks('member.company')];
  const own = personal ? await memberAttributes(deps, tx, ids) : null;
  const inGroups = groups ? await groupsOf(tx, ids) : null;
  const inCircles = circles ? await circlesByMember(tx, ids) : null;
  const today = new Map(ids.map((id): [number, ChangingFacts] => [id, { ...own?.get(id) ?? { birthMonthDay: null, attributes: {} }, groups: inGroups?.get(id) ?? [], circles: inCircles?.get(id) ?? null }]));
  const histories = await factHistories(deps, tx, today, [...(personal ? ['attributes'] as const : []), ...(groups ? ['groups'] as const : []), ...(circles ? ['circles'] as const : [])]);
  return (memberId, at) => {
    const { first, changes } = histories.get(memberId)!;
    return changes.reduce<ChangingFacts>((facts, change) => (change.at <= at ? { ...facts, ...change.facts } : facts), first);
  };
}

async function levelsOf(deps: Deps, tx: ProgramTx, members: readonly MemberLedger[]): Promise<LevelOn> {
  const ladders = await laddersOf(deps.db, tx);
  return levelsBy(ladders && await openStandings(tx, ladders, members, activityOf));
}

const levelsBy = (standings: Standings | null): LevelOn => (memberId, day) => (standings === null ? null : levelCode(heldOn(standings, standings.byMember.get(memberId)!, day)));
