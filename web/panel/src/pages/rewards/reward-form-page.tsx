import { Button, Checkbox, Group, MultiSelect, Paper, Select, SimpleGrid, Stack, Switch, Text, Textarea, TextInput, Title, UnstyledButton } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { DecimalInput, ErrorNotice, PageHeader, PointsInput, SkeletonList } from '@wracam/ui';
import { useCan, useProgram, useWallet } from '../../api/program.tsx';
import { useLevels } from '../../api/tiers.ts';
import { useChangeReward, useCreateReward, useReward } from '../../api/rewards.ts';
import type { Reward } from '../../api/shapes.ts';
import { DraftFault, useDraft } from '../../shell/draft.tsx';
import { TextLink } from '../../shell/links.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { RewardCard, rewardIcons } from './reward-card.tsx';

type Draft = {
  name: string; description: string; icon: Reward['icon']; category: string; wallet: string; pricePoints: number | null;
  limited: boolean; stockLeft: number | null; perMember: number | null; levels: string[]; state: Reward['state'];
};

const iconNames = ['cup', 'cake', 'gift', 'ticket', 'bag', 'book', 'heart', 'star', 'shirt', 'discount'] as const satisfies readonly Reward['icon'][];

/** A new reward of the catalogue. */
export function NewRewardPage() {
  const wallet = useWallet()();
  return <RewardForm reward={undefined} start={{ name: '', description: '', icon: 'gift', category: '', wallet: wallet.code, pricePoints: null, limited: false, stockLeft: null, perMember: null, levels: [], state: 'offered' }} />;
}

/** A reward of the catalogue, to change. */
export function EditRewardPage() {
  const { reward: id } = useParams({ from: '/$program/rewards/$reward' });
  const query = useReward(id);
  if (query.error) return <ErrorNotice wholePage error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList />;
  const reward = query.data;
  return (
    <RewardForm
      key={reward.id}
      reward={reward}
      start={{ ...reward, description: reward.description ?? '', category: reward.category ?? '', limited: reward.stockLeft !== null }}
    />
  );
}

function RewardForm({ reward, start }: { reward: Reward | undefined; start: Draft }) {
  const w = useWords();
  const { code, wallets } = useProgram();
  const wallet = useWallet();
  const can = useCan();
  const navigate = useNavigate();
  const form = useDraft(reward?.revision ?? 1, start);
  const { typed: draft, set: setDraft, began } = form;
  const create = useCreateReward();
  const change = useChangeReward();
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const { pricePoints } = draft;
  const ready = draft.name.trim() !== '' && pricePoints !== null && pricePoints > 0 && (!draft.limited || draft.stockLeft !== null);
  const done = () => {
    toast(w.reward.saved);
    void navigate({ to: '/$program/rewards', params: { program: code } });
  };
  const save = () => {
    if (!ready) return;
    const fields = {
      name: draft.name.trim(), description: draft.description.trim() || null, icon: draft.icon, category: draft.category.trim() || null,
      pricePoints, perMember: draft.perMember, levels: draft.levels, state: draft.state,
    };
    if (!reward) {
      create.mutate({ ...fields, wallet: draft.wallet, stockLeft: draft.limited ? draft.stockLeft : null }, { onSuccess: done });
      return;
    }
    // A difference, not a number: two people who count the shelf at once do not overwrite each other, and pieces ordered meanwhile stay ordered.
    const stockChange = draft.limited ? (draft.stockLeft ?? 0) - (began.value.stockLeft ?? 0) : 0;
    change.mutate({
      reward: reward.id, revision: began.revision, ...fields,
      ...(draft.limited !== began.value.limited && { limited: draft.limited }),
      ...(stockChange !== 0 && { stockChange }),
    }, { onSuccess: done });
  };
  return (
    <>
      <PageHeader
        title={reward ? reward.name : w.reward.new}
        back={<TextLink to="/$program/rewards" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.rewards.title}</TextLink>}
      />
      <div className="panel-two">
        {/* Who may not change it sees what a member sees. */}
        {can('rewards.write') && (
          <Paper withBorder p="lg" component="form" onSubmit={(event) => { event.preventDefault(); save(); }}>
            <Stack gap="md">
              <TextInput label={w.reward.name} placeholder={w.reward.namePlaceholder} maxLength={80} value={draft.name} autoFocus={!reward} onChange={(event) => set({ name: event.currentTarget.value })} />
              <Textarea label={w.reward.description} description={w.reward.descriptionHint} autosize minRows={2} maxLength={1000} value={draft.description} onChange={(event) => set({ description: event.currentTarget.value })} />
              <IconPicker value={draft.icon} onChange={(icon) => set({ icon })} />
              <SimpleGrid cols={{ base: 1, xs: 2 }}>
                <DecimalInput key={draft.wallet} decimals={wallet(draft.wallet).forms.decimals ?? 0} label={w.reward.price} value={pricePoints} onChange={(points) => set({ pricePoints: points })} rightSectionWidth={90} rightSection={<Text size="sm" c="dimmed">{wallet(draft.wallet).forms.many}</Text>} />
                {!reward && wallets.length > 1 && <Select label={w.reward.wallet} allowDeselect={false} value={draft.wallet} data={wallets.filter((one) => one.kind !== 'status').map((one) => ({ value: one.code, label: one.name }))} onChange={(value) => value && set({ wallet: value })} />}
                <TextInput label={w.reward.category} maxLength={40} value={draft.category} onChange={(event) => set({ category: event.currentTarget.value })} />
                <PointsInput label={w.reward.perMember} description={w.reward.perMemberHint} inputWrapperOrder={['label', 'input', 'description']} value={draft.perMember} onChange={(perMember) => set({ perMember })} />
              </SimpleGrid>
              <LevelsField value={draft.levels} onChange={(levels) => set({ levels })} />
              <Checkbox label={w.reward.limited} checked={draft.limited} onChange={(event) => set({ limited: event.currentTarget.checked, stockLeft: event.currentTarget.checked ? draft.stockLeft ?? reward?.stockLeft ?? null : null })} />
              {draft.limited && <PointsInput label={w.reward.stockLeft} maw={220} value={draft.stockLeft} onChange={(stockLeft) => set({ stockLeft })} />}
              <Switch label={w.reward.offered} checked={draft.state === 'offered'} onChange={(event) => set({ state: event.currentTarget.checked ? 'offered' : 'hidden' })} />
              <DraftFault draft={form} acts={[create, change]} />
              <Group><Button type="submit" size="md" disabled={!ready || form.outrun} loading={create.isPending || change.isPending}>{w.reward.save}</Button></Group>
            </Stack>
          </Paper>
        )}
        <section className="panel-beside">
          <Title order={2} size="h3" mb="sm">{w.reward.preview}</Title>
          <RewardCard reward={{ ...draft, name: draft.name || w.reward.new, pricePoints: pricePoints ?? 0, stockLeft: draft.limited ? draft.stockLeft : null }} below={draft.description && <Text size="sm" mt="xs" style={{ whiteSpace: 'pre-line' }}>{draft.description}</Text>} />
        </section>
      </div>
    </>
  );
}

/** Levels that may take the reward; nothing where the program has none. */
function LevelsField({ value, onChange }: { value: string[]; onChange: (levels: string[]) => void }) {
  const w = useWords().reward;
  const levels = useLevels();
  // A level that the ladder has no more stays to be taken off.
  const known = [...levels, ...value.filter((code) => !levels.some((one) => one.value === code)).map((code) => ({ value: code, label: code }))];
  if (known.length === 0) return null;
  return <MultiSelect label={w.levels} description={w.levelsHint} inputWrapperOrder={['label', 'input', 'description']} placeholder={value.length === 0 ? w.levelsAll : ''} data={known} value={value} onChange={onChange} />;
}

function IconPicker({ value, onChange }: { value: Reward['icon']; onChange: (icon: Reward['icon']) => void }) {
  const w = useWords();
  return (
    <div role="radiogroup" aria-label={w.reward.icon}>
      <Text size="sm" fw={500} mb={4}>{w.reward.icon}</Text>
      <Group gap="xs">
        {iconNames.map((name) => {
          const Shown = rewardIcons[name];
          return (
            <UnstyledButton
              key={name}
              role="radio"
              aria-checked={name === value}
              aria-label={w.rewards.icons[name]}
              onClick={() => onChange(name)}
              p={10}
              bg={name === value ? 'var(--mantine-primary-color-light)' : undefined}
              c={name === value ? 'var(--mantine-primary-color-light-color)' : undefined}
              style={{ borderRadius: 10, lineHeight: 0, border: `1px solid ${name === value ? 'var(--mantine-color-anchor)' : 'var(--mantine-color-default-border)'}` }}
            >
              <Shown size={22} stroke={1.7} aria-hidden />
            </UnstyledButton>
          );
        })}
      </Group>
    </div>
  );
}
