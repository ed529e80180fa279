import { expect, it } from 'vitest';
import { refusalWords } from './refusals.ts';

const said = (words: { wayOut: string; sentence: string }) => `${words.sentence} ${words.wayOut}`.replaceAll('\u00a0', ' ');

it('tells how long to wait as people do, and days as they write them', () => {
  const wait = (seconds: number, language: 'pl' | 'en' = 'pl') => said(refusalWords('too_many_requests', language, { seconds }));
  expect([wait(1), wait(42), wait(3583), wait(121), wait(3583, 'en')]).toEqual([
    'Za dużo prób. Spróbuj ponownie za 1 sekundę.', 'Za dużo prób. Spróbuj ponownie za 42 sekundy.', 'Za dużo prób. Spróbuj ponownie za 60 minut.', 'Za dużo prób. Spróbuj ponownie za 3 minuty.', 'Too many attempts. Try again in 60 minutes.',
  ]);
  expect(said(refusalWords('package_code_early', 'pl', { from: '2026-12-05' }))).toContain('Ten kod zadziała od 5 grudnia 2026.');
});
