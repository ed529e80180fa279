import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft, IconHome, IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ConfirmDialog, DataTable, EmptyState, ErrorNotice, PageHeader, SkeletonList, useLang, writeInstant, type Column } from '@wracam/ui';
import { useState } from 'react';
import { CIRCLE_NAME_MAX, useCircles, useCreateCircle } from '../../api/circles.ts';
import { useCan, useProgram } from '../../api/program.tsx';
import type { Circle } from '../../api/shapes.ts';
import { RowLink, TextLink } from '../../shell/links.tsx';
import { MoreButton } from '../../shell/more-button.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';

const kinds = ['household', 'company'] as const;

/** Households and companies that share the limits of rules. */
export function CirclesPage() {
  const words = useWords();
  const w = words.circles;
  const { kind = 'household' } = useSearch({ from: '/$program/circles' });
  const { code } = useProgram();
  const can = useCan();
  const navigate = useNavigate();
  const list = useCircles(kind);
  const [adding, dialog] = useDisclosure();
  const add = can('members.write') && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>{w.add[kind]}</Button>;
  return (
    <>
      <PageHeader
        back={<TextLink to="/$program/members" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {words.members.title}</TextLink>}
        title={w.title}
        text={w.text}
        actions={list.items && list.items.length > 0 && add}
      />
      <SegmentedControl
        mb="md"
        aria-label={w.kind}
        value={kind}
        data={kinds.map((value) => ({ value, label: w.kinds[value] }))}
        onChange={(value) => void navigate({ to: '/$program/circles', params: { program: code }, search: { kind: kinds.find((one) => one === value) }, replace: true })}
      />
      {list.error && <ErrorNotice error={list.error} onRetry={list.retry} />}
      {!list.error && !list.items && <SkeletonList rows={5} />}
      {list.items?.length === 0 && <EmptyState icon={<IconHome />} title={w.empty[kind]} text={w.emptyText[kind]} action={add} />}
      {list.items && list.items.length > 0 && <CircleTable rows={list.items} label={w.kinds[kind]} />}
      <MoreButton more={list.more} busy={list.busy} />
      {adding && <AddDialog kind={kind} onClose={dialog.close} />}
    </>
  );
}

function CircleTable({ rows, label }: { rows: readonly Circle[]; label: string }) {
  const w = useWords().circles;
  const lang = useLang();
  const { code, timeZone } = useProgram();
  const columns: Column<Circle>[] = [
    { key: 'name', header: w.name, phone: 'title', render: (row) => <RowLink to="/$program/circles/$circle" params={{ program: code, circle: row.id }}>{row.name}</RowLink> },
    { key: 'members', header: w.members, number: true, phone: 'side', render: (row) => row.members },
    { key: 'since', header: w.since, render: (row) => writeInstant(row.createdAt, timeZone, lang).split(',')[0] },
  ];
  return <DataTable label={label} columns={columns} rows={rows} rowKey={(row) => row.id} linked />;
}

function AddDialog({ kind, onClose }: { kind: Circle['kind']; onClose: () => void }) {
  const w = useWords().circles;
  const create = useCreateCircle();
  const [name, setName] = useState('');
  const confirm = () => create.mutate({ kind, name: name.trim() }, { onSuccess: () => { toast(w.added[kind]); onClose(); } });
  return (
    <ConfirmDialog opened onClose={onClose} title={w.add[kind]} text={w.addText[kind]} action={w.add[kind]} onConfirm={confirm} busy={create.isPending} error={create.error} disabled={name.trim() === ''}>
      <TextInput label={w.name} placeholder={w.namePlaceholder[kind]} value={name} maxLength={CIRCLE_NAME_MAX} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
    </ConfirmDialog>
  );
}
