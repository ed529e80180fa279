import { formatPoints } from '@wracam/engine/words';
import type { productSets as pl } from '../pl/product-sets.ts';

const CODES = { one: 'code', few: 'codes', many: 'codes', fraction: 'codes' };
const codes = (n: number): string => formatPoints(n, CODES, 'en');

export const productSets: typeof pl = {
  title: 'Product sets',
  text: 'Lists of article codes that rules name: an offer on chosen coffees, for example.',
  link: 'Product sets',
  empty: 'There are no sets yet',
  emptyText: 'Type article codes or read them from a file. Then choose the set in the conditions of a rule.',
  add: 'Add a set',
  change: 'Change codes',
  download: 'Download codes',
  save: 'Save the draft',
  name: 'Name of the set',
  nameHint: 'Members see it by this name in what a rule says. It cannot be changed later.',
  namePlaceholder: 'such as Whole bean coffees',
  noHash: 'A name has no # in it.',
  codesLabel: 'Article codes',
  codesHint: 'One a line. Of a CSV file the first column counts.',
  file: 'Read a TXT or CSV file',
  fromFile: (name: string) => `Codes from the file ${name}`,
  dropFile: 'Type instead',
  found: (n: number) => (n === 0 ? 'No codes yet' : codes(n)),
  tooMany: (limit: number) => `A set has at most ${codes(limit)}.`,
  how: 'What happens to the codes that are there',
  replace: 'Replace them',
  keep: 'Keep them and add the new ones',
  changeText: 'Rules go on by what is in force. New codes count once they are published.',
  codes,
  added: (size: number) => `Set added: ${codes(size)}`,
  draft: (size: number) => `Draft: ${codes(size)}`,
  drafted: (size: number) => `Draft saved: ${codes(size)}. What was there goes on.`,
  published: 'Codes published',
  publishText: 'New codes count for purchases from the chosen day on. What is booked does not change.',
  downloadVersion: (version: number) => `Download the codes of version ${version}`,
  choose: 'Choose a set',
  none: 'There are no sets yet',
};
