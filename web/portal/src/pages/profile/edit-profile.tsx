import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import type { Member } from '@wracam/sdk';
import { useState } from 'react';
import { useChangeMyself } from '../../api/me.ts';
import { Notice } from '../../shell/notice.tsx';
import { useWords } from '../../words/words.ts';
import { refusedFields, type JoinField } from '../join/join-form.ts';

type Fields = { firstName: string; lastName: string; phone: string; birthDate: string; language: Member['language']; emailConsent: boolean };
const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

/** What members correct themselves; what signs them in has a way of its own. */
export function EditProfile({ me, onSaved, onCancel }: { me: Member; onSaved: () => void; onCancel: () => void }) {
  const { join, profile } = useWords();
  const change = useChangeMyself();
  // What was typed here alone goes out: the counter may have changed the rest since this was read.
  const [typed, setTyped] = useState<Partial<Fields>>({});
  const fields: Fields = { firstName: me.firstName ?? '', lastName: me.lastName ?? '', phone: me.phone ?? '', birthDate: me.birthDate ?? '', language: me.language, emailConsent: me.emailConsent, ...typed };
  const [tried, setTried] = useState(false);
  const set = (part: Partial<Fields>) => { setTyped({ ...typed, ...part }); change.reset(); };
  const nameless = fields.firstName.trim() === '';
  const refused = refusedFields(change.error);
  const fault = (field: JoinField) => (refused.includes(field) ? join.need[field] : undefined);
  const send = () => {
    setTried(true);
    if (nameless) return;
    const { firstName, lastName, phone, birthDate, ...rest } = typed;
    change.mutate({
      ...rest, ...(firstName !== undefined && { firstName: firstName.trim() }), ...(lastName !== undefined && { lastName: orNull(lastName) }),
      ...(phone !== undefined && { phone: orNull(phone) }), ...(birthDate !== undefined && { birthDate: orNull(birthDate) }),
    }, { onSuccess: onSaved });
  };
  return (
    <form className="stack" noValidate onSubmit={(event) => { event.preventDefault(); send(); }}>
      <TextInput label={join.firstName} autoComplete="given-name" size="md" maxLength={60} autoFocus value={fields.firstName} error={tried && nameless ? join.need.firstName : fault('firstName')} onChange={(event) => set({ firstName: event.currentTarget.value })} />
      <TextInput label={profile.lastName} autoComplete="family-name" size="md" maxLength={80} value={fields.lastName} onChange={(event) => set({ lastName: event.currentTarget.value })} />
      <TextInput label={join.phone} type="tel" autoComplete="tel" size="md" maxLength={30} value={fields.phone} error={fault('phone')} onChange={(event) => set({ phone: event.currentTarget.value })} />
      <TextInput label={join.birthDate} type="date" autoComplete="bday" size="md" value={fields.birthDate} error={fault('birthDate')} onChange={(event) => set({ birthDate: event.currentTarget.value })} />
      <NativeSelect label={profile.language} size="md" data={[{ value: 'pl', label: profile.languages.pl }, { value: 'en', label: profile.languages.en }]} value={fields.language} onChange={(event) => set({ language: event.currentTarget.value === 'en' ? 'en' : 'pl' })} />
      <Checkbox size="md" color="var(--brand-fill)" iconColor="var(--brand-on-fill)" label={profile.emailsAgree} checked={fields.emailConsent} onChange={(event) => set({ emailConsent: event.currentTarget.checked })} />
      {change.isError && refused.length === 0 && <Notice error={change.error} />}
      <Button type="submit" size="md" loading={change.isPending}>{profile.save}</Button>
      <Button variant="default" size="md" onClick={onCancel}>{profile.cancel}</Button>
    </form>
  );
}
