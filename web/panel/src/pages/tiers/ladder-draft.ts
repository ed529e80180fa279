import { levelAt, type TierLadder, type TierLevel } from '@wracam/engine/tiers/ladder';
import type { TierPreview } from '../../api/tiers.ts';

/** A level while it is typed. `key` stays while its words change; `code` is there once it was saved. */
export type LevelDraft = Omit<TierLevel, 'threshold' | 'benefits'> & { readonly key: number; readonly threshold: number | null; readonly benefits: readonly { readonly key: number; readonly code: string; readonly pl: string; readonly en: string }[] };
export type LadderDraft = Omit<TierLadder, 'levels'> & { readonly levels: readonly LevelDraft[] };

const COLORS = ['#8a5a33', '#6b7785', '#a97e12', '#4c5a9a', '#7a3f7d', '#2f6f5e'];

/** What a ladder starts from when there is none. */
export const FIRST_LADDER: TierLadder = {
  levels: [
    { code: 'brazowy', pl: 'Brązowy', en: 'Bronze', plTo: 'Brązu', color: COLORS[0]!, threshold: 0, keep: null, benefits: [] },
    { code: 'srebrny', pl: 'Srebrny', en: 'Silver', plTo: 'Srebra', color: COLORS[1]!, threshold: 100_000, keep: null, benefits: [] },
    { code: 'zloty', pl: 'Złoty', en: 'Gold', plTo: 'Złota', color: COLORS[2]!, threshold: 300_000, keep: null, benefits: [] },
  ],
  measure: { kind: 'spent' }, period: { kind: 'rolling', months: 12 }, promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'toMeasure', graceDays: 0, returns: 'takeLevel',
};

export const draftOf = (ladder: TierLadder): LadderDraft => ({
  ...ladder, levels: ladder.levels.map((level, at) => ({ ...level, key: at, benefits: level.benefits.map((one, index) => ({ ...one, key: index })) })),
});

const nextKey = (list: readonly { readonly key: number }[]) => list.reduce((most, one) => Math.max(most, one.key), -1) + 1;

export function addLevel(draft: LadderDraft): LadderDraft {
  const key = nextKey(draft.levels);
  return { ...draft, levels: [...draft.levels, { key, code: '', pl: '', en: '', plTo: null, color: COLORS[draft.levels.length % COLORS.length]!, threshold: null, keep: null, benefits: [] }] };
}
export const addBenefit = (level: LevelDraft): LevelDraft => ({ ...level, benefits: [...level.benefits, { key: nextKey(level.benefits), code: '', pl: '', en: '' }] });
export const changeLevel = (draft: LadderDraft, key: number, part: Partial<LevelDraft>): LadderDraft => ({ ...draft, levels: draft.levels.map((level) => (level.key === key ? { ...level, ...part } : level)) });

/** A code from a name: "Złoty gość" is "zloty-gosc". */
export function codeFrom(name: string, taken: readonly string[]): string {
  const plain = name.toLowerCase().replaceAll('ł', 'l').normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 34) || 'poziom';
  let code = plain;
  for (let n = 2; taken.includes(code); n += 1) code = `${plain}-${n}`;
  return code;
}

/** The ladder as it would be saved; null while a field is empty that must not be. Missing English words are the Polish ones. */
export function ladderOf(draft: LadderDraft): TierLadder | null {
  const taken = draft.levels.map((level) => level.code).filter((code) => code !== '');
  const levels: TierLevel[] = [];
  for (const { key: _, ...level } of draft.levels) {
    if (level.pl.trim() === '' || level.threshold === null || level.benefits.some((one) => one.pl.trim() === '')) return null;
    const code = level.code || codeFrom(level.pl, taken);
    taken.push(code);
    const benefitCodes = level.benefits.map((one) => one.code).filter((one) => one !== '');
    levels.push({
      ...level, code, pl: level.pl.trim(), en: level.en.trim() || level.pl.trim(), plTo: level.plTo?.trim() || null, threshold: level.threshold,
      benefits: level.benefits.map(({ key: __, ...one }) => { const benefit = one.code || codeFrom(one.pl, benefitCodes); benefitCodes.push(benefit); return { code: benefit, pl: one.pl.trim(), en: one.en.trim() || one.pl.trim() }; }),
    });
  }
  return { ...draft, levels };
}

/** How many members would stand on each level, from none (first) to the highest. */
export function countOn(preview: TierPreview, thresholds: readonly number[]): number[] {
  const counts = Array.from({ length: thresholds.length + 1 }, () => 0);
  for (const { value, members } of preview.values) counts[levelAt(thresholds, value) + 1]! += members;
  return counts;
}
