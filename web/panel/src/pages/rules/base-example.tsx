import { Divider, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { spreadPaid } from '@wracam/engine/earn';
import type { Line, SaleDocument } from '@wracam/engine/facts';
import { compileRuleset } from '@wracam/engine/rules';
import { earningLines } from '@wracam/engine/what-earns';
import { MoneyText } from '@wracam/ui';
import { useProgram } from '../../api/program.tsx';
import type { BaseSettings } from '../../api/shapes.ts';
import { useWords } from '../../words/words.tsx';
import { settingsOf } from './preview.ts';

const PAID_WITH_POINTS = 1000;

/** A basket with something of everything: what of it counts by these settings, decided by the engine itself. */
export function BaseExample({ settings: base }: { settings: BaseSettings }) {
  const w = useWords().base;
  const { currency, timeZone } = useProgram();
  const lines = w.basket.map((one, at): Line => ({
    quantity: 1000, unit: null, discountMinor: 0, taxRateBps: null, brand: null, category: '', sku: '', attributes: {}, lineId: String(at + 1), ...one,
  }));
  const document: SaleDocument = {
    kind: 'sale', event: null, occurredAt: 0, totalMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0), lines, currency,
    store: null, till: null, cashier: null, channel: null, paidWithPointsMinor: PAID_WITH_POINTS, payments: [], attributes: {},
  };
  // A choice of nothing is no base; everything is then shown as not counting.
  const counted = base.kinds.length === 0 ? null
    : earningLines(compileRuleset({ no: 1, timeZone, currency, wallets: [], rules: [], ...settingsOf(base) }), document, lines, spreadPaid(document));
  return (
    <Paper withBorder p="lg" component="section" aria-live="polite">
      <Title order={2} size="h3">{w.example}</Title>
      <Text size="sm" c="dimmed" mb="md">{w.exampleText}</Text>
      <Stack gap="sm">
        {lines.map((line, at) => {
          const amount = counted?.amounts[at] ?? -1;
          return (
            <div key={line.lineId}>
              <Group justify="space-between" wrap="nowrap" align="baseline">
                <Text>{line.name}</Text>
                {amount < 0 ? <Text c="dimmed">{w.notCounted}</Text> : <Text fw={650}><MoneyText minor={amount} currency={currency} /></Text>}
              </Group>
              <Text size="sm" c="dimmed">
                {w.price} <MoneyText minor={line.amountMinor} currency={currency} />
                {line.discountMinor > 0 && <>, {w.afterDiscount} <MoneyText minor={line.discountMinor} currency={currency} /></>}
                {line.taxRateBps !== null && <>, {w.tax(line.taxRateBps / 100)}</>}
              </Text>
            </div>
          );
        })}
        <Text size="sm" c="dimmed">{w.paidPart} <MoneyText minor={PAID_WITH_POINTS} currency={currency} /></Text>
        <Divider />
        <Group justify="space-between" wrap="nowrap" align="baseline">
          <Text fw={650}>{w.counts}</Text>
          <Text fw={650}><MoneyText minor={counted?.total ?? 0} currency={currency} /></Text>
        </Group>
      </Stack>
    </Paper>
  );
}
