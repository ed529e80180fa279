import styles from './progress-bar.module.css';

/** How far a reward is, in whole percent; `label` says it in words. */
export function ProgressBar({ percent, label }: { percent: number; label: string }) {
  return (
    <div className={styles.track} role="progressbar" aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100} aria-label={label}>
      <div className={styles.done} style={percent > 0 ? { width: `max(${percent}%, 0.625rem)` } : { width: 0 }} />
    </div>
  );
}
