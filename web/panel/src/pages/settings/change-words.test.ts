import { expect, it } from 'vitest';
import { en } from '../../words/en.ts';
import { pl } from '../../words/pl.ts';
import { changeWords } from './change-words.ts';

const details = { name: ['Kawiarnia', 'Herbaciarnia'], secondPerson: ['false', 'true'], consultantDayLimit: ['', '500'] };

it.each([
  [pl, ['nazwa programu: Kawiarnia → Herbaciarnia', 'zmiany zatwierdza druga osoba: nie → tak', 'dzienny limit konsultanta: brak → 500']],
  [en, ['name of the program: Kawiarnia → Herbaciarnia', 'a second person approves changes: no → yes', 'daily limit of a consultant: none → 500']],
])('a change of settings is told in words, with what was and what became of it', (words, told) => {
  expect(changeWords({ action: 'program.changed', details }, words.settings.changes)).toEqual(told);
});

it('what was kept before, and other acts, are shown as they are', () => {
  expect(changeWords({ action: 'program.changed', details: { fields: ['name'] } }, pl.settings.changes)).toBeNull();
  expect(changeWords({ action: 'wallet.changed', details: { fields: ['name'] } }, pl.settings.changes)).toBeNull();
});
