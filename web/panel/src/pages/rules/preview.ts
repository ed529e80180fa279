import { addDays, calendarParts } from '@wracam/engine/calendar';
import { factTests, type Condition } from '@wracam/engine/conditions';
import { decide } from '@wracam/engine/decide';
import type { EventReasons } from '@wracam/engine/event-types';
import type { OwnNames } from '@wracam/engine/describe';
import { explain, type Explanation } from '@wracam/engine/explain';
import { LINE_KINDS, NO_CAPS_USED, UNKNOWN_MEMBER, type Attributes, type Facts, type Line } from '@wracam/engine/facts';
import { compileRuleset, type RuleDefinition, type Ruleset } from '@wracam/engine/rules';
import { phrasesOf } from '@wracam/engine/phrases';
import { pinSegments, type SegmentVersion } from '@wracam/engine/segments';
import type { UnitWords } from '@wracam/engine/words';
import type { Lang } from '@wracam/ui';
import type { Program, RuleList } from '../../api/shapes.ts';
import { toEngine } from './definition.ts';

/** The rule in hand has the greatest number, so that it comes last among equals, as a new one would. */
const IN_HAND = 1_000_000;

/** A basket to try a rule on. */
export type Sample = {
  id: string;
  name: string;
  /** Quantities in thousandths; one piece when it is not told. */
  lines: readonly { name: string; category: string; amountMinor: number; quantity?: number }[];
  /** Milliseconds UTC. */
  at: number;
  first: boolean;
  birthday: boolean;
  /** The sample is an event of this kind instead of a basket. */
  event?: { type: string; fields: Attributes; worthMinor: number };
  /** The member's tier; '' or absent: none. */
  tier?: string;
  /** Badges that the member has had for so many days. */
  badges?: { codes: readonly string[]; days: number };
  /** A number that the document itself carries. */
  field?: { name: string; value: number };
};

export type Tried = {
  /** Points of the rule in hand, or pieces of what it grants. */
  points: number;
  /** The unit of `points` when they are pieces. */
  pieces: UnitWords | null;
  /** Points of all rules in the same wallet. */
  together: number;
  /** Why the rule in hand gave this, or nothing. */
  reason: string | null;
};

/** What each segment stands for, by its name. */
export type KnownSegments = ReadonlyMap<string, SegmentVersion>;

/** Holds for everybody. */
const EVERYBODY: Condition = { attribute: 'history.salesCount', operator: 'atLeast', value: 0 };

/** Throws RangeError for a segment that is not at hand (yet). `all`: as if every sample were in it. */
const pinnedBy = (segments: KnownSegments, all: boolean) => (definition: RuleDefinition): RuleDefinition => pinSegments(definition, (name) => {
  const known = segments.get(name);
  if (known === undefined) throw new RangeError(`the segment ${name} is not at hand`);
  return all ? { ...known, condition: EVERYBODY } : known;
});

/** Codes of the badges that a rule asks for. */
export const badgesIn = ({ when }: RuleDefinition): string[] => (when === null ? [] : [...new Set(factTests(when).flatMap(({ attribute, value }) =>
  (attribute === 'member.badge' && Array.isArray(value) ? value.map(String) : attribute.startsWith('member.badgeDays.') ? [attribute.slice('member.badgeDays.'.length)] : [])))]);

/** The rules in force with the one in hand in place of its published version; `inSegment`: as if the samples were in every segment that it asks for. */
export function previewRuleset(program: Program, list: RuleList, inHand: RuleDefinition, ruleId: string | undefined, eventReasons: EventReasons = {}, segments: KnownSegments = new Map(), inSegment = false): Ruleset {
  const others = list.items.filter((rule) => rule.state === 'active' && rule.current !== null && rule.id !== ruleId);
  return {
    no: list.ruleset, eventReasons,
    timeZone: program.timeZone,
    currency: program.currency,
    wallets: program.wallets.map((wallet, no) => ({ no, code: wallet.code, expiry: wallet.expiry, pendingDays: wallet.pendingDays })),
    rules: [
      ...others.flatMap((rule, at) => (rule.current ? [{ ruleId: at + 1, version: rule.current.version, definition: pinnedBy(segments, false)(toEngine(rule.current.definition)) }] : [])),
      { ruleId: IN_HAND, version: 1, definition: pinnedBy(segments, inSegment)(inHand) },
    ],
    ...settingsOf(list.base),
  };
}

/** Somebody who comes every week: twelve purchases of 40 zł, the first on the day of the sample. */
const weekly = (at: number, dayNumber: number) => Array.from({ length: 12 }, (_, week) => ({
  occurredAt: at - week * 7 * 86_400_000, dayNumber: dayNumber - week * 7, amountMinor: 40_00, lines: [{ kind: 'goods' as const, sku: '', category: '', quantity: 1000 }],
}));

/** What a program settles once for its rules, as the engine reads it. */
export const settingsOf = ({ multipliers, ...base }: RuleList['base']): Pick<Ruleset, 'base' | 'multipliers'> => ({ base: { ...base, kinds: LINE_KINDS.filter((kind) => base.kinds.includes(kind)) }, multipliers });

function factsOf(sample: Sample, ruleset: Ruleset): Facts {
  const calendar = calendarParts(ruleset.timeZone, sample.at);
  const lines = sample.lines.map((line, at): Line => ({
    lineId: String(at + 1), kind: 'goods', sku: '', name: line.name, category: line.category, brand: null, quantity: line.quantity ?? 1000, unit: null,
    amountMinor: line.amountMinor, discountMinor: 0, taxRateBps: null, attributes: {},
  }));
  return {
    document: {
      kind: 'sale', event: sample.event?.type ?? null, occurredAt: sample.at, totalMinor: sample.event ? sample.event.worthMinor : lines.reduce((sum, line) => sum + line.amountMinor, 0), lines, currency: ruleset.currency,
      store: null, till: null, cashier: null, channel: null, paidWithPointsMinor: 0, payments: [], attributes: sample.event?.fields ?? (sample.field ? { [sample.field.name]: sample.field.value } : {}),
    },
    member: {
      ...UNKNOWN_MEMBER, joinedOn: calendar.date, kind: 'person', birthday: sample.birthday, salesCount: sample.first ? 0 : 12,
      spentMinor: sample.first ? 0 : 480_00, past: sample.first ? [] : weekly(sample.at, calendar.dayNumber), lastSaleOn: sample.first ? null : calendar.date, tier: sample.tier?.trim() || null,
      badges: (sample.badges?.codes ?? []).map((code) => ({ code, since: addDays(calendar.date, -sample.badges!.days) })),
    },
    calendar,
    caps: NO_CAPS_USED,
  };
}

/** Sample baskets have no article codes, so no line of theirs is in any set. */
const NO_CODES = () => new Set<string>();

/** Runs the engine on every sample. Throws RangeError for a ruleset with faults. */
export function tryRule(ruleset: Ruleset, samples: readonly Sample[], program: Program, lang: Lang, names: OwnNames): Tried[] {
  const compiled = compileRuleset(ruleset, NO_CODES);
  return samples.map((sample) => {
    const facts = factsOf(sample, ruleset);
    const decision = decide(compiled, facts);
    const words = explain({
      ruleset, trace: decision.trace, document: facts.document, lang, names,
      units: (no) => program.wallets[no]?.forms ?? { one: '', few: '', many: '', fraction: '' },
    });
    const mine = decision.awards.find((award) => award.ruleId === IN_HAND);
    const wallet = ruleset.wallets.find((one) => one.code === ruleset.rules.at(-1)?.definition.wallet);
    const together = decision.awards.filter((award) => award.walletNo === wallet?.no).reduce((sum, award) => sum + award.points, 0);
    const granted = decision.grants.find((grant) => grant.ruleId === IN_HAND);
    if (granted) return { points: granted.count, pieces: phrasesOf(lang).grantUnit(granted.what), together: 0, reason: reasonOf(words) };
    return { points: mine?.points ?? 0, pieces: null, together, reason: reasonOf(words) };
  });
}

const reasonOf = (words: Explanation): string | null =>
  [...words.awards, ...words.grants, ...words.notApplied].find((one) => one.ruleId === IN_HAND)?.reason ?? null;
