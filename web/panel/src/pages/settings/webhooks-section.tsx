import { Alert, Badge, Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { formatDecimal } from '@wracam/engine/words';
import { IconPlugConnected } from '@tabler/icons-react';
import { CopyField, DataTable, Dialog, EmptyState, ErrorNotice, InstantText, SkeletonList, type Column, useLang } from '@wracam/ui';
import { useState } from 'react';
import { useProgram } from '../../api/program.tsx';
import { useAddWebhook, useChangeWebhook, useResendDelivery, useTryWebhook, useWebhookDeliveries, useWebhooks } from '../../api/settings.ts';
import type { Webhook, WebhookDelivery } from '../../api/shapes.ts';
import { MoreButton } from '../../shell/more-button.tsx';
import { toast, toastRefusal } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { kindOfAnswer } from './webhook-answer.ts';

const color = { queued: 'amber', delivered: 'forest', failed: 'red' } as const;

/** Other systems that rules tell, and what reached them. A secret is shown once. */
export function WebhooksSection() {
  const w = useWords().settings;
  const query = useWebhooks();
  const [adding, setAdding] = useState(false);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text c="dimmed" maw={560}>{w.webhooksText}</Text>
        <Button variant="default" onClick={() => setAdding(true)}>{w.addWebhook}</Button>
      </Group>
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !query.data && <SkeletonList rows={2} />}
      {query.data?.items.length === 0 && <EmptyState icon={<IconPlugConnected />} title={w.noWebhooks} text={w.noWebhooksText} />}
      {query.data?.items.map((webhook) => <OneWebhook key={webhook.id} webhook={webhook} />)}
      {adding && <AddDialog onClose={() => setAdding(false)} />}
    </Stack>
  );
}

function OneWebhook({ webhook }: { webhook: Webhook }) {
  const words = useWords();
  const w = words.settings;
  const lang = useLang();
  const { timeZone } = useProgram();
  const change = useChangeWebhook();
  const trial = useTryWebhook();
  const list = useWebhookDeliveries(webhook.id);
  const setActive = (active: boolean) => change.mutate({ webhook: webhook.id, active }, { onSuccess: () => toast(active ? w.webhookOn : w.webhookOff), onError: toastRefusal });
  const said = (answer: string) => words.webhooks.answers[kindOfAnswer(answer)](answer);
  const columns: Column<WebhookDelivery>[] = [
    { key: 'what', header: w.webhookEvent, phone: 'title', render: (one) => <Text fw={650} size="sm">{w.webhookEvents[one.type] ?? one.type}</Text> },
    { key: 'at', header: w.webhookAt, render: (one) => <InstantText at={one.at} timeZone={timeZone} /> },
    { key: 'answer', header: w.webhookAnswer, render: (one) => (one.answer === null ? w.webhookWaiting : one.tries > 1 ? `${said(one.answer)}, ${words.messages.tries(one.tries)}` : said(one.answer)) },
    { key: 'state', header: w.webhookState, phone: 'side', render: (one) => <Badge color={color[one.state]}>{w.webhookStates[one.state]}</Badge> },
    ...(webhook.active && list.items?.some(isLost) ? [{ key: 'do', header: words.webhooks.actions, phone: 'foot' as const, render: (one: WebhookDelivery) => isLost(one) && <Resend webhook={webhook} delivery={one} /> }] : []),
  ];
  return (
    <Paper withBorder p="lg" component="section" aria-label={webhook.url}>
      <Group justify="space-between" mb="sm" wrap="nowrap" align="start">
        <div>
          <Text fw={650} style={{ overflowWrap: 'anywhere' }}>{webhook.url}</Text>
          <Text size="sm" c="dimmed">{w.created}: <InstantText at={webhook.createdAt} timeZone={timeZone} /></Text>
        </div>
        <Button size="compact-sm" variant="light" style={{ flexShrink: 0 }} loading={change.isPending} aria-label={`${webhook.active ? w.webhookSwitchOff : w.webhookSwitchOn}: ${webhook.url}`} onClick={() => setActive(!webhook.active)}>{webhook.active ? w.webhookSwitchOff : w.webhookSwitchOn}</Button>
      </Group>
      <Group gap="sm" mb="sm">
        <Button size="compact-sm" variant="default" loading={trial.isPending} aria-label={`${words.webhooks.try}: ${webhook.url}`} onClick={() => trial.mutate(webhook.id)}>{words.webhooks.try}</Button>
        <Text size="sm" c="dimmed">{words.webhooks.tryHint}</Text>
      </Group>
      {trial.error && <ErrorNotice error={trial.error} />}
      {trial.data && <Alert role="status" color={trial.data.ok ? 'forest' : 'amber'} mb="sm" title={words.webhooks.tried[trial.data.ok ? 'ok' : 'failed']}>{words.webhooks.triedText(said(trial.data.answer), formatDecimal(Math.max(1, Math.round(trial.data.tookMs / 100)), 1, lang))}</Alert>}
      {!webhook.active && <Alert color="gray" mb="sm">{w.webhookIsOff}</Alert>}
      {webhook.failingSince && <Alert color="amber" mb="sm">{w.webhookFailing} <InstantText at={webhook.failingSince} timeZone={timeZone} /></Alert>}
      {list.error && <ErrorNotice error={list.error} onRetry={list.retry} />}
      {list.items?.length === 0 && <Text size="sm" c="dimmed">{w.webhookNothing}</Text>}
      {list.items && list.items.length > 0 && <DataTable label={`${w.webhookDeliveries}: ${webhook.url}`} columns={columns} rows={list.items} rowKey={(one) => one.event} />}
      <MoreButton more={list.more} busy={list.busy} />
    </Paper>
  );
}

const isLost = ({ state }: WebhookDelivery) => state === 'failed';

function Resend({ webhook, delivery }: { webhook: Webhook; delivery: WebhookDelivery }) {
  const words = useWords();
  const w = words.webhooks;
  const resend = useResendDelivery();
  const label = `${w.resend}: ${words.settings.webhookEvents[delivery.type] ?? delivery.type}, ${delivery.at}`;
  return <Button size="compact-sm" variant="default" loading={resend.isPending} aria-label={label} onClick={() => resend.mutate({ webhook: webhook.id, event: delivery.event }, { onSuccess: () => toast(w.resent), onError: toastRefusal })}>{w.resend}</Button>;
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const w = words.settings;
  const [url, setUrl] = useState('');
  const add = useAddWebhook();
  const secret = add.data?.secret;
  return (
    <Dialog opened onClose={onClose} title={secret ? w.webhookSecret : w.addWebhook} closeOnClickOutside={!secret}>
      {secret
        ? (
          <Stack>
            <Alert color="amber">{w.webhookSecretText}</Alert>
            <CopyField label={w.webhookSecret} value={secret} />
            <Group justify="flex-end">
              <Button onClick={onClose}>{w.secretDone}</Button>
            </Group>
          </Stack>
        )
        : (
          <form noValidate onSubmit={(event) => { event.preventDefault(); add.mutate({ url: url.trim() }); }}>
            <Stack>
              <TextInput label={w.webhookUrl} type="url" placeholder="https://" maxLength={500} value={url} onChange={(event) => setUrl(event.currentTarget.value)} data-autofocus />
              {add.error && <ErrorNotice error={add.error} />}
              <Group justify="flex-end">
                <Button variant="default" onClick={onClose}>{words.shell.cancel}</Button>
                <Button type="submit" disabled={url.trim() === ''} loading={add.isPending}>{w.addWebhook}</Button>
              </Group>
            </Stack>
          </form>
        )}
    </Dialog>
  );
}
