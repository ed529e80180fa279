import { Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { localDate } from '@wracam/engine/calendar';
import { Dialog, ErrorNotice, PointsInput } from '@wracam/ui';
import { useState } from 'react';
import { useCreateBatch } from '../../api/events.ts';
import { useProgram } from '../../api/program.tsx';
import { useWords } from '../../words/words.tsx';

const CODES_MAX = 20_000;
const LABEL = /^[a-z][a-z0-9-]{0,39}$/;

/** The codes as a file for the printer: one a row, under a heading. */
export const csvOf = (label: string, codes: readonly string[]): string => ['batch,code', ...codes.map((code) => `${label},${code}`), ''].join('\r\n');

function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Makes a batch and hands its codes over, once. It closes by its button alone: a click beside it must not lose the codes. */
export function BatchDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const w = words.events;
  const create = useCreateBatch();
  const [name, setName] = useState('');
  const [label, setLabel] = useState('');
  const [count, setCount] = useState<number | null>(1000);
  const [validFrom, setFrom] = useState('');
  const [validUntil, setUntil] = useState('');
  const [taken, setTaken] = useState(false);
  const { timeZone, now } = useProgram();
  const isLabel = LABEL.test(label);
  const isCount = count !== null && count >= 1 && count <= CODES_MAX;
  const untilFault = validUntil === '' ? undefined : validFrom > validUntil ? w.validBackwards : validUntil < localDate(timeZone, Date.parse(now)) ? w.validOver : undefined;
  const ready = name.trim() !== '' && isLabel && isCount && untilFault === undefined;
  const made = create.data;
  if (made) {
    return (
      <Dialog opened onClose={() => undefined} withCloseButton={false} closeOnClickOutside={false} closeOnEscape={false} title={w.madeTitle}>
        <Stack>
          <Text>{w.madeText}</Text>
          <Group justify="flex-end">
            <Button variant={taken ? 'default' : 'filled'} onClick={() => { saveFile(`${made.batch.label}.csv`, csvOf(made.batch.label, made.codes)); setTaken(true); }} data-autofocus>{w.saveFile}</Button>
            <Button disabled={!taken} onClick={onClose}>{w.saved}</Button>
          </Group>
        </Stack>
      </Dialog>
    );
  }
  return (
    <Dialog opened onClose={onClose} title={w.newBatch}>
      <form onSubmit={(event) => { event.preventDefault(); create.mutate({ name: name.trim(), label, count: count ?? 1, validFrom: validFrom || null, validUntil: validUntil || null }); }}>
        <Stack>
          <TextInput label={w.batchName} placeholder={w.batchNamePlaceholder} maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
          <TextInput label={w.label} description={w.labelHint} maxLength={40} value={label} error={label !== '' && !isLabel ? w.labelWrong : undefined} onChange={(event) => setLabel(event.currentTarget.value)} />
          <PointsInput label={w.howMany} description={w.howManyHint} value={count} error={count !== null && !isCount ? w.howManyWrong : undefined} onChange={setCount} />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput type="date" label={w.validFrom} description={w.validHint} value={validFrom} onChange={(event) => setFrom(event.currentTarget.value)} />
            <TextInput type="date" label={w.validUntil} description={w.validHint} value={validUntil} error={untilFault} onChange={(event) => setUntil(event.currentTarget.value)} />
          </SimpleGrid>
          {create.error && <ErrorNotice error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{words.shell.cancel}</Button>
            <Button type="submit" disabled={!ready} loading={create.isPending}>{w.makeCodes}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
