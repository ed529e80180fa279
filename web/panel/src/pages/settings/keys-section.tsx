import { Alert, Badge, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { permissionNames, type Permission } from '@wracam/contract/permissions';
import { ConfirmDialog, CopyField, DataTable, Dialog, EmptyState, ErrorNotice, InstantText, SkeletonList, type Column } from '@wracam/ui';
import { useState } from 'react';
import { useProgram } from '../../api/program.tsx';
import { useApiKeys, useCreateKey, useRevokeKey } from '../../api/settings.ts';
import type { ApiKey } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';

/** Ready sets of scopes, by what a key is for. */
const kinds = {
  till: ['members.read', 'members.write', 'transactions.read', 'transactions.write', 'points.read', 'points.spend', 'rewards.read', 'orders.read', 'orders.write'],
  read: permissionNames.filter((name) => name.endsWith('.read') && name !== 'audit.read'),
  all: permissionNames.filter((name) => name !== 'access.manage' && name !== 'audit.read'),
} as const satisfies Record<string, readonly Permission[]>;
type Kind = keyof typeof kinds;
const kindNames: readonly Kind[] = ['till', 'read', 'all'];

/** Keys of tills and shops. A secret is shown once. */
export function KeysSection() {
  const w = useWords().settings;
  const { timeZone } = useProgram();
  const query = useApiKeys();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const columns: Column<ApiKey>[] = [
    { key: 'name', header: w.keyName, phone: 'title', render: (key) => <><Text fw={650} size="sm">{key.name}</Text><Text size="sm" c="dimmed" ff="monospace">…{key.hint}</Text></> },
    { key: 'created', header: w.created, render: (key) => <InstantText at={key.createdAt} timeZone={timeZone} /> },
    { key: 'used', header: w.lastUsed, render: (key) => (key.lastUsedAt ? <InstantText at={key.lastUsedAt} timeZone={timeZone} /> : w.neverUsed) },
    {
      key: 'revoke', header: w.revoke, phone: 'side',
      render: (key) => (key.revokedAt
        ? <Badge color="gray">{w.revoked}</Badge>
        : <Button size="compact-sm" variant="subtle" color="red" aria-label={w.revokeTitle(key.name)} onClick={() => setRevoking(key)}>{w.revoke}</Button>),
    },
  ];
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text c="dimmed" maw={520}>{w.keysText}</Text>
        <Button variant="default" onClick={() => setMaking(true)}>{w.addKey}</Button>
      </Group>
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !query.data && <SkeletonList rows={4} />}
      {query.data?.items.length === 0 && <EmptyState icon={<IconKey />} title={w.noKeys} text={w.noKeysText} />}
      {query.data && query.data.items.length > 0 && <DataTable label={w.sections.keys} columns={columns} rows={query.data.items} rowKey={(key) => key.id} />}
      {making && <KeyDialog onClose={() => setMaking(false)} />}
      <RevokeDialog apiKey={revoking} onClose={() => setRevoking(null)} />
    </Stack>
  );
}

function KeyDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const w = words.settings;
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Kind>('till');
  const create = useCreateKey();
  const secret = create.data?.secret;
  return (
    <Dialog opened onClose={onClose} title={secret ? w.secretTitle : w.addKey} closeOnClickOutside={!secret}>
      {secret
        ? (
          <Stack>
            <Alert color="amber">{w.secretText}</Alert>
            <CopyField label={w.secretTitle} value={secret} />
            <Group justify="flex-end">
              <Button onClick={onClose}>{w.secretDone}</Button>
            </Group>
          </Stack>
        )
        : (
          <form onSubmit={(event) => { event.preventDefault(); create.mutate({ name: name.trim(), scopes: [...kinds[kind]] }); }}>
            <Stack>
              <TextInput label={w.keyName} placeholder={w.keyNameExample} maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
              <Select label={w.scopes} allowDeselect={false} value={kind} data={kindNames.map((value) => ({ value, label: w.keyKinds[value] }))} onChange={(value) => setKind(kindNames.find((one) => one === value) ?? 'till')} />
              {create.error && <ErrorNotice error={create.error} />}
              <Group justify="flex-end">
                <Button variant="default" onClick={onClose}>{words.shell.cancel}</Button>
                <Button type="submit" disabled={name.trim() === ''} loading={create.isPending}>{w.addKey}</Button>
              </Group>
            </Stack>
          </form>
        )}
    </Dialog>
  );
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey | null; onClose: () => void }) {
  const w = useWords().settings;
  const revoke = useRevokeKey();
  const confirm = () => apiKey && revoke.mutate(apiKey.id, {
    onSuccess: () => {
      toast(w.revokedToast);
      onClose();
    },
  });
  return <ConfirmDialog opened={apiKey !== null} onClose={onClose} title={w.revokeTitle(apiKey?.name ?? '')} text={w.revokeText} action={w.revoke} harmful onConfirm={confirm} busy={revoke.isPending} error={revoke.error} />;
}
