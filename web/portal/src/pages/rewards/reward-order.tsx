import { ActionIcon, Button } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { ApiProblem, type Order, type WalletBalance } from '@wracam/sdk';
import { formatDecimal } from '@wracam/engine/words';
import { useLang } from '@wracam/ui/lang.tsx';
import { useState } from 'react';
import { Link } from 'wouter';
import { useMyTier, usePlaceOrder } from '../../api/me.ts';
import { useProgram, walletOf } from '../../api/program.tsx';
import { writeGenitive, writePoints } from '../../points/points-words.ts';
import { ProgressBar } from '../../points/progress-bar.tsx';
import { availableIn, isLocked, levelsOf, orderableCount, percentCollected, type PortalReward } from '../../points/reach.ts';
import { Notice } from '../../shell/notice.tsx';
import { useWords } from '../../words/words.ts';
import { usePlaces } from '../../shell/places.ts';
import { RewardIcon } from './reward-icon.tsx';
import styles from './reward-order.module.css';

type RewardOrderProps = { reward: PortalReward; balances: readonly WalletBalance[] | null; onClose: () => void };

/** One reward up close: what it is, what it costs, and the order itself with what will be left. */
export function RewardOrder({ reward, balances, onClose }: RewardOrderProps) {
  const to = usePlaces();
  const program = useProgram();
  const { rewards: words, home } = useWords();
  const lang = useLang();
  const place = usePlaceOrder();
  const tier = useMyTier(balances !== null).data?.tier;
  const { forms } = walletOf(program, reward.wallet);
  if (place.data) return <Ordered order={place.data.order} onClose={onClose} />;
  // An order whose answer was lost may have taken the last points already: then it is asked for again, not told that points are missing.
  const unheard = place.isPending || (place.isError && !(place.error instanceof ApiProblem));
  const available = availableIn(balances ?? [], reward.wallet);
  const missing = Math.max(0, reward.pricePoints - available);
  const percent = percentCollected({ reward, available, missing });
  const locked = balances !== null && isLocked(reward, tier?.level?.code ?? null);
  return (
    <div className="stack">
      <div className={styles.head}>
        <RewardIcon icon={reward.icon} large />
        <span className={`wracam-points ${styles.price}`}>{writePoints(reward.pricePoints, forms, lang)}</span>
      </div>
      {reward.description && <p className={styles.description}>{reward.description}</p>}
      {balances === null && (
        <Button fullWidth renderRoot={(props) => <Link href={to.signIn} {...props} />}>{words.signInFirst}</Button>
      )}
      {locked && <p className={styles.description}>{words.lockedText(levelsOf(program, reward))} {tier?.sentences.next ?? ''}</p>}
      {balances !== null && !locked && !unheard && reward.stockLeft === 0 && <p className={styles.description}>{words.gone}</p>}
      {balances !== null && !locked && !unheard && reward.stockLeft !== 0 && missing > 0 && (
        <>
          <ProgressBar percent={percent} label={home.progress(percent)} />
          <p className={styles.missing}>{home.missing(writeGenitive(missing, forms, lang))}</p>
        </>
      )}
      {place.isError && <Notice error={place.error} />}
      {balances !== null && (unheard || (!locked && orderableCount(reward, available) > 0)) && <OrderForm reward={reward} available={available} place={place} />}
    </div>
  );
}

/** The order is made by the parent: the form goes away with the last points, also with those that another device spent, and the answer must not go with it. */
function OrderForm({ reward, available, place }: { reward: PortalReward; available: number; place: ReturnType<typeof usePlaceOrder> }) {
  const program = useProgram();
  const { rewards: words } = useWords();
  const lang = useLang();
  const [quantity, setQuantity] = useState(1);
  const { forms } = walletOf(program, reward.wallet);
  const most = orderableCount(reward, available);
  const total = reward.pricePoints * quantity;
  const take = (next: number) => {
    setQuantity(next);
    place.reset();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        place.mutate({ lines: [{ reward: reward.id, quantity }] });
      }}
    >
      {most > 1 && (
        <div className={styles.quantity} role="group" aria-label={words.quantity}>
          <span className={styles.quantityLabel}>{words.quantity}</span>
          <ActionIcon variant="default" size={44} radius="xl" aria-label={words.less} disabled={quantity <= 1} onClick={() => take(quantity - 1)}><IconMinus size={20} aria-hidden /></ActionIcon>
          <output className={styles.count} aria-live="polite">{formatDecimal(quantity, 0, lang)}</output>
          <ActionIcon variant="default" size={44} radius="xl" aria-label={words.more} disabled={quantity >= most} onClick={() => take(quantity + 1)}><IconPlus size={20} aria-hidden /></ActionIcon>
        </div>
      )}
      {total <= available && <p className="quiet" style={{ margin: 0 }}>{words.after(writePoints(available - total, forms, lang))}</p>}
      <Button type="submit" fullWidth loading={place.isPending}>{words.order(writePoints(total, forms, lang))}</Button>
    </form>
  );
}

function Ordered({ order, onClose }: { order: Order; onClose: () => void }) {
  const to = usePlaces();
  const program = useProgram();
  const { rewards: words } = useWords();
  const lang = useLang();
  return (
    <div className="stack" role="status">
      <p className={styles.done}>{words.orderedTitle}</p>
      <p className={styles.description}>{words.ordered(order.number, writePoints(order.totalPoints, walletOf(program, order.wallet).forms, lang))}</p>
      <Button fullWidth renderRoot={(props) => <Link href={to.orders} {...props} />}>{words.seeOrders}</Button>
      <Button fullWidth variant="default" onClick={onClose}>{words.keepLooking}</Button>
    </div>
  );
}
