/** Codes one set may have. */
export const SET_CODES_MAX = 100_000;
export const SET_NAME_MAX = 60;

/** How a rule names a set of articles or a segment: by its name, and in a published ruleset by the exact version too: "Kawy ziarniste#3". */
export const SET_REFERENCE = /^[^#]{1,60}(#[1-9]\d{0,6})?$/u;

/** The version of a draft, where history is tried with it: no set comes to have so many. */
export const DRAFT_VERSION = 9_999_999;

export type SetReference = { readonly name: string; /** Null: the newest. */ readonly version: number | null };

export function readReference(reference: string): SetReference {
  const at = reference.indexOf('#');
  return at < 0 ? { name: reference, version: null } : { name: reference.slice(0, at), version: Number(reference.slice(at + 1)) };
}

export const writeReference = (name: string, version: number): string => `${name}#${version}`;
