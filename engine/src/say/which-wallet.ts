import type { UnitWords } from '../words.ts';
import { spokenOf, withoutMarks } from './scan.ts';

type SaidWallet = { readonly code: string; readonly unit: UnitWords };

/** Money is counted in every sentence about purchases: that it is named chooses no wallet. */
const MONEY = /^(?:zł|złot\p{L}*|gr|grosz\p{L}*|pln|eur\p{L}*)$/u;

/**
 * The wallet that a sentence gives to: the chosen one when its unit is named or none is, else the first whose unit is: "pieczątka za
 * każdą kawę" fills the wallet of stamps.
 */
export function walletSaid(sentence: string, wallets: readonly SaidWallet[], chosen: string): string {
  const words = new Set(spokenOf(sentence).text.split(/[^\p{L}\d]+/u));
  const isNamed = ({ unit }: SaidWallet) => [unit.one, `${unit.one.slice(0, -1)}ę`, unit.few, unit.many].some((form) => !MONEY.test(form.toLowerCase()) && words.has(withoutMarks(form.toLowerCase())));
  const named = wallets.filter(isNamed);
  return named.find(({ code }) => code === chosen)?.code ?? named[0]?.code ?? chosen;
}
