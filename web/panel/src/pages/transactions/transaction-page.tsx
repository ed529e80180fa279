import { Badge, Button, Group, Paper, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowBackUp, IconArrowLeft } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { formatMoney } from '@wracam/engine/words';
import { ConfirmDialog, DataTable, ErrorNotice, InstantText, MoneyText, PageHeader, SkeletonList, useLang, writeDate, writeInstant, writePoints, writeShortDecimal, type Column } from '@wracam/ui';
import { useState } from 'react';
import { useEventName, useEventTypes } from '../../api/events.ts';
import { useCan, useProgram, useWallet } from '../../api/program.tsx';
import type { Transaction, TransactionLine } from '../../api/shapes.ts';
import { useClaim, useMark, useTransaction, useVoid } from '../../api/transactions.ts';
import { ButtonLink, TextLink } from '../../shell/links.tsx';
import { toast, toastRefusal } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { MemberPicker, type PickedMember } from '../sales/member-picker.tsx';
import { GrantLine } from '../members/grants.tsx';
import { isReturnUndone, isUndoOfReturn, lineLeft } from '../sales/return-draft.ts';
import { AwardList, GivenBack, NotAppliedList, TakenBack } from '../sales/outcome.tsx';
import { DocumentBadges, signedTotal } from './transaction-table.tsx';

/** One document: lines, points with reasons, what belongs to it, and what can be done with it. */
export function TransactionPage() {
  const { transaction } = useParams({ from: '/$program/transactions/$transaction' });
  const query = useTransaction(transaction);
  if (query.error) return <ErrorNotice wholePage error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList />;
  return <Document document={query.data} />;
}

function Document({ document }: { document: Transaction }) {
  const w = useWords().transactions;
  const lang = useLang();
  const { code, timeZone } = useProgram();
  const eventName = useEventName();
  const tookNothing = { booked: w.tookNothing, unclaimed: w.tookNothing, parked: w.takesLater, voided: document.kind === 'return' ? w.tookUndone : w.tookNothing } as const;
  const isEvent = document.kind === 'event';
  const undoes = isUndoOfReturn(document);
  const back = <TextLink to="/$program/transactions" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.title}</TextLink>;
  return (
    <>
      <PageHeader
        back={back}
        title={isEvent ? eventName(document.event ?? '') : undoes ? w.undoOfReturn : <>{w.kinds[document.kind]} <MoneyText minor={document.totalMinor} currency={document.currency} /></>}
        beside={isReturnUndone(document) ? <Badge color="red">{w.voidedAs.return}</Badge> : document.state !== 'booked' && <DocumentBadges row={document} />}
        text={writeInstant(document.occurredAt, timeZone, lang)}
        actions={<Actions document={document} />}
      />
      <div className="panel-two">
        <Stack gap="lg">
          {isEvent && <EventFields document={document} />}
          {!undoes && (!isEvent || document.lines.length > 0) && <Lines document={document} />}
          {document.related.length > 0 && <Related document={document} />}
        </Stack>
        <Stack gap="lg">
          {(undoes || document.givenBack) && (
            <Paper withBorder p="lg" component="section">
              <Title order={2} size="h3" mb="sm">{w.cameBack}</Title>
              <GivenBack givenBack={document.givenBack ?? []} none={w.undoesReturn} />
            </Paper>
          )}
          {document.kind !== 'return' && !undoes && (
            <Paper withBorder p="lg" component="section">
              <Title order={2} size="h3" mb="sm">{w.awards}</Title>
              {document.awards.length === 0 && !document.grants && <Text c="dimmed">{isEvent ? w.noEventAwards : w.noAwards}</Text>}
              <Stack gap="md">
                <AwardList awards={document.awards} />
                {document.grants?.map((grant) => <div key={grant.rule}><GrantLine grant={grant} /><Text size="sm" c="dimmed">{grant.rule}</Text></div>)}
                <NotAppliedList notApplied={document.notApplied} />
              </Stack>
            </Paper>
          )}
          {(document.takenBack.length > 0 || tellsNothingTaken(document)) && (
            <Paper withBorder p="lg" component="section">
              <Title order={2} size="h3" mb="sm">{undoes ? w.takenWithReturn : w.takenBack}</Title>
              <TakenBack takenBack={document.takenBack} none={tookNothing[document.state]} owed={w.tookOwed} />
              {document.excess && <Text size="sm" mt="sm">{w.excess(formatMoney(document.excess.reduce((sum, one) => sum + one.amountMinor, 0), document.currency, lang))}</Text>}
            </Paper>
          )}
          <Facts document={document} />
        </Stack>
      </div>
    </>
  );
}

/** A return or a correction that took nothing says so, unless it says what came back instead. */
const tellsNothingTaken = (document: Transaction): boolean => (document.kind === 'return' || document.kind === 'correction') && !document.givenBack && !isUndoOfReturn(document);

/** Something of a sale is left to come back. */
const isReturnable = ({ kind, state, lines }: Transaction): boolean => (kind === 'sale' || kind === 'correction') && state === 'booked' && lines.some((line) => lineLeft(line).amountMinor > 0);

/** One by hand that still stands as it came: what a correction changed is changed by another. */
const isUndoable = (document: Transaction): boolean => (document.kind === 'return'
  ? (document.state === 'booked' || document.state === 'parked') && document.source !== 'wracam' && !document.related.some((one) => one.kind === 'correction')
  : document.state === 'booked' || document.state === 'unclaimed');

/** What an event told, with the names that its type gives to the fields. */
function EventFields({ document }: { document: Transaction }) {
  const w = useWords().transactions;
  const lang = useLang();
  const type = useEventTypes().data?.items.find((one) => one.code === document.event);
  const said = (key: string, value: string | number | boolean) => {
    const field = type?.fields.find((one) => one.key === key);
    if (typeof value === 'boolean') return value ? w.yes : w.no;
    if (field?.kind === 'amount') return <MoneyText minor={Number(value)} currency={document.currency} />;
    if (field?.kind === 'date') return writeDate(String(value), lang);
    return field?.options?.find((one) => one.value === value)?.name ?? String(value);
  };
  const fields = Object.entries(document.fields ?? {});
  if (fields.length === 0 && document.totalMinor === 0) return null;
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h3" mb="sm">{w.eventFields}</Title>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {fields.map(([key, value]) => (
          <div key={key}>
            <Text size="sm" c="dimmed">{type?.fields.find((one) => one.key === key)?.name ?? key}</Text>
            <Text style={{ overflowWrap: 'anywhere' }}>{said(key, value)}</Text>
          </div>
        ))}
        {document.totalMinor > 0 && <div><Text size="sm" c="dimmed">{w.worth}</Text><MoneyText minor={document.totalMinor} currency={document.currency} /></div>}
      </SimpleGrid>
    </Paper>
  );
}

function Lines({ document }: { document: Transaction }) {
  const w = useWords().transactions;
  const lang = useLang();
  const separator = lang === 'pl' ? ',' : '.';
  const quantity = (value: number) => writeShortDecimal(Math.round(value * 1000), 3, separator);
  const lines = document.lines.filter((line) => line.lineId !== '');
  const returned = lines.some((line) => line.returnedMinor > 0);
  const columns: Column<TransactionLine>[] = [
    { key: 'name', header: w.product, phone: 'title', render: (line) => <>{line.name ?? line.sku ?? line.lineId}{line.category && <Text size="sm" c="dimmed">{line.category}</Text>}</> },
    { key: 'quantity', header: w.quantity, number: true, render: (line) => `${quantity(line.quantity)}${line.unit ? ` ${line.unit}` : ''}` },
    ...(returned ? [{ key: 'returned', header: document.kind === 'return' ? w.returnedUndone : w.returned, number: true, render: (line: TransactionLine) => (line.returnedMinor > 0 ? <MoneyText minor={line.returnedMinor} currency={document.currency} /> : '') }] : []),
    { key: 'amount', header: w.amount, number: true, phone: 'side', render: (line) => <MoneyText minor={line.amountMinor} currency={document.currency} /> },
  ];
  return (
    <section>
      <Title order={2} size="h3" mb="sm">{w.lines}</Title>
      {lines.length === 0
        ? <Paper withBorder p="md"><Group justify="space-between"><Text>{w.whole}</Text><MoneyText minor={document.totalMinor} currency={document.currency} /></Group></Paper>
        : <DataTable label={w.lines} columns={columns} rows={lines} rowKey={(line) => line.lineId} />}
    </section>
  );
}

function Related({ document }: { document: Transaction }) {
  const w = useWords().transactions;
  const { code, timeZone } = useProgram();
  return (
    <section>
      <Title order={2} size="h3" mb="sm">{w.related}</Title>
      <Stack gap="xs">
        {document.related.map((one) => (
          <Paper key={one.id} withBorder p="sm">
            <Group justify="space-between">
              <Group gap="xs">
                <TextLink to="/$program/transactions/$transaction" params={{ program: code, transaction: one.id }}>{w.kinds[one.kind]}, <InstantText at={one.occurredAt} timeZone={timeZone} /></TextLink>
                {one.state === 'voided' && <Badge color="red">{w.voidedAs[one.kind]}</Badge>}
              </Group>
              <MoneyText minor={signedTotal(one)} currency={document.currency} />
            </Group>
          </Paper>
        ))}
      </Stack>
    </section>
  );
}

function Facts({ document }: { document: Transaction }) {
  const w = useWords().transactions;
  const lang = useLang();
  const { code, timeZone } = useProgram();
  const unit = useWallet()().forms;
  const facts: [string, string | null][] = [
    [w.source, `${document.source} · ${document.externalId}`],
    [w.booked, writeInstant(document.bookedAt, timeZone, lang)],
    ...document.milestones.map((one): [string, string] => [w.milestones[one.fact], writeInstant(one.at, timeZone, lang)]),
    [w.store, document.store], [w.till, document.till], [w.cashier, document.cashier], [w.channel, document.channel && (w.channels[document.channel] ?? document.channel)],
  ];
  return (
    <Paper withBorder p="lg" component="section">
      <Text size="sm" c="dimmed">{w.member}</Text>
      {document.member
        ? <TextLink to="/$program/members/$member" params={{ program: code, member: document.member }} fw={650}>{document.memberName ?? document.member}</TextLink>
        : <Text>{w.noMember}</Text>}
      <SimpleGrid cols={2} mt="md" spacing="sm">
        {facts.filter(([, value]) => value).map(([name, value]) => (
          <div key={name}>
            <Text size="sm" c="dimmed">{name}</Text>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{value}</Text>
          </div>
        ))}
        {document.payments.length > 0 && (
          <div>
            <Text size="sm" c="dimmed">{w.payments}</Text>
            {document.payments.map((payment, at) => (
              <Text size="sm" key={at}>{w.paymentKinds[payment.kind] ?? payment.kind}: <MoneyText minor={payment.amountMinor} currency={document.currency} />{payment.points !== null && ` (${writePoints(payment.points, unit, lang)})`}</Text>
            ))}
          </div>
        )}
      </SimpleGrid>
    </Paper>
  );
}

function Actions({ document }: { document: Transaction }) {
  const w = useWords().transactions;
  const { code } = useProgram();
  const can = useCan();
  const [voiding, voidDialog] = useDisclosure();
  const [claiming, claimDialog] = useDisclosure();
  if (!can('transactions.write') || isUndoOfReturn(document)) return null;
  const undo = document.kind === 'return' ? w.voidReturn : document.kind === 'event' ? w.voidEvent : w.void;
  return (
    <>
      {isReturnable(document) && (
        <ButtonLink to="/$program/transactions/$transaction/return" params={{ program: code, transaction: document.id }} leftSection={<IconArrowBackUp size={16} aria-hidden />}>{w.makeReturn}</ButtonLink>
      )}
      {document.state === 'unclaimed' && <Button onClick={claimDialog.open}>{w.claim}</Button>}
      {isUndoable(document) && <Button variant="default" onClick={voidDialog.open}>{undo}</Button>}
      {MARKS.map((fact) => <Mark key={fact} document={document} fact={fact} />)}
      <VoidDialog document={document} opened={voiding} onClose={voidDialog.close} />
      <ClaimDialog id={document.id} opened={claiming} onClose={claimDialog.close} />
    </>
  );
}

const MARKS = ['delivered', 'paid'] as const;

/** Offered where some points of the program wait for this to happen, until it is told. */
function Mark({ document, fact }: { document: Transaction; fact: (typeof MARKS)[number] }) {
  const w = useWords().transactions;
  const lang = useLang();
  const { wallets } = useProgram();
  const wallet = useWallet();
  const mark = useMark(document.id);
  const open = (document.kind === 'sale' || document.kind === 'correction') && (document.state === 'booked' || document.state === 'unclaimed');
  if (!open || !wallets.some((one) => one.pendingUntil === fact) || document.milestones.some((one) => one.fact === fact)) return null;
  const done = (usable: readonly { wallet: string; points: number }[]) => toast(usable.length === 0 ? w.marked[fact] : `${w.marked[fact]} ${w.nowUsable(usable.map((one) => writePoints(one.points, wallet(one.wallet).forms, lang)).join(', '))}`);
  return <Button variant="default" loading={mark.isPending} onClick={() => mark.mutate(fact, { onSuccess: ({ usable }) => done(usable), onError: toastRefusal })}>{w.mark[fact]}</Button>;
}

function VoidDialog({ document, opened, onClose }: { document: Transaction; opened: boolean; onClose: () => void }) {
  const w = useWords();
  const [reason, setReason] = useState('');
  const step = useVoid();
  const { voidEvent, voidEventText, eventVoided, voidReturn, voidReturnText, voidWaitingText, void: voidSale, voidText, voided } = w.transactions;
  const ofReturn = [voidReturn, document.state === 'parked' ? voidWaitingText : voidReturnText, w.returns.undone] as const;
  const [title, text, done] = document.kind === 'return' ? ofReturn : document.kind === 'event' ? [voidEvent, voidEventText, eventVoided] : [voidSale, voidText, voided];
  const confirm = () => step.mutate({ transaction: document.id, reason: reason.trim() }, { onSuccess: () => { toast(done); onClose(); } });
  return (
    <ConfirmDialog opened={opened} onClose={onClose} title={title} text={text} action={title} harmful onConfirm={confirm} busy={step.isPending} error={step.error} disabled={reason.trim() === ''}>
      <TextInput label={w.shell.reason} description={w.shell.reasonHint} value={reason} maxLength={300} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
    </ConfirmDialog>
  );
}

function ClaimDialog({ id, opened, onClose }: { id: string; opened: boolean; onClose: () => void }) {
  const w = useWords().transactions;
  const [member, setMember] = useState<PickedMember | null>(null);
  const step = useClaim(id);
  const confirm = () => member && step.mutate({ id: member.id }, { onSuccess: () => { toast(w.claimed); onClose(); } });
  return (
    <ConfirmDialog opened={opened} onClose={onClose} title={w.claim} text={w.claimText} action={w.claim} onConfirm={confirm} busy={step.isPending} error={step.error} disabled={!member}>
      <MemberPicker value={member} onChange={setMember} autoFocus />
    </ConfirmDialog>
  );
}
