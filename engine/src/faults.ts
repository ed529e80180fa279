/** One thing wrong with an input: where (JSON pointer, RFC 6901), which rule it breaks, and the sentence for a person. */
export type Fault = {
  readonly pointer: string;
  readonly code: string;
  readonly words: { readonly pl: string; readonly en: string };
};

export const fault = (pointer: string, code: string, pl: string, en: string): Fault => ({ pointer, code, words: { pl, en } });

/** Escapes one step of a JSON pointer. */
export const step = (key: string | number): string => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
