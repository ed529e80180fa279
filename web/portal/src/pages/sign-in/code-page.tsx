import { Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link, Redirect, useLocation } from 'wouter';
import { useConfirmCode, useJoin, useMe, useRequestCode } from '../../api/me.ts';
import { useProgram } from '../../api/program.tsx';
import { emailOf, forgetPendingCode, pendingCode, type PendingCode } from '../../session/pending-code.ts';
import { Notice } from '../../shell/notice.tsx';
import { Page } from '../../shell/page.tsx';
import { useWords } from '../../words/words.ts';
import { usePlaces } from '../../shell/places.ts';
import { CODE_LENGTH, digitsOf, RESEND_AFTER_S } from './code-digits.ts';
import styles from './code-page.module.css';

/** The six digits from the message; the phone may fill them in by itself. */
export function CodePage() {
  const to = usePlaces();
  const program = useProgram();
  const { code: words } = useWords();
  const me = useMe();
  const [pending] = useState(() => pendingCode(program.code));
  if (me.data) return <Redirect href={to.home} replace />;
  if (pending === null) return <Redirect href={to.signIn} replace />;
  return (
    <Page title={words.title} text={words.text(emailOf(pending))}>
      <CodeForm pending={pending} />
      <Resend pending={pending} />
      <p><Link className="text-link" href={pending.kind === 'join' ? to.join : to.signIn}>{words.otherEmail}</Link></p>
    </Page>
  );
}

function CodeForm({ pending }: { pending: PendingCode }) {
  const to = usePlaces();
  const program = useProgram();
  const { code: words } = useWords();
  const confirm = useConfirmCode();
  const [, navigate] = useLocation();
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const send = (digits: string) => {
    setTried(true);
    if (digits.length !== CODE_LENGTH || confirm.isPending) return;
    confirm.mutate({ email: emailOf(pending), code: digits }, {
      onSuccess: () => {
        forgetPendingCode(program.code);
        navigate(to.home, { replace: true });
      },
    });
  };
  return (
    <form
      className="panel stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send(code);
      }}
    >
      <TextInput
        label={words.label} description={words.hint(pending.validMinutes)} inputMode="numeric" autoComplete="one-time-code" autoFocus size="md"
        classNames={{ input: styles.digits ?? '' }}
        value={code}
        onChange={(event) => {
          const digits = digitsOf(event.currentTarget.value);
          setCode(digits);
          confirm.reset();
          if (digits.length === CODE_LENGTH && digits !== code) send(digits);
        }}
        error={tried && code.length < CODE_LENGTH && !confirm.isError ? words.need : undefined}
      />
      {confirm.isError && <Notice error={confirm.error} />}
      <Button type="submit" size="md" fullWidth loading={confirm.isPending}>{words.action}</Button>
    </form>
  );
}

function Resend({ pending }: { pending: PendingCode }) {
  const { code: words } = useWords();
  const join = useJoin();
  const request = useRequestCode();
  const [left, setLeft] = useState(RESEND_AFTER_S);
  useEffect(() => {
    if (left === 0) return undefined;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  const asked = pending.kind === 'join' ? join : request;
  const send = () => {
    const onSuccess = () => setLeft(RESEND_AFTER_S);
    if (pending.kind === 'join') join.mutate(pending.input, { onSuccess });
    else request.mutate(pending.email, { onSuccess });
  };
  return (
    <div className={styles.resend}>
      {asked.isSuccess && <p role="status">{words.resent}</p>}
      {asked.isError && <Notice error={asked.error} />}
      {left > 0
        ? <p className="quiet">{words.resendIn(left)}</p>
        : <Button variant="light" loading={asked.isPending} onClick={send}>{words.resend}</Button>}
    </div>
  );
}
