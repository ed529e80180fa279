import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconGift, IconPlus } from '@tabler/icons-react';
import { EmptyState, ErrorNotice, PageHeader, SkeletonList } from '@wracam/ui';
import { useCan, useProgram } from '../../api/program.tsx';
import { useRewards } from '../../api/rewards.ts';
import type { Reward } from '../../api/shapes.ts';
import { ButtonLink, RowLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';
import { RewardCard } from './reward-card.tsx';

/** Rewards by category, in the order they first appear; those without one come first. */
function byCategory(rewards: readonly Reward[]): [string | null, Reward[]][] {
  const groups = new Map<string | null, Reward[]>([[null, []]]);
  for (const reward of rewards) groups.set(reward.category, [...(groups.get(reward.category) ?? []), reward]);
  return Array.from(groups).filter(([, group]) => group.length > 0);
}

/** The catalogue as cards. */
export function RewardsPage() {
  const w = useWords();
  const query = useRewards();
  const { code } = useProgram();
  const can = useCan();
  const add = can('rewards.write') && <ButtonLink to="/$program/rewards/new" params={{ program: code }} leftSection={<IconPlus size={16} aria-hidden />}>{w.shell.newReward}</ButtonLink>;
  return (
    <>
      <PageHeader title={w.rewards.title} actions={add} />
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !query.data && <SkeletonList rows={5} height={90} />}
      {query.data?.items.length === 0 && <EmptyState icon={<IconGift />} title={w.rewards.empty} text={w.rewards.emptyText} action={add} />}
      <Stack gap="xl">
        {byCategory(query.data?.items ?? []).map(([category, rewards]) => (
          <section key={category}>
            {category && <Title order={2} size="h3" mb="sm">{category}</Title>}
            <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
              {rewards.map((reward) => (
                <RewardCard
                  key={reward.id}
                  reward={reward}
                  name={<RowLink to="/$program/rewards/$reward" params={{ program: code, reward: reward.id }}>{reward.name}</RowLink>}
                  below={<Text size="sm" c="dimmed">{w.rewards.ordered(reward.ordered)}</Text>}
                />
              ))}
            </SimpleGrid>
          </section>
        ))}
      </Stack>
    </>
  );
}
