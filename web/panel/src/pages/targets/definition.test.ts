import { describe, expect, it } from 'vitest';
import { codeFrom, readAmounts, TARGET_CODE, writeAmounts } from './definition.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('amounts of single participants', () => {
  it('are read as typed, and as pasted from a sheet, with or without a heading', () => {
    expect(readAmounts('1000000016; 50 000\n1000000024\t12,50\n\nexternal:A7; 1', 'amount', 'member')).toEqual({ items: [{ participant: 'number:1000000016', amount: 5_000_000 }, { participant: 'number:1000000024', amount: 1250 }, { participant: 'external:A7', amount: 100 }], wrong: null });
    expect(readAmounts('\uFEFFfirma;kwota\r\n"Huta"; 50 000 zł\r\n', 'amount', 'company')).toEqual({ items: [{ participant: 'Huta', amount: 5_000_000 }], wrong: null });
    expect(readAmounts('Północ; 12', 'documents', 'group').items).toEqual([{ participant: 'Północ', amount: 12 }]);
    expect(readAmounts('Północ; 1,5 kg', 'quantity', 'group').items).toEqual([{ participant: 'Północ', amount: 1500 }]);
  });

  it.each([['Huta', 1], ['Huta; 5\n; 7', 2], ['Huta; 5\nKuźnia; dużo', 2], ['Huta; 0', 1], ['Huta; 1,5', 1]])('tell which row cannot be read: %j', (text, row) => expect(readAmounts(text, 'documents', 'company').wrong?.row).toBe(row));

  it('are written as they are read', () => {
    const items = [{ participant: 'number:1000000016', amount: 5_000_050 }, { participant: 'number:1000000024', amount: 100 }];
    const text = plain(writeAmounts(items, 'amount', ','));
    expect(text).toContain('1000000016; 50');
    expect(readAmounts(text, 'amount', 'member').items).toEqual(items);
  });
});

it('makes a code of a name', () => {
  for (const name of ['Obrót kwartału', 'Łódź – północ 2026', 'X']) expect(codeFrom(name)).toMatch(TARGET_CODE);
  expect(codeFrom('Obrót kwartału')).toBe('obrot-kwartalu');
});
