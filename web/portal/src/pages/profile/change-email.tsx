import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useConfirmMyEmail, useRequestMyEmail } from '../../api/me.ts';
import { Notice } from '../../shell/notice.tsx';
import { useWords } from '../../words/words.ts';
import { CODE_LENGTH, digitsOf } from '../sign-in/code-digits.ts';
import { looksLikeEmail } from '../sign-in/email.ts';

/** A new address and the code that proves it: until then the old one stays. */
export function ChangeEmail({ onDone }: { onDone: () => void }) {
  const { code: codeWords, join, profile } = useWords();
  const request = useRequestMyEmail();
  const confirm = useConfirmMyEmail();
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const sound = looksLikeEmail(email.trim());
  if (!request.isSuccess) {
    return (
      <form className="stack" noValidate onSubmit={(event) => { event.preventDefault(); setTried(true); if (sound) request.mutate(email.trim()); }}>
        <p>{profile.emailText}</p>
        <TextInput label={profile.newEmail} type="email" inputMode="email" autoComplete="email" size="md" value={email} error={tried && !sound ? join.need.email : undefined} onChange={(event) => setEmail(event.currentTarget.value)} />
        {request.isError && <Notice error={request.error} />}
        <Button type="submit" size="md" loading={request.isPending}>{join.action}</Button>
      </form>
    );
  }
  return (
    <form className="stack" noValidate onSubmit={(event) => { event.preventDefault(); confirm.mutate({ email: email.trim(), code }, { onSuccess: onDone }); }}>
      <p>{codeWords.text(email.trim())}</p>
      <TextInput label={codeWords.label} description={codeWords.hint(request.data.validMinutes)} inputMode="numeric" autoComplete="one-time-code" autoFocus size="md" value={code} onChange={(event) => { setCode(digitsOf(event.currentTarget.value)); confirm.reset(); }} />
      {confirm.isError && <Notice error={confirm.error} />}
      <Button type="submit" size="md" loading={confirm.isPending} disabled={code.length < CODE_LENGTH}>{profile.confirmEmail}</Button>
    </form>
  );
}
