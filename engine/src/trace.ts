/** Why each rule gave or did not give points: positional numbers, read with `readTrace`, stored with `encodeNumbers`. */
export type Trace = readonly number[];
