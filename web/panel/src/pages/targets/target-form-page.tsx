import { Alert, Button, Group, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { LINE_SCOPES } from '@wracam/engine/rule-validation';
import type { TargetDefinition } from '@wracam/engine/targets/definition';
import { describeTarget } from '@wracam/engine/targets/describe';
import { validateTarget } from '@wracam/engine/targets/validation';
import { ErrorNotice, PageHeader, SkeletonList, useLang } from '@wracam/ui';
import { useState, type ReactNode } from 'react';
import { useSaveTarget, useTarget, type Target } from '../../api/targets.ts';
import { useProgram } from '../../api/program.tsx';
import { DraftFault, useDraft } from '../../shell/draft.tsx';
import { TextLink } from '../../shell/links.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { ConditionBuilder } from '../rules/condition-builder.tsx';
import { codeFrom, newTarget, TARGET_CODE, targetToApi, targetToEngine } from './definition.ts';
import { AmountFields, SideFields, WindowFields } from './target-fields.tsx';

/** A new sales target, as a draft. */
export function NewTargetPage() {
  const { now } = useProgram();
  const [start] = useState(() => newTarget(now.slice(0, 10)));
  return <TargetForm target={undefined} start={start} />;
}

/** Changes a draft whole; of a running target what its participants were not promised. */
export function EditTargetPage() {
  const { target: id } = useParams({ from: '/$program/targets/$target/edit' });
  const query = useTarget(id);
  if (query.error) return <ErrorNotice wholePage error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList />;
  return <TargetForm key={query.data.id} target={query.data} start={targetToEngine(query.data.definition)} />;
}

function TargetForm({ target, start }: { target: Target | undefined; start: TargetDefinition }) {
  const w = useWords().targets;
  const lang = useLang();
  const { code: program, currency } = useProgram();
  const navigate = useNavigate();
  const draft = useDraft(target?.revision ?? 1, start);
  const { typed: value, set: setValue } = draft;
  const [code, setCode] = useState(target?.code ?? '');
  const [named, setNamed] = useState(target !== undefined);
  const [tried, setTried] = useState(false);
  const save = useSaveTarget(target?.id);
  const found = validateTarget(value);
  const codeFault = TARGET_CODE.test(code) ? undefined : w.codeWrong;
  const faults = new Map(tried ? found.map((fault) => [fault.pointer, fault.words[lang]]) : []);
  const running = target?.state === 'active';
  const set = (part: Partial<TargetDefinition>) => setValue({ ...value, ...part });
  const rename = (name: string) => { set({ name }); if (!named) setCode(codeFrom(name)); };
  const submit = () => {
    setTried(true);
    if (found.length > 0 || codeFault !== undefined) return;
    save.mutate({ revision: draft.began.revision, code, definition: targetToApi(value) }, { onSuccess: (saved) => { toast(w.saved); void navigate({ to: '/$program/targets/$target', params: { program, target: saved.id } }); } });
  };
  return (
    <>
      <PageHeader
        title={target ? w.edit : w.add}
        back={target
          ? <TextLink to="/$program/targets/$target" params={{ program, target: target.id }}><IconArrowLeft size={14} aria-hidden /> {target.definition.name}</TextLink>
          : <TextLink to="/$program/goals/$section" params={{ program, section: 'targets' }}><IconArrowLeft size={14} aria-hidden /> {w.list}</TextLink>}
      />
      <div className="panel-two">
        <form noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
          <Stack gap="md">
            {running && <Alert color="amber">{w.fixed}</Alert>}
            <Paper withBorder p="lg">
              <Stack gap="md">
                <TextInput label={w.name} description={w.nameHint} placeholder={w.namePlaceholder} maxLength={80} value={value.name} error={faults.get('/name')} autoFocus={!target} onChange={(event) => rename(event.currentTarget.value)} />
                <TextInput label={w.code} description={w.codeHint} maxLength={40} value={code} disabled={running} error={tried ? codeFault : undefined} onChange={(event) => { setNamed(true); setCode(event.currentTarget.value); }} />
                <Textarea label={w.description} autosize maxLength={300} value={value.description ?? ''} error={faults.get('/description')} onChange={(event) => set({ description: event.currentTarget.value || null })} />
              </Stack>
            </Paper>
            <Part title={w.who}><SideFields value={value} onChange={set} faults={faults} running={running} /></Part>
            <Part title={w.what}><AmountFields value={value} onChange={set} faults={faults} running={running} /></Part>
            {!running && <Part title={w.lines}><ConditionBuilder value={value.lines} onChange={(lines) => set({ lines })} scopes={LINE_SCOPES} empty={w.linesEmpty} faults={faults} pointer="/lines" /></Part>}
            {!running && <Part title={w.when}><ConditionBuilder value={value.when} onChange={(when) => set({ when })} scopes={['document', 'calendar']} empty={w.whenEmpty} faults={faults} pointer="/when" /></Part>}
            <Part title={w.window}><WindowFields value={value} onChange={set} faults={faults} running={running} /></Part>
            {tried && (found.length > 0 || codeFault !== undefined) && (
              <Alert color="red" role="alert" title={w.faults}>
                {codeFault !== undefined && <Text size="sm">{codeFault}</Text>}
                {found.map((fault) => <Text size="sm" key={fault.pointer + fault.code}>{fault.words[lang]}</Text>)}
              </Alert>
            )}
            <DraftFault draft={draft} acts={[save]} />
            <Group><Button type="submit" disabled={draft.outrun} loading={save.isPending}>{running ? w.save : w.saveDraft}</Button></Group>
          </Stack>
        </form>
        <div className="panel-beside panel-beside-tall">
          <Stack gap="md">
            <Paper withBorder p="lg" component="section" aria-live="polite">
              <Title order={2} size="h3" mb="xs">{w.sentence}</Title>
              <Text>{found.some((fault) => fault.pointer !== '/name') ? w.sentenceOff : describeTarget(value, { lang, currency })}</Text>
            </Paper>
            {!running && (
              <Paper withBorder p="lg" component="section">
                <Title order={2} size="h3" mb="xs">{w.next}</Title>
                <Text size="sm">{w.nextText}</Text>
              </Paper>
            )}
          </Stack>
        </div>
      </div>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return <Paper withBorder p="lg" component="section"><Title order={2} size="h3" mb="sm">{title}</Title>{children}</Paper>;
}
