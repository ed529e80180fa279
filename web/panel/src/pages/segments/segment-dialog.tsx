import { Button, Group, Input, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { SEGMENT_SCOPES } from '@wracam/engine/condition-validation';
import type { Condition } from '@wracam/engine/conditions';
import { describeSegment } from '@wracam/engine/describe';
import { validateSegment } from '@wracam/engine/segments';
import { SET_NAME_MAX } from '@wracam/engine/set-reference';
import { Dialog, ErrorNotice, useLang } from '@wracam/ui';
import { useState } from 'react';
import { useProgram } from '../../api/program.tsx';
import { useSaveSegment } from '../../api/segments.ts';
import type { Segment } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { ConditionBuilder } from '../rules/condition-builder.tsx';
import { apiCondition, engineCondition } from '../rules/definition.ts';
import { SegmentCount } from './segment-count.tsx';

/** Adds a segment, or keeps other conditions as the draft of one, and says at once in words and in number who is in it. Its name never changes, because rules name it. */
export function SegmentDialog({ segment: now, onClose }: { segment: Segment | null; onClose: () => void }) {
  // What it began from: it is read again while the dialog is open, and another's change must not pass for the one that was seen here.
  const [segment] = useState(now);
  const words = useWords();
  const w = words.segments;
  const lang = useLang();
  const { currency } = useProgram();
  const save = useSaveSegment();
  const [name, setName] = useState(segment?.name ?? '');
  const [condition, setCondition] = useState<Condition | null>(segment && engineCondition((segment.draft ?? segment).condition));
  const [tried, setTried] = useState(false);
  const [counted] = useDebouncedValue(condition, 400);
  const found = condition === null ? [] : validateSegment(condition, '');
  const faults = new Map(tried ? found.map((fault) => [fault.pointer, fault.words[lang]]) : []);
  const right = (one: Condition | null): one is Condition => one !== null && validateSegment(one).length === 0;
  const submit = () => {
    setTried(true);
    if (right(condition)) save.mutate({ segment, name: name.trim(), condition: apiCondition(condition) }, { onSuccess: () => { toast(segment ? w.drafted : w.added); onClose(); } });
  };
  return (
    <Dialog opened onClose={onClose} title={segment ? segment.name : w.add} size="xl">
      <form noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <Stack>
          {segment === null && <TextInput label={w.name} description={w.nameHint} inputWrapperOrder={['label', 'input', 'description', 'error']} placeholder={w.namePlaceholder} maxLength={SET_NAME_MAX} value={name} error={name.includes('#') ? w.noHash : undefined} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />}
          <Input.Wrapper label={w.who} labelElement="div">
            <ConditionBuilder value={condition} onChange={setCondition} scopes={SEGMENT_SCOPES} empty={w.whoEmpty} faults={faults} pointer="" />
          </Input.Wrapper>
          {right(condition) && <Text size="sm">{describeSegment(condition, { lang, currency })}</Text>}
          {right(counted) && <SegmentCount key={JSON.stringify(counted)} condition={apiCondition(counted)} />}
          {segment !== null && <Text size="sm" c="dimmed">{w.changeText}</Text>}
          {save.error && <ErrorNotice error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{words.shell.cancel}</Button>
            <Button type="submit" disabled={condition === null || name.trim() === '' || name.includes('#')} loading={save.isPending}>{segment ? w.save : w.add}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
