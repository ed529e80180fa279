import { spokenOf, type Read, type Reader, type Spoken } from './scan.ts';

/** A value that stands in a sample sentence, the words it has there, and how such a value is read. */
export type Sample = { readonly words: string; readonly read: Reader<unknown> };
type Piece = string | { readonly slot: number; readonly read: Reader<unknown> };

/**
 * A sentence with holes. It is cut from a sample that the phrases themselves said, so what is said can always be read, and a new phrase needs no
 * new grammar. A value that stands in the sample twice must be the same twice.
 */
export type Template = { readonly pieces: readonly Piece[]; readonly slots: number };

/** Cuts the samples' words out of a sentence; null when one of them is not in it. */
export function templateOf(sentence: string, samples: readonly Sample[]): Template | null {
  let pieces: Piece[] = [spokenOf(sentence).text];
  for (const [slot, sample] of samples.entries()) {
    const words = spokenOf(sample.words).text;
    const cut = pieces.flatMap((piece) => (typeof piece === 'string' ? around(piece, words).flatMap((part, i): Piece[] => (i === 0 ? [part] : [{ slot, read: sample.read }, part])) : [piece]));
    if (cut.length === pieces.length) return null;
    pieces = cut;
  }
  return { pieces: pieces.filter((piece) => piece !== ''), slots: samples.length };
}

/** The parts of a text around words that stand by themselves: 17 is not in 170 nor in 7:17. */
function around(text: string, words: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (/[\p{L}\d:]/u.test(text[at - 1] ?? ' ') && /[\p{L}\d]/u.test(words[0]!)) continue;
    if (/[\p{L}\d]/u.test(text[at + words.length] ?? ' ') && /[\p{L}\d]/u.test(words.at(-1)!)) continue;
    parts.push(text.slice(from, at));
    from = at + words.length;
  }
  return [...parts, text.slice(from)];
}

/** Reads a sentence of this form: the values in the order of the samples. */
export function readTemplate({ pieces, slots }: Template, spoken: Spoken, at: number): Read<unknown[]> | null {
  const value = new Array<unknown>(slots).fill(undefined);
  let end = at;
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      if (!spoken.text.startsWith(piece, end)) return null;
      end += piece.length;
      continue;
    }
    const read = piece.read(spoken, end);
    if (read === null || (value[piece.slot] !== undefined && value[piece.slot] !== read.value)) return null;
    value[piece.slot] = read.value;
    end = read.end;
  }
  const last = pieces.at(-1);
  // A word must be whole: "w lip" is not read in "w lipcu".
  return typeof last === 'string' && /\p{L}$/u.test(last) && /\p{L}/u.test(spoken.text[end] ?? ' ') ? null : { value, end };
}
