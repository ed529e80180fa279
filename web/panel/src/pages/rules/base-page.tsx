import { Button, Checkbox, Group, Paper, Select, Stack, Switch, TagsInput, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { ErrorNotice, PageHeader, SkeletonList } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import { useBase, useChangeBase } from '../../api/rules.ts';
import type { Base } from '../../api/shapes.ts';
import { TextLink } from '../../shell/links.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { BaseExample } from './base-example.tsx';

const kinds = ['goods', 'service', 'shipping', 'gift_card'] as const;
const roundings = ['nearest', 'down', 'up'] as const;

/** What earns at all, settled once for every rule of the program, with a basket that shows what it comes to. */
export function BasePage() {
  const w = useWords();
  const query = useBase();
  const { code } = useProgram();
  return (
    <>
      <PageHeader
        back={<TextLink to="/$program/rules" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.rules.title}</TextLink>}
        title={w.base.title}
        text={w.base.text}
      />
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !query.data && <SkeletonList rows={6} />}
      {query.data && <BaseForm key={query.data.revision} base={query.data} />}
    </>
  );
}

function BaseForm({ base }: { base: Base }) {
  const w = useWords().base;
  const editable = useCan()('rules.write');
  const [value, setValue] = useState(base);
  const change = useChangeBase();
  const set = (part: Partial<Base>) => setValue({ ...value, ...part });
  const without = value.kinds.length === 0;
  const save = () => {
    const { ruleset: _, changedAt: __, ...settings } = value;
    change.mutate(settings, { onSuccess: () => toast(w.saved) });
  };
  const list = (field: 'excludedCategories' | 'excludedBrands' | 'excludedSkus') => (
    <TagsInput label={w[field]} placeholder={value[field].length === 0 ? w.many : ''} disabled={!editable} maxTags={500} maxLength={80} value={value[field]} onChange={(entries) => set({ [field]: entries.map((one) => one.trim()).filter((one) => one !== '') })} />
  );
  return (
    <div className="panel-two">
      <form noValidate onSubmit={(event) => { event.preventDefault(); if (!without) save(); }}>
        <Stack gap="md">
          <Paper withBorder p="lg" component="section">
            <Checkbox.Group label={w.kinds} error={without ? w.kindsNeeded : undefined} value={value.kinds} onChange={(chosen) => set({ kinds: kinds.filter((kind) => chosen.includes(kind)) })}>
              <Group mt="xs">{kinds.map((kind) => <Checkbox key={kind} value={kind} label={w.kindNames[kind]} disabled={!editable} />)}</Group>
            </Checkbox.Group>
          </Paper>
          <Paper withBorder p="lg" component="section">
            <Title order={2} size="h3" mb="sm">{w.excluded}</Title>
            <Stack gap="sm">{list('excludedCategories')}{list('excludedBrands')}{list('excludedSkus')}</Stack>
          </Paper>
          <Paper withBorder p="lg" component="section">
            <Title order={2} size="h3" mb="sm">{w.amount}</Title>
            <Stack gap="sm">
              <Select label={w.discount} allowDeselect={false} disabled={!editable} value={value.discount} data={(['after', 'before'] as const).map((one) => ({ value: one, label: w.discounts[one] }))} onChange={(one) => set({ discount: one === 'before' ? 'before' : 'after' })} />
              <Select label={w.amounts} description={value.amounts === 'net' ? w.netHint : undefined} allowDeselect={false} disabled={!editable} value={value.amounts} data={(['gross', 'net'] as const).map((one) => ({ value: one, label: w.amountNames[one] }))} onChange={(one) => set({ amounts: one === 'net' ? 'net' : 'gross' })} />
              {value.amounts === 'net' && <Select label={w.netRounding} allowDeselect={false} disabled={!editable} value={value.netRounding} data={roundings.map((one) => ({ value: one, label: w.netRoundings[one] }))} onChange={(one) => set({ netRounding: roundings.find((known) => known === one) ?? 'nearest' })} />}
              <Switch label={w.paidEarns} disabled={!editable} checked={value.paidWithPointsEarns} onChange={(event) => set({ paidWithPointsEarns: event.currentTarget.checked })} />
            </Stack>
          </Paper>
          <Paper withBorder p="lg" component="section">
            <Select label={w.multipliers} description={w.multipliersHint[value.multipliers]} allowDeselect={false} disabled={!editable} value={value.multipliers} data={(['add', 'multiply'] as const).map((one) => ({ value: one, label: w.multiplierNames[one] }))} onChange={(one) => set({ multipliers: one === 'multiply' ? 'multiply' : 'add' })} />
          </Paper>
          {change.error && <ErrorNotice error={change.error} />}
          {editable && <Group><Button type="submit" loading={change.isPending}>{w.save}</Button></Group>}
        </Stack>
      </form>
      <div className="panel-beside"><BaseExample settings={value} /></div>
    </div>
  );
}
