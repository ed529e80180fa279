import { Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { GoalDefinition, OnReturn } from '@wracam/engine/goals/definition';
import { BadgePicture, PointsInput } from '@wracam/ui';
import { useBadges } from '../../api/goals.ts';
import { useProgram } from '../../api/program.tsx';
import { useWords } from '../../words/words.tsx';
import type { FaultsAt } from '../rules/condition-builder.tsx';

type Props = { value: GoalDefinition; onChange: (part: Pick<Partial<GoalDefinition>, 'reward' | 'onReturn'>) => void; faults: FaultsAt };

/** What the goal gives, and what happens to it after a return. */
export function RewardFields({ value, onChange, faults }: Props) {
  const w = useWords().goals;
  const { wallets } = useProgram();
  const badges = useBadges().data?.items ?? [];
  const { reward } = value;
  const set = (part: Partial<GoalDefinition['reward']>) => onChange({ reward: { ...reward, ...part } });
  const walletCode = reward.points?.wallet ?? wallets[0]!.code;
  const badge = badges.find((one) => one.id === reward.badge);
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <PointsInput
          label={w.rewardPoints} description={w.rewardPointsHint} value={reward.points?.points || null} error={faults.get('/reward/points/points') ?? faults.get('/reward')}
          onChange={(points) => set({ points: points === null ? null : { wallet: walletCode, points } })}
        />
        {wallets.length > 1 && <Select label={w.wallet} allowDeselect={false} value={walletCode} data={wallets.map((one) => ({ value: one.code, label: one.name }))} onChange={(wallet) => wallet && set({ points: { wallet, points: reward.points?.points ?? 0 } })} />}
      </SimpleGrid>
      <Group align="flex-end" wrap="nowrap">
        <Select label={w.rewardBadge} style={{ flex: 1 }} allowDeselect={false} value={reward.badge ?? ''} error={faults.get('/reward/badge')} data={[{ value: '', label: w.noBadge }, ...badges.map((one) => ({ value: one.id, label: one.name }))]} onChange={(id) => set({ badge: id || null })} />
        {badge && <BadgePicture face={badge} size={40} />}
      </Group>
      <TextInput label={w.rewardCoupon} description={w.rewardCouponHint} maxLength={80} value={reward.coupon ?? ''} error={faults.get('/reward/coupon')} onChange={(event) => set({ coupon: event.currentTarget.value || null })} />
      <Select label={w.onReturn} allowDeselect={false} value={value.onReturn} data={(['takeBack', 'keep'] as const).map((one) => ({ value: one, label: w.onReturns[one] }))} onChange={(one) => onChange({ onReturn: (one === 'keep' ? 'keep' : 'takeBack') satisfies OnReturn })} />
    </Stack>
  );
}
