import { SkeletonList } from '@wracam/ui/skeleton-list.tsx';
import { useMe } from '../../api/me.ts';
import { useProgram } from '../../api/program.tsx';
import { rememberedCard } from '../../session/remembered-card.ts';
import { Notice } from '../../shell/notice.tsx';
import { useTitle } from '../../shell/title.ts';
import { useWords } from '../../words/words.ts';
import { MorePoints } from '../ways/more-points.tsx';
import { Welcome } from '../welcome/welcome.tsx';
import { Hero } from './hero.tsx';
import { Latest } from './latest.tsx';
import { LatestMessage } from './latest-message.tsx';
import { NextReward } from './next-reward.tsx';
import { TierCard } from './tier-card.tsx';
import { StampCard } from './stamp-card.tsx';
import styles from './home-page.module.css';

/** The first screen: a member's own, or the welcome for a visitor. */
export function HomePage() {
  const program = useProgram();
  const me = useMe();
  if (me.data) return <MemberHome me={me.data} />;
  if (me.data === null) return <Welcome />;
  if (!me.isError) return <SkeletonList rows={3} height={150} />;
  const number = rememberedCard(program.code);
  return (
    <div className={styles.page}>
      {number && <Hero me={null} number={number} />}
      <Notice error={me.error} onRetry={() => void me.refetch()} />
    </div>
  );
}

function MemberHome({ me }: { me: NonNullable<ReturnType<typeof useMe>['data']> }) {
  const program = useProgram();
  const { home, tabs } = useWords();
  useTitle(tabs.home, program.name);
  return (
    <div className={styles.page}>
      <div className={styles.side}>
        <Hero me={me} number={me.number} />
        <TierCard />
        <LatestMessage />
      </div>
      <div className={styles.side}>
        {program.wallets.filter((wallet) => wallet.kind === 'stamps').map((wallet) => <StampCard key={wallet.code} wallet={wallet} balance={me.balances.find((balance) => balance.wallet === wallet.code)} />)}
        <NextReward balances={me.balances} />
        <MorePoints />
        {program.promotion && (
          <section className={styles.promotion} aria-labelledby="promotion-title">
            <h2 id="promotion-title" className="panel-title">{home.promotion}</h2>
            <p>{program.promotion}</p>
          </section>
        )}
      </div>
      <Latest />
    </div>
  );
}
