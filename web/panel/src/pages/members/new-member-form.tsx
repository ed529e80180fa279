import { Button, Checkbox, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Dialog, ErrorNotice } from '@wracam/ui';
import { useCreateMember } from '../../api/members.ts';
import { useProgram } from '../../api/program.tsx';
import type { Member } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { filledIn, nothingTyped, type NewMember } from './new-member.ts';
import { memberName } from './member-words.ts';

type NewMemberFormProps = { /** What is known already. */ typed?: Partial<NewMember>; onAdded: (member: Member) => void };

/** Joining at the counter: a name, one way to be found again, and the terms accepted. */
export function NewMemberForm({ typed, onAdded }: NewMemberFormProps) {
  const w = useWords();
  const { termsVersion } = useProgram();
  const create = useCreateMember();
  const form = useForm({
    initialValues: { ...nothingTyped, ...typed, terms: false },
    validate: {
      phone: (value, all) => (value.trim() || all.email.trim() || all.card.trim() ? null : w.newMember.needOne),
      terms: (value) => (value ? null : w.newMember.termsNeeded),
    },
  });
  const save = ({ terms: _, ...values }: NewMember & { terms: boolean }) => create.mutate({ ...filledIn(values), termsVersion }, {
    onSuccess: (member) => {
      toast(w.newMember.saved(memberName(member)));
      onAdded(member);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        // It may stand in a dialog over another form, which hears it too, though it is elsewhere on the page.
        event.stopPropagation();
        form.onSubmit(save)(event);
      }}
    >
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={w.newMember.firstName} autoFocus data-autofocus maxLength={60} {...form.getInputProps('firstName')} />
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
    </form>
  );
}

/** The same over a page that waits with everything typed there. */
export function NewMemberDialog({ typed, onAdded, onClose }: NewMemberFormProps & { onClose: () => void }) {
  const w = useWords();
  return (
    <Dialog opened onClose={onClose} title={w.newMember.title} size="lg">
      <NewMemberForm {...(typed ? { typed } : {})} onAdded={onAdded} />
    </Dialog>
  );
}
