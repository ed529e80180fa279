import { Badge, Button, Group, Paper, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { DataTable, Dialog, ErrorNotice, InstantText, PointsInput, SkeletonList, type Column, useLang, writePoints } from '@wracam/ui';
import { useState } from 'react';
import { useChangeProgram, useProgram, useWallet } from '../../api/program.tsx';
import { useAddStaff, useChangeStaff, useStaff } from '../../api/settings.ts';
import type { Staff, StaffRole } from '../../api/shapes.ts';
import { toast, toastRefusal, toastUndo } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';

const roles = ['owner', 'manager', 'consultant', 'cashier'] as const satisfies readonly StaffRole[];

/** Who may sign in, as what, and with which limit on manual adjustments. */
export function StaffSection() {
  const w = useWords();
  const lang = useLang();
  const { timeZone } = useProgram();
  const unit = useWallet()().forms;
  const query = useStaff();
  const change = useChangeStaff();
  const [editing, setEditing] = useState<Staff | 'new' | null>(null);
  const setActive = (staff: Staff, active: boolean) => change.mutate({ staff: staff.id, active }, {
    onSuccess: () => {
      if (active) toast(w.settings.staffChanged);
      else toastUndo(w.settings.accessTaken, w.shell.undo, () => setActive(staff, true));
    },
    onError: toastRefusal,
  });
  const columns: Column<Staff>[] = [
    { key: 'name', header: w.settings.staffName, phone: 'title', render: (staff) => <><Text fw={650} size="sm">{staff.name}</Text><Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{staff.email}</Text></> },
    { key: 'role', header: w.settings.role, render: (staff) => w.shell.roles[staff.role] },
    { key: 'limit', header: w.settings.adjustLimit, render: (staff) => (staff.role === 'cashier' ? w.shell.none : staff.adjustLimit === null ? w.settings.noLimit : writePoints(staff.adjustLimit, unit, lang)) },
    { key: 'seen', header: w.settings.lastSeen, render: (staff) => (staff.lastSeenAt ? <InstantText at={staff.lastSeenAt} timeZone={timeZone} /> : w.settings.neverSeen) },
    { key: 'access', header: w.settings.access, phone: 'side', render: (staff) => <Badge color={staff.active ? 'forest' : 'gray'}>{staff.active ? w.settings.accessOn : w.settings.accessOff}</Badge> },
    {
      key: 'do', header: w.shell.change, phone: 'foot',
      render: (staff) => (
        <Group gap={4} wrap="nowrap">
          <Button size="compact-sm" variant="light" aria-label={`${w.shell.change}: ${staff.name}`} onClick={() => setEditing(staff)}>{w.shell.change}</Button>
          <Button size="compact-sm" variant="subtle" color="gray" aria-label={`${staff.active ? w.settings.takeAccess : w.settings.giveAccess}: ${staff.name}`} onClick={() => setActive(staff, !staff.active)}>{staff.active ? w.settings.takeAccess : w.settings.giveAccess}</Button>
        </Group>
      ),
    },
  ];
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text c="dimmed" maw={520}>{w.settings.staffText}</Text>
        <Button variant="default" onClick={() => setEditing('new')}>{w.settings.addStaff}</Button>
      </Group>
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !query.data && <SkeletonList rows={4} />}
      {query.data && <DataTable label={w.settings.sections.staff} columns={columns} rows={query.data.items} rowKey={(staff) => staff.id} />}
      <DayLimits />
      {editing && <StaffDialog key={editing === 'new' ? 'new' : editing.id} staff={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Stack>
  );
}

/** The most that one person of a role changes by hand in a day. */
function DayLimits() {
  const w = useWords();
  const { adjustDayLimits } = useProgram();
  const change = useChangeProgram();
  const [typed, type] = useState<Partial<typeof adjustDayLimits>>({});
  const limits = { ...adjustDayLimits, ...typed };
  const same = limits.manager === adjustDayLimits.manager && limits.consultant === adjustDayLimits.consultant;
  return (
    <Paper withBorder p="lg" component="form" onSubmit={(event) => { event.preventDefault(); change.mutate({ adjustDayLimits: limits }, { onSuccess: () => { type({}); toast(w.settings.saved); } }); }}>
      <Stack gap="sm">
        <Title order={2} size="h3">{w.settings.dayLimits}</Title>
        <Text size="sm" c="dimmed" maw={560}>{w.settings.dayLimitsHint}</Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }} maw={560}>
          {(['manager', 'consultant'] as const).map((role) => <PointsInput key={role} label={w.shell.roles[role]} value={limits[role]} onChange={(points) => type({ ...typed, [role]: points })} />)}
        </SimpleGrid>
        {change.error && <ErrorNotice error={change.error} />}
        <Group><Button type="submit" disabled={same} loading={change.isPending}>{w.shell.save}</Button></Group>
      </Stack>
    </Paper>
  );
}

function StaffDialog({ staff, onClose }: { staff: Staff | null; onClose: () => void }) {
  const w = useWords();
  const [name, setName] = useState(staff?.name ?? '');
  const [email, setEmail] = useState(staff?.email ?? '');
  const [role, setRole] = useState<StaffRole>(staff?.role ?? 'cashier');
  const [adjustLimit, setLimit] = useState(staff?.adjustLimit ?? null);
  const add = useAddStaff();
  const change = useChangeStaff();
  const error = add.error ?? change.error;
  const done = () => {
    toast(staff ? w.settings.staffChanged : w.settings.staffAdded);
    onClose();
  };
  const save = () => {
    // What was changed here alone: another owner may have taken a role away meanwhile.
    if (staff) change.mutate({ staff: staff.id, ...(name.trim() !== staff.name && { name: name.trim() }), ...(role !== staff.role && { role }), ...(adjustLimit !== staff.adjustLimit && { adjustLimit }) }, { onSuccess: done });
    else add.mutate({ name: name.trim(), email: email.trim(), role, adjustLimit }, { onSuccess: done });
  };
  return (
    <Dialog opened onClose={onClose} title={staff ? staff.name : w.settings.addStaff}>
      <form onSubmit={(event) => { event.preventDefault(); save(); }}>
        <Stack>
          <TextInput label={w.settings.staffName} maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
          {!staff && <TextInput type="email" label={w.settings.email} maxLength={254} value={email} onChange={(event) => setEmail(event.currentTarget.value)} />}
          <Select label={w.settings.role} description={w.settings.roleHints[role]} inputWrapperOrder={['label', 'input', 'description']} allowDeselect={false} value={role} data={roles.map((value) => ({ value, label: w.shell.roles[value] }))} onChange={(value) => setRole(roles.find((one) => one === value) ?? 'cashier')} />
          {role !== 'cashier' && <PointsInput label={w.settings.adjustLimit} description={w.settings.adjustLimitHint} inputWrapperOrder={['label', 'input', 'description']} value={adjustLimit} onChange={setLimit} />}
          {error && <ErrorNotice error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{w.shell.cancel}</Button>
            <Button type="submit" disabled={name.trim() === '' || (!staff && email.trim() === '')} loading={add.isPending || change.isPending}>{staff ? w.shell.save : w.settings.addStaff}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
