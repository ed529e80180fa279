import { IconGift } from '@tabler/icons-react';
import type { WalletBalance } from '@wracam/sdk';
import { EmptyState } from '@wracam/ui/empty-state.tsx';
import { useLang } from '@wracam/ui/lang.tsx';
import { SkeletonList } from '@wracam/ui/skeleton-list.tsx';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useMe, useMyTier } from '../../api/me.ts';
import { mainWallet, useProgram } from '../../api/program.tsx';
import { writePoints } from '../../points/points-words.ts';
import { availableIn, sortByReach } from '../../points/reach.ts';
import { Notice } from '../../shell/notice.tsx';
import { Sheet } from '../../shell/sheet.tsx';
import { useTitle } from '../../shell/title.ts';
import { useWords } from '../../words/words.ts';
import { usePlaces } from '../../shell/places.ts';
import { RewardCard } from './reward-card.tsx';
import { RewardOrder } from './reward-order.tsx';
import styles from './rewards-page.module.css';

/** The catalogue: what is in reach first, then what is missing for the rest. A reward's own address opens it. */
export function RewardsPage({ opened }: { opened: string | null }) {
  const to = usePlaces();
  const program = useProgram();
  const words = useWords();
  const lang = useLang();
  const me = useMe();
  useTitle(words.rewards.title, program.name);
  const main = mainWallet(program);
  return (
    <>
      <header className={`page-head ${styles.head}`}>
        <div>
          <h1 className="page-title">{words.rewards.title}</h1>
          {me.data && <p>{words.rewards.have(writePoints(availableIn(me.data.balances, main.code), main.forms, lang))}</p>}
        </div>
        {me.data && <Link className="text-link" href={to.orders}>{words.rewards.orders}</Link>}
      </header>
      {me.isPending && <SkeletonList rows={4} height={90} />}
      {me.isError && <Notice error={me.error} onRetry={() => void me.refetch()} />}
      {!me.isPending && program.rewards.length === 0 && <EmptyState icon={<IconGift />} title={words.rewards.none} text={words.rewards.noneText} />}
      {me.data && <ByReach balances={me.data.balances} />}
      {!me.isPending && !me.data && program.rewards.length > 0 && (
        <Group title={words.rewards.all}>{program.rewards.map((reward) => <RewardCard key={reward.id} reward={reward} />)}</Group>
      )}
      <OpenedReward id={opened} balances={me.data?.balances ?? null} />
    </>
  );
}

function ByReach({ balances }: { balances: readonly WalletBalance[] }) {
  const program = useProgram();
  const { rewards: words } = useWords();
  const { inReach, later, soldOut, locked } = sortByReach(program.rewards, balances, useMyTier().data?.tier?.level?.code ?? null);
  return (
    <>
      {inReach.length > 0 && <Group title={words.inReach}>{inReach.map((reward) => <RewardCard key={reward.id} reward={reward} ready />)}</Group>}
      {later.length > 0 && <Group title={words.later}>{later.map((row) => <RewardCard key={row.reward.id} reward={row.reward} missing={row} />)}</Group>}
      {locked.length > 0 && <Group title={words.locked}>{locked.map((reward) => <RewardCard key={reward.id} reward={reward} />)}</Group>}
      {soldOut.length > 0 && <Group title={words.soldOut}>{soldOut.map((reward) => <RewardCard key={reward.id} reward={reward} />)}</Group>}
    </>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.group} aria-label={title}>
      <h2 className={styles.groupTitle}>{title}</h2>
      <ul className={styles.grid}>{children}</ul>
    </section>
  );
}

function OpenedReward({ id, balances }: { id: string | null; balances: readonly WalletBalance[] | null }) {
  const to = usePlaces();
  const program = useProgram();
  const [, navigate] = useLocation();
  const reward = program.rewards.find((one) => one.id === id);
  const close = () => navigate(to.rewards);
  return (
    <Sheet opened={reward !== undefined} onClose={close} title={reward?.name ?? ''}>
      {reward && <RewardOrder key={reward.id} reward={reward} balances={balances} onClose={close} />}
    </Sheet>
  );
}
