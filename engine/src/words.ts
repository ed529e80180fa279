export type Lang = 'pl' | 'en';

/** Forms of a wallet's unit: 1 punkt, 3 punkty, 5 punktów, 1,5 punktu. English uses `one` and `many`. */
export type UnitWords = { readonly one: string; readonly few: string; readonly many: string; readonly fraction: string };
