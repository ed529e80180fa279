import { describe, expect, it } from 'vitest';
import { addBenefit, addLevel, changeLevel, codeFrom, countOn, draftOf, FIRST_LADDER, ladderOf } from './ladder-draft.ts';

describe('a ladder while it is typed', () => {
  it('is the same ladder again when nothing was typed', () => expect(ladderOf(draftOf(FIRST_LADDER))).toEqual(FIRST_LADDER));
  it('waits until a new level has its name and threshold, and makes its code from the name', () => {
    const added = addLevel(draftOf(FIRST_LADDER));
    expect(ladderOf(added)).toBeNull();
    const named = changeLevel(added, 3, { pl: 'Złoty gość', threshold: 500_000 });
    expect(ladderOf(named)?.levels[3]).toMatchObject({ code: 'zloty-gosc', pl: 'Złoty gość', en: 'Złoty gość', threshold: 500_000 });
    const withBenefit = { ...named, levels: named.levels.map((level) => (level.key === 3 ? { ...addBenefit(level), benefits: [{ key: 0, code: '', pl: 'Darmowa dostawa', en: 'Free delivery' }] } : level)) };
    expect(ladderOf(withBenefit)?.levels[3]?.benefits).toEqual([{ code: 'darmowa-dostawa', pl: 'Darmowa dostawa', en: 'Free delivery' }]);
  });
  it('keeps codes apart', () => expect([codeFrom('Łąka', []), codeFrom('Łąka', ['laka']), codeFrom('123', [])]).toEqual(['laka', 'laka-2', 'poziom']));
  it('counts members under any thresholds', () => {
    const preview = { values: [{ value: 0, members: 5 }, { value: 99, members: 2 }, { value: 100, members: 1 }], members: 8, sampled: false };
    expect([countOn(preview, [0, 100]), countOn(preview, [1, 50])]).toEqual([[0, 7, 1], [5, 0, 3]]);
  });
});
