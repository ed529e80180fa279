import { localDate } from '@wracam/engine/calendar';
import { endBadge, giveBadge, ruleBadgeKey } from '../badges/index.ts';
import type { RepairedBadge } from '../earning/index.ts';
import type { GivenInMemory } from '../transactions/index.ts';
import type { Turn } from './levels.ts';
import type { Side } from './side.ts';

/** What a rule should have given by a document besides points; `kept` 0: nothing, or nothing any more. */
export type RightGrant = GivenInMemory extends Map<string, infer Given> ? Given : never;

/** Told only in its own moment: a message or a call cannot be taken back, nor come later. */
const STAYS = ['coupon', 'badge', 'ticket', 'tag'];

/** What the right rules give where it is not what is booked, and everything of documents that repairs have changed (`always`). */
export function grantChanges(booked: Side, right: Side, always: ReadonlySet<number>): RightGrant[] {
  const keys = new Set([...booked.given!.keys(), ...right.given!.keys()]);
  return [...keys].flatMap((key) => {
    const [was, is] = [booked.given!.get(key), right.given!.get(key)];
    const same = was?.what === is?.what && was?.code === is?.code && was?.kept === is?.kept;
    const told = is ?? { ...was!, kept: 0 };
    return (same && !always.has(told.transactionId)) || (!isLasting(was) && !isLasting(is)) ? [] : [isLasting(is) || is === undefined ? told : { ...was!, kept: 0 }];
  }).sort((a, b) => a.memberId - b.memberId || a.transactionId - b.transactionId || a.ruleId - b.ruleId);
}
const isLasting = (one: RightGrant | undefined): boolean => one !== undefined && STAYS.includes(one.what);

/** Badges that repairs gave and took, when it was done and when it was undone. A side that repairs history comes to them by itself. */
export function repairedBadgeTurns({ work, repairs }: Side, repaired: readonly RepairedBadge[], timeZone: string): Turn[] {
  const { badges } = work;
  if (badges === null || repairs) return [];
  const turn = (at: number, { memberId, transactionId, ruleId, ofRepair, code }: RepairedBadge, gives: boolean, first: boolean): Turn => {
    const [key, day] = [ruleBadgeKey(transactionId, ruleId, ofRepair), localDate(timeZone, at)];
    return { at, id: 0, take: () => (gives && first ? giveBadge(badges, memberId, { key, code, from: day, until: null }) : endBadge(badges, memberId, key, gives ? null : day)) };
  };
  return repaired.flatMap((one) => [turn(one.stoodAt, one, one.gives, one.gives), ...(one.liftedAt === null ? [] : [turn(one.liftedAt, one, !one.gives, false)])]);
}
