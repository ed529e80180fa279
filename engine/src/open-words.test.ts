import { expect, it } from 'vitest';
import type { Condition } from './conditions.ts';
import { tellOpenly } from './open-words.ts';
import type { RuleDefinition } from './rules.ts';
import { definition } from './testing/rules.ts';

const noCaps = { perTransaction: null, perMemberDay: null, perProgram: null };
const of = (...names: string[]): Condition => (names.length === 1 ? { attribute: 'line.category', operator: 'is', value: names[0]! } : { attribute: 'line.category', operator: 'oneOf', value: names });
const twice: RuleDefinition['effect'] = { kind: 'multiplier', numerator: 2, denominator: 1 };
const perTen: RuleDefinition['effect'] = { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' };
const fixed = (points: number): RuleDefinition['effect'] => ({ kind: 'fixed', points });
const wednesday: Condition = { attribute: 'calendar.weekday', operator: 'is', value: 3 };

it.each([
  [{ effect: perTen }, '1 punkt za każde 10 zł.', '1 point for every PLN 10.'],
  [{ effect: twice, lines: of('kawa'), when: wednesday }, 'Podwójne punkty za kawę w środy.', 'Double points for kawa on Wednesdays.'],
  [{ effect: twice, lines: of('Kawa', 'Napoje gorące') }, 'Podwójne punkty za kawę i napoje gorące.', 'Double points for Kawa and Napoje gorące.'],
  [{ effect: perTen, lines: of('pieczywo') }, '1 punkt za każde 10 zł wydane na pieczywo.', '1 point for every PLN 10 spent on pieczywo.'],
  [{ effect: fixed(15), lines: of('kawa', 'herbata') }, '15 punktów za kawę lub herbatę.', '15 points for a purchase of kawa or herbata.'],
  [{ effect: fixed(15), lines: of('AGD') }, '15 punktów za AGD.', '15 points for a purchase of AGD.'],
  [{ effect: { kind: 'percent', basisPoints: 500, rounding: 'down', per: 'transaction' }, lines: of('herbata') }, '5% kwoty wydanej na herbatę.', '5% of the amount spent on herbata.'],
  // One or many of them? The word does not say.
  [{ effect: twice, lines: of('marmolada') }, 'Podwójne punkty za towary z kategorii „marmolada”.', 'Double points for marmolada.'],
  [{ effect: fixed(15), lines: of('Śniadania') }, '15 punktów za śniadania.', '15 points for a purchase of Śniadania.'],
  [{ effect: twice, lines: of('kat-12') }, 'Podwójne punkty za towary z kategorii „kat-12”.', 'Double points for articles with category “kat-12”.'],
  [{ effect: { kind: 'perUnit', points: 2, perThousandths: 1000, rounding: 'down', per: 'transaction' }, lines: of('kawa') }, '2 punkty za każdą sztukę lub kg towarów z kategorii „kawa”.', '2 points for every piece or kg of kawa.'],
  [{ effect: twice, lines: { none: [of('kawa')] } }, 'Podwójne punkty za towary nie z kategorii „kawa”.', 'Double points for articles not with category “kawa”.'],
  [{ effect: fixed(50), caps: { ...noCaps, perMemberDay: 50 } }, '50 punktów za zakup, najwyżej raz dziennie.', '50 points for a purchase, at most once a day.'],
  [{ effect: fixed(20), caps: { ...noCaps, perMemberMonth: 60, perMemberEver: 20 } }, '20 punktów za zakup, najwyżej 3 razy w miesiącu, tylko raz.', '20 points for a purchase, at most 3 times a month, only once.'],
  [{ effect: fixed(20), caps: { ...noCaps, perMemberDay: 50 } }, '20 punktów za zakup, najwyżej 50 punktów dziennie.', '20 points for a purchase, at most 50 points a day.'],
  [{ effect: perTen, caps: { ...noCaps, perMemberDay: 50 } }, '1 punkt za każde 10 zł, najwyżej 50 punktów dziennie.', '1 point for every PLN 10, at most 50 points a day.'],
] as const)('a rule as anybody reads it: %j', (part, pl, en) => {
  const rule = definition(part as Partial<RuleDefinition>);
  expect([tellOpenly(rule, { lang: 'pl', currency: 'PLN' }), tellOpenly(rule, { lang: 'en', currency: 'PLN' })].map((said) => said.replace(/\u00a0/g, ' '))).toEqual([pl, en]);
});
