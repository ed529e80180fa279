import { expect, it } from 'vitest';
import { goals as goalsEn } from './en/goals.ts';
import { repair as en } from './en/repairs.ts';
import { goals as goalsPl } from './pl/goals.ts';
import { repair as pl } from './pl/repairs.ts';
import { sentence } from './sentence.ts';

it('what begins small becomes a sentence, with a capital letter and a full stop', () => {
  expect([sentence(pl.rewards({ given: 55, taken: 0, kept: 0 })), sentence('bez zmian'), pl.levelsMove(2, 0), en.levelsMove(1, 3)])
    .toEqual(['55 nowych nagród.', 'Bez zmian.', 'Wyższy poziom: 2 uczestników.', 'Higher level: 1 member, lower level: 3 members.']);
});

it('the days of a challenge end with a full stop, for another sentence may follow them', () => {
  expect([goalsPl.spreadPeriod('1 lipca', '31 lipca'), goalsPl.spreadPeriod('1 lipca', null), goalsEn.spreadPeriod('1 July', '31 July'), goalsEn.spreadPeriod('1 July', null)])
    .toEqual(['1 lipca – 31 lipca.', 'Od 1 lipca.', '1 July – 31 July.', 'From 1 July.']);
});
