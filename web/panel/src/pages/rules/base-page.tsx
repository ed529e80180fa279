import { Alert, Button, Checkbox, Group, Paper, Select, Stack, Switch, TagsInput, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { diffBase } from '@wracam/engine/base-difference';
import { ErrorNotice, PageHeader, SkeletonList, useLang } from '@wracam/ui';
import { useState } from 'react';
import { useDocumentValues } from '../../api/document-values.ts';
import { useCan, useProgram } from '../../api/program.tsx';
import { useBase, useBaseStep, useChangeBase, usePublishBase } from '../../api/rules.ts';
import type { Base, BaseSettings } from '../../api/shapes.ts';
import { DraftFault, useDraft } from '../../shell/draft.tsx';
import { TextLink } from '../../shell/links.tsx';
import { toast, toastRefusal, toastUndo } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { BaseExample } from './base-example.tsx';
import { OFFERED_MAX, SpellingHint } from './spelling-hint.tsx';
import { ChangeLines, ChangesPaper, ProposalNotice, PublicationDialog, VersionList } from './publication.tsx';

const kinds = ['goods', 'service', 'shipping', 'gift_card'] as const;
const CARRIED = { excludedCategories: 'line.category', excludedBrands: 'line.brand', excludedSkus: 'line.sku' } as const;
const roundings = ['nearest', 'down', 'up'] as const;

/** What earns at all, settled once for every rule of the program: the draft with a basket that shows what it comes to, and what is published. */
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
      {query.data && <Base base={query.data} />}
    </>
  );
}

const settingsOf = ({ version: _, revision: __, ruleset: ___, changedAt: ____, draft: _____, proposal: ______, versions: _______, ...settings }: Base): BaseSettings => settings;

function Base({ base }: { base: Base }) {
  const { base: w, publishing } = useWords();
  const lang = useLang();
  const can = useCan();
  const { secondPerson } = useProgram();
  const step = useBaseStep();
  const publish = usePublishBase();
  // 'draft', or the version that shall come back.
  const [asked, ask] = useState<'draft' | number | null>(null);
  const after = asked === 'draft' ? base.draft : base.versions.find((one) => one.version === asked)?.settings ?? null;
  const take = (name: 'approveEarningBase' | 'declineEarningBase', said: string) => () => step.mutate({ step: name, revision: base.revision }, { onSuccess: () => toast(said) });
  const done = () => {
    toast(secondPerson ? publishing.sent : asked === 'draft' ? w.published : publishing.restored);
    ask(null);
  };
  const open = (what: 'draft' | number) => {
    publish.reset();
    ask(what);
  };
  return (
    <Stack gap="lg">
      {base.proposal && <ProposalNotice title={publishing.proposal.publish} versions={base.versions} proposal={base.proposal} busy={step.isPending} error={step.error} onApprove={take('approveEarningBase', publishing.approved)} onDecline={take('declineEarningBase', publishing.declined)} />}
      <BaseForm base={base} onPublish={() => open('draft')} />
      <VersionList
        versions={base.versions} current={base.version} onRestore={can('rules.write') ? ({ version }) => open(version) : undefined}
        says={({ version, settings }) => {
          const before = base.versions.findLast((one) => one.version < version);
          return before ? <ChangeLines changes={diffBase(before.settings, settings, lang)} /> : w.first;
        }}
      />
      {asked !== null && after && (
        <PublicationDialog
          title={asked === 'draft' ? w.publish : publishing.restore} text={asked === 'draft' ? w.publishText : publishing.restoreText(base.draft !== null)} action={asked === 'draft' ? w.publish : publishing.restore}
          versions={base.versions} diff={(before) => diffBase(before.settings, after, lang)}
          busy={publish.isPending} error={publish.error} onClose={() => ask(null)}
          onPublish={(publication) => publish.mutate({ version: asked === 'draft' ? null : asked, revision: base.revision, ...publication }, { onSuccess: done })}
        />
      )}
    </Stack>
  );
}

function BaseForm({ base, onPublish }: { base: Base; onPublish: () => void }) {
  const words = useWords();
  const w = words.base;
  const lang = useLang();
  const can = useCan();
  const editable = can('rules.write');
  const { code } = useProgram();
  const navigate = useNavigate();
  const inForce = settingsOf(base);
  const draft = useDraft(base.revision, base.draft ?? inForce);
  const { typed: value, set: setValue } = draft;
  const change = useChangeBase();
  const set = (part: Partial<BaseSettings>) => setValue({ ...value, ...part });
  const without = value.kinds.length === 0;
  const cannot = without || draft.outrun;
  const isSaved = JSON.stringify(value) === JSON.stringify(base.draft);
  const changes = diffBase(inForce, value, lang);
  const save = (then: () => void) => {
    if (without) return;
    if (isSaved) then();
    else change.mutate({ ...value, revision: draft.began.revision }, { onSuccess: () => { draft.beginAnew(); then(); } });
  };
  const carried = useDocumentValues();
  const list = (field: 'excludedCategories' | 'excludedBrands' | 'excludedSkus') => (
    <div>
      <TagsInput label={w[field]} placeholder={value[field].length === 0 ? w.many : ''} disabled={!editable} maxTags={500} maxLength={80} data={[...carried(CARRIED[field])]} limit={OFFERED_MAX} value={value[field]} onChange={(entries) => set({ [field]: entries.map((one) => one.trim()).filter((one) => one !== '') })} />
      <SpellingHint excludes texts={value[field]} known={carried(CARRIED[field])} onTake={(typed, meant) => set({ [field]: [...new Set(value[field].map((one) => (one === typed ? meant : one)))] })} />
    </div>
  );
  return (
    <div className="panel-two">
      <form noValidate onSubmit={(event) => { event.preventDefault(); save(() => toast(w.saved)); }}>
        <Stack gap="md">
          {base.draft && <Alert variant="light">{w.isDraft}</Alert>}
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
          {(changes.length > 0 || base.draft) && <ChangesPaper title={words.publishing.changes} changes={changes} />}
          <DraftFault draft={draft} acts={[change]} />
          {editable && (
            <Group>
              <Button disabled={changes.length === 0 || cannot} loading={change.isPending} onClick={() => save(onPublish)}>{w.saveAndPublish}</Button>
              <Button type="submit" variant="default" disabled={isSaved || cannot || (!base.draft && changes.length === 0)} loading={change.isPending}>{words.rule.saveDraft}</Button>
              {can('reports.read') && <Button variant="subtle" disabled={changes.length === 0 || cannot} onClick={() => save(() => void navigate({ to: '/$program/replays', params: { program: code }, search: { base: true } }))}>{words.rule.saveAndCheck}</Button>}
              {base.draft && <DiscardButton base={base} draft={base.draft} />}
            </Group>
          )}
        </Stack>
      </form>
      <div className="panel-beside"><BaseExample settings={value} /></div>
    </div>
  );
}

/** Throws the draft away at once and offers it back. */
function DiscardButton({ base, draft }: { base: Base; draft: BaseSettings }) {
  const { rule: w, shell } = useWords();
  const step = useBaseStep();
  const change = useChangeBase();
  const undo = (revision: number) => void change.mutateAsync({ ...draft, revision }).then(() => toast(w.draftBack), toastRefusal);
  const throwAway = () => void step.mutateAsync({ step: 'discardEarningBase', revision: base.revision }).then(({ revision }) => toastUndo(w.draftDiscarded, shell.undo, () => undo(revision)), toastRefusal);
  return <Button variant="subtle" color="gray" loading={step.isPending} onClick={throwAway}>{w.discard}</Button>;
}
