import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link, Redirect, useLocation } from 'wouter';
import { useMe, useRequestCode } from '../../api/me.ts';
import { useProgram } from '../../api/program.tsx';
import { keepPendingCode } from '../../session/pending-code.ts';
import { Notice } from '../../shell/notice.tsx';
import { Page } from '../../shell/page.tsx';
import { useWords } from '../../words/words.ts';
import { usePlaces } from '../../shell/places.ts';
import { looksLikeEmail } from './email.ts';

/** The way in for a member: an address, to which a code goes. */
export function SignInPage() {
  const to = usePlaces();
  const program = useProgram();
  const { signIn, join } = useWords();
  const me = useMe();
  const request = useRequestCode();
  const [, navigate] = useLocation();
  const [email, setEmail] = useState('');
  const [tried, setTried] = useState(false);
  if (me.data) return <Redirect href={to.home} replace />;
  const wrong = tried && !looksLikeEmail(email.trim());
  return (
    <Page title={signIn.title} text={signIn.text}>
      <form
        className="panel stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          const address = email.trim();
          if (!looksLikeEmail(address)) return;
          request.mutate(address, {
            onSuccess: ({ validMinutes }) => {
              keepPendingCode(program.code, { kind: 'sign-in', email: address, validMinutes });
              navigate(to.code);
            },
          });
        }}
      >
        <TextInput
          label={signIn.email} type="email" inputMode="email" autoComplete="email" required withAsterisk={false} size="md"
          value={email} onChange={(event) => setEmail(event.currentTarget.value)} error={wrong ? join.need.email : undefined}
        />
        {request.isError && <Notice error={request.error} />}
        <Button type="submit" size="md" fullWidth loading={request.isPending}>{signIn.action}</Button>
      </form>
      <p>{signIn.noAccount} <Link className="text-link" href={to.join}>{signIn.join}</Link></p>
    </Page>
  );
}
