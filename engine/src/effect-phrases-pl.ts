import type { GrantKind } from './grants.ts';
import { formatPercent, type EffectPhrases } from './phrase-parts.ts';
import type { RateRounding } from './points.ts';
import type { Effect } from './rules.ts';
import { formatDecimal, formatMoneyShort, formatPoints, formatQuantity, NBSP, type UnitWords } from './words.ts';

const GRANTS: Readonly<Record<GrantKind, UnitWords>> = {
  coupon: { one: 'kupon', few: 'kupony', many: 'kuponów', fraction: 'kuponu' },
  badge: { one: 'odznaka', few: 'odznaki', many: 'odznak', fraction: 'odznaki' },
  ticket: { one: 'los', few: 'losy', many: 'losów', fraction: 'losu' },
  tag: { one: 'etykieta', few: 'etykiety', many: 'etykiet', fraction: 'etykiety' },
  message: { one: 'wiadomość', few: 'wiadomości', many: 'wiadomości', fraction: 'wiadomości' },
  webhook: { one: 'powiadomienie systemu', few: 'powiadomienia systemu', many: 'powiadomień systemu', fraction: 'powiadomienia systemu' },
};

const accusative = (lines: string): string => lines.replace(/^towarów/, 'towary');

/** "1,5" of 150. */
const hundredthsText = (hundredths: number): string =>
  (hundredths % 100 === 0 ? String(hundredths / 100) : hundredths % 10 === 0 ? formatDecimal(hundredths / 10, 1, 'pl') : formatDecimal(hundredths, 2, 'pl'));

/** "każde 10 zł", "każdą złotówkę wydaną na towary z kategorii „kawa”". */
function everyMoney(minor: number, currency: string, lines: string | null, full: boolean): string {
  const one = currency === 'PLN' && minor === 100;
  return `${one ? `każdą ${full ? 'pełną ' : ''}złotówkę` : `każde ${full ? 'pełne ' : ''}${formatMoneyShort(minor, currency, 'pl')}`}${lines === null ? '' : ` ${one ? 'wydaną' : 'wydane'} na ${accusative(lines)}`}`;
}

/** "każdą sztukę lub kg", "każde 3 sztuki lub kg", "każde 0,5 sztuki lub kg": the till alone knows which of them a line is. */
function everyUnit(thousandths: number, full: boolean): string {
  if (thousandths === 1000) return `każdą ${full ? 'pełną ' : ''}sztukę lub kg`;
  const whole = thousandths % 1000 === 0 ? thousandths / 1000 : null;
  const few = whole !== null && whole % 10 >= 2 && whole % 10 <= 4 && (whole % 100 < 12 || whole % 100 > 14);
  return `każde ${full ? 'pełne ' : ''}${formatQuantity(thousandths, 'pl')}${NBSP}${whole === null || few ? 'sztuki' : 'sztuk'} lub kg`;
}

const noted = (per: 'transaction' | 'line', rounding: RateRounding): string => {
  const notes = [per === 'line' ? 'każda pozycja osobno' : '', rounding === 'up' ? 'zaokrąglane w górę' : rounding === 'nearest' ? 'zaokrąglane do najbliższej całości' : ''].filter((note) => note !== '');
  return notes.length === 0 ? '' : ` (${notes.join(', ')})`;
};

function effectText(effect: Effect, currency: string, unit: UnitWords, lines: string | null, reason: string | null): string {
  switch (effect.kind) {
    case 'fixed': return `${formatPoints(effect.points, unit, 'pl')} ${reason ?? 'za zakup'}${lines === null ? '' : ` ${lines}`}`;
    case 'multiplier': {
      const size = effect.numerator * (100 / effect.denominator);
      const name = size === 200 ? `podwójne ${unit.few}` : size === 300 ? `potrójne ${unit.few}` : `${unit.few} razy ${hundredthsText(size)}`;
      return lines === null ? name : `${name} za ${accusative(lines)}`;
    }
    case 'tierMultiplier': return `${unit.few}${lines === null ? '' : ` za ${accusative(lines)}`} według poziomu: ${effect.tiers.map((one) => `„${one.tier}” razy ${hundredthsText(one.hundredths)}`).join(', ')}`;
    case 'perAmount': return `${formatPoints(effect.points, unit, 'pl')} za ${everyMoney(effect.perMinor, currency, lines, effect.rounding === 'steps')}${noted(effect.per, effect.rounding)}`;
    case 'perUnit': {
      const every = effect.of ? `każde ${effect.rounding === 'steps' ? 'pełne ' : ''}${formatQuantity(effect.perThousandths, 'pl')} z pola „${effect.of.field}”` : `${everyUnit(effect.perThousandths, effect.rounding === 'steps')}${lines === null ? '' : ` ${lines}`}`;
      return `${formatPoints(effect.points, unit, 'pl')} za ${every}${noted(effect.per, effect.rounding)}`;
    }
    case 'percent': return `${formatPercent(effect.basisPoints, 'pl')} ${lines === null ? 'wydanej kwoty' : `kwoty wydanej na ${accusative(lines)}`}${noted(effect.per, effect.rounding)}`;
    case 'grant':
      if (effect.message) return `wiadomość „${effect.message.pl.subject}” ${reason ?? 'po zakupie'}${lines === null ? '' : ` ${lines}`}`;
      return `${formatPoints(effect.count, unit, 'pl')} „${effect.code}” ${effect.perMinor ? `za ${everyMoney(effect.perMinor, currency, lines, false)}` : `${reason ?? 'za zakup'}${lines === null ? '' : ` ${lines}`}`}`;
  }
}

/** "dostajesz 1 gwiazdkę": the unit's forms are nominative; a feminine noun alone changes, and only with one. */
const received = (n: number, unit: UnitWords): string =>
  (n === 1 && /^[^ ]+a$/.test(unit.one) ? `1${NBSP}${unit.one.slice(0, -1)}ę` : formatPoints(n, unit, 'pl'));

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const USED_UP = { perMemberDay: 'Dzienny limit tej zasady', perMemberWeek: 'Tygodniowy limit tej zasady', perMemberMonth: 'Miesięczny limit tej zasady', perMemberYear: 'Roczny limit tej zasady', perMemberEver: 'Limit tej zasady na jednego uczestnika',
  perHouseholdDay: 'Dzienny limit tej zasady na gospodarstwo domowe', perHouseholdMonth: 'Miesięczny limit tej zasady na gospodarstwo domowe', perHouseholdEver: 'Limit tej zasady na gospodarstwo domowe',
  perCompanyDay: 'Dzienny limit tej zasady na firmę', perCompanyMonth: 'Miesięczny limit tej zasady na firmę', perCompanyEver: 'Limit tej zasady na firmę' } as const;
const IN_PERIOD = { perTransaction: 'za jeden zakup', perMemberDay: 'dziennie', perMemberWeek: 'w tygodniu', perMemberMonth: 'w miesiącu', perMemberYear: 'w roku', perMemberEver: 'jednemu uczestnikowi',
  perHouseholdDay: 'dziennie na gospodarstwo domowe', perHouseholdMonth: 'w miesiącu na gospodarstwo domowe', perHouseholdEver: 'jednemu gospodarstwu domowemu',
  perCompanyDay: 'dziennie na firmę', perCompanyMonth: 'w miesiącu na firmę', perCompanyEver: 'jednej firmie' } as const;

/** How Polish says what a rule gives and what its limits do. */
export const polishEffects: EffectPhrases = {
  effect: effectText,
  grantUnit: (what) => GRANTS[what],
  afterMultipliers: 'mnożniki tego nie powiększają',
  got: (effect, text, basis, points, currency, unit) => {
    switch (effect.kind) {
      case 'fixed': return `${upper(text)}.`;
      case 'multiplier':
      case 'tierMultiplier': return `${upper(text)}: dostajesz dodatkowo ${received(points, unit)}.`;
      case 'perAmount':
      case 'percent': return `${upper(text)}: za ${formatMoneyShort(basis, currency, 'pl')} dostajesz ${received(points, unit)}.`;
      case 'perUnit': return `${upper(text)}: za ${formatQuantity(basis, 'pl')} dostajesz ${received(points, unit)}.`;
      case 'grant': return effect.perMinor ? `${upper(text)}: za ${formatMoneyShort(basis, currency, 'pl')} dostajesz ${received(points, unit)}.` : `${upper(text)}.`;
    }
  },
  cut: (cap, limit, before, points, unit) => {
    const inBudget = cap === 'perProgram' || cap === 'programMoney';
    if (points === 0 && inBudget) return cap === 'perProgram' ? 'Pula punktów tej zasady jest wyczerpana.' : 'Budżet tej zasady jest wyczerpany.';
    if (points === 0 && cap !== 'perTransaction') return `${USED_UP[cap as keyof typeof USED_UP]} (${formatPoints(limit, unit, 'pl')}) jest już wykorzystany.`;
    const full = `Bez limitu byłoby to ${formatPoints(before, unit, 'pl')}`;
    if (inBudget) return cap === 'perProgram' ? `${full}, ale tyle zostało w puli tej zasady.` : `${full}, ale na tyle starczyło budżetu tej zasady.`;
    return `${full}, ale zasada daje najwyżej ${formatPoints(limit, unit, 'pl')} ${IN_PERIOD[cap]}.`;
  },
  limit: (cap, points, unit) => {
    const most = `najwyżej ${formatPoints(points, unit, 'pl')}`;
    if (cap === 'perTransaction') return `${most} za zakup`;
    return cap === 'perProgram' || cap === 'programMoney' ? `${most} w całym programie` : `${most} ${IN_PERIOD[cap]}`;
  },
  budget: (minor, currency, worth) => `najwyżej za ${formatMoneyShort(minor, currency, 'pl')} w całym programie${worth ? ` (${formatPoints(1000, worth.unit, 'pl')} to ${formatMoneyShort(worth.per1000, currency, 'pl')})` : ''}`,
  tooLittle: (effect, text, basis, currency, paidWithPoints) => {
    if (effect.kind === 'multiplier' || effect.kind === 'tierMultiplier') return 'Dodatek do tego zakupu jest mniejszy niż najmniejsza jednostka, więc go nie ma.';
    if (effect.kind === 'perUnit') return `Zasada daje ${text}, a liczy się tutaj ${formatQuantity(basis, 'pl')}.`;
    if (basis === 0) return paidWithPoints ? 'Całą kwotę, która się liczy, zapłacono punktami.' : 'Kwota, która się liczy, to 0 zł.';
    return `Zasada daje ${text}, a kwota, która się liczy, to ${formatMoneyShort(basis, currency, 'pl')}.`;
  },
  lostBestOf: (winner, points, unit) => `Więcej dała zasada „${winner}”, a z tej grupy liczy się tylko najlepsza. Ta dałaby ${received(points, unit)}.`,
  noTier: (tiers) => `Zasada mnoży punkty uczestników na poziomach: ${tiers.map((tier) => `„${tier}”`).join(', ')}.`,
};
