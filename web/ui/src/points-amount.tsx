import { formatPoints, type UnitWords } from '@wracam/engine/words';
import { useLang } from './lang.tsx';
import { Figure } from './money-text.tsx';

type PointsAmountProps = {
  points: number;
  unit: UnitWords;
  /** Writes a plus before what came, for histories and previews. */
  signed?: boolean;
};

/** Points in the amber of the house, with the wallet's own name in the right plural: "3 ziarna", "+50 punktów". */
export function PointsAmount({ points, unit, signed = false }: PointsAmountProps) {
  return <span className="wracam-points"><Figure text={writePoints(points, unit, useLang(), signed)} /></span>;
}

/** The same as text, for sentences and buttons. Minus is the typographic one. */
export function writePoints(points: number, unit: UnitWords, lang: 'pl' | 'en', signed = false): string {
  const sign = points < 0 ? '−' : signed && points > 0 ? '+' : '';
  return sign + formatPoints(Math.abs(points), unit, lang);
}
