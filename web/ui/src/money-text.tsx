import { formatMoney } from '@wracam/engine/words';
import { useLang } from './lang.tsx';

/** Money in minor units: "12 345,60 zł". Never breaks inside. */
export function MoneyText({ minor, currency }: { minor: number; currency: string }) {
  return <span style={{ whiteSpace: 'nowrap' }}>{formatMoney(minor, currency, useLang())}</span>;
}
