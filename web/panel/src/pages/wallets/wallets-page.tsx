import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { localDate } from '@wracam/engine/calendar';
import { describeExpiry, exampleOfExpiry } from '@wracam/engine/expiry-words';
import { unitIn } from '@wracam/engine/words';
import { PageHeader, useLang, writePoints } from '@wracam/ui';
import { useCan, useProgram } from '../../api/program.tsx';
import type { Wallet } from '../../api/shapes.ts';
import { ButtonLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';

/** The kinds of points a program has, each with what it promises. */
export function WalletsPage() {
  const w = useWords().wallets;
  const { code, wallets } = useProgram();
  const can = useCan();
  return (
    <>
      <PageHeader title={w.title} text={w.text} actions={can('settings.write') && <ButtonLink to="/$program/wallets/new" params={{ program: code }}>{w.add}</ButtonLink>} />
      <Stack gap="md" maw={760}>{wallets.map((wallet) => <WalletCard key={wallet.code} wallet={wallet} />)}</Stack>
    </>
  );
}

function WalletCard({ wallet }: { wallet: Wallet }) {
  const w = useWords().wallets;
  const { code, timeZone, now } = useProgram();
  const lang = useLang();
  const can = useCan();
  const { pendingDays, pendingUntil, transfers, noticeDays } = wallet;
  const unit = unitIn(wallet.forms, lang);
  const terms = [
    pendingUntil !== 'days' ? w.pendingUntil[pendingUntil](pendingDays) : pendingDays === 0 ? w.pendingNow : w.pendingAfter(pendingDays),
    transfers ? w.transfersOn(writePoints(transfers.dayPoints, unit, lang)) : w.transfersOff,
    noticeDays.length > 0 ? w.noticesOn(noticeDays.join(', ')) : w.noticesOff,
  ];
  return (
    <Paper withBorder p="lg" component="section" aria-label={wallet.name}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Group gap="sm" miw={0}>
          <Title order={2} size="h3">{wallet.name}</Title>
          <Badge variant="light">{w.kinds[wallet.kind]}</Badge>
          <Text c="dimmed" size="sm">{wallet.code}</Text>
        </Group>
        {can('settings.write') && <ButtonLink variant="default" size="sm" to="/$program/wallets/$wallet" params={{ program: code, wallet: wallet.code }}>{w.change}</ButtonLink>}
      </Group>
      <Text mt="xs">{unitExamples(unit).map((points) => writePoints(points, unit, lang)).join(', ')}</Text>
      <Text mt="xs">{w.validity}: {describeExpiry(wallet.expiry, lang)}. {wallet.expiry.kind !== 'never' && exampleOfExpiry(wallet.expiry, localDate(timeZone, Date.parse(now)), lang, unit)}</Text>
      <Text size="sm" c="dimmed" mt={4}>{wallet.kind === 'status' ? w.status : terms.join(' · ')}</Text>
      <Text size="sm" c="dimmed">{w.debt}: {w.debts[wallet.debtPolicy]}{wallet.debtLimit > 0 && ` (${w.debtLimit.toLowerCase()}: ${writePoints(wallet.debtLimit, unit, lang)})`}</Text>
    </Paper>
  );
}

/** One, three, five whole units, and a broken one where the wallet shows decimals. */
export function unitExamples({ decimals = 0 }: Wallet['forms']): number[] {
  const whole = 10 ** decimals;
  return [1, 3, 5].map((count) => count * whole).concat(decimals > 0 ? [whole + whole / 2] : []);
}
