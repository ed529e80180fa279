import { Alert, Box, Button, Collapse, Group, Paper, SegmentedControl, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { formatMoney } from '@wracam/engine/words';
import { ErrorNotice, MoneyInput, PageHeader, PointsInput, useLang } from '@wracam/ui';
import { useMemo, useState } from 'react';
import { newKey } from '../../api/key.ts';
import { useProgram } from '../../api/program.tsx';
import type { TransactionAnswer } from '../../api/shapes.ts';
import { usePreview, useRecordByHand, useVoid } from '../../api/transactions.ts';
import { useProgramNow } from '../../shell/clock.ts';
import { ButtonLink } from '../../shell/links.tsx';
import { toast, toastRefusal, toastUndo } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { LineEditor } from './line-editor.tsx';
import { MemberPicker, useGivenMember, type AwaitedMember, type PickedMember } from './member-picker.tsx';
import { Outcome } from './outcome.tsx';
import { draftTotal, emptyDraft, missingOfPayment, namedSale, saleDocument, type SaleDraft } from './sale-draft.ts';

type Saved = { answer: TransactionAnswer; name: string | null };

/** A sale typed by hand: who, how much, what it earns while one types, one button. */
export function NewSalePage() {
  const { member: memberId } = useSearch({ from: '/$program/sales/new' });
  const w = useWords();
  const { picked, pick, awaited } = useGivenMember(memberId);
  const [draft, setDraft] = useState<SaleDraft>(emptyDraft);
  const [key, setKey] = useState(newKey);
  const [saved, setSaved] = useState<Saved | null>(null);
  const { record, send } = useRecordByHand();
  const undo = useVoid();

  const { currency } = useProgram();
  const whole = { ...draft, memberId: picked?.id ?? null };
  const clear = () => {
    setDraft(emptyDraft);
    pick(null);
    setKey(newKey());
    record.reset();
  };
  // What was refused is not what stands there now.
  const forget = () => { if (record.isError) record.reset(); };
  // The toast outlives the page, so what it started must tell its end even when the page was left.
  const takeBack = (transaction: string) => void undo.mutateAsync({ transaction, reason: w.sale.undoReason }).then(() => {
    setSaved(null);
    toast(w.sale.undone);
  }, toastRefusal);
  const write = (at: number) => {
    const document = saleDocument(whole, currency, at);
    return document && namedSale(document, whole, key);
  };
  const save = () => send(write, (answer) => {
    setSaved({ answer, name: picked?.name ?? null });
    clear();
    if (!answer.duplicate) toastUndo(w.sale.saved, w.shell.undo, () => takeBack(answer.transaction.id));
  });
  return (
    <>
      <PageHeader title={w.sale.title} />
      <div className="panel-two">
        <SaleForm key={key} draft={draft} onChange={(next) => { forget(); setDraft(next); }} picked={picked} awaited={awaited} onPick={(next) => { forget(); pick(next); }} onSave={save} busy={record.isPending} error={record.error} />
        <Paper withBorder p="lg" className="panel-beside" aria-live="polite" component="section">
          {saved && draftTotal(draft) === null
            ? <SavedNote saved={saved} onUndo={() => takeBack(saved.answer.transaction.id)} busy={undo.isPending} />
            : <LivePreview draft={whole} awaited={awaited !== null} />}
        </Paper>
      </div>
    </>
  );
}

type SaleFormProps = {
  draft: SaleDraft; onChange: (draft: SaleDraft) => void; picked: PickedMember | null; awaited: AwaitedMember | null; onPick: (member: PickedMember | null) => void;
  onSave: () => void; busy: boolean; error: unknown;
};

function SaleForm({ draft, onChange, picked, awaited, onPick, onSave, busy, error }: SaleFormProps) {
  const w = useWords().sale;
  const lang = useLang();
  const { currency } = useProgram();
  const [details, { toggle }] = useDisclosure();
  const change = (part: Partial<SaleDraft>) => onChange({ ...draft, ...part });
  const total = draftTotal(draft);
  const missing = missingOfPayment({ ...draft, memberId: picked?.id ?? null });
  // Whom somebody began to look for is meant: without this the sale would be saved for nobody.
  const [typed, setTyped] = useState('');
  const [told, tell] = useState('');
  const unchosen = typed.trim() !== '' && !picked;
  const asked = unchosen && told === typed;
  return (
    <Paper withBorder p="lg" component="form" onSubmit={(event) => { event.preventDefault(); if (unchosen) tell(typed); else onSave(); }}>
      <Stack gap="lg">
        <Box>
          <MemberPicker value={picked} onChange={onPick} awaited={awaited} unchosen={asked ? w.unchosen(typed.trim()) : null} onTyped={setTyped} autoFocus />
          {!picked && !awaited && !asked && <Text size="sm" c="dimmed" mt={6}>{w.withoutMember}</Text>}
        </Box>
        <SegmentedControl
          aria-label={w.total}
          value={draft.mode}
          onChange={(mode) => change({ mode: mode === 'lines' ? 'lines' : 'total' })}
          data={[{ value: 'total', label: w.byTotal }, { value: 'lines', label: w.byLines }]}
        />
        {draft.mode === 'total'
          ? <MoneyInput label={w.total} size="xl" value={draft.totalMinor} onChange={(totalMinor) => change({ totalMinor })} error={draft.totalMinor === 0 && w.aboveZero} rightSection={<Text c="dimmed">{currency === 'PLN' ? 'zł' : currency}</Text>} />
          : <LineEditor lines={draft.lines} onChange={(lines) => change({ lines })} />}
        <Box>
          <Button variant="subtle" color="gray" px={0} onClick={toggle} aria-expanded={details} rightSection={<IconChevronDown size={16} aria-hidden />}>{w.details}</Button>
          <Collapse expanded={details}>
            <SimpleGrid cols={{ base: 1, xs: 2 }} pt="xs">
              <TextInput label={w.receipt} description={w.receiptHint} value={draft.receipt} maxLength={100} onChange={(event) => change({ receipt: event.currentTarget.value })} />
              <TextInput type="datetime-local" label={w.when} description={w.whenHint} value={draft.occurredAt} onChange={(event) => change({ occurredAt: event.currentTarget.value })} />
              {picked && <MoneyInput label={w.paidMinor} value={draft.paidMinor} error={missing === 'amount' && w.paidMinorNeeded} onChange={(paidMinor) => change({ paidMinor })} />}
              {picked && <PointsInput label={w.paidPoints} value={draft.paidPoints} error={missing === 'points' && w.paidPointsNeeded} onChange={(paidPoints) => change({ paidPoints })} />}
              <TextInput label={w.store} value={draft.store} maxLength={60} onChange={(event) => change({ store: event.currentTarget.value })} />
            </SimpleGrid>
          </Collapse>
        </Box>
        {error !== null && error !== undefined && <ErrorNotice error={error} />}
        <Button type="submit" size="lg" loading={busy} disabled={total === null || missing !== null || awaited !== null}>
          {total === null ? w.saveEmpty : w.save(formatMoney(total, currency, lang))}
        </Button>
      </Stack>
    </Paper>
  );
}

/** What the chosen member would get; nobody's purchase earns nothing, so nothing is asked. */
function LivePreview({ draft, awaited }: { draft: SaleDraft; awaited: boolean }) {
  const w = useWords().sale;
  const { currency } = useProgram();
  const now = useProgramNow();
  const [settled] = useDebouncedValue(draft, 250);
  // One moment for one draft: with the time of every render the question would change by itself and be asked for ever.
  const document = useMemo(() => (settled.memberId === null ? null : saleDocument(settled, currency, now())), [settled.memberId, settled.mode, settled.totalMinor, settled.lines, settled.store, settled.paidMinor, settled.paidPoints, settled.occurredAt, currency]);
  const preview = usePreview(document);
  // Without a network the question waits, and says nothing by itself.
  const unknown = document !== null && (preview.error !== null || preview.isPaused);
  return (
    <Stack gap="md">
      <Title order={2} size="h3">{w.willEarn}</Title>
      {draft.memberId === null && !awaited && <Text c="dimmed">{w.chooseMember}</Text>}
      {draft.memberId !== null && draftTotal(draft) === null && <Text c="dimmed">{w.typeAmount}</Text>}
      {unknown && <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />}
      {document && !unknown && preview.data && <Box opacity={preview.isPlaceholderData ? 0.6 : 1}><Outcome answer={preview.data} showBalance /></Box>}
    </Stack>
  );
}

function SavedNote({ saved, onUndo, busy }: { saved: Saved; onUndo: () => void; busy: boolean }) {
  const w = useWords();
  const { code } = useProgram();
  const { answer, name } = saved;
  return (
    <Stack gap="md">
      <Alert color="forest" icon={<IconCheck aria-hidden />} title={name ? w.sale.savedFor(name) : w.sale.saved}>
        {answer.duplicate ? w.sale.duplicate : answer.transaction.state === 'unclaimed' ? w.sale.unclaimed : null}
      </Alert>
      {name && <Outcome answer={answer} showBalance />}
      <Group>
        <ButtonLink variant="default" to="/$program/transactions/$transaction" params={{ program: code, transaction: answer.transaction.id }}>{w.sale.open}</ButtonLink>
        {!answer.duplicate && <Button variant="subtle" color="gray" onClick={onUndo} loading={busy}>{w.shell.undo}</Button>}
      </Group>
    </Stack>
  );
}
