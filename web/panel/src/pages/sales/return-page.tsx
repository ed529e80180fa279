import { Box, Button, Checkbox, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { formatMoney } from '@wracam/engine/words';
import { ErrorNotice, MoneyInput, PageHeader, QuantityInput, SkeletonList, useLang, writeShortDecimal } from '@wracam/ui';
import { useMemo, useState } from 'react';
import { newKey } from '../../api/key.ts';
import { useProgram } from '../../api/program.tsx';
import type { Transaction, TransactionLine } from '../../api/shapes.ts';
import { usePreview, useRecordByHand, useTransaction, useVoid } from '../../api/transactions.ts';
import { useProgramNow } from '../../shell/clock.ts';
import { TextLink } from '../../shell/links.tsx';
import { toast, toastRefusal, toastUndo } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { TakenBack } from './outcome.tsx';
import { amountOf, isTooMuch, lineLeft, returnDocument, returnTotal, returnableLines, wholeReturn, type ReturnDraft } from './return-draft.ts';
import { PANEL_SOURCE } from './sale-draft.ts';

/** A return by hand: what comes back, which points that takes, one button. */
export function ReturnPage() {
  const { transaction } = useParams({ from: '/$program/transactions/$transaction/return' });
  const sale = useTransaction(transaction);
  const { code } = useProgram();
  const w = useWords().returns;
  const back = <TextLink to="/$program/transactions/$transaction" params={{ program: code, transaction }}><IconArrowLeft size={14} aria-hidden /> {w.toSale}</TextLink>;
  return (
    <>
      <PageHeader title={w.title} back={back} />
      {sale.error && <ErrorNotice error={sale.error} onRetry={() => void sale.refetch()} />}
      {!sale.error && (sale.data ? <ReturnForm sale={sale.data} /> : <SkeletonList />)}
    </>
  );
}

function ReturnForm({ sale }: { sale: Transaction }) {
  const { returns: w, shell } = useWords();
  const lang = useLang();
  const undo = useVoid();
  const navigate = useNavigate();
  const { code } = useProgram();
  const [draft, setDraft] = useState<ReturnDraft>({});
  const [key] = useState(newKey);
  const { record, send } = useRecordByHand();
  const lines = returnableLines(sale, w.unnamed);
  const open = lines.filter((line) => lineLeft(line).amountMinor > 0);
  const total = returnTotal(draft);
  const tooMuch = open.some((line) => { const taken = draft[line.lineId]; return taken !== undefined && isTooMuch(line, taken); });
  const set = (id: string, next: ReturnDraft[string] | undefined) => {
    const { [id]: _gone, ...rest } = draft;
    setDraft(next ? { ...rest, [id]: next } : rest);
  };
  const write = (at: number) => {
    const document = returnDocument(sale, draft, at);
    return document && { ...document, source: PANEL_SOURCE, externalId: key };
  };
  // The toast outlives the page, so what it started must tell its end even when the page was left.
  const takeBack = (transaction: string) => void undo.mutateAsync({ transaction, reason: w.undoReason }).then(() => toast(w.undone), toastRefusal);
  const confirm = () => send(write, (answer) => {
    toastUndo(w.saved, shell.undo, () => takeBack(answer.transaction.id));
    void navigate({ to: '/$program/transactions/$transaction', params: { program: code, transaction: answer.transaction.id } });
  });
  if (open.length === 0) return <Text>{w.nothingLeft}</Text>;
  return (
    <div className="panel-two">
      <Paper withBorder p="lg" component="form" onSubmit={(event) => { event.preventDefault(); confirm(); }}>
        <Stack gap="lg">
          <Group justify="space-between">
            <Title order={2} size="h3">{w.question}</Title>
            <Button variant="light" size="xs" onClick={() => setDraft(wholeReturn(lines))}>{w.all}</Button>
          </Group>
          {open.map((line) => <LineChoice key={line.lineId} line={line} value={draft[line.lineId]} onChange={(next) => set(line.lineId, next)} currency={sale.currency} />)}
          {record.error && <ErrorNotice error={record.error} />}
          <Button type="submit" size="lg" disabled={total === 0 || tooMuch} loading={record.isPending}>
            {total === 0 ? w.confirmEmpty : w.confirm(formatMoney(total, sale.currency, lang))}
          </Button>
        </Stack>
      </Paper>
      <Paper withBorder p="lg" className="panel-beside" aria-live="polite" component="section"><PointsBack sale={sale} draft={draft} /></Paper>
    </div>
  );
}

type LineChoiceProps = { line: TransactionLine; value: ReturnDraft[string] | undefined; onChange: (next: ReturnDraft[string] | undefined) => void; currency: string };

function LineChoice({ line, value, onChange, currency }: LineChoiceProps) {
  const w = useWords().returns;
  const lang = useLang();
  const left = lineLeft(line);
  const name = line.name ?? line.sku ?? w.unnamed;
  const piece = line.lineId !== '' && left.quantity > 0;
  const leftText = [
    piece ? `${writeShortDecimal(left.quantity, 3, lang === 'pl' ? ',' : '.')}${line.unit ? ` ${line.unit}` : ''}` : null,
    formatMoney(left.amountMinor, currency, lang),
  ].filter(Boolean).join(', ');
  return (
    <Box>
      <Checkbox
        label={name}
        description={w.left(leftText)}
        aria-label={w.take(name)}
        checked={value !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? left : undefined)}
        styles={{ label: { fontWeight: 650 } }}
      />
      {value !== undefined && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm" ps={34}>
          {piece && (
            <QuantityInput
              label={w.quantity}
              value={value.quantity}
              error={(value.quantity ?? 0) > left.quantity ? w.left(leftText) : undefined}
              onChange={(quantity) => onChange({ quantity, amountMinor: quantity === null ? value.amountMinor : amountOf(line, quantity) })}
            />
          )}
          <MoneyInput
            label={w.amount}
            value={value.amountMinor}
            error={(value.amountMinor ?? 0) > left.amountMinor ? w.left(leftText) : undefined}
            onChange={(amountMinor) => onChange({ ...value, amountMinor })}
          />
        </SimpleGrid>
      )}
    </Box>
  );
}

function PointsBack({ sale, draft }: { sale: Transaction; draft: ReturnDraft }) {
  const w = useWords().returns;
  const now = useProgramNow();
  const [settled] = useDebouncedValue(draft, 250);
  // One moment for one draft, so that the question does not change by itself.
  const document = useMemo(() => returnDocument(sale, settled, now()), [sale, settled]);
  const preview = usePreview(document);
  return (
    <Stack gap="md">
      <Title order={2} size="h3">{w.pointsBack}</Title>
      {!document && <Text c="dimmed">{w.choose}</Text>}
      {document && preview.error && <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />}
      {document && !preview.error && preview.data && <Box opacity={preview.isPlaceholderData ? 0.6 : 1}><TakenBack takenBack={preview.data.takenBack} none={w.noPointsBack} owed={w.owed} /></Box>}
    </Stack>
  );
}
