import { describe, expect, it } from 'vitest';
import { walletSaid } from './which-wallet.ts';

const unit = (one: string, few: string, many: string) => ({ one, few, many, fraction: few });
const wallets = [
  { code: 'punkty', unit: unit('punkt', 'punkty', 'punktów') }, { code: 'pieczatki', unit: unit('pieczątka', 'pieczątki', 'pieczątek') }, { code: 'cashback', unit: unit('zł', 'zł', 'zł') },
];

describe('the wallet that a sentence gives to', () => {
  it.each([
    ['pieczątka za każdą kawę', 'punkty', 'pieczatki'], ['pieczatke za kazda kawe', 'punkty', 'pieczatki'], ['5 pieczątek na start', 'punkty', 'pieczatki'],
    ['2 punkty za 10 zł', 'punkty', 'punkty'], ['2 punkty za 10 zł', 'pieczatki', 'punkty'], ['podwójnie w środy', 'pieczatki', 'pieczatki'], ['5% zwrotu za zakupy od 10 zł', 'cashback', 'cashback'],
    ['5% zwrotu za zakupy od 10 zł', 'punkty', 'punkty'], ['punkty i pieczątki', 'pieczatki', 'pieczatki'],
  ])('%s, while %s is chosen: %s', (sentence, chosen, code) => {
    expect(walletSaid(sentence, wallets, chosen)).toBe(code);
  });
});
