import { Alert, Button, Collapse, Group, Paper, Select, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft, IconChevronDown } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { faultsOfNewEffect } from '@wracam/engine/effect-validation';
import { LINE_SCOPES, validateRule, WHEN_SCOPES } from '@wracam/engine/rule-validation';
import type { RuleDefinition } from '@wracam/engine/rules';
import { ErrorNotice, PageHeader, SkeletonList, useLang } from '@wracam/ui';
import { useMemo, useState, type ReactNode } from 'react';
import { useCan, useProgram, useWallet } from '../../api/program.tsx';
import { useRule, useRuleStep, useSaveRule } from '../../api/rules.ts';
import type { RuleDetail } from '../../api/shapes.ts';
import { DraftFault, useDraft } from '../../shell/draft.tsx';
import { TextLink } from '../../shell/links.tsx';
import { toast, toastRefusal } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { ConditionBuilder } from './condition-builder.tsx';
import { newDefinition, toApi, toEngine, withOneBadge } from './definition.ts';
import { EffectFields } from './effect-fields.tsx';
import { CapFields, MoreFields, ScheduleFields } from './limit-fields.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { isOnReturn } from './return-trigger.ts';
import { SayRule } from './say-rule.tsx';
import { TriggerFields } from './trigger-fields.tsx';

/** A new rule, as a draft. */
export function NewRulePage() {
  const wallet = useWallet()();
  const { event } = useSearch({ from: '/$program/rules/new' });
  const start = useMemo(() => newDefinition(wallet.code, event), [wallet.code, event]);
  return <RuleForm rule={undefined} start={start} />;
}

/** Changes the draft of a rule; what is published stays in force until the next publication. */
export function EditRulePage() {
  const { rule: id } = useParams({ from: '/$program/rules/$rule/edit' });
  const query = useRule(id);
  if (query.error) return <ErrorNotice wholePage error={query.error} onRetry={() => void query.refetch()} />;
  const definition = query.data?.draft ?? query.data?.current?.definition;
  if (!query.data || !definition) return <SkeletonList />;
  return <RuleForm key={query.data.id} rule={query.data} start={toEngine(definition)} />;
}

function RuleForm({ rule, start }: { rule: RuleDetail | undefined; start: RuleDefinition }) {
  const w = useWords();
  const lang = useLang();
  const { code, wallets, secondPerson } = useProgram();
  const can = useCan();
  const navigate = useNavigate();
  const draft = useDraft(rule?.revision ?? 1, start);
  const { set: setValue } = draft;
  const value = withOneBadge(draft.typed);
  const [tried, setTried] = useState(false);
  const [more, { toggle }] = useDisclosure(false);
  const save = useSaveRule(rule?.id);
  const step = useRuleStep();
  const found = [...validateRule(value, { wallets: wallets.map((wallet) => wallet.code) }), ...faultsOfNewEffect(value.effect)];
  const faults = new Map(tried ? found.map((fault) => [fault.pointer, fault.words[lang]]) : []);
  // The name alone may still be missing: the preview does not need it.
  const previewed = value.name.trim() === '' ? { ...value, name: w.rule.new } : value;
  const valid = validateRule(previewed).length === 0;
  const onEvent = value.trigger?.kind === 'event';
  const open = (id: string) => void navigate({ to: '/$program/rules/$rule', params: { program: code, rule: id } });
  const submit = (then: 'publish' | 'keep' | 'check') => {
    setTried(true);
    if (found.length > 0) return;
    save.mutate({ revision: draft.began.revision, definition: toApi(value) }, {
      onSuccess: (saved) => {
        if (then === 'check') {
          void navigate({ to: '/$program/replays', params: { program: code }, search: { rule: saved.id } });
          return;
        }
        if (then === 'keep') {
          toast(rule?.proposal ? w.rule.savedAgain : w.rule.savedDraft);
          open(saved.id);
          return;
        }
        step.mutate({ step: 'publishRule', rule: saved.id, revision: saved.revision }, {
          onSuccess: () => toast(secondPerson ? w.publishing.sent : w.rule.published),
          onError: toastRefusal, // the draft is kept, and its page says what the change needs
          onSettled: () => open(saved.id),
        });
      },
    });
  };
  const set = (part: Partial<RuleDefinition>) => setValue({ ...value, ...part });
  return (
    <>
      <PageHeader
        title={rule ? w.rule.edit : w.rule.new}
        back={rule
          ? <TextLink to="/$program/rules/$rule" params={{ program: code, rule: rule.id }}><IconArrowLeft size={14} aria-hidden /> {rule.name}</TextLink>
          : <TextLink to="/$program/rules" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.rules.title}</TextLink>}
      />
      {!rule && <SayRule value={value} onChange={setValue} />}
      <div className="panel-two">
        <form noValidate onSubmit={(event) => { event.preventDefault(); submit('keep'); }}>
          <Stack gap="md">
            <Paper withBorder p="lg">
              <Stack gap="md">
                <TextInput label={w.rule.name} description={w.rule.nameHint} placeholder={w.rule.namePlaceholder} maxLength={80} value={value.name} error={faults.get('/name')} autoFocus={!rule} onChange={(event) => set({ name: event.currentTarget.value })} />
                <TriggerFields value={value} onChange={setValue} />
                {wallets.length > 1 && <Select label={w.rule.wallet} allowDeselect={false} value={value.wallet} error={faults.get('/wallet')} data={wallets.map((wallet) => ({ value: wallet.code, label: wallet.name }))} onChange={(wallet) => wallet && set({ wallet })} />}
              </Stack>
            </Paper>
            <Part title={w.rule.effect}><EffectFields value={value} onChange={setValue} faults={faults} /></Part>
            <Part title={w.rule.when}><ConditionBuilder value={value.when} onChange={(when) => set({ when })} scopes={WHEN_SCOPES} empty={onEvent ? w.events.always : w.rule.whenEmpty} faults={faults} pointer="/when" /></Part>
            {(!onEvent || isOnReturn(value)) && <Part title={w.rule.lines}><ConditionBuilder value={value.lines} onChange={(lines) => set({ lines })} scopes={LINE_SCOPES} empty={onEvent ? w.events.returnLines : w.rule.linesEmpty} faults={faults} pointer="/lines" /></Part>}
            <Part title={w.rule.schedule}><ScheduleFields value={value} onChange={setValue} faults={faults} /></Part>
            <Part title={w.rule.caps}><CapFields value={value} onChange={setValue} faults={faults} /></Part>
            <Paper withBorder p="lg">
              <Button variant="subtle" color="gray" px={0} onClick={toggle} aria-expanded={more} rightSection={<IconChevronDown size={16} aria-hidden />}>{w.rule.more}</Button>
              <Collapse expanded={more}>
                <Stack>
                  <MoreFields value={value} onChange={setValue} faults={faults} />
                  <Textarea label={w.rule.description} autosize minRows={2} maxLength={300} value={value.description ?? ''} onChange={(event) => set({ description: event.currentTarget.value })} />
                </Stack>
              </Collapse>
            </Paper>
            {tried && found.length > 0 && (
              <Alert color="red" role="alert" title={w.rule.faults}>{found.map((fault) => <Text size="sm" key={fault.pointer + fault.code}>{fault.words[lang]}</Text>)}</Alert>
            )}
            <DraftFault draft={draft} acts={[save]} />
            <Group>
              <Button disabled={draft.outrun} onClick={() => submit('publish')} loading={save.isPending || step.isPending}>{w.rule.saveAndPublish}</Button>
              <Button type="submit" variant="default" disabled={draft.outrun} loading={save.isPending}>{w.rule.saveDraft}</Button>
              {can('reports.read') && <Button variant="subtle" disabled={draft.outrun} loading={save.isPending} onClick={() => submit('check')}>{w.rule.saveAndCheck}</Button>}
            </Group>
          </Stack>
        </form>
        <div className="panel-beside panel-beside-tall"><PreviewPanel definition={previewed} ruleId={rule?.id} valid={valid} /></div>
      </div>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return <Paper withBorder p="lg" component="section"><Title order={2} size="h3" mb="sm">{title}</Title>{children}</Paper>;
}
