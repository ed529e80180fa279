import { Button, FileButton, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { codesInText } from '@wracam/engine/product-sets';
import { SET_CODES_MAX, SET_NAME_MAX } from '@wracam/engine/set-reference';
import { Dialog, ErrorNotice } from '@wracam/ui';
import { useMemo, useState } from 'react';
import { useSaveProductSet } from '../../api/product-sets.ts';
import type { ProductSet } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';

/** A larger text is kept beside the field: a hundred thousand lines in it would make typing crawl. */
const SHOWN_MAX = 50_000;

/** Adds a set, or keeps other codes as a draft of one: typed, pasted or read from a file. Its name never changes, because rules name it. */
export function SetDialog({ set, onClose }: { set: ProductSet | null; onClose: () => void }) {
  const words = useWords();
  const w = words.productSets;
  const save = useSaveProductSet();
  const [name, setName] = useState(set?.name ?? '');
  const [typed, setTyped] = useState('');
  const [file, setFile] = useState<{ name: string; text: string } | null>(null);
  const [keep, setKeep] = useState(false);
  const codes = useMemo(() => codesInText(file?.text ?? typed), [file, typed]);
  const read = async (chosen: File | null) => {
    if (!chosen) return;
    const text = await chosen.text();
    if (text.length > SHOWN_MAX) setFile({ name: chosen.name, text });
    else {
      setFile(null);
      setTyped(text);
    }
  };
  const fault = name.includes('#') ? w.noHash : undefined;
  const tooMany = codes.length > SET_CODES_MAX ? w.tooMany(SET_CODES_MAX) : undefined;
  const submit = () => save.mutate({ set, name: name.trim(), codes, keep }, { onSuccess: (saved) => { toast(set ? w.drafted(saved.draft?.size ?? 0) : w.added(saved.size)); onClose(); } });
  return (
    <Dialog opened onClose={onClose} title={set ? set.name : w.add} size="lg">
      <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <Stack>
          {set === null && <TextInput label={w.name} description={w.nameHint} inputWrapperOrder={['label', 'input', 'description', 'error']} placeholder={w.namePlaceholder} maxLength={SET_NAME_MAX} value={name} error={fault} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />}
          {set !== null && (
            <Radio.Group label={w.how} value={keep ? 'keep' : 'replace'} onChange={(value) => setKeep(value === 'keep')}>
              <Stack gap="xs" mt="xs"><Radio value="replace" label={w.replace} /><Radio value="keep" label={w.keep} /></Stack>
            </Radio.Group>
          )}
          {file === null
            ? <Textarea label={w.codesLabel} description={w.codesHint} inputWrapperOrder={['label', 'description', 'input', 'error']} autosize minRows={6} maxRows={14} value={typed} error={tooMany} onChange={(event) => setTyped(event.currentTarget.value)} />
            : <Group justify="space-between"><Text>{w.fromFile(file.name)}</Text><Button size="xs" variant="subtle" color="gray" onClick={() => setFile(null)}>{w.dropFile}</Button></Group>}
          <Group justify="space-between">
            <FileButton onChange={(chosen) => void read(chosen)} accept=".txt,.csv,text/plain,text/csv">
              {(props) => <Button {...props} size="xs" variant="light" leftSection={<IconUpload size={16} aria-hidden />}>{w.file}</Button>}
            </FileButton>
            <Text size="sm" c={tooMany ? 'red' : 'dimmed'} aria-live="polite">{tooMany ?? w.found(codes.length)}</Text>
          </Group>
          {set !== null && <Text size="sm" c="dimmed">{w.changeText}</Text>}
          {save.error && <ErrorNotice error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{words.shell.cancel}</Button>
            <Button type="submit" disabled={codes.length === 0 || tooMany !== undefined || name.trim() === '' || fault !== undefined} loading={save.isPending}>{set ? w.save : w.add}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
