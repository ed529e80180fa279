/** What a later return needs of the facts that are not in the document: positional numbers, stored with `encodeNumbers`. */
export type Frozen = readonly number[];
