import { expect, it } from 'vitest';
import { repair as en } from './en/repairs.ts';
import { repair as pl } from './pl/repairs.ts';
import { sentence } from './sentence.ts';

it('what begins small becomes a sentence, with a capital letter and a full stop', () => {
  expect([sentence(pl.rewards({ given: 55, taken: 0, kept: 0 })), sentence('bez zmian'), pl.levelsMove(2, 0), en.levelsMove(1, 3)])
    .toEqual(['55 nowych nagród.', 'Bez zmian.', 'Wyższy poziom: 2 uczestników.', 'Higher level: 1 member, lower level: 3 members.']);
});
