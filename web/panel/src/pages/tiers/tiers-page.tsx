import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconPlus, IconStairsUp } from '@tabler/icons-react';
import { validateLadder, type TierLadder } from '@wracam/engine/tiers/ladder';
import { measureText, periodText } from '@wracam/engine/tiers/phrases';
import { formatPoints, plural } from '@wracam/engine/words';
import { EmptyState, ErrorNotice, PageHeader, SkeletonList, useLang } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useProgram, useWallet } from '../../api/program.tsx';
import { useSaveTiers, useTierDifference, useTierPreview, useTierStep, useTiers, type TierSettings } from '../../api/tiers.ts';
import { DraftFault, useDraft } from '../../shell/draft.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import { toast, toastRefusal, toastUndo } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { ChangesPaper } from '../rules/publication.tsx';
import { addLevel, changeLevel, countOn, draftOf, FIRST_LADDER, ladderOf, type LadderDraft } from './ladder-draft.ts';
import { membersOn, useLadderDifference } from './ladder-change.ts';
import { LadderProposal, LadderPublication, LadderVersions } from './ladder-publication.tsx';
import { LevelFields } from './level-fields.tsx';
import { StepsPicture } from './steps-picture.tsx';
import { WayFields } from './way-fields.tsx';

/** Levels of the program: a picture of who stands where, and the form that moves the thresholds. */
export function TiersPage() {
  const w = useWords().tiers;
  const query = useTiers();
  const can = useCan();
  const [begun, setBegun] = useState(false);
  const start = query.data?.draft ?? query.data?.versions.at(-1)?.definition ?? (begun ? FIRST_LADDER : null);
  if (query.error) return <ErrorNotice wholePage error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList rows={5} height={90} />;
  if (start === null) {
    return (
      <>
        <PageHeader title={w.title} text={w.text} />
        <EmptyState icon={<IconStairsUp />} title={w.empty} text={w.emptyText} action={can('rules.write') && <Button onClick={() => setBegun(true)}>{w.begin}</Button>} />
      </>
    );
  }
  return <Ladder settings={query.data} start={start as TierLadder} />;
}

function Ladder({ settings, start }: { settings: TierSettings; start: TierLadder }) {
  const w = useWords();
  const lang = useLang();
  const { code, currency } = useProgram();
  const wallet = useWallet();
  const can = useCan();
  const difference = useLadderDifference();
  const form = useDraft<LadderDraft>(settings.revision, draftOf(start));
  const { typed: draft, set: setDraft } = form;
  // 'draft', or the version that shall come back.
  const [asked, ask] = useState<'draft' | number | null>(null);
  const save = useSaveTiers();
  const set = (part: Partial<LadderDraft>) => setDraft({ ...draft, ...part });
  const ladder = ladderOf(draft);
  const { wallets } = useProgram();
  const faults = ladder === null ? [] : validateLadder(ladder, { wallets: wallets.map((one) => one.code) });
  const changed = ladder === null || JSON.stringify(ladder) !== JSON.stringify(ladderOf(draftOf(start))) || (settings.draft === null && settings.current === null);
  const preview = useTierPreview({ measure: draft.measure, period: draft.period });
  const { measure } = draft;
  const unit = wallet(measure.kind === 'points' ? measure.wallet : undefined).forms;
  const options = { lang, currency, unit };
  const counts = preview.data ? countOn(preview.data, draft.levels.map((level) => level.threshold ?? Infinity)) : null;
  // Of what is typed the engine tells the differences here; of what is saved the server does, with the rules and rewards that speak of levels.
  const saved = useTierDifference(settings.revision, null, undefined, settings.current !== null && settings.draft !== null && !changed);
  const changes = settings.current && ladder ? (!changed && settings.draft !== null && saved.data) ? saved.data.changes : difference(settings.current.definition as TierLadder, ladder) : [];
  const people = (count: number) => plural(count, w.tiers.people, lang);
  const steps = draft.levels.map((level, at) => ({ key: level.key, name: level[lang] || level.pl || w.tiers.levelNo(at + 1), color: level.color, threshold: level.threshold === null ? '' : measureText(measure, level.threshold, options), members: counts && counts[at + 1]! }));
  const without = draft.levels[0]?.threshold === 0 ? [] : [{ key: 'none', name: w.tiers.none, color: 'var(--mantine-color-dimmed)', threshold: '', members: counts && counts[0]! }];
  const keep = (then: () => void) => ladder && save.mutate({ revision: form.began.revision, definition: ladder as never }, { onSuccess: () => { form.beginAnew(); then(); } });
  const shortUnit = measure.kind === 'spent' ? 'zł' : measure.kind === 'points' ? unit.many : w.tiers.units[measure.kind];
  return (
    <>
      <PageHeader
        title={w.tiers.title} text={w.tiers.text}
        actions={can('rules.write') && (
          <>
            <Button variant="default" disabled={!changed || form.outrun || ladder === null || faults.length > 0} loading={save.isPending} onClick={() => keep(() => toast(w.tiers.saved))}>{w.tiers.save}</Button>
            {settings.proposal === null && <Button disabled={settings.draft === null || changed} onClick={() => ask('draft')}>{w.tiers.publish}</Button>}
            {can('reports.read') && settings.draft !== null && !changed && <ButtonLink variant="default" to="/$program/replays" params={{ program: code }} search={{ ladder: true }}>{w.replays.check}</ButtonLink>}
            {settings.draft !== null && <DiscardButton settings={settings} draft={settings.draft} />}
          </>
        )}
      />
      <Stack gap="lg">
        <LadderProposal settings={settings} />
        {settings.draft !== null && !changed && settings.current !== null && <Alert color="amber" variant="light" title={w.tiers.waiting}>{w.tiers.waitingText}</Alert>}
        <Paper withBorder p="lg" component="section">
          <Group justify="space-between" mb="md" align="baseline">
            <Title order={2} size="h3">{w.tiers.picture}</Title>
            <Text size="sm" c="dimmed">{preview.isFetching ? w.tiers.counting : preview.data?.sampled ? w.tiers.sampled : periodText(draft, lang)}</Text>
          </Group>
          {preview.error ? <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} /> : <StepsPicture steps={[...without, ...steps]} label={w.tiers.picture} people={people} />}
          {settings.current !== null && <NowLine settings={settings} />}
        </Paper>
        <fieldset disabled={!can('rules.write')} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
          <div className="panel-two">
            <Stack gap="md">
              <Title order={2} size="h3">{w.tiers.levels}</Title>
              {draft.levels.map((level, at) => (
                <LevelFields key={level.key} level={level} at={at} money={measure.kind === 'spent'} unit={shortUnit} last={draft.levels.length === 1}
                  onChange={(part) => setDraft(changeLevel(draft, level.key, part))} onRemove={() => set({ levels: draft.levels.filter((one) => one.key !== level.key) })} />
              ))}
              {draft.levels.length < 10 && <Group><Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDraft(addLevel(draft))}>{w.tiers.addLevel}</Button></Group>}
              {faults.length > 0 && <Alert color="red" variant="light" role="alert" title={w.tiers.faults}>{faults.map((fault) => <Text key={fault.pointer + fault.code} size="sm">{levelOfFault(fault.pointer, draft, w.tiers.levelNo)}{fault.words[lang]}</Text>)}</Alert>}
              <DraftFault draft={form} acts={[save]} />
            </Stack>
            <Stack gap="md">
              <Paper withBorder p="lg" component="section">
                <Title order={2} size="h3" mb="sm">{w.tiers.way}</Title>
                <WayFields draft={draft} set={set} />
              </Paper>
              {settings.current !== null && (settings.draft !== null || changes.length > 0) && (
                <ChangesPaper title={w.publishing.changes} changes={changes}>
                  {changes.some((change) => change.verdict === 'worse') && <Text size="sm" mt="xs">{w.tiers.affected(formatPoints(membersOn(settings, changes), w.tiers.people, lang))}</Text>}
                </ChangesPaper>
              )}
            </Stack>
          </div>
        </fieldset>
        <LadderVersions settings={settings} onRestore={can('rules.write') ? ask : undefined} />
      </Stack>
      {asked !== null && <LadderPublication settings={settings} asked={asked} onClose={() => ask(null)} />}
    </>
  );
}

function levelOfFault(pointer: string, draft: LadderDraft, levelNo: (no: number) => string): string {
  const at = /^\/levels\/(\d+)/.exec(pointer)?.[1];
  return at === undefined ? '' : `${draft.levels[Number(at)]?.pl || levelNo(Number(at) + 1)}: `;
}

/** Where members stand in truth, beside the picture of what the thresholds would give. */
function NowLine({ settings }: { settings: TierSettings }) {
  const w = useWords().tiers;
  const lang = useLang();
  const nameOf = (code: string | null) => (code === null ? w.none : settings.current?.definition.levels.find((level) => level.code === code)?.[lang] ?? code);
  return <Text size="sm" c="dimmed" mt="md">{w.now(settings.counts.map((one) => `${nameOf(one.level)} ${one.members}`).join(', '))}</Text>;
}

/** Throws the draft away at once and offers it back. */
function DiscardButton({ settings, draft }: { settings: TierSettings; draft: NonNullable<TierSettings['draft']> }) {
  const { rule: w, shell } = useWords();
  const step = useTierStep();
  const save = useSaveTiers();
  const undo = (revision: number) => void save.mutateAsync({ revision, definition: draft }).then(() => toast(w.draftBack), toastRefusal);
  const throwAway = () => void step.mutateAsync({ step: 'discardTiers', revision: settings.revision }).then(({ revision }) => toastUndo(w.draftDiscarded, shell.undo, () => undo(revision)), toastRefusal);
  return <Button variant="subtle" color="gray" loading={step.isPending} onClick={throwAway}>{w.discard}</Button>;
}
