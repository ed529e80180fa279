import { Alert, Badge, Box, Button, Checkbox, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { addDays, localDate, startOfLocalDay } from '@wracam/engine/calendar';
import { inForceBetween, SINCE_ALWAYS, withdrawnFrom } from '@wracam/engine/in-force';
import { mayWorsen, worseSentence, worst, type RuleChangeLine } from '@wracam/engine/rule-difference';
import { ConfirmDialog, ErrorNotice, useLang, writeDate, writeInstant } from '@wracam/ui';
import { useState, type ReactNode } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import { useProgramNow, useToday } from '../../shell/clock.ts';
import { useWords } from '../../words/words.tsx';

/** As a request asks for it. */
export type Publication = { inForceFrom?: string; despiteNotice?: boolean };

/** Today in the program, and the first day that keeps its notice. */
export function useNotice(): { today: string; earliestOn: string } {
  const { noticeDays } = useProgram();
  const today = useToday();
  return { today, earliestOn: addDays(today, noticeDays) };
}

type Dated = { version: number; inForceFrom: string };
const dated = <V extends Dated>(versions: readonly V[]) => versions.map((of) => ({ of, inForceFrom: Date.parse(of.inForceFrom) }));
const versionsOf = <V extends Dated>(found: readonly { of: V }[]): V[] => found.map((one) => one.of);

/** What a publication from an instant on meets: the versions that are in force then or promised for the days of the notice, and those whose place it takes. */
export function useMet<V extends Dated>(versions: readonly V[], from: number): { replaced: V[]; withdrawn: V[] } {
  const { timeZone, now } = useProgram();
  const { earliestOn } = useNotice();
  const all = dated(versions);
  return { replaced: versionsOf(inForceBetween(all, from, startOfLocalDay(timeZone, earliestOn))), withdrawn: versionsOf(withdrawnFrom(all, from, Date.parse(now))) };
}

/** Which planned versions will not come into force any more, in a sentence; nothing where there are none. */
function Withdrawn({ versions }: { versions: readonly Dated[] }) {
  const w = useWords().publishing;
  const since = useSince();
  if (versions.length === 0) return null;
  return <Text size="sm">{w.withdraws(versions.map(({ version, inForceFrom }) => ({ version, from: since(inForceFrom) })))}</Text>;
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

type ChangesProps = { title: string; changes: readonly RuleChangeLine[]; /** Whom it moves today, told before what that means for them. */ moves?: ReactNode; /** Why nobody can lose by it, where that is not plain. */ harmless?: string; children?: ReactNode };

/** What the draft changes, who may get less, and from when it may be in force. */
export function ChangesPaper({ title, changes, moves, harmless, children }: ChangesProps) {
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
      {moves && <Box mt="sm">{moves}</Box>}
      {changes.length > 0 && <Text size="sm" mt="sm" c={worse ? undefined : 'dimmed'}>{worse ? `${worse} ${w.notice(noticeDays, writeDate(earliestOn, lang))}` : harmless ?? w.harmless}</Text>}
      {children}
    </Paper>
  );
}

type Asking = { title: string; /** By the day that is chosen, '' for at once, where that matters. */ text: string | ((on: string) => string); action: string; onPublish: (publication: Publication) => void; onClose: () => void; busy: boolean; error: unknown };
type DialogProps<V> = Asking & {
  versions: readonly V[];
  /** What members would see change when a version gives way to it; empty where nobody can lose. */
  diff: (before: V) => RuleChangeLine[];
};

/** Publishing: when, and with open eyes where members may get less. */
export function PublicationDialog<V extends Dated>({ versions, diff, ...asking }: DialogProps<V>) {
  const [on, setOn] = useState('');
  const { replaced, withdrawn } = useMet(versions, useBeginning()(on));
  return <PublicationForm {...asking} on={on} setOn={setOn} withdrawn={withdrawn} changes={worst(replaced.map(diff))} />;
}

/** The instant at which a chosen day begins; now where none is chosen. */
export function useBeginning(): (on: string) => number {
  const { timeZone, now } = useProgram();
  return (on) => (on === '' ? Date.parse(now) : startOfLocalDay(timeZone, on));
}

/** The same for a thing whose differences are told elsewhere; `changes` null: they are not there yet. */
export function PublicationForm({ title, text, action, on, setOn, changes, withdrawn, labels, harmful, alone, onPublish, onClose, busy, error }: Asking & { on: string; setOn: (on: string) => void; changes: readonly RuleChangeLine[] | null; withdrawn: readonly Dated[]; labels?: { from: string; despite: string }; harmful?: boolean; /** It waits for no second person. */ alone?: boolean }) {
  const w = useWords().publishing;
  const lang = useLang();
  const { timeZone, noticeDays, secondPerson } = useProgram();
  const { earliestOn } = useNotice();
  const [despite, setDespite] = useState(false);
  const worse = worseSentence(changes ?? [], lang);
  const early = noticeDays > 0 && mayWorsen(changes ?? []) && (on === '' || on < earliestOn);
  const publish = () => onPublish({ ...(on !== '' && { inForceFrom: new Date(startOfLocalDay(timeZone, on)).toISOString() }), ...(early && { despiteNotice: true }) });
  return (
    <ConfirmDialog opened onClose={onClose} title={title} text={typeof text === 'function' ? text(on) : text} action={action} onConfirm={publish} busy={busy} error={error} harmful={harmful ?? false} disabled={changes === null || (early && !despite)}>
      {secondPerson && !alone && <Text size="sm">{w.secondAgrees}</Text>}
      <TextInput type="date" label={labels?.from ?? w.from} description={w.fromHint} value={on} onChange={(event) => setOn(event.currentTarget.value)} />
      <Withdrawn versions={withdrawn} />
      {worse && <Text size="sm">{worse} {w.notice(noticeDays, writeDate(earliestOn, lang))}</Text>}
      {early && <Button size="compact-md" variant="light" style={{ alignSelf: 'flex-start' }} onClick={() => setOn(earliestOn)}>{w.chooseEarliest(writeDate(earliestOn, lang))}</Button>}
      {early && <Checkbox label={labels?.despite ?? w.despite} checked={despite} onChange={(event) => setDespite(event.currentTarget.checked)} />}
    </ConfirmDialog>
  );
}

type ProposalProps = { title: string; /** Where a version is to be published: those that there are. */ versions: readonly Dated[]; proposal: { by: string; yours: boolean; at: string; version: number | null; inForceFrom: string | null }; busy: boolean; error: unknown; onApprove: () => void; onDecline: () => void };

/** What waits for another person, with the two things that can be done about it. */
export function ProposalNotice({ title, versions, proposal, busy, error, onApprove, onDecline }: ProposalProps) {
  const w = useWords().publishing;
  const lang = useLang();
  const { timeZone, now } = useProgram();
  const can = useCan();
  const since = useSince();
  const { withdrawn } = useMet(versions, Math.max(Date.parse(now), proposal.inForceFrom === null ? 0 : Date.parse(proposal.inForceFrom)));
  return (
    <Alert variant="light" title={title}>
      <Text size="sm">
        {w.proposed(proposal.by, writeInstant(proposal.at, timeZone, lang))} {proposal.version !== null && w.proposedVersion(proposal.version)} {proposal.inForceFrom !== null && w.proposedFrom(since(proposal.inForceFrom))}
      </Text>
      <Withdrawn versions={withdrawn} />
      {error !== null && error !== undefined && <ErrorNotice error={error} />}
      {can('rules.write') && (
        <Answers yours={proposal.yours} busy={busy} onApprove={onApprove} onDecline={onDecline} />
      )}
    </Alert>
  );
}

/** Whoever proposed may only take it back. */
export function Answers({ yours, busy, onApprove, onDecline }: { yours: boolean; busy: boolean; onApprove: () => void; onDecline: () => void }) {
  const w = useWords().publishing;
  return (
    <Group mt="sm">
      {!yours && <Button loading={busy} onClick={onApprove}>{w.approve}</Button>}
      <Button variant="default" loading={busy && yours} disabled={busy} onClick={onDecline}>{yours ? w.takeBack : w.decline}</Button>
    </Group>
  );
}

type Version = Dated & { publishedAt: string; publishedBy: string; withdrawnBy: number | null };

/** An instant in words; the beginning of a local day as that day alone. */
export function useSince(): (instant: string) => string {
  const lang = useLang();
  const { timeZone } = useProgram();
  return (instant) => {
    const on = localDate(timeZone, Date.parse(instant));
    return startOfLocalDay(timeZone, on) === Date.parse(instant) ? writeDate(on, lang) : writeInstant(instant, timeZone, lang);
  };
}

/** Has its day come. What was published at once has, though the page's clock may be a moment behind the server's. */
export function useHasBegun(): (version: { inForceFrom: string; publishedAt: string }) => boolean {
  const now = useProgramNow();
  return ({ inForceFrom, publishedAt }) => Date.parse(inForceFrom) <= Math.max(Date.parse(publishedAt), now());
}

/** "Zacznie działać 20 marca" for a version whose day has not come; null for others. */
export function useBegins(): (version: { inForceFrom: string; publishedAt: string }) => string | null {
  const w = useWords().publishing;
  const since = useSince();
  const hasBegun = useHasBegun();
  return (version) => (hasBegun(version) ? null : w.begins(since(version.inForceFrom)));
}

type VersionsProps<V> = { versions: readonly V[]; /** The one in force; null: none of them decides anything now. */ current: number | null; /** From when the rule is planned to stop: versions of later days do not begin. */ stopsAt?: string | undefined; says: (version: V) => ReactNode; onRestore?: ((version: V) => void) | undefined };

/** Versions that are shown at once; a list that grows for years must not push the rest of its page away. */
const NEWEST = 3;

/** Every version, the newest first (older ones on demand), with what it says and what became of it; `onRestore` where an older one may come back. */
export function VersionList<V extends Version>({ versions, current, stopsAt, says, onRestore }: VersionsProps<V>) {
  const words = useWords();
  const w = words.rule;
  const lang = useLang();
  const { timeZone } = useProgram();
  const hasBegun = useHasBegun();
  const since = useSince();
  const neverBegins = ({ inForceFrom }: V) => stopsAt !== undefined && Date.parse(stopsAt) <= Date.parse(inForceFrom);
  const isFirst = (instant: string) => Date.parse(instant) <= SINCE_ALWAYS;
  const [whole, show] = useState(false);
  const older = whole ? 0 : Math.max(0, versions.length - NEWEST);
  return (
    <section>
      <Title order={2} size="h3" mb="sm">{w.versions}</Title>
      <Stack gap="sm" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {versions.toSorted((a, b) => b.version - a.version).slice(0, versions.length - older).map((version) => (
          <Paper component="li" key={version.version} withBorder p="md">
            <Group justify="space-between">
              <Group gap="xs">
                <Text fw={650}>{w.version(version.version)}</Text>
                {version.version === current && hasBegun(version) && <Badge>{words.publishing.inForce}</Badge>}
                {version.withdrawnBy !== null && <Badge color="gray">{words.publishing.withdrawnBy(version.withdrawnBy)}</Badge>}
                {current !== null && version.withdrawnBy === null && !hasBegun(version) && (neverBegins(version) ? <Badge color="gray">{words.publishing.neverBegins}</Badge> : <Badge color="amber">{words.publishing.planned}</Badge>)}
              </Group>
              <Text size="sm" c="dimmed">{isFirst(version.inForceFrom) ? w.inForceAlways : (version.withdrawnBy === null ? w.inForce : w.wasToBe)(since(version.inForceFrom))}</Text>
            </Group>
            <Text size="sm" component="div">{says(version)}</Text>
            {!isFirst(version.publishedAt) && <Text size="sm" c="dimmed">{w.publishedBy(writeInstant(version.publishedAt, timeZone, lang), version.publishedBy)}</Text>}
            {onRestore && version !== versions.at(-1) && <Button mt="xs" size="compact-sm" variant="default" onClick={() => onRestore(version)}>{words.publishing.restore}</Button>}
          </Paper>
        ))}
      </Stack>
      {older > 0 && <Button mt="sm" variant="default" onClick={() => show(true)}>{words.publishing.older(older)}</Button>}
    </section>
  );
}
