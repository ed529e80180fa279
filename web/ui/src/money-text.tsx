import { formatMoney, NBSP } from '@wracam/engine/words';
import { useLang } from './lang.tsx';

/** Money in minor units: "12 345,60 zł". Never breaks inside, but before its currency in a tile that is too narrow for both. */
export function MoneyText({ minor, currency }: { minor: number; currency: string }) {
  return <span className="wracam-money"><Figure text={formatMoney(minor, currency, useLang())} /></span>;
}

/** A number and its unit, which may break between the two where lines may break at all. */
export function Figure({ text }: { text: string }) {
  const at = text.lastIndexOf(NBSP) + 1;
  return <>{text.slice(0, at)}<wbr />{text.slice(at)}</>;
}
