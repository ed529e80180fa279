import type { Wallet, WalletBalance } from '@wracam/sdk';
import { useLang } from '@wracam/ui/lang.tsx';
import { useProgram } from '../../api/program.tsx';
import { writePoints } from '../../points/points-words.ts';
import { stampsOn } from '../../points/stamps.ts';
import { useWords } from '../../words/words.ts';
import styles from './stamp-card.module.css';

/** "The tenth coffee is free": a card with a place for every stamp, as on paper. */
export function StampCard({ wallet, balance }: { wallet: Wallet; balance: WalletBalance | undefined }) {
  const program = useProgram();
  const { stamps } = useWords();
  const lang = useLang();
  const card = stampsOn(wallet.code, balance?.available ?? 0, program.rewards);
  if (!card) return null;
  const { size, filled, full, reward } = card;
  const id = `stamps-${wallet.code}`;
  return (
    <section className="panel" aria-labelledby={id}>
      <h2 id={id} className="panel-title">{wallet.name}</h2>
      <div className={styles.card} role="img" aria-label={stamps.label(filled, writePoints(size, wallet.forms, lang))}>
        {Array.from({ length: size }, (_, at) => <span key={at} aria-hidden className={at < filled ? styles.stamped : styles.empty}>{at + 1 === size ? '★' : at + 1}</span>)}
      </div>
      <p className={styles.text}>
        {full > 0 ? stamps.full(full) : stamps.missing(writePoints(size - filled, wallet.forms, lang))}
        {reward && ` ${stamps.reward(reward)}`}
      </p>
    </section>
  );
}
