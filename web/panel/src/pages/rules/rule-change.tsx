import { Alert, Badge, Button, Checkbox, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { addDays, localDate, startOfLocalDay } from '@wracam/engine/calendar';
import { diffRule, mayWorsen, worseSentence, type RuleChangeLine } from '@wracam/engine/rule-difference';
import { ConfirmDialog, ErrorNotice, useLang, writeDate, writeInstant } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useProgram, useWallet } from '../../api/program.tsx';
import { useRuleStep } from '../../api/rules.ts';
import type { RuleDetail } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { toEngine } from './definition.ts';

type Definition = NonNullable<RuleDetail['draft']>;

/** What differs between two definitions, by the engine's own comparison, and from when it may be in force. */
export function useDifference(): (before: Definition, after: Definition) => { changes: RuleChangeLine[]; worse: string | null; earliestOn: string } {
  const lang = useLang();
  const { currency, timeZone, now, noticeDays } = useProgram();
  const wallet = useWallet();
  const today = localDate(timeZone, Date.parse(now));
  return (before, after) => {
    const changes = diffRule(toEngine(before), toEngine(after), { lang, currency, unit: wallet(after.wallet).forms, wallet: wallet(after.wallet), today });
    return { changes, worse: worseSentence(changes, lang), earliestOn: mayWorsen(changes) ? addDays(today, noticeDays) : today };
  };
}

const colors = { worse: 'red', better: 'forest', same: 'gray' } as const;

export function Changes({ title, before, after }: { title: string; before: Definition; after: Definition }) {
  const w = useWords().publishing;
  const lang = useLang();
  const { noticeDays } = useProgram();
  const { changes, worse, earliestOn } = useDifference()(before, after);
  return (
    <Paper withBorder p="lg" component="section" aria-label={title}>
      <Title order={2} size="h3" mb="sm">{title}</Title>
      {changes.length === 0 && <Text c="dimmed">{w.nothing}</Text>}
      <ChangeLines changes={changes} />
      {changes.length > 0 && <Text size="sm" mt="sm" c={worse ? undefined : 'dimmed'}>{worse ? `${worse} ${w.notice(noticeDays, writeDate(earliestOn, lang))}` : w.harmless}</Text>}
    </Paper>
  );
}

/** Each difference as it was and as it will be, and whether somebody may get less. */
export function ChangeLines({ changes }: { changes: readonly Omit<RuleChangeLine, 'field'>[] }) {
  const w = useWords().publishing;
  return (
    <Stack gap="sm">
      {changes.map((change) => (
        <div key={change.name}>
          <Group gap="xs"><Text fw={650}>{change.name}</Text><Badge color={colors[change.verdict]}>{w.verdicts[change.verdict]}</Badge></Group>
          <Text size="sm"><Text span c="dimmed">{w.was}:</Text> {change.before} <Text span c="dimmed">→ {w.is}:</Text> {change.after}</Text>
        </div>
      ))}
    </Stack>
  );
}

type PublishProps = { rule: RuleDetail; version?: number; onClose: () => void };

/** Publishing the draft or an older version: when, and with open eyes where members may get less. */
export function PublishDialog({ rule, version, onClose }: PublishProps) {
  const words = useWords();
  const w = words.publishing;
  const lang = useLang();
  const { timeZone, noticeDays, secondPerson } = useProgram();
  const step = useRuleStep();
  const [on, setOn] = useState('');
  const [despite, setDespite] = useState(false);
  const difference = useDifference();
  const after = version === undefined ? rule.draft : rule.versions.find((one) => one.version === version)?.definition ?? null;
  const compared = rule.current && after && rule.state === 'active' ? difference(rule.current.definition, after) : null;
  const early = compared !== null && compared.worse !== null && (on === '' || on < compared.earliestOn);
  const publish = () => step.mutate({
    step: version === undefined ? 'publishRule' : 'rollbackRule', rule: rule.id, revision: rule.revision, ...(version !== undefined && { version }),
    ...(on !== '' && { inForceFrom: new Date(startOfLocalDay(timeZone, on)).toISOString() }), ...(early && { despiteNotice: true }),
  }, {
    onSuccess: () => {
      toast(secondPerson ? w.sent : version === undefined ? words.rule.published : w.restored);
      onClose();
    },
  });
  return (
    <ConfirmDialog opened onClose={onClose} title={version === undefined ? words.rule.publish : w.restore} text={version === undefined ? words.rule.publishText : w.restoreText} action={version === undefined ? words.rule.publish : w.restore} onConfirm={publish} busy={step.isPending} error={step.error} disabled={early && !despite}>
      <TextInput type="date" label={w.from} description={w.fromHint} value={on} onChange={(event) => setOn(event.currentTarget.value)} />
      {compared?.worse && <Text size="sm">{compared.worse} {w.notice(noticeDays, writeDate(compared.earliestOn, lang))}</Text>}
      {early && <Checkbox label={w.despite} checked={despite} onChange={(event) => setDespite(event.currentTarget.checked)} />}
    </ConfirmDialog>
  );
}

/** A step that waits for another person, with the two things that can be done about it. */
export function Proposal({ rule }: { rule: RuleDetail }) {
  const w = useWords().publishing;
  const lang = useLang();
  const { timeZone } = useProgram();
  const can = useCan();
  const step = useRuleStep();
  const { proposal } = rule;
  if (!proposal) return null;
  const take = (name: 'approveRule' | 'declineRule', said: string) => () => step.mutate({ step: name, rule: rule.id, revision: rule.revision }, { onSuccess: () => toast(said) });
  return (
    <Alert variant="light" title={w.proposal[proposal.step]}>
      <Text size="sm">{w.proposed(proposal.by, writeInstant(proposal.at, timeZone, lang))} {proposal.version !== null && w.proposedVersion(proposal.version)}</Text>
      {step.error && <ErrorNotice error={step.error} />}
      {can('rules.write') && (
        <Group mt="sm">
          <Button loading={step.isPending} onClick={take('approveRule', w.approved)}>{w.approve}</Button>
          <Button variant="default" disabled={step.isPending} onClick={take('declineRule', w.declined)}>{w.decline}</Button>
        </Group>
      )}
    </Alert>
  );
}
