import { Button, Checkbox, Paper, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { ErrorNotice, PageHeader } from '@wracam/ui';
import { useCreateMember } from '../../api/members.ts';
import { useProgram } from '../../api/program.tsx';
import { TextLink } from '../../shell/links.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { memberName } from './member-words.ts';

const empty = { firstName: '', lastName: '', phone: '', email: '', card: '', birthDate: '', terms: false };

/** Only what was filled in: an empty field is no identifier. */
const given = (values: typeof empty) =>
  Object.fromEntries((['firstName', 'lastName', 'phone', 'email', 'card', 'birthDate'] as const).map((name) => [name, values[name].trim()]).filter(([, value]) => value !== ''));

/** Joining at the counter: a name, one way to be found again, and the terms accepted. */
export function NewMemberPage() {
  const w = useWords();
  const { code, termsVersion } = useProgram();
  const navigate = useNavigate();
  const create = useCreateMember();
  const form = useForm({
    initialValues: empty,
    validate: {
      phone: (value, all) => (value.trim() || all.email.trim() || all.card.trim() ? null : w.newMember.needOne),
      terms: (value) => (value ? null : w.newMember.termsNeeded),
    },
  });
  const save = (values: typeof empty) => create.mutate({ ...given(values), termsVersion }, {
    onSuccess: (member) => {
      toast(w.newMember.saved(memberName(member)));
      void navigate({ to: '/$program/members/$member', params: { program: code, member: member.id } });
    },
  });
  return (
    <>
      <PageHeader
        title={w.newMember.title}
        text={w.newMember.text}
        back={<TextLink to="/$program/members" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.members.title}</TextLink>}
      />
      <Paper withBorder p="lg" maw={640} component="form" onSubmit={form.onSubmit(save)}>
        <Stack gap="lg">
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label={w.newMember.firstName} autoFocus maxLength={60} {...form.getInputProps('firstName')} />
            <TextInput label={w.newMember.lastName} maxLength={80} {...form.getInputProps('lastName')} />
            <TextInput label={w.newMember.phone} description={w.newMember.phoneHint} type="tel" inputWrapperOrder={['label', 'input', 'description', 'error']} maxLength={30} {...form.getInputProps('phone')} />
            <TextInput label={w.newMember.email} type="email" maxLength={254} {...form.getInputProps('email')} />
            <TextInput label={w.newMember.card} description={w.newMember.cardHint} inputWrapperOrder={['label', 'input', 'description', 'error']} maxLength={100} {...form.getInputProps('card')} />
            <TextInput label={w.newMember.birthDate} description={w.newMember.birthHint} type="date" inputWrapperOrder={['label', 'input', 'description', 'error']} {...form.getInputProps('birthDate')} />
          </SimpleGrid>
          <Checkbox label={`${w.newMember.terms} (${w.newMember.termsVersion(termsVersion)})`} {...form.getInputProps('terms', { type: 'checkbox' })} />
          {create.error && <ErrorNotice error={create.error} />}
          <Button type="submit" size="md" loading={create.isPending} style={{ alignSelf: 'flex-start' }}>{w.newMember.save}</Button>
        </Stack>
      </Paper>
    </>
  );
}
