import { ProgressBar } from '../../points/progress-bar.tsx';
import { useMyTier } from '../../api/me.ts';
import { useWords } from '../../words/words.ts';
import styles from './tier-card.module.css';

/** The member's level: what it brings, and in words what is missing to the next. Nothing where the program has no levels. */
export function TierCard() {
  const { home } = useWords();
  const { data } = useMyTier();
  const tier = data?.tier;
  if (!tier) return null;
  const { next, sentences } = tier;
  const percent = next && next.need > 0 ? Math.min(100, Math.floor((next.value * 100) / next.need)) : 100;
  const [top] = tier.levels.slice(-1);
  return (
    <section className="panel" aria-labelledby="tier-title">
      <h2 id="tier-title" className="panel-title">{home.level}</h2>
      <p className={styles.name}>
        <span className={styles.dot} style={{ background: tier.level?.color ?? 'var(--wracam-line)' }} aria-hidden="true" />
        {tier.level?.name ?? home.noLevel}
      </p>
      {next && <ProgressBar percent={percent} label={home.toLevel(percent, next.level.name)} />}
      {sentences.next && <p className={styles.line}>{sentences.next}</p>}
      {!next && tier.level?.code === top?.code && <p className={styles.line}>{home.topLevel}</p>}
      {sentences.keep && <p className={styles.line}>{sentences.keep}</p>}
      {sentences.until && <p className={styles.sub}>{sentences.until}</p>}
      {tier.benefits.length > 0 && (
        <ul className={styles.benefits} aria-label={home.levelBrings}>
          {tier.benefits.map((one) => <li key={one.code}>{one.name}</li>)}
        </ul>
      )}
    </section>
  );
}
