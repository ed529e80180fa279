import type { GrantKind } from './grants.ts';
import { formatPercent, type EffectPhrases } from './phrase-parts.ts';
import type { RateRounding } from './points.ts';
import type { Effect } from './rules.ts';
import { formatDecimal, formatMoneyShort, formatPoints, formatQuantity, NBSP, type UnitWords } from './words.ts';

const unitWords = (one: string, many: string): UnitWords => ({ one, few: many, many, fraction: many });
const GRANTS: Readonly<Record<GrantKind, UnitWords>> = {
  coupon: unitWords('coupon', 'coupons'), badge: unitWords('badge', 'badges'), ticket: unitWords('draw ticket', 'draw tickets'),
  tag: unitWords('tag', 'tags'), message: unitWords('message', 'messages'), webhook: unitWords('system notice', 'system notices'),
};

const hundredthsText = (hundredths: number): string =>
  (hundredths % 100 === 0 ? String(hundredths / 100) : hundredths % 10 === 0 ? formatDecimal(hundredths / 10, 1, 'en') : formatDecimal(hundredths, 2, 'en'));

/** "piece or kg": the till alone knows which of them a line is. */
const everyUnit = (thousandths: number): string => (thousandths === 1000 ? 'piece or kg' : `${formatQuantity(thousandths, 'en')}${NBSP}pieces or kg`);

const full = (rounding: RateRounding): string => (rounding === 'steps' ? 'full ' : '');

const noted = (per: 'transaction' | 'line', rounding: RateRounding): string => {
  const notes = [per === 'line' ? 'each line by itself' : '', rounding === 'up' ? 'rounded up' : rounding === 'nearest' ? 'rounded to the nearest whole' : ''].filter((note) => note !== '');
  return notes.length === 0 ? '' : ` (${notes.join(', ')})`;
};

function effectText(effect: Effect, currency: string, unit: UnitWords, lines: string | null, reason: string | null): string {
  const spentOn = lines === null ? '' : ` spent on ${lines}`;
  switch (effect.kind) {
    case 'fixed': return `${formatPoints(effect.points, unit, 'en')} ${reason ?? 'for a purchase'}${lines === null ? '' : ` of ${lines}`}`;
    case 'multiplier': {
      const size = effect.numerator * (100 / effect.denominator);
      const name = size === 200 ? `double ${unit.many}` : size === 300 ? `triple ${unit.many}` : `${unit.many} times ${hundredthsText(size)}`;
      return lines === null ? name : `${name} for ${lines}`;
    }
    case 'tierMultiplier': return `${unit.many}${lines === null ? '' : ` for ${lines}`} by tier: ${effect.tiers.map((one) => `“${one.tier}” times ${hundredthsText(one.hundredths)}`).join(', ')}`;
    case 'perAmount': return `${formatPoints(effect.points, unit, 'en')} for every ${full(effect.rounding)}${formatMoneyShort(effect.perMinor, currency, 'en')}${spentOn}${noted(effect.per, effect.rounding)}`;
    case 'perUnit': {
      const every = effect.of ? `${formatQuantity(effect.perThousandths, 'en')} of the field “${effect.of.field}”` : `${everyUnit(effect.perThousandths)}${lines === null ? '' : ` of ${lines}`}`;
      return `${formatPoints(effect.points, unit, 'en')} for every ${full(effect.rounding)}${every}${noted(effect.per, effect.rounding)}`;
    }
    case 'percent': return `${formatPercent(effect.basisPoints, 'en')} of the amount spent${lines === null ? '' : ` on ${lines}`}${noted(effect.per, effect.rounding)}`;
    case 'grant':
      if (effect.message) return `message “${(effect.message.en ?? effect.message.pl).subject}” ${reason ?? 'after a purchase'}${lines === null ? '' : ` of ${lines}`}`;
      return `${formatPoints(effect.count, unit, 'en')} “${effect.code}” ${effect.perMinor ? `for every ${formatMoneyShort(effect.perMinor, currency, 'en')}${spentOn}` : `${reason ?? 'for a purchase'}${lines === null ? '' : ` of ${lines}`}`}`;
  }
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const USED_UP = { perMemberDay: 'The daily limit of this rule', perMemberWeek: 'The weekly limit of this rule', perMemberMonth: 'The monthly limit of this rule', perMemberYear: 'The yearly limit of this rule', perMemberEver: 'The limit of this rule for one member',
  perHouseholdDay: 'The daily limit of this rule for a household', perHouseholdMonth: 'The monthly limit of this rule for a household', perHouseholdEver: 'The limit of this rule for a household',
  perCompanyDay: 'The daily limit of this rule for a company', perCompanyMonth: 'The monthly limit of this rule for a company', perCompanyEver: 'The limit of this rule for a company' } as const;
const IN_PERIOD = { perTransaction: 'for one purchase', perMemberDay: 'a day', perMemberWeek: 'a week', perMemberMonth: 'a month', perMemberYear: 'a year', perMemberEver: 'to one member',
  perHouseholdDay: 'a day to a household', perHouseholdMonth: 'a month to a household', perHouseholdEver: 'to one household',
  perCompanyDay: 'a day to a company', perCompanyMonth: 'a month to a company', perCompanyEver: 'to one company' } as const;

/** How English says what a rule gives and what its limits do. */
export const englishEffects: EffectPhrases = {
  effect: effectText,
  grantUnit: (what) => GRANTS[what],
  afterMultipliers: 'not raised by multipliers',
  got: (effect, text, basis, points, currency, unit) => {
    switch (effect.kind) {
      case 'fixed': return `${upper(text)}.`;
      case 'multiplier':
      case 'tierMultiplier': return `${upper(text)}: you get ${formatPoints(points, unit, 'en')} more.`;
      case 'perAmount':
      case 'percent': return `${upper(text)}: for ${formatMoneyShort(basis, currency, 'en')} you get ${formatPoints(points, unit, 'en')}.`;
      case 'perUnit': return `${upper(text)}: for ${formatQuantity(basis, 'en')} you get ${formatPoints(points, unit, 'en')}.`;
      case 'grant': return effect.perMinor ? `${upper(text)}: for ${formatMoneyShort(basis, currency, 'en')} you get ${formatPoints(points, unit, 'en')}.` : `${upper(text)}.`;
    }
  },
  cut: (cap, limit, before, points, unit) => {
    const inBudget = cap === 'perProgram' || cap === 'programMoney';
    if (points === 0 && inBudget) return 'The budget of this rule is used up.';
    if (points === 0 && cap !== 'perTransaction') return `${USED_UP[cap as keyof typeof USED_UP]} (${formatPoints(limit, unit, 'en')}) is used up.`;
    const full = `Without a limit it would be ${formatPoints(before, unit, 'en')}`;
    if (inBudget) return `${full}, but that is what was left in the budget of this rule.`;
    return `${full}, but the rule gives at most ${formatPoints(limit, unit, 'en')} ${IN_PERIOD[cap]}.`;
  },
  limit: (cap, points, unit) => {
    const most = `at most ${formatPoints(points, unit, 'en')}`;
    if (cap === 'perTransaction') return `${most} a purchase`;
    return cap === 'perProgram' || cap === 'programMoney' ? `${most} in the whole program` : `${most} ${IN_PERIOD[cap]}`;
  },
  budget: (minor, currency, worth) => `at most ${formatMoneyShort(minor, currency, 'en')} worth in the whole program${worth ? ` (${formatPoints(1000, worth.unit, 'en')} are ${formatMoneyShort(worth.per1000, currency, 'en')})` : ''}`,
  tooLittle: (effect, text, basis, currency, paidWithPoints) => {
    if (effect.kind === 'multiplier' || effect.kind === 'tierMultiplier') return 'The bonus on this purchase is below the smallest unit, so there is none.';
    if (effect.kind === 'perUnit') return `The rule gives ${text}, and what counts here is ${formatQuantity(basis, 'en')}.`;
    if (basis === 0) return paidWithPoints ? 'The whole amount that counts was paid with points.' : 'The amount that counts is zero.';
    return `The rule gives ${text}, and the amount that counts is ${formatMoneyShort(basis, currency, 'en')}.`;
  },
  lostBestOf: (winner, points, unit) => `The rule “${winner}” gave more, and only the best of this group counts. This one would have given ${formatPoints(points, unit, 'en')}.`,
  noTier: (tiers) => `The rule multiplies points of members of the tiers ${tiers.map((tier) => `“${tier}”`).join(', ')}.`,
};
