import { dayNumberOf, localDate, type Instant } from '@wracam/engine/calendar';
import { factTests } from '@wracam/engine/conditions';
import { takingPart, type KnownMember } from '@wracam/engine/goals/participants';
import { levelCode } from '@wracam/engine/tiers/held';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { MemberLedger, WorkingSet } from '../ledger/index.ts';
import { circlesByMember, factHistories, groupsOf, memberAttributes, type ChangingFacts } from '../members/index.ts';
import { heldOn, laddersOf, openStandings } from '../tiers/index.ts';
import { activityOf } from '../transactions/index.ts';
import type { Counted, RunningGoal } from './core.ts';

/** What of a member's documents counts for a goal: what was booked while the member took part. */
export type Participation = (goal: Pick<RunningGoal, 'who'>, memberId: number, deeds: readonly Counted[]) => readonly Counted[];

/**
 * Who of these members takes part in goals, document by document: with the groups, company and attributes that the member had when the document was
 * booked, and the level of the document's own day, as it stands now. Reads only what the goals ask for; most ask for nothing.
 */
export async function participationOf(deps: Deps, tx: ProgramTx, goals: readonly RunningGoal[], set: Pick<WorkingSet, 'members'>): Promise<Participation> {
  const codes = goals.flatMap(({ definition }) => (definition.who ? factTests(definition.who) : [])).map((leaf) => leaf.attribute);
  if (codes.length === 0) return (_goal, _memberId, deeds) => deeds;
  const { timeZone } = tx.program;
  const members = [...set.members.values()];
  const factsAt = await factsOf(deps, tx, members.map((one) => one.memberId), codes);
  const levelOn = codes.includes('member.tier') ? await levelsOf(deps, tx, members) : () => null;
  const memberAt = ({ memberId, kind, joinedOn }: MemberLedger, { bookedAt, occurredAt }: Counted): KnownMember => {
    const { attributes, groups, circles } = factsAt(memberId, bookedAt);
    return { kind, joinedOn, attributes, groups, company: circles?.companyName ?? null, tier: levelOn(memberId, dayNumberOf(localDate(timeZone, occurredAt))) };
  };
  return ({ who }, memberId, deeds) => {
    const member = set.members.get(memberId)!;
    // Points of repairs come behind the documents; what was bought before them is asked in the order of time.
    return who === null ? deeds : takingPart(who, timeZone, [...deeds].sort((a, b) => a.bookedAt - b.bookedAt), (deed) => memberAt(member, deed));
  };
}

/** Does a member take part at this very moment, after all these documents. */
export const takesPartNow = ({ program: { now } }: Pick<ProgramTx, 'program'>, part: Participation, goal: RunningGoal, memberId: number, deeds: readonly Counted[]): boolean => {
  const moment: Counted = { occurredAt: now, bookedAt: now, document: null, earned: new Map() };
  return part(goal, memberId, [...deeds, moment]).includes(moment);
};

type FactsAt = (memberId: number, at: Instant) => ChangingFacts;

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

async function levelsOf(deps: Deps, tx: ProgramTx, members: readonly MemberLedger[]): Promise<(memberId: number, day: number) => string | null> {
  const ladders = await laddersOf(deps.db, tx);
  if (!ladders) return () => null;
  const standings = await openStandings(tx, ladders, members, activityOf);
  return (memberId, day) => levelCode(heldOn(standings, standings.byMember.get(memberId)!, day));
}
