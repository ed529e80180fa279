import { Button } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { Order } from '@wracam/sdk';
import { useLang } from '@wracam/ui/lang.tsx';
import { useProgram, walletOf } from '../../api/program.tsx';
import { writePoints } from '../../points/points-words.ts';
import { writeMoment } from '../../shell/days.ts';
import { useWords } from '../../words/words.ts';
import { RewardIcon } from '../rewards/reward-icon.tsx';
import styles from './order-card.module.css';

/** One order: what it holds, how far it is, and what happens next. */
export function OrderCard({ order, onCancel }: { order: Order; onCancel: () => void }) {
  const program = useProgram();
  const { orders: words } = useWords();
  const lang = useLang();
  return (
    <li className="panel">
      <div className={styles.head}>
        <h2 className="panel-title">{words.number(order.number)}</h2>
        <span className="wracam-points">{writePoints(order.totalPoints, walletOf(program, order.wallet).forms, lang)}</span>
      </div>
      <ul className={styles.lines}>
        {order.lines.map((line) => (
          <li key={line.reward}><RewardIcon icon={line.icon} /><span>{line.quantity > 1 ? `${line.name} × ${line.quantity}` : line.name}</span></li>
        ))}
      </ul>
      <Stages order={order} />
      <p className={styles.next}>{words.next[order.state]}</p>
      {order.state === 'placed' && <Button variant="default" onClick={onCancel}>{words.cancel}</Button>}
    </li>
  );
}

type Stage = { name: string; at: string | null; harm?: boolean };

function stagesOf(order: Order, names: Record<Order['state'], string>): Stage[] {
  const placed = { name: names.placed, at: order.placedAt };
  const confirmed = { name: names.confirmed, at: order.confirmedAt };
  if (order.state !== 'cancelled') return [placed, confirmed];
  return [placed, ...(order.confirmedAt ? [confirmed] : []), { name: names.cancelled, at: order.cancelledAt, harm: true }];
}

function Stages({ order }: { order: Order }) {
  const program = useProgram();
  const { orders: words } = useWords();
  const lang = useLang();
  return (
    <ol className={styles.stages} aria-label={words.progress}>
      {stagesOf(order, words.stages).map(({ name, at, harm }) => (
        <li key={name} className={at ? styles.reached : styles.ahead} data-harm={harm}>
          <span className={styles.dot} aria-hidden>{at && (harm ? <IconX size={14} stroke={3} /> : <IconCheck size={14} stroke={3} />)}</span>
          <span><strong>{name}</strong>{at && <><br /><time dateTime={at} className="small quiet">{writeMoment(at, program.timeZone, lang)}</time></>}</span>
        </li>
      ))}
    </ol>
  );
}
