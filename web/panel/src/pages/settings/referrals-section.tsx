import { Button, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { ErrorNotice, PointsInput, SkeletonList, StatTile } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import { useChangeReferralSettings, useReferralSettings } from '../../api/settings.ts';
import type { Answer } from '../../api/shapes.ts';
import { ButtonLink } from '../../shell/links.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';

const DAYS_MAX = 365;

/** How long a friend's first purchase may still go back before both are rewarded, and what came of invitations so far. */
export function ReferralsSection() {
  const query = useReferralSettings();
  if (query.error) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList rows={3} />;
  return <Settings key={query.data.windowDays} settings={query.data} />;
}

function Settings({ settings }: { settings: Answer<'getReferralSettings'> }) {
  const words = useWords();
  const w = words.settings.referrals;
  const can = useCan();
  const { code } = useProgram();
  const change = useChangeReferralSettings();
  const [days, setDays] = useState<number | null>(settings.windowDays);
  const writable = can('settings.write');
  const valid = days !== null && days <= DAYS_MAX;
  return (
    <Stack gap="lg" maw={680}>
      <Paper withBorder p="lg" component="form" onSubmit={(event) => { event.preventDefault(); if (valid) change.mutate({ windowDays: days }, { onSuccess: () => toast(words.settings.saved) }); }}>
        <Stack>
          <Text>{w.text}</Text>
          <PointsInput label={w.days} description={w.daysHint} maw={360} value={days} readOnly={!writable} error={valid ? undefined : w.daysFault} onChange={setDays} />
          {change.error && <ErrorNotice error={change.error} />}
          {writable && <Group><Button type="submit" disabled={!valid || days === settings.windowDays} loading={change.isPending}>{words.shell.save}</Button></Group>}
        </Stack>
      </Paper>
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <StatTile label={w.waiting} value={String(settings.waiting)} />
        <StatTile label={w.done} value={String(settings.done)} />
        <StatTile label={w.stopped} value={String(settings.stopped)} />
      </SimpleGrid>
      {can('rules.write') && <Group><ButtonLink variant="default" to="/$program/rules/new" params={{ program: code }} search={{ event: 'referral' }}>{w.addRule}</ButtonLink></Group>}
    </Stack>
  );
}
