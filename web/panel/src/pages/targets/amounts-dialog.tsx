import { Alert, Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { Dialog, ErrorNotice, useLang } from '@wracam/ui';
import { useState } from 'react';
import { useReplaceAmounts, type Target } from '../../api/targets.ts';
import type { Answer } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { readAmounts, writeAmounts } from './definition.ts';

/** Amounts of single participants, as rows that can be typed, pasted from a sheet or read from a file. */
export function AmountsDialog({ target, amounts: now, onClose }: { target: Target; amounts: Answer<'listTargetAmounts'>; onClose: () => void }) {
  const w = useWords();
  // What it began from: it is read again while the dialog is open, and another's list must not be replaced unseen.
  const [amounts] = useState(now);
  const { counts, side } = target.definition;
  const lang = useLang();
  const save = useReplaceAmounts(target.id);
  const [text, setText] = useState(() => writeAmounts(amounts.items, counts, lang === 'pl' ? ',' : '.'));
  const [tried, setTried] = useState(false);
  const { items, wrong } = readAmounts(text, counts, side);
  const submit = () => {
    setTried(true);
    if (wrong === null) save.mutate({ revision: amounts.revision, items: [...items] }, { onSuccess: () => { toast(w.targets.amountsSaved); onClose(); } });
  };
  return (
    <Dialog opened onClose={onClose} title={w.targets.amountsChange} size="lg">
      <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <Stack>
          <Text size="sm">{w.targets.amountsHint[side]}</Text>
          <Textarea label={w.targets.amountsLabel} autosize minRows={6} maxRows={16} value={text} data-autofocus spellCheck={false} onChange={(event) => setText(event.currentTarget.value)} />
          <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => void file?.text().then(setText)}>
            {(props) => <Button {...props} variant="subtle" size="xs" leftSection={<IconFileUpload size={16} aria-hidden />} style={{ alignSelf: 'flex-start' }}>{w.targets.amountsFile}</Button>}
          </FileButton>
          {tried && wrong && <Alert color="red" role="alert">{w.targets.amountsWrong(wrong.row, wrong.text)}</Alert>}
          {save.error && <ErrorNotice error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{w.shell.cancel}</Button>
            <Button type="submit" loading={save.isPending}>{w.shell.save}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
