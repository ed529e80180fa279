/** Somebody's figure on a leaderboard. */
export type Score<Id> = { readonly id: Id; readonly score: number };
export type Placed<Id> = Score<Id> & { readonly place: number };

/** Places by score, the greatest first; equal scores share a place and the next one is counted on: 1, 2, 2, 4. Nobody is placed with nothing. */
export function placesOf<Id extends number | string>(scores: readonly Score<Id>[]): Placed<Id>[] {
  const sorted = scores.filter((one) => one.score > 0).sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  let place = 0;
  return sorted.map((one, i) => {
    if (i === 0 || one.score !== sorted[i - 1]!.score) place = i + 1;
    return { id: one.id, score: one.score, place };
  });
}

const NICKNAME_MIN = 2;
export const NICKNAME_MAX = 24;
/** Seven digits in a row, parted by anything that people part them with, are a phone number to whoever reads them. */
const PHONE_DIGITS = 7;

export type NicknameFault = 'length' | 'letters' | 'contact';

/** Why a name may not stand on a leaderboard; null when it may. It is read by other members: it must not tell how to reach somebody. */
export function nicknameFault(nickname: string): NicknameFault | null {
  const length = [...nickname].length;
  if (length < NICKNAME_MIN || length > NICKNAME_MAX || nickname !== nickname.trim()) return 'length';
  if (/@|\bwww\.|:\/\/|\.(pl|com|eu|net|org)\b/i.test(nickname)) return 'contact';
  if (nickname.replace(/\D/g, '').length >= PHONE_DIGITS) return 'contact';
  return /^[\p{L}\p{N}][\p{L}\p{N}\p{M} ._'’-]*$/u.test(nickname) && !/ {2}/.test(nickname) ? null : 'letters';
}

/** What makes two nicknames the same: letters in one case and one form (NFKC), so that nobody passes for another. */
export const nicknameKey = (nickname: string): string => nickname.normalize('NFKC').toLowerCase().replace(/[ ._'’-]/g, '');
