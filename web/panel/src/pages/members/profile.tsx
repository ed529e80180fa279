import { Badge, Button, Checkbox, Group, Paper, SimpleGrid, Stack, TagsInput, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { ConfirmDialog, Dialog, ErrorNotice, useLang, writeDate } from '@wracam/ui';
import { useState } from 'react';
import { useAddCard, useChangeMember, useMemberGroups } from '../../api/members.ts';
import { useCan } from '../../api/program.tsx';
import type { Member } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { Circles } from './circles.tsx';

/** As the contract bounds them. */
const GROUPS_MAX = 20;
const GROUP_NAME_MAX = 40;

/** What is known of the member and how they are recognised. */
export function Profile({ member }: { member: Member }) {
  const w = useWords().member;
  const lang = useLang();
  const can = useCan();
  const editable = can('members.write') && member.state !== 'closed';
  const [editing, edit] = useDisclosure();
  const facts: [string, string | null][] = [
    [w.phone, member.phone], [w.email, member.email], [w.birthDate, member.birthDate && writeDate(member.birthDate, lang)],
    [w.externalId, member.externalId], [w.emails, member.email && (member.emailConsent ? w.emailsOn : w.emailsOff)], ...Object.entries(member.attributes).map(([name, value]): [string, string] => [name, String(value)]),
  ];
  return (
    <Paper withBorder p="lg" component="section">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">{w.profile}</Title>
        {editable && <Button size="compact-sm" variant="light" onClick={edit.open}>{w.editProfile}</Button>}
      </Group>
      <Stack gap="xs">
        {facts.filter(([, value]) => value).map(([name, value]) => (
          <div key={name}>
            <Text size="sm" c="dimmed">{name}</Text>
            <Text style={{ overflowWrap: 'anywhere' }}>{value}</Text>
          </div>
        ))}
      </Stack>
      <Groups member={member} editable={editable} />
      <Circles member={member} editable={editable} />
      <Cards member={member} editable={editable} />
      <ProfileDialog member={member} opened={editing} onClose={edit.close} />
    </Paper>
  );
}

function Groups({ member, editable }: { member: Member; editable: boolean }) {
  const w = useWords().member;
  const [changing, dialog] = useDisclosure();
  return (
    <>
      <Group justify="space-between" mt="md" mb="xs">
        <Text size="sm" c="dimmed">{w.groups}</Text>
        {editable && <Button size="compact-sm" variant="light" onClick={dialog.open}>{w.changeGroups}</Button>}
      </Group>
      {member.groups.length === 0 && <Text size="sm">{w.noGroups}</Text>}
      <Group gap="xs">{member.groups.map((name) => <Badge key={name} variant="light" tt="none">{name}</Badge>)}</Group>
      {changing && <GroupsDialog member={member} onClose={dialog.close} />}
    </>
  );
}

function GroupsDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const w = useWords().member;
  const known = useMemberGroups().data?.items;
  const change = useChangeMember(member.id);
  const [groups, setGroups] = useState<string[]>(member.groups);
  const confirm = () => change.mutate({ groups: groups.map((name) => name.trim()) }, { onSuccess: () => { toast(w.groupsSaved); onClose(); } });
  return (
    <ConfirmDialog opened onClose={onClose} title={w.changeGroups} text={w.groupsText} action={w.saveGroups} onConfirm={confirm} busy={change.isPending} error={change.error}>
      <TagsInput label={w.groups} placeholder={w.groupsPlaceholder} data={known?.map((one) => one.name) ?? []} value={groups} maxTags={GROUPS_MAX} maxLength={GROUP_NAME_MAX} onChange={setGroups} data-autofocus />
    </ConfirmDialog>
  );
}

function Cards({ member, editable }: { member: Member; editable: boolean }) {
  const w = useWords().member;
  // null: closed; '': a further card; otherwise the number of the lost one.
  const [replacing, setReplacing] = useState<string | null>(null);
  return (
    <>
      <Group justify="space-between" mt="md" mb="xs">
        <Text size="sm" c="dimmed">{w.cards}</Text>
        {editable && <Button size="compact-sm" variant="light" onClick={() => setReplacing('')}>{w.addCard}</Button>}
      </Group>
      {member.cards.length === 0 && <Text size="sm">{w.noCards}</Text>}
      <Stack gap="xs">
        {member.cards.map((card) => (
          <Group key={card.number} justify="space-between">
            <Group gap="xs">
              <Text td={card.active ? undefined : 'line-through'} style={{ overflowWrap: 'anywhere' }}>{card.number}</Text>
              {!card.active && <Badge color="gray">{w.cardOff}</Badge>}
            </Group>
            {editable && card.active && <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setReplacing(card.number)}>{w.replaceCard}</Button>}
          </Group>
        ))}
      </Stack>
      <CardDialog key={replacing} member={member.id} replacing={replacing} onClose={() => setReplacing(null)} />
    </>
  );
}

function CardDialog({ member, replacing, onClose }: { member: string; replacing: string | null; onClose: () => void }) {
  const w = useWords().member;
  const [number, setNumber] = useState('');
  const add = useAddCard(member);
  const lost = replacing !== null && replacing !== '';
  const confirm = () => add.mutate({ number: number.trim(), ...(lost && { replaces: replacing }) }, {
    onSuccess: () => {
      toast(lost ? w.cardReplaced : w.cardAdded);
      onClose();
    },
  });
  return (
    <ConfirmDialog opened={replacing !== null} onClose={onClose} title={lost ? w.replaceTitle : w.addCard} text={lost ? w.replaceText(replacing) : undefined} action={lost ? w.replace : w.addCard} onConfirm={confirm} busy={add.isPending} error={add.error} disabled={number.trim() === ''}>
      <TextInput label={w.newCard} value={number} maxLength={100} autoComplete="off" onChange={(event) => setNumber(event.currentTarget.value)} data-autofocus />
    </ConfirmDialog>
  );
}

function ProfileDialog({ member, opened, onClose }: { member: Member; opened: boolean; onClose: () => void }) {
  const w = useWords();
  const change = useChangeMember(member.id);
  const form = useForm({
    initialValues: {
      firstName: member.firstName ?? '', lastName: member.lastName ?? '', phone: member.phone ?? '', email: member.email ?? '',
      birthDate: member.birthDate ?? '', externalId: member.externalId ?? '', emailConsent: member.emailConsent,
    },
  });
  const save = (values: typeof form.values) => change.mutate(
    Object.fromEntries(Object.entries(values).filter(([name]) => form.isDirty(name)).map(([name, value]) => [name, typeof value === 'boolean' ? value : value.trim() || null])),
    {
      onSuccess: () => {
        toast(w.member.profileSaved);
        form.resetDirty();
        onClose();
      },
    },
  );
  return (
    <Dialog opened={opened} onClose={onClose} title={w.member.editProfile} size="lg">
      <form onSubmit={form.onSubmit(save)}>
        <Stack>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label={w.newMember.firstName} maxLength={60} {...form.getInputProps('firstName')} data-autofocus />
            <TextInput label={w.newMember.lastName} maxLength={80} {...form.getInputProps('lastName')} />
            <TextInput label={w.newMember.phone} type="tel" maxLength={30} {...form.getInputProps('phone')} />
            <TextInput label={w.newMember.email} type="email" maxLength={254} {...form.getInputProps('email')} />
            <TextInput label={w.newMember.birthDate} type="date" {...form.getInputProps('birthDate')} />
            <TextInput label={w.newMember.externalId} maxLength={100} {...form.getInputProps('externalId')} />
          </SimpleGrid>
          <Checkbox label={w.member.emailsAgree} description={w.member.emailsHint} {...form.getInputProps('emailConsent', { type: 'checkbox' })} />
          {change.error && <ErrorNotice error={change.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{w.shell.cancel}</Button>
            <Button type="submit" loading={change.isPending} disabled={!form.isDirty()}>{w.shell.save}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
