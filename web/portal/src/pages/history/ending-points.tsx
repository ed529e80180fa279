import { writeDate } from '@wracam/ui/date-text.tsx';
import { useLang } from '@wracam/ui/lang.tsx';
import { useMyBalances } from '../../api/me.ts';
import { useProgram, walletOf } from '../../api/program.tsx';
import { writePoints } from '../../points/points-words.ts';
import { useWords } from '../../words/words.ts';
import styles from './ending-points.module.css';

/** Every date on which points end, with how many go then; nothing while none do. */
export function EndingPoints() {
  const { history } = useWords();
  const lang = useLang();
  const program = useProgram();
  const dates = (useMyBalances().data?.balances ?? []).flatMap(({ wallet, expiring }) => expiring.map((one) => ({ ...one, wallet }))).sort((a, b) => (a.on < b.on ? -1 : 1));
  if (dates.length === 0) return null;
  return (
    <section id="ending" className={`panel ${styles.ending}`} aria-labelledby="ending-title">
      <h2 id="ending-title" className="panel-title">{history.ending}</h2>
      <ul className={styles.dates}>
        {dates.map((one) => <li key={one.wallet + one.on}><span>{history.endsOn(writeDate(one.on, lang))}</span><strong className="wracam-points">{writePoints(one.points, walletOf(program, one.wallet).forms, lang)}</strong></li>)}
      </ul>
    </section>
  );
}
