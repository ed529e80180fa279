import { Button, Group, Paper, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconRosetteDiscountCheck } from '@tabler/icons-react';
import { BADGE_COLORS, BADGE_ICONS, BADGE_SHAPES, BadgePicture, Dialog, EmptyState, ErrorNotice, SkeletonList, type BadgeFace } from '@wracam/ui';
import { useState } from 'react';
import { useBadges, useSaveBadge, type Badge } from '../../api/goals.ts';
import { useCan } from '../../api/program.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';

/** The catalogue of badges. */
export function BadgesSection() {
  const w = useWords();
  const query = useBadges();
  const can = useCan();
  const [edited, setEdited] = useState<Badge | 'new' | null>(null);
  const add = can('rules.write') && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>{w.goals.newBadge}</Button>;
  const badges = query.data?.items;
  return (
    <Stack gap="md" maw={860}>
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !badges && <SkeletonList rows={3} height={88} />}
      {badges?.length === 0 && <EmptyState icon={<IconRosetteDiscountCheck />} title={w.goals.badgesEmpty} text={w.goals.badgesEmptyText} action={add} />}
      {badges && badges.length > 0 && <Group justify="space-between"><Text c="dimmed" maw={480}>{w.goals.badgesText}</Text>{add}</Group>}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {badges?.map((badge) => (
          <Paper key={badge.id} withBorder p="md">
            <Group wrap="nowrap" align="flex-start">
              <BadgePicture face={badge} size={64} />
              <div style={{ flex: 1 }}>
                <Text fw={650}>{badge.name}</Text>
                {badge.description && <Text size="sm" c="dimmed">{badge.description}</Text>}
                <Text size="sm" c="dimmed">{w.goals.holders(badge.holders)}</Text>
              </div>
              {can('rules.write') && <Button size="xs" variant="default" aria-label={`${w.shell.change}: ${badge.name}`} onClick={() => setEdited(badge)}>{w.shell.change}</Button>}
            </Group>
          </Paper>
        ))}
      </SimpleGrid>
      {edited && <BadgeDialog key={edited === 'new' ? 'new' : edited.id} badge={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />}
    </Stack>
  );
}

function BadgeDialog({ badge, onClose }: { badge: Badge | undefined; onClose: () => void }) {
  const w = useWords();
  const save = useSaveBadge(badge);
  const [draft, setDraft] = useState({ name: badge?.name ?? '', description: badge?.description ?? '', shape: badge?.shape ?? 'circle', icon: badge?.icon ?? 'star', color: badge?.color ?? 'amber', code: badge?.code ?? '' } as { name: string; description: string; code: string } & BadgeFace);
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const submit = () => save.mutate({ ...draft, name: draft.name.trim(), description: draft.description.trim() || null, code: draft.code.trim() || null }, { onSuccess: () => { toast(w.goals.badgeSaved); onClose(); } });
  return (
    <Dialog opened onClose={onClose} title={badge ? w.goals.editBadge : w.goals.newBadge} size="lg">
      <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <Stack>
          <Group wrap="nowrap" align="flex-start">
            <BadgePicture face={draft} size={96} />
            <Stack gap="xs" style={{ flex: 1 }}>
              <TextInput label={w.goals.badgeName} maxLength={60} value={draft.name} data-autofocus onChange={(event) => set({ name: event.currentTarget.value })} />
              <TextInput label={w.goals.badgeDescription} maxLength={200} value={draft.description} onChange={(event) => set({ description: event.currentTarget.value })} />
              <TextInput label={w.goals.badgeCode} description={w.goals.badgeCodeHint} inputWrapperOrder={['label', 'input', 'description']} maxLength={40} value={draft.code} onChange={(event) => set({ code: event.currentTarget.value })} />
            </Stack>
          </Group>
          <Choice label={w.goals.shape} names={w.goals.shapes} values={BADGE_SHAPES} value={draft.shape} face={(shape) => ({ ...draft, shape })} onChange={(shape) => set({ shape })} />
          <Choice label={w.goals.icon} names={w.goals.icons} values={BADGE_ICONS} value={draft.icon} face={(icon) => ({ ...draft, icon })} onChange={(icon) => set({ icon })} />
          <Choice label={w.goals.color} names={w.goals.colors} values={BADGE_COLORS} value={draft.color} face={(color) => ({ ...draft, color })} onChange={(color) => set({ color })} />
          {save.error && <ErrorNotice error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{w.shell.cancel}</Button>
            <Button type="submit" disabled={draft.name.trim() === ''} loading={save.isPending}>{w.shell.save}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

type ChoiceProps<V extends string> = { label: string; names: Record<V, string>; values: readonly V[]; value: V; face: (value: V) => BadgeFace; onChange: (value: V) => void };

/** Pictures to choose from: a group of radio buttons, one of which is chosen. */
function Choice<V extends string>({ label, names, values, value, face, onChange }: ChoiceProps<V>) {
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <Text component="legend" size="sm" fw={500} mb={4}>{label}</Text>
      <Group gap={6}>
        {values.map((one) => (
          <label key={one} style={{ cursor: 'pointer', lineHeight: 0, padding: 3, borderRadius: 10, outline: one === value ? '3px solid var(--mantine-primary-color-filled)' : undefined }}>
            <input type="radio" className="panel-hidden-radio" name={label} checked={one === value} onChange={() => onChange(one)} aria-label={names[one]} />
            <BadgePicture face={face(one)} size={42} />
          </label>
        ))}
      </Group>
    </fieldset>
  );
}
