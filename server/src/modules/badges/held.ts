import { localDate, type LocalDate } from '@wracam/engine/calendar';
import { factTests } from '@wracam/engine/conditions';
import type { HeldBadge } from '@wracam/engine/facts';
import type { Ruleset } from '@wracam/engine/rules';
import type { ProgramTx } from '../../platform/db.ts';
import { badgeGrants } from '../earning/index.ts';
import { heldOf } from './store.ts';

/** From which day on a member had a badge, and the day on which it was taken back; null: has it. `key`: the grant that gave it. */
export type BadgeSpan = { readonly key: string; readonly code: string; readonly from: LocalDate; readonly until: LocalDate | null };
/** Spans by member, those that are over among them: a late document asks for a day of the past. */
export type BadgesByMember = Map<number, BadgeSpan[]>;

const BADGE = 'member.badge';
const BADGE_DAYS = 'member.badgeDays.';

/** The codes of badges that conditions ask for. */
export const badgesNamedIn = (conditions: readonly Parameters<typeof factTests>[0][]): string[] => [...new Set(conditions.flatMap(factTests).flatMap(({ attribute, value }) =>
  (attribute === BADGE ? (Array.isArray(value) ? value.map(String) : []) : attribute.startsWith(BADGE_DAYS) ? [attribute.slice(BADGE_DAYS.length)] : [])))];

/** The codes of badges that the rules of a ruleset ask for; most ask for none. */
export const badgesAsked = ({ rules }: Pick<Ruleset, 'rules'>): string[] => badgesNamedIn(rules.flatMap(({ definition }) => (definition.when === null ? [] : [definition.when])));

/** The key of a badge that a rule gave by a document, or a repair by its right rule. */
export const ruleBadgeKey = (transactionId: number, ruleId: number, repairId = 0): string => `${transactionId}:${ruleId}${repairId === 0 ? '' : `:${repairId}`}`;

/** What members had and have of these badges, from goals and from rules. */
export async function badgesOf(tx: ProgramTx, memberIds: readonly number[], codes: readonly string[]): Promise<BadgesByMember> {
  const { timeZone } = tx.program;
  const day = (at: number | null) => (at === null ? null : localDate(timeZone, at));
  const found: BadgesByMember = new Map();
  const add = (memberId: number, span: BadgeSpan) => { const own = found.get(memberId); if (own) own.push(span); else found.set(memberId, [span]); };
  for (const { memberId, grantId, code, givenAt, takenAt } of await heldOf(tx, memberIds, codes)) add(memberId, { key: goalBadgeKey(grantId), code, from: day(givenAt)!, until: day(takenAt) });
  for (const { memberId, transactionId, ruleId, repairId, code, grantedAt, revokedAt } of await badgeGrants(tx, memberIds, codes)) add(memberId, { key: ruleBadgeKey(transactionId, ruleId, repairId), code, from: day(grantedAt)!, until: day(revokedAt) });
  return found;
}

export const goalBadgeKey = (grantId: number): string => `goal:${grantId}`;

/** What was held on a day: given on it or before, and not taken back until after it. Since when: the first day that leads to it without a gap. */
export function badgesOn(spans: readonly BadgeSpan[], date: LocalDate): HeldBadge[] {
  const since = new Map<string, LocalDate>();
  for (const { code, from, until } of spans) if (from <= date && (until === null || until > date)) since.set(code, earlier(since.get(code), from));
  // A grant that is over may have begun before the one that stands: nobody lost the badge in between.
  for (let grown = since.size > 0; grown;) {
    grown = false;
    for (const { code, from, until } of spans) {
      const known = since.get(code);
      if (known !== undefined && until !== null && from < known && until >= known) { since.set(code, from); grown = true; }
    }
  }
  return [...since].map(([code, first]) => ({ code, since: first })).sort((a, b) => (a.code < b.code ? -1 : 1));
}

const earlier = (known: LocalDate | undefined, other: LocalDate): LocalDate => (known !== undefined && known < other ? known : other);

/** Adds what was given, or has it again where it was taken back. */
export function giveBadge(badges: BadgesByMember, memberId: number, span: BadgeSpan): void {
  const own = badges.get(memberId) ?? [];
  badges.set(memberId, own.some((one) => one.key === span.key && one.until === null) ? own : [...own, span]);
}

/** Changes the last span of a key: `until` null: it stands after all. */
export function endBadge(badges: BadgesByMember, memberId: number, key: string, until: LocalDate | null): void {
  const own = badges.get(memberId);
  const at = own?.findLastIndex((one) => one.key === key) ?? -1;
  if (own && at >= 0) badges.set(memberId, own.with(at, { ...own[at]!, until }));
}
