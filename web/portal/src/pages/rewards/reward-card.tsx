import { formatDecimal } from '@wracam/engine/words';
import { useLang } from '@wracam/ui/lang.tsx';
import { Link } from 'wouter';
import { useProgram, walletOf } from '../../api/program.tsx';
import { writeGenitive, writePoints } from '../../points/points-words.ts';
import { ProgressBar } from '../../points/progress-bar.tsx';
import { levelsOf, percentCollected, type MissingReward, type PortalReward } from '../../points/reach.ts';
import { useWords } from '../../words/words.ts';
import { usePlaces } from '../../shell/places.ts';
import { RewardIcon } from './reward-icon.tsx';
import styles from './reward-card.module.css';

/** Fewer pieces than this are worth telling; more would only be noise. */
const FEW_LEFT = 20;

type RewardCardProps = { reward: PortalReward; missing?: MissingReward; ready?: boolean };

/** One reward of the catalogue; the whole card is its link. */
export function RewardCard({ reward, missing, ready = false }: RewardCardProps) {
  const to = usePlaces();
  const program = useProgram();
  const { rewards: words, home, piece } = useWords();
  const lang = useLang();
  const { forms } = walletOf(program, reward.wallet);
  const percent = missing ? percentCollected(missing) : 0;
  const left = reward.stockLeft;
  return (
    <li className={`panel wracam-row ${styles.card} ${ready ? styles.ready : ''}`}>
      <RewardIcon icon={reward.icon} large />
      <div className={styles.text}>
        <Link className={`wracam-row-link ${styles.name}`} href={to.reward(reward.id)}>{reward.name}</Link>
        <span className="wracam-points">{writePoints(reward.pricePoints, forms, lang)}</span>
        {missing && (
          <>
            <ProgressBar percent={percent} label={home.progress(percent)} />
            <span className="small">{words.missing(writeGenitive(missing.missing, forms, lang))}</span>
          </>
        )}
        {reward.levels.length > 0 && <span className="small quiet">{words.forLevels(levelsOf(program, reward))}</span>}
        {left === 0 && <span className="small quiet">{words.gone}</span>}
        {left !== null && left > 0 && left < FEW_LEFT && <span className="small quiet">{words.left(piece(formatDecimal(left, 0, lang)))}</span>}
      </div>
    </li>
  );
}
