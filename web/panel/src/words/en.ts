import { pl } from './pl.ts';

export const en = pl satisfies typeof pl;
