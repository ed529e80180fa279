import { Checkbox, SegmentedControl, Select, SimpleGrid, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import type { ChallengeDefinition, ChallengeTask, ThresholdDefinition } from '@wracam/engine/goals/definition';
import { MoneyInput, PointsInput, QuantityInput } from '@wracam/ui';
import { useEventTypes } from '../../api/events.ts';
import { useProgram } from '../../api/program.tsx';
import { useWords } from '../../words/words.tsx';
import type { FaultsAt } from '../rules/condition-builder.tsx';
import { newTask } from './definition.ts';

const kinds = ['count', 'streak', 'collection'] as const;
const countables = ['documents', 'lines', 'amount', 'quantity'] as const;
const collectables = ['category', 'sku', 'brand', 'store'] as const;
const windows = ['once', 'week', 'month'] as const;

type TaskProps = { value: ChallengeDefinition; onChange: (part: Partial<ChallengeDefinition>) => void; faults: FaultsAt };

/** What a challenge asks for: a counter, a streak or a collection, of purchases or of an event. */
export function TaskFields({ value, onChange, faults }: TaskProps) {
  const w = useWords().goals;
  const { task } = value;
  const events = useEventTypes().data?.items.filter((one) => one.state === 'active') ?? [];
  const set = (next: ChallengeTask) => onChange({ task: next, ...(next.kind === 'streak' && value.window.kind !== 'once' ? { window: { ...value.window, kind: 'once' as const } } : {}) });
  return (
    <Stack gap="sm">
      <SegmentedControl aria-label={w.task} value={task.kind} onChange={(kind) => set(newTask[kinds.find((one) => one === kind) ?? 'count'])} data={kinds.map((kind) => ({ value: kind, label: w.tasks[kind] }))} />
      <Text size="sm" c="dimmed">{w.taskHint[task.kind]}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {task.kind === 'count' && <Select label={w.of} allowDeselect={false} value={task.of} data={countables.map((one) => ({ value: one, label: w.ofs[one] }))} onChange={(of) => set({ ...task, of: countables.find((one) => one === of) ?? 'documents', target: of === 'amount' ? 10_000 : of === 'quantity' ? 5_000 : 5 })} />}
        {task.kind === 'count' && <TargetInput task={task} error={faults.get('/task/target')} onChange={(target) => set({ ...task, target })} />}
        {task.kind === 'streak' && <Select label={w.every} allowDeselect={false} value={task.every} data={(['day', 'week'] as const).map((one) => ({ value: one, label: w.everys[one] }))} onChange={(every) => set({ ...task, every: every === 'day' ? 'day' : 'week' })} />}
        {task.kind === 'streak' && <PointsInput label={w.length} value={task.length || null} error={faults.get('/task/length')} onChange={(length) => set({ ...task, length: length ?? 0 })} />}
        {task.kind === 'collection' && <Select label={w.by} allowDeselect={false} value={task.by} data={collectables.map((one) => ({ value: one, label: w.bys[one] }))} onChange={(by) => set({ ...task, by: collectables.find((one) => one === by) ?? 'category' })} />}
      </SimpleGrid>
      {task.kind === 'collection' && <TagsInput label={w.items} description={w.itemsHint} maxTags={30} value={[...task.items]} error={faults.get('/task/items') ?? task.items.map((_, at) => faults.get(`/task/items/${at}`)).find(Boolean)} onChange={(items) => set({ ...task, items })} />}
      {events.length > 0 && (
        <Select
          label={w.counts} allowDeselect={false} value={value.trigger?.kind === 'event' ? value.trigger.type : ''} data={[{ value: '', label: w.sales }, ...events.map((one) => ({ value: one.code, label: one.name }))]}
          onChange={(type) => onChange({ trigger: type ? { kind: 'event', type } : { kind: 'sale' } })}
        />
      )}
    </Stack>
  );
}

function TargetInput({ task, error, onChange }: { task: Extract<ChallengeTask, { kind: 'count' }>; error: string | undefined; onChange: (target: number) => void }) {
  const w = useWords().goals;
  const props = { label: w.target, value: task.target || null, error, onChange: (target: number | null) => onChange(target ?? 0) };
  if (task.of === 'amount') return <MoneyInput {...props} />;
  return task.of === 'quantity' ? <QuantityInput {...props} /> : <PointsInput {...props} />;
}

/** When a challenge counts: once or anew every week or month, and its first and last day. */
export function WindowFields({ value, onChange, faults }: TaskProps) {
  const w = useWords().goals;
  const { window } = value;
  const set = (part: Partial<ChallengeDefinition['window']>) => onChange({ window: { ...window, ...part } });
  return (
    <Stack gap="sm">
      {value.task.kind !== 'streak' && <Select label={w.windowKind} allowDeselect={false} value={window.kind} error={faults.get('/window/kind')} data={windows.map((kind) => ({ value: kind, label: w.windows[kind] }))} onChange={(kind) => set({ kind: windows.find((one) => one === kind) ?? 'once' })} />}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput type="date" label={w.from} value={window.from} error={faults.get('/window/from')} onChange={(event) => set({ from: event.currentTarget.value })} />
        <TextInput type="date" label={w.until} description={w.untilHint} value={window.until ?? ''} error={faults.get('/window/until')} onChange={(event) => set({ until: event.currentTarget.value || null })} />
      </SimpleGrid>
    </Stack>
  );
}

/** What a threshold measures and where it lies. */
export function MeasureFields({ value, onChange, faults }: { value: ThresholdDefinition; onChange: (part: Partial<ThresholdDefinition>) => void; faults: FaultsAt }) {
  const w = useWords().goals;
  const { wallets } = useProgram();
  const { measure } = value;
  const at = { label: w.at, value: value.at || null, error: faults.get('/at'), onChange: (next: number | null) => onChange({ at: next ?? 0 }) };
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select label={w.measure} allowDeselect={false} value={measure.kind} data={(['points', 'spent'] as const).map((kind) => ({ value: kind, label: w.measures[kind] }))} onChange={(kind) => onChange(kind === 'spent' ? { measure: { kind }, at: 50_000 } : { measure: { kind: 'points', wallet: wallets[0]!.code }, at: 500 })} />
        {measure.kind === 'points' ? <PointsInput {...at} /> : <MoneyInput {...at} />}
        {measure.kind === 'points' && wallets.length > 1 && <Select label={w.wallet} allowDeselect={false} value={measure.wallet} data={wallets.map((one) => ({ value: one.code, label: one.name }))} onChange={(wallet) => wallet && onChange({ measure: { kind: 'points', wallet } })} />}
        <TextInput type="date" label={w.since} description={w.sinceHint} value={value.since ?? ''} error={faults.get('/since')} onChange={(event) => onChange({ since: event.currentTarget.value || null })} />
      </SimpleGrid>
      <Checkbox label={w.repeats} checked={value.repeats} onChange={(event) => onChange({ repeats: event.currentTarget.checked })} />
    </Stack>
  );
}
