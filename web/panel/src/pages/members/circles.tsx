import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { ConfirmDialog } from '@wracam/ui';
import { useState } from 'react';
import { CIRCLE_NAME_MAX, useCircleChoice, usePutIntoCircle } from '../../api/circles.ts';
import { useProgram } from '../../api/program.tsx';
import type { Circle, Member } from '../../api/shapes.ts';
import { TextLink } from '../../shell/links.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';

const kinds = ['household', 'company'] as const;

/** The household and the company a member belongs to: people who share limits of rules. */
export function Circles({ member, editable }: { member: Member; editable: boolean }) {
  const w = useWords().circles;
  const { code } = useProgram();
  const [changing, setChanging] = useState<Circle['kind'] | null>(null);
  return (
    <>
      {kinds.map((kind) => {
        const own = member[kind];
        return (
          <div key={kind}>
            <Group justify="space-between" mt="md" mb="xs">
              <Text size="sm" c="dimmed">{w.one[kind]}</Text>
              {editable && <Button size="compact-sm" variant="light" onClick={() => setChanging(kind)}>{w.changeOf[kind]}</Button>}
            </Group>
            {own ? <TextLink to="/$program/circles/$circle" params={{ program: code, circle: own.id }}>{own.name}</TextLink> : <Text size="sm">{w.none[kind]}</Text>}
          </div>
        );
      })}
      {changing && <CircleDialog member={member} kind={changing} onClose={() => setChanging(null)} />}
    </>
  );
}

const NEW = 'new';
const NONE = 'none';

function CircleDialog({ member, kind, onClose }: { member: Member; kind: Circle['kind']; onClose: () => void }) {
  const w = useWords().circles;
  const known = useCircleChoice(kind).data?.items ?? [];
  const put = usePutIntoCircle(member.id, kind);
  const own = member[kind];
  const [choice, setChoice] = useState<string>(own?.id ?? NEW);
  const [name, setName] = useState('');
  const listed = own && !known.some((one) => one.id === own.id) ? [own, ...known] : known;
  const confirm = () => put.mutate(choice === NEW ? { name: name.trim() } : choice === NONE ? null : { id: choice }, { onSuccess: () => { toast(w.saved); onClose(); } });
  return (
    <ConfirmDialog opened onClose={onClose} title={w.changeOf[kind]} text={w.chooseText[kind]} action={w.save} onConfirm={confirm} busy={put.isPending} error={put.error} disabled={choice === NEW && name.trim() === ''}>
      <Select
        label={w.one[kind]}
        searchable
        allowDeselect={false}
        value={choice}
        data={[{ value: NEW, label: w.addNew[kind] }, ...(own ? [{ value: NONE, label: w.leave[kind] }] : []), ...listed.map((one) => ({ value: one.id, label: one.name }))]}
        onChange={(value) => setChoice(value ?? NEW)}
      />
      {choice === NEW && <TextInput label={w.name} placeholder={w.namePlaceholder[kind]} value={name} maxLength={CIRCLE_NAME_MAX} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />}
    </ConfirmDialog>
  );
}
