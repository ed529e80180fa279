import { Badge, Group, Paper, Text, ThemeIcon } from '@mantine/core';
import { IconBook, IconCake, IconCup, IconDiscount, IconGift, IconHeart, IconShirt, IconShoppingBag, IconStar, IconTicket, type Icon } from '@tabler/icons-react';
import { PointsAmount } from '@wracam/ui';
import type { ReactNode } from 'react';
import { useWallet } from '../../api/program.tsx';
import { useLevels } from '../../api/tiers.ts';
import type { Reward } from '../../api/shapes.ts';
import { useWords } from '../../words/words.tsx';

export const rewardIcons: Record<Reward['icon'], Icon> = {
  cup: IconCup, cake: IconCake, gift: IconGift, ticket: IconTicket, bag: IconShoppingBag, book: IconBook,
  heart: IconHeart, star: IconStar, shirt: IconShirt, discount: IconDiscount,
};

/** A reward's picture: an icon on a calm ground. */
export function RewardIcon({ icon, size = 48 }: { icon: Reward['icon']; size?: number }) {
  const Shown = rewardIcons[icon];
  return <ThemeIcon size={size} radius="md" variant="light" aria-hidden><Shown size={size / 2} stroke={1.6} /></ThemeIcon>;
}

type Shown = Pick<Reward, 'name' | 'icon' | 'category' | 'wallet' | 'pricePoints' | 'stockLeft' | 'levels' | 'state'>;

/** One reward with price and stock. `name` may be a link; `below` carries what can be done. */
export function RewardCard({ reward, name, below }: { reward: Shown; name?: ReactNode; below?: ReactNode }) {
  const w = useWords().rewards;
  const wallet = useWallet();
  const levels = useLevels();
  return (
    <Paper withBorder p="md" className={name ? 'wracam-row' : undefined} h="100%">
      <Group wrap="nowrap" align="flex-start">
        <RewardIcon icon={reward.icon} />
        <div style={{ minWidth: 0, flex: 1 }}>
          <Text fw={650} component="div">{name ?? reward.name}</Text>
          <PointsAmount points={reward.pricePoints} unit={wallet(reward.wallet).forms} />
          <Group gap={6} mt={4}>
            {reward.stockLeft === 0
              ? <Badge color="red">{w.soldOut}</Badge>
              : <Text size="sm" c="dimmed">{reward.stockLeft === null ? w.unlimited : w.stock(reward.stockLeft)}</Text>}
            {reward.levels.map((code) => <Badge key={code} variant="light" tt="none">{levels.find((one) => one.value === code)?.label ?? code}</Badge>)}
            {reward.state === 'hidden' && <Badge color="gray">{w.hidden}</Badge>}
          </Group>
          {below}
        </div>
      </Group>
    </Paper>
  );
}
