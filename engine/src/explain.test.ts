import { describe, expect, it } from 'vitest';
import { compileRuleset, type RuleDefinition } from './rules.ts';
import { decide } from './decide.ts';
import { describeRule } from './describe.ts';
import { explain } from './explain.ts';
import type { CapUsage, MemberFacts, SaleDocument } from './facts.ts';
import { factsOf, line, sale } from './testing/facts.ts';
import { definition, rulesetOf } from './testing/rules.ts';
import type { Lang } from './words.ts';

type Part = Partial<RuleDefinition>;
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const noCaps = { perTransaction: null, perMemberDay: null, perProgram: null };

function reasons(rules: readonly Part[], document: SaleDocument, more: { lang?: Lang; about?: Partial<MemberFacts>; caps?: CapUsage } = {}): string[] {
  const ruleset = rulesetOf(rules);
  const { trace } = decide(compileRuleset(ruleset), factsOf(document, more.about, more.caps));
  const { awards, grants, notApplied } = explain({ ruleset, trace, document, lang: more.lang ?? 'pl' });
  return [...awards, ...grants, ...notApplied].map(({ reason }) => plain(reason));
}

const test = (attribute: string, operator: string, value: string | number | null | readonly number[] | readonly string[] = null) => ({ attribute, operator, value });

describe('a member reads why points came', () => {
  it.each<[Part, string, string]>([
    [{}, '1 punkt za każde 10 zł: za 57,40 zł dostajesz 5 punktów.', '1 point for every PLN 10: for PLN 57.40 you get 5 points.'],
    [{ effect: { kind: 'perAmount', points: 5, perMinor: 5000, rounding: 'steps', per: 'transaction' } }, '5 punktów za każde pełne 50 zł: za 57,40 zł dostajesz 5 punktów.', '5 points for every full PLN 50: for PLN 57.40 you get 5 points.'],
    [{ effect: { kind: 'perAmount', points: 2, perMinor: 100, rounding: 'up', per: 'line' } }, '2 punkty za każdą złotówkę (każda pozycja osobno, zaokrąglane w górę): za 57,40 zł dostajesz 115 punktów.', '2 points for every PLN 1 (each line by itself, rounded up): for PLN 57.40 you get 115 points.'],
    [{ effect: { kind: 'fixed', points: 50 }, lines: test('line.category', 'oneOf', ['kawa', 'herbata']) }, '50 punktów za zakup towarów z kategorii „kawa” albo „herbata”.', '50 points for a purchase of articles with category “kawa” or “herbata”.'],
    [{ caps: { ...noCaps, perTransaction: 3 } }, '1 punkt za każde 10 zł: za 57,40 zł dostajesz 3 punkty. Bez limitu byłoby to 5 punktów, ale zasada daje najwyżej 3 punkty za jeden zakup.', '1 point for every PLN 10: for PLN 57.40 you get 3 points. Without a limit it would be 5 points, but the rule gives at most 3 points for one purchase.'],
  ])('%j', (part, pl, en) => {
    const document = sale([line(5740)]);
    expect([...reasons([part], document), ...reasons([part], document, { lang: 'en' })]).toEqual([pl, en]);
  });

  it.each<[Part, string, string]>([
    [{ effect: { kind: 'perUnit', points: 1, perThousandths: 1000, rounding: 'down', per: 'line' }, lines: test('line.category', 'is', 'kawa') }, '1 punkt za każdą sztukę lub kg towarów z kategorii „kawa” (każda pozycja osobno): za 2,5 dostajesz 2 punkty.', '1 point for every piece or kg of articles with category “kawa” (each line by itself): for 2.5 you get 2 points.'],
    [{ effect: { kind: 'perUnit', points: 3, perThousandths: 2000, rounding: 'up', per: 'transaction' } }, '3 punkty za każde 2 sztuki lub kg (zaokrąglane w górę): za 2,5 dostajesz 4 punkty.', '3 points for every 2 pieces or kg (rounded up): for 2.5 you get 4 points.'],
    [{ effect: { kind: 'perUnit', points: 10, perThousandths: 500, rounding: 'down', per: 'transaction' }, afterMultipliers: true }, '10 punktów za każde 0,5 sztuki lub kg: za 2,5 dostajesz 50 punktów.', '10 points for every 0.5 pieces or kg: for 2.5 you get 50 points.'],
    [{ effect: { kind: 'percent', basisPoints: 250, rounding: 'down', per: 'transaction' }, lines: test('line.brand', 'is', 'Palarnia') }, '2,5% kwoty wydanej na towary marki „Palarnia”: za 57,40 zł dostajesz 143 punkty.', '2.5% of the amount spent on articles with brand “Palarnia”: for PLN 57.40 you get 143 points.'],
    [{ effect: { kind: 'grant', what: 'ticket', code: 'wiosna', count: 1, perMinor: 1000 } }, '1 los „wiosna” za każde 10 zł: za 57,40 zł dostajesz 5 losów.', '1 draw ticket “wiosna” for every PLN 10: for PLN 57.40 you get 5 draw tickets.'],
    [{ effect: { kind: 'grant', what: 'coupon', code: 'powitalny', count: 1 } }, '1 kupon „powitalny” za zakup.', '1 coupon “powitalny” for a purchase.'],
  ])('%j', (part, pl, en) => {
    const document = sale([line(5740, { quantity: 2500 })]);
    expect([...reasons([part], document), ...reasons([part], document, { lang: 'en' })]).toEqual([pl, en]);
  });

  it('a multiplier by tier says which tiers it names', () => {
    const byTier: Part = { effect: { kind: 'tierMultiplier', tiers: [{ tier: 'srebro', hundredths: 150 }, { tier: 'złoto', hundredths: 200 }].map((one) => ({ ...one, tier: one.tier.replace('ł', 'l') })) } };
    expect(reasons([{}, byTier], sale(4700), { about: { tier: 'zloto' } })[1]).toBe('Punkty według poziomu: „srebro” razy 1,5, „zloto” razy 2: dostajesz dodatkowo 4 punkty.');
    expect(reasons([{}, byTier], sale(4700))[1]).toBe('Zasada mnoży punkty uczestników na poziomach: „srebro”, „zloto”.');
  });

  it('the one that lost to a better says how much it would have given', () => {
    const best = { bestOfGroup: 'g' };
    expect(reasons([{ ...best, effect: { kind: 'fixed', points: 8 }, name: 'Osiem' }, best], sale(5740))[1]).toBe('Więcej dała zasada „Osiem”, a z tej grupy liczy się tylko najlepsza. Ta dałaby 5 punktów.');
  });

  it.each([['perMemberWeek', 'Tygodniowy limit tej zasady (3 punkty) jest już wykorzystany.', 'zasada daje najwyżej 3 punkty w tygodniu.'], ['perMemberEver', 'Limit tej zasady na jednego uczestnika (3 punkty) jest już wykorzystany.', 'zasada daje najwyżej 3 punkty jednemu uczestnikowi.'],
    ['perHouseholdMonth', 'Miesięczny limit tej zasady na gospodarstwo domowe (3 punkty) jest już wykorzystany.', 'zasada daje najwyżej 3 punkty w miesiącu na gospodarstwo domowe.'], ['perCompanyEver', 'Limit tej zasady na firmę (3 punkty) jest już wykorzystany.', 'zasada daje najwyżej 3 punkty jednej firmie.']] as const)('the limit %s says whether it is used up', (cap, usedUp, cutShort) => {
    const rule: Part = { caps: { ...noCaps, [cap]: 3 } };
    const used = new Map([[101, 3]]);
    expect(reasons([rule], sale(5740), { caps: { usedToday: new Map(), budgetLeft: new Map(), usedIn: { week: used, ever: used }, usedInCircle: { 'household.month': used, 'company.ever': used } } })).toEqual([usedUp]);
    expect(reasons([rule], sale(5740), { caps: { usedToday: new Map(), budgetLeft: new Map(), usedInCircle: { 'household.month': new Map(), 'company.ever': new Map() } } })[0]).toContain(cutShort);
  });

  it('a budget in money says that it ran out', () => {
    const rule: Part = { effect: { kind: 'fixed', points: 50 }, caps: { ...noCaps, programMoney: { limitMinor: 100, per1000: 2500 } } };
    expect(reasons([rule], sale(5740))).toEqual(['50 punktów za zakup. Bez limitu byłoby to 50 punktów, ale na tyle starczyło budżetu tej zasady.']);
    expect(reasons([rule], sale(5740), { caps: { usedToday: new Map(), budgetLeft: new Map([[101, 0]]) } })).toEqual(['Budżet tej zasady jest wyczerpany.']);
  });

  it('a multiplier says what it adds', () => {
    expect(reasons([{}, { effect: { kind: 'multiplier', numerator: 5, denominator: 4 } }, { effect: { kind: 'multiplier', numerator: 2, denominator: 1 } }], sale(4700)).slice(1)).toEqual([
      'Punkty razy 1,25: dostajesz dodatkowo 1 punkt.', 'Podwójne punkty: dostajesz dodatkowo 4 punkty.']);
  });
});

describe('a member reads why a rule gave nothing', () => {
  it.each<[Part, string, string]>([
    [{ when: test('calendar.weekday', 'is', 3) }, 'Zasada działa w środy, a zakup był w piątek.', 'The rule works on Wednesdays, and the purchase was on a Friday.'],
    [{ when: test('calendar.weekday', 'noneOf', [5, 6]) }, 'Zasada nie działa w piątki i w soboty, a zakup był w piątek.', 'The rule does not work on Fridays and Saturdays, and the purchase was on a Friday.'],
    [{ when: test('transaction.total', 'atLeast', 10_000) }, 'Zasada działa przy zakupie za co najmniej 100 zł, a zakup był za 57,40 zł.', 'The rule works on purchases of at least PLN 100, and the purchase was PLN 57.40.'],
    [{ when: test('transaction.store', 'is', 'Dworzec') }, 'Zasada działa w sklepie „Dworzec”, a zakup był w sklepie „Rynek”.', 'The rule works in store “Dworzec”, and the purchase was in store “Rynek”.'],
    [{ when: test('transaction.cashier', 'is', 'Ola') }, 'Zasada działa u kasjera „Ola”, a zakup nie ma podanego kasjera.', 'The rule works with cashier “Ola”, and the purchase names no cashier.'],
    [{ when: test('calendar.hour', 'between', [7, 9]) }, 'Zasada działa w godzinach 7:00–9:59, a zakup był o 14:05.', 'The rule works between 7:00 and 9:59, and the purchase was at 14:05.'],
    [{ when: test('calendar.time', 'timeWithin', [870, 990]) }, 'Zasada działa w godzinach 14:30–16:30, a zakup był o 14:05.', 'The rule works between 14:30 and 16:30, and the purchase was at 14:05.'],
    [{ when: test('calendar.isHoliday', 'isTrue') }, 'Zasada działa w święta, a zakup był w dniu, który nie jest świętem.', 'The rule works on public holidays, and the purchase was on another day.'],
    [{ when: test('calendar.isAnniversary', 'isTrue') }, 'Zasada działa w rocznicę dołączenia do programu, a zakup był w innym dniu.', 'The rule works on the anniversary of joining, and the purchase was on another day.'],
    [{ when: test('transaction.paymentKind', 'includesAny', ['blik', 'card']) }, 'Zasada działa przy płatności BLIKIEM albo kartą, a zapłacono gotówką i bonem.', 'The rule works when paid by BLIK or by card, and it was paid in cash and with a voucher.'],
    [{ when: test('transaction.paymentKind', 'includesNone', ['cash']) }, 'Zasada nie działa przy płatności gotówką, a zapłacono gotówką i bonem.', 'The rule does not work when paid in cash, and it was paid in cash and with a voucher.'],
    [{ when: test('transaction.paidWith.cash', 'atLeast', 5000) }, 'Zasada działa, gdy gotówką zapłacono co najmniej 50 zł, a zapłacono tak 40 zł.', 'The rule works when at least PLN 50 was paid in cash, and PLN 40 was paid so.'],
    [{ when: test('member.tier', 'oneOf', ['zloty', 'diament']) }, 'Zasada działa na poziomie „zloty” albo „diament”, a ten warunek nie był spełniony.', 'The rule works on level “zloty” or “diament”, and that was not so.'],
    [{ when: test('event.field.stars', 'atLeast', 4) }, 'Zasada działa, gdy pole „stars” to co najmniej 4, a ten warunek nie był spełniony.', 'The rule works when field “stars” is at least 4, and that was not so.'],
    [{ when: test('event.field.target', 'is', 'kwartal') }, 'Zasada działa, gdy kod celu to „kwartal”, a ten warunek nie był spełniony.', 'The rule works when code of the target is “kwartal”, and that was not so.'],
    [{ when: test('calendar.isBirthday', 'isTrue') }, 'Zasada działa w dniu urodzin, a zakup był w innym dniu.', 'The rule works on the birthday, and the purchase was on another day.'],
    [{ when: test('history.isFirstSale', 'isTrue') }, 'Zasada działa przy pierwszym zakupie, a to był kolejny zakup.', 'The rule works on the first purchase, and this was a later purchase.'],
    [{ when: test('history.daysSinceLastSale', 'atLeast', 30) }, 'Zasada działa, gdy od ostatniego zakupu minęło co najmniej 30 dni, a minęło 10 dni.', 'The rule works when at least 30 days have passed since the last purchase, and 10 days had passed.'],
    [{ when: test('history.spent', 'atLeast', 50_000) }, 'Zasada działa, gdy wcześniejsze zakupy są warte co najmniej 500 zł, a były warte 200 zł.', 'The rule works when earlier purchases are worth at least PLN 500, and they were worth PLN 200.'],
    [{ when: test('history.days.30.spent', 'atLeast', 20_000) }, 'Zasada działa, gdy w ostatnich 30 dniach wydano co najmniej 200 zł, a wydano 0 zł.', 'The rule works when at least PLN 200 was spent in the last 30 days, and PLN 0 was spent.'],
    [{ when: test('history.days.1.sales', 'is', 1) }, 'Zasada działa, gdy liczba zakupów wcześniej tego samego dnia to 1, a było ich 0.', 'The rule works when the number of purchases earlier on the same day is 1, and there were 0.'],
    [{ when: test('history.days.7.quantity', 'between', [2000, 5500]) }, 'Zasada działa, gdy w ostatnich 7 dniach kupiono towary w ilości od 2 do 5,5, a ta ilość to 0.', 'The rule works when the quantity of articles bought in the last 7 days is from 2 to 5.5, and the quantity was 0.'],
    [{ when: test('history.days.90.category', 'includesAny', ['kawa', 'herbata']) }, 'Zasada działa, gdy w ostatnich 90 dniach kupiono coś z kategorii „kawa” albo „herbata”, a ten warunek nie był spełniony.', 'The rule works when something with category “kawa” or “herbata” was bought in the last 90 days, and that was not so.'],
    [{ when: test('history.sku', 'includesAll', ['A', 'B']) }, 'Zasada działa, gdy wcześniej kupiono każdy z towarów o kodach: „A” i „B”, a ten warunek nie był spełniony.', 'The rule works when every article with code “A” and “B” was bought before, and that was not so.'],
    [{ when: test('member.group', 'includesAny', ['VIP', 'Pracownicy']) }, 'Zasada działa dla uczestników z grupy „VIP” albo „Pracownicy”, a ten warunek nie był spełniony.', 'The rule works for members of group “VIP” or “Pracownicy”, and that was not so.'],
    [{ when: test('member.badge', 'includesAny', ['kawosz']) }, 'Zasada działa, gdy ma odznakę „kawosz”, a ten warunek nie był spełniony.', 'The rule works when holding badge “kawosz”, and that was not so.'],
    [{ when: test('member.badgeDays.kawosz', 'atLeast', 30) }, 'Zasada działa, gdy od otrzymania odznaki „kawosz” minęło co najmniej 30 dni, a ten warunek nie był spełniony.', 'The rule works when at least 30 days have passed since getting badge “kawosz”, and that was not so.'],
    [{ when: { none: [test('member.group', 'includesNone', ['VIP'])] } }, 'Zasada działa dla uczestników z grupy „VIP”, a ten warunek nie był spełniony.', 'The rule works for members of group “VIP”, and that was not so.'],
    [{ when: test('member.kind', 'is', 'company') }, 'Zasada działa dla firm, a ten warunek nie był spełniony.', 'The rule works for companies, and that was not so.'],
    [{ when: { any: [test('calendar.month', 'is', 5), test('calendar.month', 'is', 6)] } }, 'Nie był spełniony żaden z warunków, z których wystarczy jeden. Pierwszy z nich: w maju.', 'None of the conditions held, of which one is enough. The first of them: in May.'],
    [{ when: { none: [test('transaction.channel', 'is', 'till')] } }, 'Zasada nie działa w kanale „till”, a zakup był w kanale „till”.', 'The rule does not work in channel “till”, and the purchase was in channel “till”.'],
    [{ lines: test('line.brand', 'is', 'Inna') }, 'Na dokumencie nie ma towarów marki „Inna”.', 'The document has no articles with brand “Inna”.'],
    [{ schedule: { from: '2026-11-21', until: null } }, 'Zasada działa od 21 listopada 2026, a zakup był 20 listopada 2026.', 'The rule works from 21 November 2026, and the purchase was on 20 November 2026.'],
    [{ effect: { kind: 'perAmount', points: 1, perMinor: 10_000, rounding: 'down', per: 'transaction' } }, 'Zasada daje 1 punkt za każde 100 zł, a kwota, która się liczy, to 57,40 zł.', 'The rule gives 1 point for every PLN 100, and the amount that counts is PLN 57.40.'],
    [{ effect: { kind: 'multiplier', numerator: 2, denominator: 1 } }, 'Za ten zakup nie ma punktów, które zasada mogłaby pomnożyć.', 'This purchase has no points that the rule could multiply.'],
  ])('%j', (part, pl, en) => {
    const document = sale([line(5740)], { payments: [{ kind: 'cash', amountMinor: 4000 }, { kind: 'voucher', amountMinor: 1740 }] });
    expect([...reasons([part], document), ...reasons([part], document, { lang: 'en' })]).toEqual([pl, en]);
  });

  describe('a rule that lost its group', () => {
    const winner: Part = { name: 'Witaj', exclusiveGroup: 'g', priority: 2, effect: { kind: 'fixed', points: 5 }, caps: { ...noCaps, perMemberDay: 5 } };

    it('hears of the winner that gave points in its place', () => {
      expect(reasons([winner, { exclusiveGroup: 'g' }], sale(5740)).slice(1)).toEqual(['Zamiast tej zasady zadziałała zasada „Witaj”, która ma pierwszeństwo.']);
    });

    it('hears that the winner gave nothing where its limit was used up, and that limit names itself', () => {
      expect(reasons([winner, { exclusiveGroup: 'g' }], sale(5740), { caps: { usedToday: new Map([[101, 5]]), budgetLeft: new Map() } })).toEqual([
        'Dzienny limit tej zasady (5 punktów) jest już wykorzystany.', 'Pierwszeństwo miała zasada „Witaj”, choć tym razem nic nie dała.']);
    });

    it('hears of the rule that gave in the end where the winner lost to a better one', () => {
      expect(reasons([{ ...winner, bestOfGroup: 'b' }, { name: 'Sto', bestOfGroup: 'b', effect: { kind: 'fixed', points: 100 } }, { exclusiveGroup: 'g' }], sale(5740)).at(-1)).toBe('Pierwszeństwo miała zasada „Witaj”, a w jej miejsce zadziałała „Sto”, bo dała więcej.');
    });
  });

  it('a trace is never explained by another ruleset', () => {
    const { trace } = decide(compileRuleset(rulesetOf([{}])), factsOf(sale(100)));
    expect(() => explain({ ruleset: rulesetOf([{}], { no: 8 }), trace, document: sale(100), lang: 'pl' })).toThrow(RangeError);
    expect(() => explain({ ruleset: rulesetOf([{}, {}]), trace, document: sale(100), lang: 'pl' })).toThrow(RangeError);
  });
});

describe('a rule reads as one sentence', () => {
  it.each<[Part, string, string]>([
    [{}, '1 punkt za każde 10 zł.', '1 point for every PLN 10.'],
    [{ when: { all: [test('calendar.weekday', 'oneOf', [3, 5]), test('transaction.total', 'atLeast', 5000)] } }, '1 punkt za każde 10 zł w środy i w piątki i przy zakupie za co najmniej 50 zł.', '1 point for every PLN 10 on Wednesdays and Fridays and on purchases of at least PLN 50.'],
    [{ effect: { kind: 'multiplier', numerator: 2, denominator: 1 }, lines: test('line.category', 'is', 'kawa'), schedule: { from: '2026-05-01', until: '2026-05-31' } }, 'Podwójne punkty za towary z kategorii „kawa”, od 1 maja 2026 do 31 maja 2026.', 'Double points for articles with category “kawa”, from 1 May 2026 to 31 May 2026.'],
    [{ effect: { kind: 'fixed', points: 100 }, when: test('history.salesCount', 'atLeast', 10), caps: { perTransaction: null, perMemberDay: 100, perProgram: 22_000 } }, '100 punktów za zakup, gdy wcześniejszych zakupów jest co najmniej 10, najwyżej 100 punktów dziennie, najwyżej 22 000 punktów w całym programie.', '100 points for a purchase when there are at least 10 earlier purchases, at most 100 points a day, at most 22,000 points in the whole program.'],
    [{ effect: { kind: 'percent', basisPoints: 1000, rounding: 'down', per: 'transaction' }, afterMultipliers: true, caps: { ...noCaps, perMemberMonth: 5000, programMoney: { limitMinor: 1_000_000, per1000: 1000 } } }, '10% wydanej kwoty, najwyżej 5000 punktów w miesiącu, najwyżej za 10 000 zł w całym programie (1000 punktów to 10 zł), mnożniki tego nie powiększają.', '10% of the amount spent, at most 5,000 points a month, at most PLN 10,000 worth in the whole program (1,000 points are PLN 10), not raised by multipliers.'],
    [{ effect: { kind: 'grant', what: 'badge', code: 'poranny-ptaszek', count: 1 }, caps: { ...noCaps, perMemberEver: 1 } }, '1 odznaka „poranny-ptaszek” za zakup, najwyżej 1 odznaka jednemu uczestnikowi.', '1 badge “poranny-ptaszek” for a purchase, at most 1 badge to one member.'],
    [{ effect: { kind: 'fixed', points: 30 }, when: test('history.isFirstSale', 'isTrue') }, '30 punktów przy pierwszym zakupie.', '30 points for the first purchase.'],
    [{ effect: { kind: 'fixed', points: 30 }, when: test('transaction.total', 'atLeast', 5000) }, '30 punktów przy zakupie za co najmniej 50 zł.', '30 points for purchases of at least PLN 50.'],
    [{ effect: { kind: 'fixed', points: 30 }, when: test('calendar.isBirthday', 'isTrue') }, '30 punktów za zakup w dniu urodzin.', '30 points for a purchase on the birthday.'],
    [{ when: { any: [test('calendar.isBirthday', 'isTrue'), { none: [test('transaction.attribute.gift', 'isTrue')] }] } }, '1 punkt za każde 10 zł w dniu urodzin albo nie wtedy, gdy zakup ma cechę „gift”.', '1 point for every PLN 10 on the birthday or not when the purchase has the attribute “gift”.'],
  ])('%j', (part, pl, en) => {
    expect([plain(describeRule(definition(part), { lang: 'pl', currency: 'PLN' })), plain(describeRule(definition(part), { lang: 'en', currency: 'PLN' }))]).toEqual([pl, en]);
  });
});
