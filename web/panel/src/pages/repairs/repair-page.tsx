import { Alert, Badge, Button, Checkbox, Group, Paper, Progress, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconArrowLeft, IconCircleCheck, IconDownload, IconTool } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { ConfirmDialog, DataTable, EmptyState, ErrorNotice, PageHeader, PointsAmount, SkeletonList, StatTile, useLang, writeDate, writeInstant, writePoints } from '@wracam/ui';
import { useState } from 'react';
import { useProgram, useWallet } from '../../api/program.tsx';
import { isAtWork, useCancelRepair, useCountAgain, useRepair, useRepairStep, useRepairTable } from '../../api/repairs.ts';
import type { Repair, RepairResult } from '../../api/shapes.ts';
import { ButtonLink, TextLink } from '../../shell/links.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { Effects } from './effects.tsx';
import { Grants } from './grants.tsx';
import { MemberName } from './member-name.tsx';
import { Proposed } from './proposed.tsx';
import { stateColor } from './repairs-page.tsx';

/** So many of the differences come with the answer. */
const TOP = 20;

/** One repair: how far it is, what it changes, and the decision. */
export function RepairPage() {
  const { repair: id } = useParams({ from: '/$program/repairs/$repair' });
  const query = useRepair(id);
  const w = useWords();
  const lang = useLang();
  const { code } = useProgram();
  if (query.error) return <ErrorNotice wholePage error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList />;
  const repair = query.data;
  return (
    <>
      <PageHeader
        back={<TextLink to="/$program/repairs" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.repairs.back}</TextLink>}
        title={repair.rule.name}
        text={`${w.repairs.periodOf(writeDate(repair.from, lang), writeDate(repair.until, lang))}, ${repair.version === null ? w.repair.as.draft : w.repair.as.version(repair.version)}`}
        beside={<Badge size="lg" color={stateColor[repair.state]}>{w.repairs.states[repair.state]}</Badge>}
      />
      <Stack gap="lg">
        {isAtWork(repair) && <AtWork repair={repair} />}
        {repair.state === 'cancelled' && <Over title={w.repair.cancelled} text={w.repair.cancelledText} />}
        {repair.state === 'failed' && <Over title={w.repair.failed} text={w.repair.failedText} />}
        <Acts repair={repair} />
        <Proposed repair={repair} />
        <CameSince repair={repair} />
        {repair.result && <Result repair={repair} result={repair.result} />}
      </Stack>
    </>
  );
}

function AtWork({ repair }: { repair: Repair }) {
  const w = useWords().repair;
  const lang = useLang();
  const cancel = useCancelRepair(repair.id);
  const write = (count: number) => count.toLocaleString(lang === 'pl' ? 'pl-PL' : 'en-GB');
  const counting = repair.state === 'waiting' || repair.state === 'running';
  const words = repair.state === 'booking' ? w.booking : repair.state === 'undoing' ? w.undoing : w.counting;
  const text = repair.total === 0 ? w.waiting : words(write(repair.done), write(repair.total));
  return (
    <Paper withBorder p="lg" maw={640}>
      <Stack gap="sm">
        <Text role="status">{text}</Text>
        <Progress size="lg" value={repair.total === 0 ? 0 : (100 * repair.done) / repair.total} aria-label={text} />
        {cancel.error && <ErrorNotice error={cancel.error} />}
        {counting && <Button variant="default" style={{ alignSelf: 'flex-start' }} loading={cancel.isPending} onClick={() => cancel.mutate()}>{w.cancel}</Button>}
      </Stack>
    </Paper>
  );
}

function Over({ title, text }: { title: string; text: string }) {
  const w = useWords().repair;
  const { code } = useProgram();
  return <EmptyState icon={<IconTool />} title={title} text={text} action={<ButtonLink to="/$program/repairs" params={{ program: code }}>{w.again}</ButtonLink>} />;
}

/** Who booked and undid it or asked for it, and why. */
function Acts({ repair }: { repair: Repair }) {
  const w = useWords().repair;
  const lang = useLang();
  const { timeZone } = useProgram();
  if (!repair.booked) return null;
  // What is still at work is asked for, not done.
  const booked = [repair.state === 'booking' ? w.bookingBy : w.bookedBy, repair.booked] as const;
  const lines = repair.undone ? [booked, [repair.state === 'undoing' ? w.undoingBy : w.undoneBy, repair.undone] as const] : [booked];
  return <Stack gap={4}>{lines.map(([words, act]) => <Text key={act.at}>{words(writeInstant(act.at, timeZone, lang), act.by)}: <Text span c="dimmed">{act.reason}</Text></Text>)}</Stack>;
}

function Result({ repair, result }: { repair: Repair; result: RepairResult }) {
  const w = useWords().repair;
  const lang = useLang();
  const wallet = useWallet();
  const isNothing = result.wallets.length === 0 && result.levels === null && result.goals.length === 0 && result.grants.length === 0;
  const first = result.wallets[0]?.wallet;
  const write = (points: number) => (first ? writePoints(points, wallet(first).forms, lang) : String(points));
  return (
    <>
      {repair.state === 'ready' && <Exactness result={result} />}
      {isNothing ? <EmptyState icon={<IconCircleCheck />} title={w.none} /> : (
        <>
          {result.wallets.map((one) => (
            <SimpleGrid key={one.wallet} cols={{ base: 2, lg: 4 }}>
              <StatTile label={w.added} value={<PointsAmount points={one.added} unit={wallet(one.wallet).forms} />} />
              <StatTile label={w.taken} value={<PointsAmount points={one.taken} unit={wallet(one.wallet).forms} />} />
              {one.wallet === first && <StatTile label={w.gaining} value={result.members.gaining.toLocaleString(lang === 'pl' ? 'pl-PL' : 'en-GB')} />}
              {one.wallet === first && <StatTile label={w.losing} value={result.members.losing.toLocaleString(lang === 'pl' ? 'pl-PL' : 'en-GB')} />}
            </SimpleGrid>
          ))}
          {result.forgiven > 0 && <Alert color="amber">{w.forgiven(write(result.forgiven))}</Alert>}
          {result.kept > 0 && <Alert color="amber">{w.kept(write(result.kept))}</Alert>}
          {repair.state === 'ready' && result.bookable && !repair.proposal && <Decision repair={repair} result={result} />}
          {repair.state === 'booked' && !repair.proposal && <Step repair={repair} step="undo" result={result} />}
          <Differences repair={repair} result={result} />
        </>
      )}
      <Effects repair={repair} result={result} />
      <Grants repair={repair} result={result} />
      {result.leftOut.top.length > 0 && <LeftOut result={result} />}
    </>
  );
}

function Exactness({ result }: { result: RepairResult }) {
  const w = useWords().repair;
  const { code } = useProgram();
  return (
    <>
      {result.check.differing === 0 ? <Text size="sm" c="dimmed"><IconCircleCheck size={16} aria-hidden style={{ verticalAlign: '-3px' }} /> {w.exact(result.check.checked)}</Text>
        : (
          <Alert color="amber" title={result.bookable ? undefined : w.inexactTitle}>
            {result.bookable ? w.exactOthers(result.leftOut.members, result.check.differing, result.check.checked) : w.inexact(result.check.differing, result.check.checked)}
            {result.check.first && <> <TextLink to="/$program/transactions/$transaction" params={{ program: code, transaction: result.check.first }}>{w.firstDiffering}</TextLink></>}
          </Alert>
        )}
    </>
  );
}

function Decision({ repair, result }: { repair: Repair; result: RepairResult }) {
  const w = useWords().repair;
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h3" mb="xs">{w.decision}</Title>
      <Text mb="md" maw={720}>{w.decisionText}</Text>
      <Step repair={repair} step="book" result={result} />
    </Paper>
  );
}

const TOLD = ['members', 'systems'] as const;
type Told = (typeof TOLD)[number];

/** The button of a step and its question, with the reason that members read and whom to tell besides: nobody, unless it is ticked. */
function Step({ repair, step, result }: { repair: Repair; step: 'book' | 'undo'; result: RepairResult }) {
  const { repair: w, publishing } = useWords();
  const { secondPerson } = useProgram();
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  const [tell, setTell] = useState<Told[]>([]);
  const take = useRepairStep(repair.id, step);
  const close = () => { setAsked(false); take.reset(); };
  const done = ({ proposal }: Repair) => { close(); if (proposal) toast(publishing.sent); };
  return (
    <Group>
      <Button variant={step === 'book' ? 'filled' : 'default'} onClick={() => setAsked(true)}>{w[step]}</Button>
      <ConfirmDialog
        opened={asked} onClose={close} harmful={step === 'undo'} title={step === 'book' ? w.bookTitle : w.undoTitle} text={step === 'book' ? w.bookText(result.members.gaining + result.members.losing) : w.undoText}
        action={w[step]} busy={take.isPending} error={take.error} disabled={reason.trim() === ''} onConfirm={() => take.mutate({ reason: reason.trim(), tell }, { onSuccess: done })}
      >
        {secondPerson && <Text size="sm">{publishing.second}</Text>}
        <TextInput label={w.reason} description={w.reasonHint} placeholder={step === 'book' ? w.reasonExample : undefined} value={reason} maxLength={500} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
        {TOLD.map((one) => <Checkbox key={one} label={w.tell[one]} checked={tell.includes(one)} onChange={(event) => setTell(event.currentTarget.checked ? [...tell, one] : tell.filter((other) => other !== one))} />)}
      </ConfirmDialog>
    </Group>
  );
}

/** What came after history was read for a booked repair, and the way to it. */
function CameSince({ repair }: { repair: Repair }) {
  const w = useWords().repair;
  const { code } = useProgram();
  const navigate = useNavigate();
  const again = useCountAgain(repair.id);
  if (!repair.since || repair.since.returned + repair.since.late === 0) return null;
  return (
    <Alert color="amber">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{w.since(repair.since.returned, repair.since.late)} {w.sinceHint}</Text>
        {again.error && <ErrorNotice error={again.error} />}
        <Button variant="default" loading={again.isPending} onClick={() => again.mutate(undefined, { onSuccess: ({ id }) => void navigate({ to: '/$program/repairs/$repair', params: { program: code, repair: id } }) })}>{w.countAgain}</Button>
      </Stack>
    </Alert>
  );
}

function LeftOut({ result }: { result: RepairResult }) {
  const w = useWords().repair;
  return (
    <section>
      <Title order={2} size="h3" mb="xs">{w.leftOut}</Title>
      <Text mb="sm" maw={720}>{w.leftOutText}</Text>
      <DataTable label={w.leftOut} rows={result.leftOut.top} rowKey={(one) => one.member} columns={[
        { key: 'member', header: w.member, phone: 'title', render: (one) => <MemberName member={one.member} name={one.name} /> },
        { key: 'documents', header: w.documents, number: true, phone: 'side', render: (one) => one.documents },
      ]} />
    </section>
  );
}

function Differences({ repair, result }: { repair: Repair; result: RepairResult }) {
  const w = useWords().repair;
  const lang = useLang();
  const wallet = useWallet();
  const load = useRepairTable(repair.id);
  return (
    <section>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">{w.differences}</Title>
        <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconDownload size={16} aria-hidden />} loading={load.isPending} onClick={() => load.mutate()}>{w.csv}</Button>
      </Group>
      {result.top.length >= TOP && <Text size="sm" c="dimmed" mb="sm">{w.top(result.top.length)}</Text>}
      {load.error && <ErrorNotice error={load.error} />}
      {result.top.length === 0 ? <Text c="dimmed">{w.noPoints}</Text> : <DataTable label={w.differences} rows={result.top} rowKey={(one) => one.member + one.wallet} columns={[
        { key: 'member', header: w.member, phone: 'title', render: (one) => <MemberName member={one.member} name={one.name} /> },
        { key: 'difference', header: w.difference, number: true, phone: 'side', render: (one) => writePoints(one.points, wallet(one.wallet).forms, lang, true) },
      ]} />}
    </section>
  );
}
