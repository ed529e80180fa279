import { Button, Group, Paper, Select, SimpleGrid, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { IconHistoryToggle } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { addDays } from '@wracam/engine/calendar';
import { ErrorNotice, MoneyInput, PointsInput, SkeletonList } from '@wracam/ui';
import { useState } from 'react';
import { useProgram } from '../../api/program.tsx';
import { useProductSets } from '../../api/product-sets.ts';
import { useStartReplay } from '../../api/replays.ts';
import { useBase, useRules } from '../../api/rules.ts';
import { useSegments } from '../../api/segments.ts';
import type { Body, ProductSet, Rule, Segment, TierSettings, Wallet } from '../../api/shapes.ts';
import { useTiers } from '../../api/tiers.ts';
import { useToday } from '../../shell/clock.ts';
import { TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';
import { debtOf, draftOf, expiryOf, type WalletDraft } from '../wallets/wallet-draft.ts';
import { DebtFields, ExpiryFields } from '../wallets/wallet-fields.tsx';

type Choice = 'keep' | 'draft' | 'leave';
const COST_AT_FIRST = 100;

/** What the form changed of a wallet. */
function termsOf(draft: WalletDraft, { code, pendingUntil, ...wallet }: Wallet): NonNullable<Body<'startReplay'>['wallets']>[number] {
  const terms = { expiry: expiryOf(draft)!, ...debtOf(draft), ...(pendingUntil === 'days' && { pendingDays: draft.pending === 'now' ? 0 : draft.pendingDays ?? 0 }) };
  const isChanged = (name: keyof typeof terms) => JSON.stringify(terms[name]) !== JSON.stringify(wallet[name]);
  return { wallet: code, ...Object.fromEntries(Object.entries(terms).filter(([name]) => isChanged(name as keyof typeof terms))) };
}

/** What may be done with a rule here; a rule that does not run and has no draft has nothing to offer. */
const choicesOf = (rule: Rule): Choice[] => ['keep', ...(rule.draft ? ['draft' as const] : []), ...(rule.state === 'active' ? ['leave' as const] : [])];

/** What to change, asked on a sheet of its own. */
export function NewReplay() {
  const w = useWords().replays;
  const rules = useRules();
  const tiers = useTiers();
  const base = useBase();
  const sets = useProductSets();
  const segments = useSegments();
  const failed = [rules, tiers, base, sets, segments].find((one) => one.error);
  if (failed?.error) return <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!rules.data || !tiers.data || !base.data || !sets.data || !segments.data) return <SkeletonList rows={4} />;
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h2" mb="md">{w.new}</Title>
      <ReplayForm rules={rules.data.items.filter((rule) => choicesOf(rule).length > 1)} tiers={tiers.data} hasBaseDraft={base.data.draft !== null} sets={sets.data.items.filter((set) => set.draft !== null)} segments={segments.data.items.filter((one) => one.draft !== null && !one.archived)} />
    </Paper>
  );
}

function ReplayForm({ rules, tiers, hasBaseDraft, sets, segments }: { rules: readonly Rule[]; tiers: TierSettings; hasBaseDraft: boolean; /** Those that have a draft. */ sets: readonly ProductSet[]; segments: readonly Segment[] }) {
  const w = useWords().replays;
  const { code, wallets } = useProgram();
  const navigate = useNavigate();
  const { rule: wanted, base: baseWanted, ladder: ladderWanted, set: setWanted, segment: segmentWanted } = useSearch({ from: '/$program/replays' });
  const today = useToday();
  const [from, setFrom] = useState(addDays(today, -364));
  const [until, setUntil] = useState(today);
  const [wallet, setWallet] = useState(wallets[0]?.code ?? '');
  const [cost, setCost] = useState<number | null>(COST_AT_FIRST);
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>(() => Object.fromEntries(rules.filter((rule) => rule.id === wanted).map((rule) => [rule.id, rule.draft ? 'draft' : 'leave'])));
  const [byDraft, setByDraft] = useState(tiers.draft !== null && ladderWanted === true);
  const [byBaseDraft, setByBaseDraft] = useState(hasBaseDraft && baseWanted === true);
  const [bySetDraft, setBySetDraft] = useState<readonly string[]>(() => sets.filter((set) => set.id === setWanted).map((set) => set.id));
  const [bySegmentDraft, setBySegmentDraft] = useState<readonly string[]>(() => segments.filter((one) => one.id === segmentWanted).map((one) => one.id));
  const [asToday, setAsToday] = useState(false);
  const [terms, setTerms] = useState<WalletDraft | null>(null);
  const start = useStartReplay();
  const changes: Body<'startReplay'>['changes'] = rules.flatMap((rule) => (choices[rule.id] === 'draft' ? [{ rule: rule.id }] : choices[rule.id] === 'leave' ? [{ rule: rule.id, definition: null }] : []));
  const chosen = wallets.find((one) => one.code === wallet);
  const chooseWallet = (next: string) => { setWallet(next); setTerms(null); };
  const submit = () => start.mutate({ from, until, wallet, costPer100Minor: cost ?? 0, changes, ...(byDraft && { ladder: 'draft' as const }), ...(byBaseDraft && { base: 'draft' as const }), ...(bySetDraft.length > 0 && { sets: [...bySetDraft] }), ...(bySegmentDraft.length > 0 && { segments: [...bySegmentDraft] }), ...(asToday && { membersAs: 'today' as const }), ...(terms && chosen && { wallets: [termsOf(terms, chosen)] }) }, { onSuccess: ({ id }) => void navigate({ to: '/$program/replays/$replay', params: { program: code, replay: id } }) });
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, xs: 2, md: wallets.length > 1 ? 4 : 3 }}>
          <TextInput type="date" label={w.from} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
          <TextInput type="date" label={w.until} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
          {wallets.length > 1 && <Select label={w.wallet} allowDeselect={false} value={wallet} data={wallets.map((one) => ({ value: one.code, label: one.name }))} onChange={(value) => value && chooseWallet(value)} />}
          <MoneyInput label={w.cost} description={w.costHint} inputWrapperOrder={['label', 'input', 'description', 'error']} value={cost} onChange={setCost} />
        </SimpleGrid>
        <section>
          <Title order={3} size="h3">{w.rules}</Title>
          <Text size="sm" c="dimmed" mb="sm">{rules.length > 0 ? w.rulesHint : w.noRules}</Text>
          <Stack gap="sm">
            {rules.map((rule) => (
              <SimpleGrid key={rule.id} cols={{ base: 1, sm: 2 }} spacing="xs" style={{ alignItems: 'center' }}>
                <Text fw={600}>{rule.name}</Text>
                <Select
                  aria-label={rule.name} allowDeselect={false} maw={320} value={choices[rule.id] ?? 'keep'}
                  data={choicesOf(rule).map((value) => ({ value, label: value === 'keep' && rule.state !== 'active' ? w.keepInactive : w.choices[value] }))}
                  onChange={(value) => setChoices({ ...choices, [rule.id]: (value ?? 'keep') as Choice })}
                />
              </SimpleGrid>
            ))}
          </Stack>
        </section>
        <section>
          <Title order={3} size="h3" mb="sm">{w.more}</Title>
          <Stack gap="md">
            {hasBaseDraft && <Switch label={w.base} description={w.baseHint} checked={byBaseDraft} onChange={(event) => setByBaseDraft(event.currentTarget.checked)} />}
            {sets.map((set) => <Switch key={set.id} label={w.setDraft(set.name)} description={w.setDraftHint} checked={bySetDraft.includes(set.id)} onChange={(event) => setBySetDraft(event.currentTarget.checked ? [...bySetDraft, set.id] : bySetDraft.filter((one) => one !== set.id))} />)}
            {segments.map((one) => <Switch key={one.id} label={w.segmentDraft(one.name)} description={w.segmentDraftHint} checked={bySegmentDraft.includes(one.id)} onChange={(event) => setBySegmentDraft(event.currentTarget.checked ? [...bySegmentDraft, one.id] : bySegmentDraft.filter((id) => id !== one.id))} />)}
            {tiers.draft !== null && (
              <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
                <div><Text fw={600}>{w.levels}</Text><Text size="sm" c="dimmed">{w.levelsHint}</Text></div>
                <Select aria-label={w.levels} allowDeselect={false} maw={320} value={byDraft ? 'draft' : 'keep'} data={(['keep', 'draft'] as const).map((value) => ({ value, label: w.levelChoices[value] }))} onChange={(value) => setByDraft(value === 'draft')} />
              </SimpleGrid>
            )}
            {tiers.draft === null && tiers.current !== null && <div><Text size="sm" c="dimmed">{w.noLevelDraft}</Text><TextLink to="/$program/tiers" params={{ program: code }}>{w.openLevels}</TextLink></div>}
            <Switch label={w.asToday} description={w.asTodayHint} checked={asToday} onChange={(event) => setAsToday(event.currentTarget.checked)} />
            {chosen && <Switch label={w.terms(chosen.name)} description={w.termsHint} checked={terms !== null} onChange={(event) => setTerms(event.currentTarget.checked ? draftOf(chosen) : null)} />}
            {terms && chosen && <ExpiryFields draft={terms} set={(part) => setTerms({ ...terms, ...part })} />}
            {terms && chosen?.pendingUntil === 'days' && <PointsInput maw={320} label={w.pendingDays} value={terms.pending === 'now' ? 0 : terms.pendingDays} onChange={(pendingDays) => setTerms({ ...terms, pending: 'days', pendingDays })} />}
            {terms && chosen && <DebtFields draft={terms} set={(part) => setTerms({ ...terms, ...part })} />}
          </Stack>
        </section>
        {start.error && <ErrorNotice error={start.error} />}
        <Group><Button type="submit" disabled={terms !== null && expiryOf(terms) === null} loading={start.isPending} leftSection={<IconHistoryToggle size={16} aria-hidden />}>{w.start}</Button></Group>
      </Stack>
    </form>
  );
}
