import { Button, Group, Modal, Paper, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { ErrorNotice, PointsInput, useLang, writeDate, writePoints } from '@wracam/ui';
import { useAddWallet, useCan, useProgram } from '../../api/program.tsx';
import type { Wallet } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';

/** The kinds of points a program has: names, validity, when they may be used. */
export function WalletsSection() {
  const w = useWords().settings;
  const { wallets } = useProgram();
  const can = useCan();
  const [adding, dialog] = useDisclosure();
  return (
    <Stack gap="md" maw={680}>
      <Group justify="space-between">
        <Text c="dimmed" maw={460}>{w.walletsText}</Text>
        {can('settings.write') && <Button variant="default" onClick={dialog.open}>{w.addWallet}</Button>}
      </Group>
      {wallets.map((wallet) => <WalletCard key={wallet.code} wallet={wallet} />)}
      <WalletDialog opened={adding} onClose={dialog.close} />
    </Stack>
  );
}

function WalletCard({ wallet }: { wallet: Wallet }) {
  const words = useWords();
  const w = words.settings;
  const lang = useLang();
  const { expiry } = wallet;
  const life = expiry.kind === 'never' ? w.expiryNever : expiry.kind === 'on' ? w.expiryOn(writeDate(expiry.date, lang)) : w.expiryMonths(expiry.months, words.rule.roundTos[expiry.roundTo]);
  const examples = [1, 3, 5].map((points) => writePoints(points, wallet.forms, lang)).join(', ');
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h3">{wallet.name} <Text span c="dimmed" size="sm" fw={400}>{wallet.code}</Text></Title>
      <Text mt="xs">{examples}</Text>
      <Text size="sm" c="dimmed">
        {w.expiry}: {life} · {wallet.pendingDays === 0 ? w.pendingNow : w.pendingAfter(wallet.pendingDays)}
        {wallet.debtLimit > 0 && ` · ${w.debtLimit}: ${writePoints(wallet.debtLimit, wallet.forms, lang)}`}
      </Text>
    </Paper>
  );
}

function WalletDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const words = useWords();
  const w = words.settings;
  const add = useAddWallet();
  const form = useForm({
    initialValues: { name: '', code: '', one: '', few: '', many: '', fraction: '', expiry: 'never', months: 12 as number | null, pendingDays: 0 as number | null, debtLimit: 0 as number | null },
  });
  const { values } = form;
  const ready = [values.name, values.code, values.one, values.few, values.many, values.fraction].every((text) => text.trim() !== '') && /^[a-z][a-z0-9-]*$/.test(values.code);
  const save = () => add.mutate({
    code: values.code, name: values.name.trim(),
    forms: { one: values.one.trim(), few: values.few.trim(), many: values.many.trim(), fraction: values.fraction.trim() },
    expiry: values.expiry === 'months' ? { kind: 'months', months: values.months ?? 12, roundTo: 'monthEnd' } : { kind: 'never' },
    pendingDays: values.pendingDays ?? 0, debtLimit: values.debtLimit ?? 0,
  }, {
    onSuccess: () => {
      toast(w.walletAdded);
      form.reset();
      onClose();
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title={w.addWallet} size="lg" closeButtonProps={{ 'aria-label': words.shell.close }}>
      <form onSubmit={form.onSubmit(save)}>
        <Stack>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label={w.walletName} maxLength={40} {...form.getInputProps('name')} data-autofocus />
            <TextInput label={w.walletCode} description={w.walletCodeHint} inputWrapperOrder={['label', 'input', 'description']} maxLength={40} {...form.getInputProps('code')} />
          </SimpleGrid>
          <Text size="sm" fw={500} mb={-8}>{w.forms}</Text>
          <SimpleGrid cols={{ base: 2, xs: 4 }}>
            {(['one', 'few', 'many', 'fraction'] as const).map((one) => <TextInput key={one} label={w[one]} placeholder={w.formExamples[one]} maxLength={30} {...form.getInputProps(one)} />)}
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select label={w.expiry} allowDeselect={false} data={[{ value: 'never', label: w.expiryNever }, { value: 'months', label: words.rule.expiries.months }]} {...form.getInputProps('expiry')} />
            {values.expiry === 'months' && <PointsInput label={w.months} value={values.months} onChange={(months) => form.setFieldValue('months', months)} />}
            <PointsInput label={w.pendingDays} value={values.pendingDays} onChange={(days) => form.setFieldValue('pendingDays', days)} />
            <PointsInput label={w.debtLimit} value={values.debtLimit} onChange={(points) => form.setFieldValue('debtLimit', points)} />
          </SimpleGrid>
          {add.error && <ErrorNotice error={add.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{words.shell.cancel}</Button>
            <Button type="submit" disabled={!ready} loading={add.isPending}>{w.addWallet}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
