import { IconBook, IconCake, IconCoffee, IconDiscount, IconGift, IconHeart, IconShirt, IconShoppingBag, IconStar, IconTicket } from '@tabler/icons-react';
import type { Reward } from '@wracam/sdk';
import styles from './reward-icon.module.css';

const icons = {
  cup: IconCoffee, cake: IconCake, gift: IconGift, ticket: IconTicket, bag: IconShoppingBag, book: IconBook, heart: IconHeart,
  star: IconStar, shirt: IconShirt, discount: IconDiscount,
} as const satisfies Record<Reward['icon'], typeof IconGift>;

/** The picture of a reward; its name stands beside it, so screen readers skip it. */
export function RewardIcon({ icon, large = false }: { icon: Reward['icon']; large?: boolean }) {
  const Icon = icons[icon];
  return <span className={large ? `${styles.icon} ${styles.large}` : styles.icon} aria-hidden><Icon size="60%" stroke={1.5} /></span>;
}
