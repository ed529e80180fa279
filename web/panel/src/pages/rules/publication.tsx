import { Alert, Badge, Button, Checkbox, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { addDays, localDate, startOfLocalDay } from '@wracam/engine/calendar';
import { inForceBetween, SINCE_ALWAYS } from '@wracam/engine/in-force';
import { mayWorsen, worseSentence, type RuleChangeLine } from '@wracam/engine/rule-difference';
import { ConfirmDialog, ErrorNotice, useLang, writeDate, writeInstant } from '@wracam/ui';
import { useState, type ReactNode } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import { useWords } from '../../words/words.tsx';

/** As a request asks for it. */
export type Publication = { inForceFrom?: string; despiteNotice?: boolean };

/** Today in the program, and the first day that keeps its notice. */
export function useNotice(): { today: string; earliestOn: string } {
  const { timeZone, now, noticeDays } = useProgram();
  const today = localDate(timeZone, Date.parse(now));
  return { today, earliestOn: addDays(today, noticeDays) };
}

type Dated = { inForceFrom: string };
/** Of versions as the API lists them those that would be in force from a day on until the program's notice is over. */
export function useReplaced(): <V extends Dated>(versions: readonly V[], on: string) => V[] {
  const { timeZone, now } = useProgram();
  const { earliestOn } = useNotice();
  return (versions, on) => inForceBetween(versions.map((of) => ({ of, inForceFrom: Date.parse(of.inForceFrom) })), on === '' ? Date.parse(now) : startOfLocalDay(timeZone, on), startOfLocalDay(timeZone, earliestOn)).map((one) => one.of);
}

const colors = { worse: 'red', better: 'forest', same: 'gray' } as const;

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

/** What the draft changes, who may get less, and from when it may be in force. */
export function ChangesPaper({ title, changes, children }: { title: string; changes: readonly RuleChangeLine[]; children?: ReactNode }) {
  const w = useWords().publishing;
  const lang = useLang();
  const { noticeDays } = useProgram();
  const { earliestOn } = useNotice();
  const worse = worseSentence(changes, lang);
  return (
    <Paper withBorder p="lg" component="section" aria-label={title}>
      <Title order={2} size="h3" mb="sm">{title}</Title>
      {changes.length === 0 && <Text c="dimmed">{w.nothing}</Text>}
      <ChangeLines changes={changes} />
      {changes.length > 0 && <Text size="sm" mt="sm" c={worse ? undefined : 'dimmed'}>{worse ? `${worse} ${w.notice(noticeDays, writeDate(earliestOn, lang))}` : w.harmless}</Text>}
      {children}
    </Paper>
  );
}

type DialogProps = {
  title: string; text: string; action: string;
  /** What members would see change from a day on ('': from now); empty where nobody can lose. */
  changesFrom: (on: string) => readonly RuleChangeLine[];
  onPublish: (publication: Publication) => void; onClose: () => void; busy: boolean; error: unknown;
};

/** Publishing: when, and with open eyes where members may get less. */
export function PublicationDialog({ title, text, action, changesFrom, onPublish, onClose, busy, error }: DialogProps) {
  const w = useWords().publishing;
  const lang = useLang();
  const { timeZone, noticeDays } = useProgram();
  const { earliestOn } = useNotice();
  const [on, setOn] = useState('');
  const [despite, setDespite] = useState(false);
  const changes = changesFrom(on);
  const worse = worseSentence(changes, lang);
  const early = noticeDays > 0 && mayWorsen(changes) && (on === '' || on < earliestOn);
  const publish = () => onPublish({ ...(on !== '' && { inForceFrom: new Date(startOfLocalDay(timeZone, on)).toISOString() }), ...(early && { despiteNotice: true }) });
  return (
    <ConfirmDialog opened onClose={onClose} title={title} text={text} action={action} onConfirm={publish} busy={busy} error={error} disabled={early && !despite}>
      <TextInput type="date" label={w.from} description={w.fromHint} value={on} onChange={(event) => setOn(event.currentTarget.value)} />
      {worse && <Text size="sm">{worse} {w.notice(noticeDays, writeDate(earliestOn, lang))}</Text>}
      {early && <Checkbox label={w.despite} checked={despite} onChange={(event) => setDespite(event.currentTarget.checked)} />}
    </ConfirmDialog>
  );
}

type ProposalProps = { title: string; proposal: { by: string; at: string; version: number | null; inForceFrom: string | null }; busy: boolean; error: unknown; onApprove: () => void; onDecline: () => void };

/** What waits for another person, with the two things that can be done about it. */
export function ProposalNotice({ title, proposal, busy, error, onApprove, onDecline }: ProposalProps) {
  const w = useWords().publishing;
  const lang = useLang();
  const { timeZone } = useProgram();
  const can = useCan();
  return (
    <Alert variant="light" title={title}>
      <Text size="sm">
        {w.proposed(proposal.by, writeInstant(proposal.at, timeZone, lang))} {proposal.version !== null && w.proposedVersion(proposal.version)} {proposal.inForceFrom !== null && w.proposedFrom(writeInstant(proposal.inForceFrom, timeZone, lang))}
      </Text>
      {error !== null && error !== undefined && <ErrorNotice error={error} />}
      {can('rules.write') && (
        <Group mt="sm">
          <Button loading={busy} onClick={onApprove}>{w.approve}</Button>
          <Button variant="default" disabled={busy} onClick={onDecline}>{w.decline}</Button>
        </Group>
      )}
    </Alert>
  );
}

type Version = { version: number; inForceFrom: string; publishedAt: string; publishedBy: string };

/** Every version, the newest first, with what it says; `onRestore` where an older one may come back. */
export function VersionList<V extends Version>({ versions, says, onRestore }: { versions: readonly V[]; says: (version: V) => ReactNode; onRestore?: ((version: V) => void) | undefined }) {
  const words = useWords();
  const w = words.rule;
  const lang = useLang();
  const { timeZone } = useProgram();
  const isFirst = (instant: string) => Date.parse(instant) <= SINCE_ALWAYS;
  return (
    <section>
      <Title order={2} size="h3" mb="sm">{w.versions}</Title>
      <Stack gap="sm" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {versions.toSorted((a, b) => b.version - a.version).map((version) => (
          <Paper component="li" key={version.version} withBorder p="md">
            <Group justify="space-between">
              <Text fw={650}>{w.version(version.version)}</Text>
              <Text size="sm" c="dimmed">{isFirst(version.inForceFrom) ? w.inForceAlways : w.inForce(writeInstant(version.inForceFrom, timeZone, lang))}</Text>
            </Group>
            <Text size="sm" component="div">{says(version)}</Text>
            {!isFirst(version.publishedAt) && <Text size="sm" c="dimmed">{w.publishedBy(writeInstant(version.publishedAt, timeZone, lang), version.publishedBy)}</Text>}
            {onRestore && version !== versions.at(-1) && <Button mt="xs" size="compact-sm" variant="default" onClick={() => onRestore(version)}>{words.publishing.restore}</Button>}
          </Paper>
        ))}
      </Stack>
    </section>
  );
}
