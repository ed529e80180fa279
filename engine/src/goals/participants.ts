import { attributeOf, type AttributeScope } from '../attributes.ts';
import { calendarParts, type Instant, type LocalDate } from '../calendar.ts';
import { factTests, HOLDS, NO_LINE, NO_STATES, type CompiledCondition, type Condition } from '../conditions.ts';
import { NO_CAPS_USED, NO_DOCUMENT, type MemberFacts, type SaleDocument } from '../facts.ts';
import type { PastPurchase } from '../past.ts';

/** What a goal may ask of who takes part. Not badges: goals give them, and one that asks for its own would undo itself each time it is counted. */
export const PARTICIPANT_SCOPES: readonly AttributeScope[] = ['segment', 'member', 'history'];

const asksFor = (scope: AttributeScope) => (who: Condition): boolean => factTests(who).some(({ attribute }) => attributeOf(attribute)?.scope === scope);
export const asksForBadges = asksFor('badge');
/** Does it look at what the member bought before. */
export const looksBack = asksFor('history');

/** What is known of a member besides their documents. */
export type KnownMember = Pick<MemberFacts, 'joinedOn' | 'kind' | 'tier' | 'company' | 'groups' | 'attributes'>;
/** A document of the member, or (null) something that has points and is none. */
type Deed = { readonly occurredAt: Instant; readonly document: SaleDocument | null };

/**
 * Which deeds of a member, in the order of booking, are those of somebody who takes part: each is decided by the member as `memberAt` tells of its
 * moment. So whoever begins to take part in the middle counts from then on, and whoever ceases keeps what is counted. What was bought before is
 * what is left of the documents before it, as everything that goals count.
 */
export function takingPart<D extends Deed>(who: CompiledCondition, timeZone: string, deeds: readonly D[], memberAt: (deed: D) => KnownMember): D[] {
  const past: PastPurchase[] = [];
  let [salesCount, spentMinor, lastSaleOn] = [0, 0, null as LocalDate | null];
  return deeds.filter((deed) => {
    const calendar = calendarParts(timeZone, deed.occurredAt);
    const { joinedOn, kind, tier, company, groups, attributes } = memberAt(deed);
    const member: MemberFacts = { joinedOn, kind, tier, company, groups, attributes, birthday: false, badges: [], salesCount, spentMinor, lastSaleOn, past };
    const takesPart = who({ document: deed.document ?? { ...NO_DOCUMENT, occurredAt: deed.occurredAt }, member, calendar, caps: NO_CAPS_USED }, NO_LINE, NO_STATES) === HOLDS;
    if (deed.document !== null && deed.document.event === null) {
      past.push({ occurredAt: deed.occurredAt, dayNumber: calendar.dayNumber, amountMinor: deed.document.totalMinor, lines: deed.document.lines });
      salesCount += 1;
      spentMinor += deed.document.totalMinor;
      if (lastSaleOn === null || calendar.date > lastSaleOn) lastSaleOn = calendar.date;
    }
    return takesPart;
  });
}
