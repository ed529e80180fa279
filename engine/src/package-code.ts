/** Codes in packages: letters and digits that nobody mistakes for one another (no 0, O, 1, I, L). 31 of them: a prime, so the check below is a strong one. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const PRIME = CODE_ALPHABET.length;
/** Random letters of a code; one more proves them. 31^11 possible codes: among a million good ones a guess hits once in 25 thousand million. */
export const RANDOM_LETTERS = 11;
const LENGTH = RANDOM_LETTERS + 1;

/** The letter that makes the weighted sum a multiple of 31: one wrong letter, or any two swapped, are noticed. */
function checkLetter(letters: string): string {
  let sum = 0;
  for (let at = 0; at < letters.length; at += 1) sum += (at + 1) * CODE_ALPHABET.indexOf(letters[at]!);
  for (let value = 0; value < PRIME; value += 1) if ((sum + LENGTH * value) % PRIME === 0) return CODE_ALPHABET[value]!;
  throw new RangeError('no check letter');
}

/** A code from its random letters, each a number from 0 to 30. */
export function codeFrom(random: readonly number[]): string {
  if (random.length !== RANDOM_LETTERS) throw new RangeError(`a code has ${RANDOM_LETTERS} random letters`);
  const letters = random.map((value) => CODE_ALPHABET[value]!).join('');
  return letters + checkLetter(letters);
}

/** A code as a person typed it, brought to its one spelling; null when it is none. Small letters, spaces and hyphens do not matter. */
export function normalCode(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s\-–]/g, '');
  if (code.length !== LENGTH || [...code].some((letter) => !CODE_ALPHABET.includes(letter))) return null;
  return checkLetter(code.slice(0, RANDOM_LETTERS)) === code[RANDOM_LETTERS] ? code : null;
}

/** The code as it is printed: ABCD-EFGH-JKMN. */
export const printedCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');
