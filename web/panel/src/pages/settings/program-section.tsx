import { Anchor, Button, ColorInput, Group, Paper, SimpleGrid, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { ErrorNotice, PointsInput } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useChangeProgram, useHideDemo, useProgram } from '../../api/program.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';

type Fields = { name: string; brandColor: string; secondPerson: boolean; noticeDays: number | null };

/** Name and colour of the program, what cannot be changed, and the way to hide the demo. */
export function ProgramSection() {
  const w = useWords();
  const program = useProgram();
  const can = useCan();
  const change = useChangeProgram();
  // What was typed here alone goes out: another person may have changed the rest since this page was opened.
  const [typed, setTyped] = useState<Partial<Fields>>({});
  const set = (part: Partial<Fields>) => setTyped({ ...typed, ...part });
  const { name, brandColor, secondPerson, noticeDays }: Fields = { ...program, ...typed };
  const writable = can('settings.write');
  const changed = name.trim() !== program.name || brandColor !== program.brandColor || secondPerson !== program.secondPerson || noticeDays !== program.noticeDays;
  const valid = name.trim() !== '' && /^#[0-9a-f]{6}$/.test(brandColor) && noticeDays !== null && noticeDays <= 365;
  const save = () => change.mutate({
    ...(typed.name !== undefined && { name: name.trim() }), ...(typed.brandColor !== undefined && { brandColor }),
    ...(typed.secondPerson !== undefined && { secondPerson }), ...(typeof typed.noticeDays === 'number' && { noticeDays: typed.noticeDays }),
  }, { onSuccess: () => { setTyped({}); toast(w.settings.saved); } });
  const facts: [string, string][] = [
    [w.settings.organisation, program.organisation], [w.settings.currency, program.currency], [w.settings.timeZone, program.timeZone],
    [w.settings.terms, String(program.termsVersion)], [w.settings.code, program.code],
  ];
  return (
    <Stack gap="lg" maw={680}>
      <Paper withBorder p="lg" component="form" onSubmit={(event) => { event.preventDefault(); save(); }}>
        <Stack>
          <TextInput label={w.settings.name} maxLength={80} value={name} readOnly={!writable} onChange={(event) => set({ name: event.currentTarget.value })} />
          <ColorInput label={w.settings.brandColor} description={w.settings.brandHint} format="hex" value={brandColor} readOnly={!writable} onChange={(value) => set({ brandColor: value.toLowerCase() })} eyeDropperButtonProps={{ 'aria-label': w.settings.brandColor }} />
          <Switch label={w.publishing.secondPerson} description={w.publishing.secondPersonHint} checked={secondPerson} disabled={!writable || (program.secondPerson && !can('access.manage'))} onChange={(event) => set({ secondPerson: event.currentTarget.checked })} />
          <PointsInput label={w.publishing.noticeDays} maw={360} value={noticeDays} readOnly={!writable} onChange={(days) => set({ noticeDays: days })} />
          {change.error && <ErrorNotice error={change.error} />}
          {writable && <Group><Button type="submit" disabled={!changed || !valid} loading={change.isPending}>{w.shell.save}</Button></Group>}
        </Stack>
      </Paper>
      <Paper withBorder p="lg">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {facts.map(([label, value]) => <div key={label}><Text size="sm" c="dimmed">{label}</Text><Text>{value}</Text></div>)}
          <div><Text size="sm" c="dimmed">{w.settings.portal}</Text><Anchor href={`/p/${program.code}`} target="_blank" rel="noreferrer">/p/{program.code}</Anchor></div>
        </SimpleGrid>
      </Paper>
      {program.demo && can('access.manage') && <Demo hidden={program.hidden} />}
    </Stack>
  );
}

function Demo({ hidden }: { hidden: boolean }) {
  const w = useWords().settings;
  const hide = useHideDemo();
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h3" mb="xs">{w.demo}</Title>
      <Text mb="md">{hidden ? w.demoHidden : w.demoText}</Text>
      {hide.error && <ErrorNotice error={hide.error} />}
      {!hidden && <Button variant="default" loading={hide.isPending} onClick={() => hide.mutate(undefined, { onSuccess: () => toast(w.demoHidden) })}>{w.hideDemo}</Button>}
    </Paper>
  );
}
