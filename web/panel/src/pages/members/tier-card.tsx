import { Badge, Box, Button, Group, Paper, Progress, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ConfirmDialog, Dialog, ErrorNotice, SkeletonList, useLang, writeInstant } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import type { Member } from '../../api/shapes.ts';
import { useGrantTier, useMemberTier, useRevokeTier, useTierChanges, type MemberTier } from '../../api/tiers.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';

/** The member's level, what is missing to the next, and a level given by hand. Nothing when the program has no levels. */
export function TierCard({ member }: { member: Member }) {
  const w = useWords().tiers;
  const query = useMemberTier(member.id);
  const can = useCan();
  const [granting, grant] = useDisclosure();
  const [revoking, revoke] = useDisclosure();
  const [looking, look] = useDisclosure();
  if (query.error) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList rows={1} height={110} />;
  const { tier } = query.data;
  if (!tier) return null;
  const may = member.state === 'active' && can('tiers.write');
  return (
    <Paper withBorder p="lg" component="section" aria-label={w.level}>
      <Group justify="space-between" align="flex-start">
        <Title order={2} size="h3">{w.level}</Title>
        <Group gap={6}>
          {tier.granted && <Badge color="gray" variant="light">{w.byHand}</Badge>}
          {/* Any colour an organiser may choose: it stands beside the name, which must stay readable. */}
          <Box w={12} h={12} aria-hidden style={{ borderRadius: 12, background: tier.level?.color ?? 'var(--mantine-color-dimmed)' }} />
          <Text fw={700}>{tier.level?.name ?? w.none}</Text>
        </Group>
      </Group>
      <TierProgress tier={tier} />
      <Group gap="xs" mt="md">
        {may && <Button size="compact-sm" variant="default" onClick={grant.open}>{w.grant}</Button>}
        {may && tier.grant && <Button size="compact-sm" variant="default" onClick={revoke.open}>{w.revoke}</Button>}
        <Button size="compact-sm" variant="subtle" onClick={look.open}>{w.changes}</Button>
      </Group>
      <GrantDialog member={member} tier={tier} opened={granting} onClose={grant.close} />
      <RevokeDialog member={member} opened={revoking} onClose={revoke.close} />
      <ChangesDialog member={member} opened={looking} onClose={look.close} />
    </Paper>
  );
}

function TierProgress({ tier }: { tier: MemberTier }) {
  const w = useWords().tiers;
  const { next, sentences } = tier;
  const percent = next && next.need > 0 ? Math.min(100, Math.floor((next.value * 100) / next.need)) : 100;
  return (
    <Stack gap={6} mt="xs">
      {next && <Progress value={percent} color={next.level.color} size="lg" aria-label={w.progress(percent, next.level.name)} />}
      {[sentences.next, sentences.keep, sentences.until].filter((one) => one !== null).map((sentence) => <Text key={sentence} size="sm">{sentence}</Text>)}
      <Text size="sm" c="dimmed">{w.measured(sentences.value)}</Text>
      {tier.benefits.length > 0 && <Text size="sm" c="dimmed">{w.benefits}: {tier.benefits.map((one) => one.name).join(', ')}</Text>}
    </Stack>
  );
}

function GrantDialog({ member, tier, opened, onClose }: { member: Member; tier: MemberTier; opened: boolean; onClose: () => void }) {
  const w = useWords();
  const { now } = useProgram();
  const [level, setLevel] = useState<string | null>(null);
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const grant = useGrantTier(member.id);
  const confirm = () => level && grant.mutate({ level, until: until === '' ? null : until, reason: reason.trim() }, { onSuccess: () => { setReason(''); onClose(); toast(w.tiers.granted); } });
  return (
    <ConfirmDialog opened={opened} onClose={onClose} title={w.tiers.grant} text={w.tiers.grantText} action={w.tiers.grant} onConfirm={confirm} busy={grant.isPending} error={grant.error} disabled={level === null || reason.trim() === ''}>
      <Select label={w.tiers.level} allowDeselect={false} value={level} onChange={setLevel} data={tier.levels.map((one) => ({ value: one.code, label: one.name }))} />
      <TextInput type="date" label={w.tiers.grantUntil} description={w.tiers.grantUntilHint} min={now.slice(0, 10)} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
      <TextInput label={w.shell.reason} description={w.shell.reasonHint} value={reason} maxLength={300} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmDialog>
  );
}

function RevokeDialog({ member, opened, onClose }: { member: Member; opened: boolean; onClose: () => void }) {
  const w = useWords();
  const [reason, setReason] = useState('');
  const revoke = useRevokeTier(member.id);
  const confirm = () => revoke.mutate(reason.trim(), { onSuccess: () => { setReason(''); onClose(); toast(w.tiers.revoked); } });
  return (
    <ConfirmDialog opened={opened} onClose={onClose} title={w.tiers.revoke} text={w.tiers.revokeText} action={w.tiers.revoke} harmful onConfirm={confirm} busy={revoke.isPending} error={revoke.error} disabled={reason.trim() === ''}>
      <TextInput label={w.shell.reason} description={w.shell.reasonHint} value={reason} maxLength={300} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmDialog>
  );
}

function ChangesDialog({ member, opened, onClose }: { member: Member; opened: boolean; onClose: () => void }) {
  const w = useWords();
  const lang = useLang();
  const { timeZone } = useProgram();
  const query = useTierChanges(member.id, opened);
  return (
    <Dialog opened={opened} onClose={onClose} title={w.tiers.changes}>
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !query.data && <SkeletonList rows={3} height={40} />}
      {query.data?.items.length === 0 && <Text c="dimmed">{w.tiers.noChanges}</Text>}
      <Stack gap="sm">
        {query.data?.items.map((one) => (
          <div key={one.no}>
            <Text size="sm" fw={600}>{one.sentence}</Text>
            <Text size="sm" c="dimmed">{writeInstant(one.at, timeZone, lang)}{one.by && ` · ${one.by}`}{one.note && ` · ${one.note}`}</Text>
          </div>
        ))}
      </Stack>
    </Dialog>
  );
}
