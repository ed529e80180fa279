import { targetSum } from '@wracam/engine/targets/describe';
import { writeDate } from '@wracam/ui/date-text.tsx';
import { useLang } from '@wracam/ui/lang.tsx';
import { useMyTargets, type MyTargets } from '../../api/goals.ts';
import { useProgram } from '../../api/program.tsx';
import { ProgressBar } from '../../points/progress-bar.tsx';
import { useWords } from '../../words/words.ts';
import styles from './goals-page.module.css';

/** Own sales targets and those of the own company and groups; nothing at all where there are none. */
export function Targets() {
  const words = useWords().targets;
  const items = useMyTargets().data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="targets-title">
      <h2 id="targets-title" className="panel-title">{words.title}</h2>
      <ul className={styles.list}>{items.map((one) => <TargetRow key={`${one.id}:${one.of}`} one={one} />)}</ul>
    </section>
  );
}

function TargetRow({ one }: { one: MyTargets['items'][number] }) {
  const words = useWords().targets;
  const { currency } = useProgram();
  const lang = useLang();
  const written = (sum: number) => targetSum(one.counts, sum, { lang, currency });
  const until = writeDate(one.period.until, lang);
  const time = one.state === 'coming' ? words.coming(writeDate(one.period.from, lang)) : one.daysLeft === null ? words.over(until, writeDate(one.countsUntil, lang)) : words.left(until, one.daysLeft);
  return (
    <li>
      <h3 className={styles.name}>{one.name}</h3>
      {one.of !== null && <p className={styles.quiet}>{words.of[one.side](one.of)}</p>}
      <p className={styles.line}>{one.description ?? one.sentence}</p>
      <div className={styles.bar}><ProgressBar percent={Math.min(100, one.percent)} label={words.progress(one.name, one.percent)} /></div>
      <p className={styles.line}>
        <strong>{one.state === 'reached' ? words.reached[one.settle] : words.missing(written(one.missing))}</strong>
        <span className={styles.quiet}> · {time}</span>
      </p>
      <p className={styles.quiet}>{words.sum(written(one.value), written(one.amount))}{one.of !== null && ` ${words.own(written(one.own))}`}</p>
    </li>
  );
}
