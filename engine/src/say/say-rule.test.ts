import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupOf, isGroup, type Condition } from '../conditions.ts';
import { describeRule } from '../describe.ts';
import type { RuleExpiry } from '../rules.ts';
import { validateRule } from '../rule-validation.ts';
import { rules } from '../testing/arbitraries.ts';
import { definition } from '../testing/rules.ts';
import { POINT_WORDS, type Lang } from '../words.ts';
import { sayRule, type SayOptions } from './say-rule.ts';

const options = (lang: Lang): SayOptions => ({ lang, currency: 'PLN', unit: POINT_WORDS[lang], today: '2026-11-22', known: { categories: ['Kawa', 'Herbata', 'Kawa ziarnista', 'Ciasta', 'Wina', 'Papierosy'], brands: ['Palarnia Północ'], stores: ['Krucza 12', 'Rynek', 'Kraków', 'Gdańsk Wrzeszcz', 'Gdańsk Oliwa'], channels: ['kasa', 'app'], levels: [{ code: 'zloto', name: 'Złoty' }, { code: 'srebro', name: 'Srebro' }, { code: 'bywalec', name: 'Bywalec' }, { code: 'vip', name: 'VIP' }], segments: ['Stali goście'] } });
const saidBack = (sentence: string) => {
  const { rule, unknown } = sayRule(sentence, options('pl'));
  return { said: rule && describeRule(definition(rule), { lang: 'pl', currency: 'PLN' }).replace(/\u00a0/g, ' '), unknown };
};

/** "w środy i w piątki" is said of either day; a rule that wants both at once, which no day is, would sound the same. */
function wantsTwoAtOnce(condition: Condition | null, negated = false): boolean {
  if (condition === null || !isGroup(condition)) return false;
  const { parts, every, negates } = groupOf(condition, negated);
  const choices = parts.filter((part) => !isGroup(part) && /^calendar\.(weekday|month)$/.test(part.attribute));
  return (every && choices.length > 1) || parts.some((part) => wantsTwoAtOnce(part, negates) || (every && parts.length > 1 && isGroup(part) && wantsOne(part)));
}
const wantsOne = (condition: Condition): boolean => isGroup(condition) && groupOf(condition, false).parts.length === 1;

const months = fc.integer({ min: 1, max: 600 });
const expiries: fc.Arbitrary<RuleExpiry> = fc.oneof(
  fc.constantFrom<RuleExpiry>({ kind: 'wallet' }, { kind: 'never' }, { kind: 'on', date: '2027-02-28' }, { kind: 'yearly', month: 2, day: 29, afterMonths: 0 }),
  fc.record({ kind: fc.constant('months' as const), months, roundTo: fc.constantFrom('day', 'monthEnd', 'quarterEnd', 'yearEnd') }),
  fc.record({ kind: fc.constant('yearly' as const), month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }), afterMonths: months }),
);
/** How often each law is tried; a long proof sets it higher. */
const RUNS = Number(process.env['SAY_RUNS'] ?? 1000);

describe('a rule and its sentence', () => {
  for (const lang of ['pl', 'en'] as const) {
    it(`are read back word for word (${lang})`, () => {
      fc.assert(fc.property(rules, expiries, (random, expiry) => {
        const rule = { ...random, expiry };
        fc.pre(!wantsTwoAtOnce(rule.when));
        const said = describeRule(rule, { lang, currency: 'PLN' });
        const { rule: read, unknown } = sayRule(said, options(lang));
        expect(unknown, said).toEqual([]);
        expect(read && describeRule(definition(read), { lang, currency: 'PLN' })).toBe(said);
        expect(read?.expiry ?? { kind: 'wallet' }).toEqual(rule.effect.kind === 'grant' ? { kind: 'wallet' } : expiry);
      }), { numRuns: RUNS });
    });
  }

  it.each([
    { attribute: 'transaction.attribute.kampania', operator: 'is', value: 'lato 2026' }, { attribute: 'member.attribute.kampania', operator: 'oneOf', value: ['lato', 'zima'] },
    { attribute: 'member.attribute.dzieci', operator: 'between', value: [1, 3] }, { attribute: 'transaction.attribute.dostawa', operator: 'isTrue', value: null },
  ])('know whose attribute of the organiser is meant: $attribute', (when) => {
    const { rule: read } = sayRule(describeRule(definition({ when }), { lang: 'pl', currency: 'PLN' }), options('pl'));
    expect(read?.when).toEqual(when);
  });

  it('take no number of the next test into a list', () => {
    const rule = definition({ when: { any: [{ attribute: 'member.attribute.dzieci', operator: 'oneOf', value: [0] }, { attribute: 'calendar.dayOfMonth', operator: 'is', value: 1 }] } });
    const said = describeRule(rule, { lang: 'pl', currency: 'PLN' });
    const { rule: read, unknown } = sayRule(said, options('pl'));
    expect(unknown).toEqual([]);
    expect(read && describeRule(definition(read), { lang: 'pl', currency: 'PLN' })).toBe(said);
  });

  it('keep every field that a sentence can say', () => {
    const rule = definition({
      effect: { kind: 'perAmount', points: 2, perMinor: 1000, rounding: 'up', per: 'line' }, lines: { attribute: 'line.category', operator: 'oneOf', value: ['Kawa', 'Herbata'] },
      when: { all: [{ attribute: 'calendar.weekday', operator: 'oneOf', value: [3, 5] }, { any: [{ attribute: 'transaction.store', operator: 'isNot', value: 'Rynek' }, { attribute: 'history.daysSinceLastSale', operator: 'between', value: [1, 30] }] }] },
      schedule: { from: '2026-12-01', until: '2026-12-24' }, caps: { perTransaction: 50, perMemberDay: 100, perProgram: 12_345 },
    });
    const { rule: read } = sayRule(describeRule(rule, { lang: 'pl', currency: 'PLN' }), options('pl'));
    expect(definition({ ...read, name: rule.name })).toEqual(rule);
  });
});

describe('a rule that names what it gives', () => {
  const noCaps = { perTransaction: null, perMemberDay: null, perProgram: null };
  it.each([
    [{ effect: { kind: 'tierMultiplier', tiers: [{ tier: 'srebro', hundredths: 150 }, { tier: 'zloto', hundredths: 225 }] } }, 'Punkty według poziomu: „srebro” razy 1,5, „zloto” razy 2,25.'],
    [{ effect: { kind: 'grant', what: 'ticket', code: 'wiosna', count: 2, perMinor: 5000 } }, '2 losy „wiosna” za każde 50 zł.'],
    [{ effect: { kind: 'grant', what: 'badge', code: 'kawosz', count: 1, perMinor: null }, caps: { ...noCaps, perMemberEver: 1 } }, '1 odznaka „kawosz” za zakup, najwyżej 1 odznaka jednemu uczestnikowi.'],
    [{ effect: { kind: 'grant', what: 'tag', code: 'staly', count: 1, perMinor: null }, trigger: { kind: 'event', type: 'survey' } }, '1 etykieta „staly” za wypełnienie ankiety.'],
    [{ effect: { kind: 'fixed', points: 30 }, trigger: { kind: 'event', type: 'return' }, lines: { attribute: 'line.category', operator: 'is', value: 'opakowania' }, when: { attribute: 'transaction.total', operator: 'atLeast', value: 5000 } }, '30 punktów za zwrot towarów z kategorii „opakowania” o wartości co najmniej 50 zł.'],
    [{ effect: { kind: 'perAmount', points: 1, perMinor: 100, rounding: 'down', per: 'transaction' }, trigger: { kind: 'event', type: 'return' }, when: { attribute: 'transaction.total', operator: 'between', value: [1000, 5000] }, caps: { ...noCaps, perMemberMonth: 100 } }, '1 punkt za każdą złotówkę, za zwrot o wartości od 10 zł do 50 zł, najwyżej 100 punktów w miesiącu.'],
    [{ effect: { kind: 'grant', what: 'webhook', code: 'magazyn', count: 1, perMinor: null } }, '1 powiadomienie systemu „magazyn” za zakup.'],
    [{ effect: { kind: 'grant', what: 'message', code: 'wiadomosc', count: 1, message: { pl: { subject: 'Masz {punkty}', text: 'Masz {punkty}' } } } }, 'Wiadomość „Masz {punkty}” po zakupie.'],
    [{ effect: { kind: 'perUnit', points: 3, perThousandths: 2500, rounding: 'up', per: 'transaction', of: { field: 'godziny' } } }, '3 punkty za każde 2,5 z pola „godziny” (zaokrąglane w górę).'],
    [{ effect: { kind: 'fixed', points: 5 }, caps: { ...noCaps, programMoney: { limitMinor: 50_000, per1000: 1250 } }, afterMultipliers: true }, '5 punktów za zakup, najwyżej za 500 zł w całym programie (1000 punktów to 12,50 zł), mnożniki tego nie powiększają.'],
  ] as const)('is read back whole: %j', (part, said) => {
    const rule = definition(part as never);
    expect(describeRule(rule, { lang: 'pl', currency: 'PLN' }).replace(/\u00a0/g, ' ')).toBe(said);
    const { rule: read } = sayRule(said, options('pl'));
    expect(definition({ ...read, name: rule.name })).toEqual(rule);
  });

  it('keeps what points cost to itself where everybody reads', () => {
    const rule = definition({ effect: { kind: 'fixed', points: 5 }, caps: { ...noCaps, programMoney: { limitMinor: 50_000, per1000: 1250 } } });
    expect(describeRule(rule, { lang: 'pl', currency: 'PLN', open: true })).toMatch(/500\u00a0zł w całym programie\.$/);
  });
});

describe('a sentence as people say it', () => {
  it.each([
    ['2 pkt za 1 zł w środy na kawę, do 100 dziennie', '2 punkty za każdą złotówkę wydaną na towary z kategorii „Kawa” w środy, najwyżej 100 punktów dziennie.'],
    ['50 punktów za ankietę, maksymalnie 50 dziennie', '50 punktów za wypełnienie ankiety, najwyżej 50 punktów dziennie.'],
    ['100 pkt za polecenie znajomego', '100 punktów za polecenie znajomego.'],
    ['punkt za każde wydane 10 zł', '1 punkt za każde 10 zł.'],
    ['za każde 5 zł 1 punkt, maksymalnie 50 pkt za zakup', '1 punkt za każde 5 zł, najwyżej 50 punktów za zakup.'],
    ['Podwójne punkty w weekendy za herbatę i kawę ziarnistą', 'Podwójne punkty za towary z kategorii „Herbata” albo „Kawa ziarnista” w soboty i w niedziele.'],
    ['500 punktów za pierwszy zakup', '500 punktów przy pierwszym zakupie.'],
    ['x1,5 punkty od poniedziałku do piątku w godzinach 8-10', 'Punkty razy 1,5 od poniedziałku do piątku i w godzinach 8:00–9:59.'],
    ['100 pkt w urodziny w sklepie Rynek', '100 punktów za zakup w dniu urodzin i w sklepie „Rynek”.'],
    ['potrójne punkty od 1 do 24 grudnia przy zakupach powyżej 200 zł', 'Potrójne punkty przy zakupie za co najmniej 200,01 zł, od 1 grudnia 2026 do 24 grudnia 2026.'],
    ['1 punkt za złotówkę na produkty marki Palarnia Północ po 17', '1 punkt za każdą złotówkę wydaną na towary marki „Palarnia Północ” od godziny 17:00.'],
    ['dla firm 3 punkty za 100 zł, do 10 000 w całym programie', '3 punkty za każde 100 zł dla firm, najwyżej 10 000 punktów w całym programie.'],
    ['10 punktów za zakup, do 300 miesięcznie na gospodarstwo domowe, do 1000 łącznie na firmę', '10 punktów za zakup, najwyżej 300 punktów w miesiącu na gospodarstwo domowe, najwyżej 1000 punktów jednej firmie.'],
    ['punkt za każde wydane 10 zł, do 50 tygodniowo', '1 punkt za każde 10 zł, najwyżej 50 punktów w tygodniu.'],
    ['1 punkt za kazde 10 zl', '1 punkt za każde 10 zł.'],
    ['5 pkt za każde pełne 100 zł na kawę', '5 punktów za każde pełne 100 zł wydane na towary z kategorii „Kawa”.'],
    ['za każdą pełną złotówkę 2 punkty', '2 punkty za każdą pełną złotówkę.'],
    ['w srody podwojne punkty za kawe', 'Podwójne punkty za towary z kategorii „Kawa” w środy.'],
    ['co 10 zł jeden punkt', '1 punkt za każde 10 zł.'],
    ['10 zł = 1 pkt', '1 punkt za każde 10 zł.'],
    ['10pkt za 20zł', '10 punktów za każde 20 zł.'],
    ['2 pkt za zł', '2 punkty za każdą złotówkę.'],
    ['dwa punkty za każdą złotówkę', '2 punkty za każdą złotówkę.'],
    ['1,5 punktu za każde 10 zł', '3 punkty za każde 20 zł.'],
    ['0,5 punktu za 1 zł', '1 punkt za każde 2 zł.'],
    ['w sobotę i niedzielę podwójne punkty', 'Podwójne punkty w soboty i w niedziele.'],
    ['W każdy wtorek dajemy podwójne punkty', 'Podwójne punkty we wtorki.'],
    ['2 punkty za 1 zł w poniedziałek, wtorek i środę', '2 punkty za każdą złotówkę od poniedziałku do środy.'],
    ['3 punkty za każde 10 zł w maju i czerwcu', '3 punkty za każde 10 zł w maju i w czerwcu.'],
    ['podwójne punkty za kawę, herbatę i ciasta', 'Podwójne punkty za towary z kategorii „Kawa”, „Herbata” albo „Ciasta”.'],
    ['podwójne punkty od 8 do 10 rano', 'Podwójne punkty w godzinach 8:00–9:59.'],
    ['potrójne punkty w godzinach 8:30-10:30', 'Potrójne punkty w godzinach 8:30–10:30.'],
    ['10 punktów za każdą kawę', '10 punktów za każdą sztukę lub kg towarów z kategorii „Kawa”.'],
    ['5 punktów za każde 2 kawy', '5 punktów za każde pełne 2 sztuki lub kg towarów z kategorii „Kawa”.'],
    ['2 punkty za zakup ciasta lub kawy', '2 punkty za zakup towarów z kategorii „Ciasta” albo „Kawa”.'],
    ['1 pkt za każde 5 zł, bez kawy', '1 punkt za każde 5 zł wydane na towary nie z kategorii „Kawa”.'],
    ['1 punkt za 10 zł na wszystko oprócz ciast i herbaty', '1 punkt za każde 10 zł wydane na towary nie z kategorii „Ciasta” albo „Herbata”.'],
    ['1 punkt za 2 zł, ale nie w weekendy', '1 punkt za każde 2 zł nie w soboty i w niedziele.'],
    ['100 punktów za trzeci zakup', '100 punktów za zakup, gdy wcześniejszych zakupów jest 2.'],
    ['przy zakupach za ponad 200 zł dodatkowe 100 punktów', '100 punktów przy zakupie za co najmniej 200,01 zł.'],
    ['5 pkt za zakup min. 20 zł', '5 punktów przy zakupie za co najmniej 20 zł.'],
    ['1 punkt za 10 zł maksymalnie 50 punktów dziennie na osobę', '1 punkt za każde 10 zł, najwyżej 50 punktów dziennie.'],
    ['1 punkt za każde 10 zł (max. 100 pkt na klienta miesięcznie)', '1 punkt za każde 10 zł, najwyżej 100 punktów w miesiącu.'],
    ['1 punkt za każde 10 zł, limit 100 punktów na osobę', '1 punkt za każde 10 zł, najwyżej 100 punktów jednemu uczestnikowi.'],
    ['10 punktów za wizytę, maksymalnie raz dziennie', '10 punktów za wizytę, najwyżej 10 punktów dziennie.'],
    ['100 pkt na start', '100 punktów za dołączenie do programu.'],
    ['25 punktów za rocznicę', '25 punktów z okazji rocznicy dołączenia.'],
    ['20 pkt za imieniny klienta', '20 punktów na imieniny.'],
    ['podwójne punkty za zakupy w kawiarni Rynek', 'Podwójne punkty w sklepie „Rynek”.'],
    ['20% więcej punktów 6 grudnia', 'Punkty razy 1,2, tylko 6 grudnia 2026.'],
    ['w weekend podwójnie', 'Podwójne punkty w soboty i w niedziele.'],
    ['we wtorki punkty liczymy potrójnie', 'Potrójne punkty we wtorki.'],
    ['5% zwrotu', '5% wydanej kwoty.'],
    ['zwrot 2,5% na kawę', '2,5% kwoty wydanej na towary z kategorii „Kawa”.'],
    ['3 procent cashbacku w środy', '3% wydanej kwoty w środy.'],
    ['100 punktów, gdy ktoś wyda 500 zł', '100 punktów przy zakupie za co najmniej 500 zł.'],
    ['jeśli klient wyda ponad 200 zł, 50 punktów', '50 punktów przy zakupie za co najmniej 200,01 zł.'],
    ['30 pkt za zwrot', '30 punktów za zwrot.'],
    ['30 pkt za zwrot towaru w sklepie Rynek, do 60 miesięcznie', '30 punktów za zwrot w sklepie „Rynek”, najwyżej 60 punktów w miesiącu.'],
    ['30 pkt za zwrot opakowania', '30 punktów za zwrot towarów z kategorii „opakowania”.'],
    ['30 pkt za zwrot kawy', '30 punktów za zwrot towarów z kategorii „Kawa”.'],
    ['1 pkt za każdą zwróconą herbatę', '1 punkt za każdą sztukę lub kg towarów z kategorii „Herbata”, za zwrot.'],
    ['5% zwrotu za kawę', '5% kwoty wydanej na towary z kategorii „Kawa”.'],
    ['1 punkt za 10 zł do końca roku', '1 punkt za każde 10 zł, do 31 grudnia 2026.'],
    ['jeden punkt za dwa złote', '1 punkt za każde 2 zł.'],
    ['po 2 punkty za każdą kawę', '2 punkty za każdą sztukę lub kg towarów z kategorii „Kawa”.'],
    ['30 pkt za 3 kawy', '30 punktów za każde pełne 3 sztuki lub kg towarów z kategorii „Kawa”.'],
    ['1 pkt za 3 zł, zaokrąglaj w górę', '1 punkt za każde 3 zł (zaokrąglane w górę).'],
    ['potrójne punkty w Black Friday', 'Potrójne punkty, tylko 27 listopada 2026.'],
    ['25 punktów w Dzień Kobiet', '25 punktów za zakup, tylko 8 marca 2027.'],
    ['podwójne punkty w majówkę na ciasta', 'Podwójne punkty za towary z kategorii „Ciasta”, od 1 maja 2027 do 3 maja 2027.'],
    ['podwójne punkty w tłusty czwartek', 'Podwójne punkty, tylko 4 lutego 2027.'],
    ['w każdy pierwszy poniedziałek miesiąca podwójne punkty', 'Podwójne punkty w poniedziałki i od 1. do 7. dnia miesiąca.'],
    ['happy hours: punkty podwójne od 14 do 16', 'Podwójne punkty w godzinach 14:00–15:59.'],
    ['punkty x2 dla złotych klientów', 'Podwójne punkty na poziomie „zloto”.'],
    ['dla klientów z poziomu srebrnego punkty razy 1,5', 'Punkty razy 1,5 na poziomie „srebro”.'],
    ['podwójne punkty dla poziomu „Złoty”', 'Podwójne punkty na poziomie „zloto”.'],
    ['podwójne punkty dla bywalców', 'Podwójne punkty na poziomie „bywalec”.'],
    ['punkty razy 3 dla VIP-ów', 'Potrójne punkty na poziomie „vip”.'],
    ['podwójne punkty dla stałych gości', 'Podwójne punkty dla uczestników z segmentu „Stali goście”.'],
    ['podwójne punkty dla nowych klientów przez pierwsze 30 dni', 'Podwójne punkty, gdy od dołączenia minęło mniej niż 30 dni.'],
    ['100 pkt, jeśli klient nie kupował od 3 miesięcy', '100 punktów za zakup, gdy od ostatniego zakupu minęło co najmniej 90 dni.'],
    ['100 punktów dla osób, które nie były u nas ponad 60 dni', '100 punktów za zakup, gdy od ostatniego zakupu minęło co najmniej 61 dni.'],
    ['100 punktów po 60 dniach przerwy', '100 punktów za zakup, gdy od ostatniego zakupu minęło co najmniej 60 dni.'],
    ['1 punkt za 1 zł w aplikacji', '1 punkt za każdą złotówkę w kanale „app”.'],
    ['60 punktów za opłacenie faktury w terminie', '60 punktów za opłacenie faktury w terminie.'],
    ['potrójne punkty w święta od 10 zł', 'Potrójne punkty w święta i przy zakupie za co najmniej 10 zł.'],
    ['podwójne punkty na ciasta od 20 zł do 50 zł', 'Podwójne punkty za towary z kategorii „Ciasta” przy zakupie od 20 zł do 50 zł.'],
    ['podwójne punkty od 10 do 50 zł', 'Podwójne punkty przy zakupie od 10 zł do 50 zł.'],
    ['podwójne punkty od 10 do 12', 'Podwójne punkty w godzinach 10:00–11:59.'],
    ['10 punktów przy zakupie do 50 zł', '10 punktów przy zakupie za mniej niż 50,01 zł.'],
    ['jeden punkt za każdą złotówkę wydaną na ciasta', '1 punkt za każdą złotówkę wydaną na towary z kategorii „Ciasta”.'],
    ['5% wartości zakupu w punktach', '5% wydanej kwoty.'],
    ['10% punktów więcej w środy', 'Punkty razy 1,1 w środy.'],
    ['1 punkt za każde 10 zł na Rynku', '1 punkt za każde 10 zł w sklepie „Rynek”.'],
    ['podwójne punkty w sklepie Krucza 12', 'Podwójne punkty w sklepie „Krucza 12”.'],
    ['podwójne punkty na Kruczej 12', 'Podwójne punkty w sklepie „Krucza 12”.'],
    ['1 punkt za 10 zł na produkty Palarni Północ oprócz kawy ziarnistej', '1 punkt za każde 10 zł wydane na towary marki „Palarnia Północ” i nie z kategorii „Kawa ziarnista”.'],
    ['50 punktów za zakup 3 kaw', '50 punktów za każde pełne 3 sztuki lub kg towarów z kategorii „Kawa”.'],
    ['1 punkt za litr herbaty', '1 punkt za każdą sztukę lub kg towarów z kategorii „Herbata”.'],
    ['Za każde wydane 100 zł klient dostaje 5 punktów, ale tylko w sklepie Rynek', '5 punktów za każde 100 zł w sklepie „Rynek”.'],
    ['kup 2 kawy, dostaniesz 20 punktów', '20 punktów za każde pełne 2 sztuki lub kg towarów z kategorii „Kawa”.'],
    ['podwajamy punkty w weekendy', 'Podwójne punkty w soboty i w niedziele.'],
    ['30 punktów za check-in', '30 punktów za wizytę.'],
    ['podwójne punkty za gotówkę', 'Podwójne punkty przy płatności gotówką.'],
    ['5 punktów, gdy klient zapłaci BLIKIEM', '5 punktów za zakup przy płatności BLIKIEM.'],
    ['podwójne punkty dziś', 'Podwójne punkty, tylko 22 listopada 2026.'],
    ['podwójne punkty jutro', 'Podwójne punkty, tylko 23 listopada 2026.'],
    ['podwójne punkty w ten weekend', 'Podwójne punkty, tylko 22 listopada 2026.'],
    ['podwójne punkty w najbliższą sobotę', 'Podwójne punkty, tylko 28 listopada 2026.'],
    ['podwójne punkty do piątku', 'Podwójne punkty, do 27 listopada 2026.'],
    ['podwójne punkty przez najbliższy tydzień', 'Podwójne punkty, od 22 listopada 2026 do 28 listopada 2026.'],
    ['podwójne punkty przez 2 tygodnie', 'Podwójne punkty, od 22 listopada 2026 do 5 grudnia 2026.'],
    ['podwójne punkty w każdy piątek 13-go', 'Podwójne punkty w piątki i 13. dnia miesiąca.'],
    ['dla nowych klientów 100 punktów', '100 punktów przy pierwszym zakupie.'],
    ['nowi klienci dostają 100 punktów', '100 punktów przy pierwszym zakupie.'],
    ['podwójne punkty dla nowych', 'Podwójne punkty przy pierwszym zakupie.'],
    ['100 punktów na powitanie dla nowych klientów', '100 punktów za dołączenie do programu.'],
    ['podwójne punkty przez pierwsze 30 dni dla nowych klientów', 'Podwójne punkty, gdy od dołączenia minęło mniej niż 30 dni.'],
    ['50 punktów za drugą kawę w transakcji', '50 punktów za każde pełne 2 sztuki lub kg towarów z kategorii „Kawa”, najwyżej 50 punktów za zakup.'],
    ['50 punktów za dziesiątą kawę na paragonie', '50 punktów za każde pełne 10 sztuk lub kg towarów z kategorii „Kawa”, najwyżej 50 punktów za zakup.'],
    ['5 punktów za co trzecią herbatę na jednym paragonie', '5 punktów za każde pełne 3 sztuki lub kg towarów z kategorii „Herbata”.'],
    ['20 punktów przy zakupie co najmniej 2 herbat', '20 punktów za każde pełne 2 sztuki lub kg towarów z kategorii „Herbata”, najwyżej 20 punktów za zakup.'],
    ['20 punktów, gdy klient kupi co najmniej trzy herbaty', '20 punktów za każde pełne 3 sztuki lub kg towarów z kategorii „Herbata”, najwyżej 20 punktów za zakup.'],
    ['20 punktów za zakup min. 3 sztuk herbaty', '20 punktów za każde pełne 3 sztuki lub kg towarów z kategorii „Herbata”, najwyżej 20 punktów za zakup.'],
    ['20 punktów za 2 herbaty', '20 punktów za każde pełne 2 sztuki lub kg towarów z kategorii „Herbata”.'],
    ['10 punktów za każde 3 sztuki', '10 punktów za każde pełne 3 sztuki lub kg.'],
    ['10 punktów za każdy produkt', '10 punktów za każdą sztukę lub kg.'],
    ['1 punkt za 2 zł, ale nie w niedziele', '1 punkt za każde 2 zł nie w niedziele.'],
    ['1 punkt za 2 zł oprócz niedziel i świąt', '1 punkt za każde 2 zł nie w niedziele i nie w święta.'],
    ['1 punkt za 2 zł oprócz wina i papierosów', '1 punkt za każde 2 zł wydane na towary nie z kategorii „Wina” albo „Papierosy”.'],
    ['1 punkt za 2 zł tylko w sklepie w Krakowie i w Gdańsku', '1 punkt za każde 2 zł w sklepie „Kraków”, „Gdańsk Wrzeszcz” albo „Gdańsk Oliwa”.'],
    ['1 punkt za 2 zł w sklepach Rynek i Krucza 12', '1 punkt za każde 2 zł w sklepie „Rynek” albo „Krucza 12”.'],
    ['1 punkt za 2 zł, ale nie w sklepie w Krakowie', '1 punkt za każde 2 zł nie w sklepie „Kraków”.'],
    ['podwójne punkty od poniedziałku do piątku między 14 a 16', 'Podwójne punkty od poniedziałku do piątku i w godzinach 14:00–15:59.'],
    ['podwójne punkty pn.-pt. 14:00-16:00', 'Podwójne punkty od poniedziałku do piątku i w godzinach 14:00–15:59.'],
    ['podwójne punkty do końca roku', 'Podwójne punkty, do 31 grudnia 2026.'],
    ['podwójne punkty do końca 2027 roku', 'Podwójne punkty, do 31 grudnia 2027.'],
    ['podwójne punkty do końca października', 'Podwójne punkty, do 31 października 2027.'],
    ['20 punktów za zakup, maksymalnie 3 razy w miesiącu na osobę', '20 punktów za zakup, najwyżej 60 punktów w miesiącu.'],
    ['20 punktów za zakup, nie częściej niż raz w tygodniu', '20 punktów za zakup, najwyżej 20 punktów w tygodniu.'],
    ['1 punkt za 10 zł, punkty ważne 3 miesiące', '1 punkt za każde 10 zł, punkty ważne przez 3 miesiące.'],
    ['50 punktów ważnych pół roku za ankietę', '50 punktów za wypełnienie ankiety, punkty ważne przez 6 miesięcy.'],
    ['50 punktów, które wygasają po dwóch latach', '50 punktów za zakup, punkty ważne przez 2 lata.'],
    ['50 punktów do 31 grudnia, ważne do 31 stycznia', '50 punktów za zakup, do 31 grudnia 2026, punkty ważne do 31 stycznia 2027.'],
    ['50 punktów, ważne do końca roku', '50 punktów za zakup, punkty ważne do 31 grudnia 2026.'],
    ['50 punktów, które nie wygasają', '50 punktów za zakup, punkty bez terminu ważności.'],
    ['20 punktów za zakup, tylko raz', '20 punktów za zakup, najwyżej 20 punktów jednemu uczestnikowi.'],
  ])('is understood: %s', (sentence, said) => {
    expect(saidBack(sentence)).toEqual({ said, unknown: [] });
  });

  it.each([
    ['2 punkty za 10 zł przy pełni księżyca', '2 punkty za każde 10 zł.', ['przy pełni księżyca']],
    ['1 punkt za 5 zł, ale nie na promocje', '1 punkt za każde 5 zł.', ['nie na promocje']],
    ['1 punkt za 5 zł oprócz alkoholu, do 100 dziennie', '1 punkt za każde 5 zł, najwyżej 100 punktów dziennie.', ['oprócz alkoholu']],
    ['podwójne punkty w każdy ostatni piątek miesiąca', 'Podwójne punkty.', ['w każdy ostatni piątek miesiąca']],
    ['podwójne punkty 6 grudnia i 24 grudnia', 'Podwójne punkty, tylko 6 grudnia 2026.', ['24 grudnia']],
    ['50 punktów za zakup, zaokrąglaj w górę', '50 punktów za zakup.', ['zaokrąglaj w górę']],
    ['2 punkty za dużą kawę', '2 punkty za zakup towarów z kategorii „Kawa”.', ['za dużą']],
    ['50 punktów za opinię na Google', '50 punktów za opinię.', ['na Google']],
    ['podwójne punkty we wtorki na ciasta i w środy na kawę', 'Podwójne punkty za towary z kategorii „Ciasta” we wtorki.', ['w środy', 'na kawę']],
    ['1 punkt za 10 zł na ciasta i 2 punkty za 10 zł na kawę', '1 punkt za każde 10 zł wydane na towary z kategorii „Ciasta”.', ['na kawę', '+']],
    ['2 punkty za 1 zł, budżet 5000 zł', '2 punkty za każdą złotówkę.', ['budżet 5000 zł']],
    ['2 punkty za 10 zł przy pełni księżyca, dla pań', '2 punkty za każde 10 zł.', ['przy pełni księżyca', 'dla pań']],
    ['3 pkt za zł na święta', '3 punkty za każdą złotówkę.', ['na święta']],
    ['100 punktów za powrót po przerwie', '100 punktów za zakup.', ['za powrót po przerwie']],
    ['50 punktów za zakup, ważne 30 dni', '50 punktów za zakup.', ['ważne 30 dni']],
    ['co dziesiąty zakup 50 punktów', '50 punktów za zakup.', ['co dziesiąty zakup']],
    ['50 punktów co trzecią kawę', '50 punktów za zakup towarów z kategorii „Kawa”.', ['co trzecią']],
    ['podwójne punkty za każde 2 kawy', 'Podwójne punkty.', ['za każde 2 kawy']],
    ['podwójne punkty przy zakupie co najmniej 2 herbat', 'Podwójne punkty.', ['przy zakupie co najmniej 2 herbat']],
    ['1 punkt za 10 zł maksymalnie 3 razy w miesiącu na osobę', '1 punkt za każde 10 zł.', ['maksymalnie 3 razy w miesiącu na osobę']],
    ['1 punkt za 10 zł oprócz wina i alkoholu', '1 punkt za każde 10 zł wydane na towary nie z kategorii „Wina”.', ['alkoholu']],
  ])('names what it does not understand and keeps the rest: %s', (sentence, said, unknown) => {
    expect(saidBack(sentence)).toEqual({ said, unknown });
  });

  it('takes a noun that the program does not know as the name of a category, and says so', () => {
    expect(saidBack('10 punktów za lemoniadę').said).toBe('10 punktów za zakup towarów z kategorii „lemoniada”.');
    expect(sayRule('10 punktów za lemoniadę', options('pl')).guessed).toEqual(['lemoniada']);
    expect(sayRule('10 punktów za kawę', options('pl')).guessed).toEqual([]);
    expect(saidBack('podwójne punkty online').said).toBe('Podwójne punkty w kanale „web”.');
    expect(sayRule('podwójne punkty online', options('pl')).guessed).toEqual(['web']);
  });

  it.each([
    ['100 points for new customers', '100 points for the first purchase.', []],
    ['10 points for every 3 pieces', '10 points for every full 3 pieces or kg.', []],
    ['1 point for every PLN 2 except Sundays and holidays', '1 point for every PLN 2 not on Sundays and not on public holidays.', []],
    ['1 point for every PLN 2, but not on Sundays', '1 point for every PLN 2 not on Sundays.', []],
    ['1 point per PLN 10, at most 100 points a day', '1 point for every PLN 10, at most 100 points a day.', []],
    ['double points Monday to Friday until the end of the year', 'Double points from Monday to Friday, until 31 December 2026.', []],
    ['20 points for a purchase, at most 3 times a month per person', '20 points for a purchase, at most 60 points a month.', []],
    ['50 points, points valid for 3 months', '50 points for a purchase, points good for 3 months.', []],
    ['1 point for every PLN 2 except in the rain on Sundays', '1 point for every PLN 2.', ['except in the rain on Sundays']],
  ])('is understood in English: %s', (sentence, said, unknown) => {
    const read = sayRule(sentence, options('en'));
    expect([read.rule && describeRule(definition(read.rule), { lang: 'en', currency: 'PLN' }).replace(/\u00a0/g, ' '), read.unknown]).toEqual([said, unknown]);
  });

  it.each([
    ['pl', 'co dziesiąty zakup 50 punktów'], ['pl', 'podwójne punkty dla emerytów'], ['pl', 'podwójne punkty w co drugi wtorek'], ['pl', '2 punkty za dużą kawę'], ['pl', '1 punkt za 5 zł oprócz alkoholu'], ['pl', 'podwójne punkty za każde 2 kawy'],
    ['pl', 'podwójne punkty 6 grudnia i 24 grudnia'], ['pl', '1 punkt za 10 zł maksymalnie 3 razy w miesiącu na osobę'], ['en', '50 points every tenth purchase'], ['en', 'double points for pensioners'], ['en', 'double points unless it rains'],
  ] as const)('may give more than was meant, and is nothing to take unasked, when a part is not understood (%s): %s', (lang, sentence) => {
    const { rule, mayGiveMore } = sayRule(sentence, options(lang));
    expect([rule === null, mayGiveMore]).toEqual([false, true]);
  });

  it.each(['50 punktów za zakup, zaokrąglaj w górę', '50 punktów za zakup i 2 punkty za 10 zł', '10 punktów za lemoniadę', '1 punkt za każde 10 zł w środy'])('gives no more than was meant: %s', (sentence) => {
    const { rule, mayGiveMore } = sayRule(sentence, options('pl'));
    expect([rule === null, mayGiveMore]).toEqual([false, false]);
  });

  it('knows a level by the name that the product says it by', () => {
    const names = { values: { 'member.tier': { zloto: 'Złoty', srebro: 'Srebro' } } };
    for (const rule of [definition({ when: { attribute: 'member.tier', operator: 'noneOf', value: ['zloto', 'srebro'] } }), definition({ effect: { kind: 'tierMultiplier', tiers: [{ tier: 'zloto', hundredths: 150 }] } })]) {
      const said = describeRule(rule, { lang: 'pl', currency: 'PLN', names });
      expect(said).toContain('„Złoty”');
      expect(definition({ ...sayRule(said, options('pl')).rule, name: rule.name })).toEqual(rule);
    }
  });

  it('takes a town for a shop that is not known yet', () => {
    const read = sayRule('1 punkt za 2 zł tylko w sklepie w Poznaniu i w Gdyni', options('pl'));
    expect([read.rule?.when, read.guessed, read.unknown]).toEqual([{ attribute: 'transaction.store', operator: 'oneOf', value: ['Poznań', 'Gdynia'] }, ['Poznań', 'Gdynia'], []]);
  });

  it('is no rule when nothing is given', () => {
    expect(sayRule('w środy', options('pl')).rule).toBeNull();
    expect(sayRule('', options('pl'))).toEqual({ rule: null, unknown: [], mayGiveMore: false, guessed: [] });
  });

  it('reads what is typed on and on, also brackets that never end', () => {
    for (const letters of ['(', 'nie (', 'za kawę i ', '„']) expect(sayRule(letters.repeat(4000 / letters.length), options('pl')).rule, letters).toBeNull();
  });

  it('gives valid rules, or none, whatever is typed', () => {
    const words = fc.constantFrom('2', '100', '0', '10 zł', '0 zł', 'punkty', 'pkt', 'za', 'każde', 'do', 'dziennie', 'w środy', 'od 1 maja', '„kawa”', '(', ')', 'x', '9999999999999999', 'na kawę', 'albo', '×', 'razy', 'po 17', '31 lutego', '\u2028', '"');
    fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.array(words, { maxLength: 12 }).map((list) => list.join(' '))), (sentence) => {
      const { rule } = sayRule(sentence, options('pl'));
      // Sizes that no rule may have are the form's to refuse; shapes and tests must be right.
      if (rule) expect(validateRule(definition(rule)).filter((fault) => !['number_invalid', 'rate_too_high', 'multiplier_out_of_range', 'schedule_reversed', 'value_invalid', 'multiplier_too_fine'].includes(fault.code))).toEqual([]);
    }), { numRuns: 1000 });
  });
});
