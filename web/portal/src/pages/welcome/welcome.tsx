import { Button } from '@mantine/core';
import { IconCoins, IconConfetti } from '@tabler/icons-react';
import { useLang } from '@wracam/ui/lang.tsx';
import { Link } from 'wouter';
import { mainWallet, useProgram, walletOf } from '../../api/program.tsx';
import { writePoints } from '../../points/points-words.ts';
import { useTitle } from '../../shell/title.ts';
import { useWords } from '../../words/words.ts';
import { RewardIcon } from '../rewards/reward-icon.tsx';
import { usePlaces } from '../../shell/places.ts';
import styles from './welcome.module.css';

/** What a visitor sees first: what they get, and the two ways in. */
export function Welcome() {
  const to = usePlaces();
  const program = useProgram();
  const { welcome } = useWords();
  const { forms } = mainWallet(program);
  useTitle(program.name);
  return (
    <div className={styles.page}>
      <section className={styles.hero} aria-labelledby="welcome-title">
        <h1 id="welcome-title" className={styles.title}>{welcome.title(forms)}</h1>
        <p className={styles.lead}>{welcome.text(program.name)}</p>
        <div className={styles.actions}>
          <Button renderRoot={(props) => <Link href={to.join} {...props} />} size="md" className={styles.join}>{welcome.join}</Button>
          <Button renderRoot={(props) => <Link href={to.signIn} {...props} />} size="md" className={styles.signIn}>{welcome.signIn}</Button>
        </div>
      </section>
      {program.promotion && <Promotion text={program.promotion} />}
      <div className={styles.columns}>
        <Earning />
        <Rewards />
      </div>
    </div>
  );
}

function Promotion({ text }: { text: string }) {
  const { welcome } = useWords();
  return (
    <section className={styles.promotion} aria-label={welcome.promotion}>
      <IconConfetti size="1.75rem" stroke={1.5} aria-hidden />
      <p><strong>{welcome.promotion}.</strong> {text}</p>
    </section>
  );
}

function Earning() {
  const program = useProgram();
  const { welcome } = useWords();
  return (
    <section className="panel" aria-labelledby="earning-title">
      <h2 id="earning-title" className="panel-title">{welcome.earning(mainWallet(program).forms)}</h2>
      {program.earning.length === 0 && <p className={styles.none}>{welcome.noEarning}</p>}
      <ul className={styles.earning}>
        {program.earning.map(({ name, sentence }) => (
          <li key={`${name} ${sentence}`}>
            <IconCoins size="1.375rem" stroke={1.75} aria-hidden className={styles.coin} />
            <span className={styles.rule}><strong>{sentence}</strong><span className={styles.ruleName}>{name}</span></span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Rewards() {
  const program = useProgram();
  const { welcome } = useWords();
  const lang = useLang();
  const cheapestFirst = program.rewards.toSorted((a, b) => a.pricePoints - b.pricePoints);
  return (
    <section className="panel" aria-labelledby="welcome-rewards">
      <h2 id="welcome-rewards" className="panel-title">{welcome.rewards(mainWallet(program).forms)}</h2>
      {cheapestFirst.length === 0 && <p className={styles.none}>{welcome.noRewards}</p>}
      <ul className={styles.rewards}>
        {cheapestFirst.map((reward) => (
          <li key={reward.id}>
            <RewardIcon icon={reward.icon} />
            <span className={styles.rewardName}>{reward.name}</span>
            <span className="wracam-points">{writePoints(reward.pricePoints, walletOf(program, reward.wallet).forms, lang)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
