import { List, Paper, Text, Title } from '@mantine/core';
import { addMonths, endOfMonth } from '@wracam/engine/calendar';
import { exampleOfExpiry } from '@wracam/engine/expiry-words';
import { validateExpiry } from '@wracam/engine/rules';
import { useLang, writePoints } from '@wracam/ui';
import { useToday } from '../../shell/clock.ts';
import { useWords } from '../../words/words.tsx';
import { expiryOf, type WalletDraft } from './wallet-draft.ts';
import { unitExamples } from './wallets-page.tsx';

/** What the settings come to on real dates, counted by the engine that books. */
export function WalletPreview({ draft }: { draft: WalletDraft }) {
  const w = useWords().wallets;
  const lang = useLang();
  const today = useToday();
  const expiry = expiryOf(draft);
  const sound = expiry !== null && validateExpiry(expiry).length === 0;
  const dates = [today, endOfMonth(today), addMonths(today, 6)];
  return (
    <section className="panel-beside" aria-label={w.examples}>
      <Title order={2} size="h3" mb="sm">{w.examples}</Title>
      <Paper withBorder p="lg">
        <Text>{unitExamples(draft).map((points) => writePoints(points, draft, lang)).join(', ')}</Text>
        {sound && <List mt="sm" size="sm" spacing={4}>{[...new Set(dates)].map((date) => <List.Item key={date}>{exampleOfExpiry(expiry, date, lang, draft)}</List.Item>)}</List>}
      </Paper>
    </section>
  );
}
