import { Button, Group, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft, IconUsers } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { ConfirmDialog, DataTable, EmptyState, ErrorNotice, PageHeader, SkeletonList, type Column } from '@wracam/ui';
import { useState } from 'react';
import { CIRCLE_NAME_MAX, useCircle, useRemoveCircle, useRenameCircle } from '../../api/circles.ts';
import { useCan, useProgram } from '../../api/program.tsx';
import type { CircleDetail, MemberRow } from '../../api/shapes.ts';
import { RowLink, TextLink } from '../../shell/links.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';

/** One household or company: who belongs to it, and its name. */
export function CirclePage() {
  const { circle } = useParams({ from: '/$program/circles/$circle' });
  const query = useCircle(circle);
  if (query.error) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  return query.data ? <Shown circle={query.data} /> : <SkeletonList rows={5} />;
}

function Shown({ circle }: { circle: CircleDetail }) {
  const words = useWords();
  const w = words.circles;
  const { code } = useProgram();
  const can = useCan();
  const [renaming, rename] = useDisclosure();
  const [removing, remove] = useDisclosure();
  const columns: Column<MemberRow>[] = [
    { key: 'name', header: words.members.name, phone: 'title', render: (row) => <RowLink to="/$program/members/$member" params={{ program: code, member: row.id }}>{row.name ?? row.number}</RowLink> },
    { key: 'number', header: words.members.number, render: (row) => row.number },
  ];
  return (
    <>
      <PageHeader
        back={<TextLink to="/$program/circles" params={{ program: code }} search={{ kind: circle.kind }}><IconArrowLeft size={14} aria-hidden /> {w.kinds[circle.kind]}</TextLink>}
        title={circle.name}
        text={w.about[circle.kind]}
        actions={can('members.write') && (
          <Group gap="xs">
            <Button variant="default" onClick={rename.open}>{w.rename}</Button>
            {circle.members === 0 && <Button variant="default" color="red" onClick={remove.open}>{w.remove}</Button>}
          </Group>
        )}
      />
      {circle.people.length === 0 && <EmptyState icon={<IconUsers />} title={w.nobody} text={w.nobodyText} />}
      {circle.people.length > 0 && <DataTable label={w.members} columns={columns} rows={circle.people} rowKey={(row) => row.id} linked />}
      {renaming && <RenameDialog circle={circle} onClose={rename.close} />}
      {removing && <RemoveDialog circle={circle} onClose={remove.close} />}
    </>
  );
}

function RenameDialog({ circle, onClose }: { circle: CircleDetail; onClose: () => void }) {
  const w = useWords().circles;
  const change = useRenameCircle(circle.id);
  const [name, setName] = useState(circle.name);
  const confirm = () => change.mutate(name.trim(), { onSuccess: () => { toast(w.renamed); onClose(); } });
  return (
    <ConfirmDialog opened onClose={onClose} title={w.rename} text={w.renameText[circle.kind]} action={w.rename} onConfirm={confirm} busy={change.isPending} error={change.error} disabled={name.trim() === ''}>
      <TextInput label={w.name} value={name} maxLength={CIRCLE_NAME_MAX} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
    </ConfirmDialog>
  );
}

function RemoveDialog({ circle, onClose }: { circle: CircleDetail; onClose: () => void }) {
  const w = useWords().circles;
  const { code } = useProgram();
  const navigate = useNavigate();
  const remove = useRemoveCircle(circle.id);
  const confirm = () => remove.mutate(undefined, {
    onSuccess: () => {
      toast(w.removed);
      void navigate({ to: '/$program/circles', params: { program: code }, search: { kind: circle.kind } });
    },
  });
  return <ConfirmDialog opened onClose={onClose} title={w.remove} text={w.removeText} action={w.remove} onConfirm={confirm} busy={remove.isPending} error={remove.error} />;
}
