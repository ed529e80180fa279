import type { WalletBalance } from '@wracam/sdk';
import { useLang } from '@wracam/ui/lang.tsx';
import { Link } from 'wouter';
import { useMyTier } from '../../api/me.ts';
import { useProgram, walletOf } from '../../api/program.tsx';
import { writeGenitive, writePoints } from '../../points/points-words.ts';
import { ProgressBar } from '../../points/progress-bar.tsx';
import { percentCollected, sortByReach, type MissingReward, type PortalReward } from '../../points/reach.ts';
import { useWords } from '../../words/words.ts';
import { RewardIcon } from '../rewards/reward-icon.tsx';
import { usePlaces } from '../../shell/places.ts';
import styles from './next-reward.module.css';

/** What the points are for: the best reward within reach and the nearest one that is not. */
export function NextReward({ balances }: { balances: readonly WalletBalance[] }) {
  const to = usePlaces();
  const program = useProgram();
  const words = useWords();
  const { home } = words;
  const level = useMyTier().data?.tier?.level?.code ?? null;
  const { inReach, later } = sortByReach(program.rewards, balances, level);
  const [best] = inReach;
  const [next] = later;
  return (
    <section className="panel" aria-labelledby="next-title">
      <h2 id="next-title" className="panel-title">{next || !best ? home.nextReward : home.inReach}</h2>
      {!next && !best && <p className={styles.line}>{home.noRewards}</p>}
      {next && <Missing {...next} />}
      {best && next && <p className={styles.sub}>{home.inReach}</p>}
      {best && <Ready reward={best} />}
      {best && !next && <p className={styles.line}>{home.allInReach}</p>}
      <div className="link-row">
        {(best || next) && <Link className="text-link" href={to.rewards}>{home.seeRewards}</Link>}
        <Link className="text-link" href={to.goals}>{words.goals.see}</Link>
      </div>
    </section>
  );
}

function Missing(props: MissingReward) {
  const to = usePlaces();
  const program = useProgram();
  const { home } = useWords();
  const lang = useLang();
  const { reward, missing } = props;
  const percent = percentCollected(props);
  return (
    <Link className={styles.row} href={to.reward(reward.id)}>
      <RewardIcon icon={reward.icon} />
      <span className={styles.text}>
        <span className={styles.name}>{reward.name}</span>
        <ProgressBar percent={percent} label={home.progress(percent)} />
        <span className={styles.missing}>{home.missing(writeGenitive(missing, walletOf(program, reward.wallet).forms, lang))}</span>
      </span>
    </Link>
  );
}

function Ready({ reward }: { reward: PortalReward }) {
  const to = usePlaces();
  const program = useProgram();
  const lang = useLang();
  return (
    <Link className={styles.row} href={to.reward(reward.id)}>
      <RewardIcon icon={reward.icon} />
      <span className={styles.text}>
        <span className={styles.name}>{reward.name}</span>
        <span className="wracam-points">{writePoints(reward.pricePoints, walletOf(program, reward.wallet).forms, lang)}</span>
      </span>
    </Link>
  );
}
