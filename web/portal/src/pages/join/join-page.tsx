import { Button, Checkbox, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { Link, Redirect, useLocation } from 'wouter';
import { useJoin, useMe } from '../../api/me.ts';
import { useProgram } from '../../api/program.tsx';
import { keepPendingCode, pendingCode } from '../../session/pending-code.ts';
import { Notice } from '../../shell/notice.tsx';
import { Sheet } from '../../shell/sheet.tsx';
import { Page } from '../../shell/page.tsx';
import { useWords } from '../../words/words.ts';
import { usePlaces } from '../../shell/places.ts';
import { emptyJoin, faultsOf, joinInputOf, refusedFields, type JoinField, type JoinFields } from './join-form.ts';
import styles from './join-page.module.css';
import { TermsText } from './terms-text.tsx';

/** Joining without paper: a name, an address, the terms. */
export function JoinPage() {
  const to = usePlaces();
  const { join } = useWords();
  const me = useMe();
  if (me.data) return <Redirect href={to.home} replace />;
  return (
    <Page title={join.title} text={join.text}>
      <JoinForm />
      <p>{join.haveAccount} <Link className="text-link" href={to.signIn}>{join.signIn}</Link></p>
    </Page>
  );
}

/** Going back from the code to correct an address must not cost typing everything again. */
function typedBefore(program: string): JoinFields {
  const pending = pendingCode(program);
  if (pending?.kind !== 'join') return emptyJoin;
  const { firstName, email, phone = '', birthDate = '', emailConsent = false } = pending.input;
  return { firstName, email, phone, birthDate, accepted: false, emailConsent };
}

/** The invitation of the link stays with the form, also after a look at the code. */
function invitedBefore(program: string): string | null {
  const pending = pendingCode(program);
  return pending?.kind === 'join' ? pending.input.invitation ?? null : null;
}

const today = () => new Date().toISOString().slice(0, 10);

function JoinForm() {
  const to = usePlaces();
  const program = useProgram();
  const { join: words } = useWords();
  const join = useJoin();
  const [, navigate] = useLocation();
  const form = useRef<HTMLFormElement>(null);
  const [fields, setFields] = useState(() => typedBefore(program.code));
  const [tried, setTried] = useState(false);
  const faults = [...(tried ? faultsOf(fields, today()) : []), ...refusedFields(join.error)];
  const fault = (field: JoinField) => (faults.includes(field) ? words.need[field] : undefined);
  const change = (part: Partial<JoinFields>) => {
    setFields({ ...fields, ...part });
    if (join.isError) join.reset();
  };
  const send = () => {
    setTried(true);
    if (faultsOf(fields, today()).length > 0) {
      // After the faults are drawn, the first of them is where the person should be.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const input = joinInputOf(fields, program.termsVersion, new URLSearchParams(window.location.search).get('invitation') ?? invitedBefore(program.code));
    join.mutate(input, {
      onSuccess: ({ validMinutes }) => {
        keepPendingCode(program.code, { kind: 'join', input, validMinutes });
        navigate(to.code);
      },
    });
  };
  return (
    <form
      ref={form}
      className="panel stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextInput label={words.firstName} autoComplete="given-name" size="md" maxLength={60} value={fields.firstName} error={fault('firstName')} onChange={(event) => change({ firstName: event.currentTarget.value })} />
      <TextInput label={words.email} type="email" inputMode="email" autoComplete="email" size="md" value={fields.email} error={fault('email')} onChange={(event) => change({ email: event.currentTarget.value })} />
      <TextInput label={`${words.phone} ${words.optional}`} description={words.phoneHint} type="tel" autoComplete="tel" size="md" value={fields.phone} error={fault('phone')} onChange={(event) => change({ phone: event.currentTarget.value })} />
      <TextInput label={`${words.birthDate} ${words.optional}`} description={words.birthHint} type="date" autoComplete="bday" size="md" max={today()} value={fields.birthDate} error={fault('birthDate')} onChange={(event) => change({ birthDate: event.currentTarget.value })} />
      <Terms accepted={fields.accepted} error={fault('terms')} onAccept={(accepted) => change({ accepted })} />
      <Checkbox size="md" color="var(--brand-fill)" iconColor="var(--brand-on-fill)" label={words.emailsAgree} checked={fields.emailConsent} onChange={(event) => change({ emailConsent: event.currentTarget.checked })} />
      {join.isError && refusedFields(join.error).length === 0 && <Notice error={join.error} />}
      <Button type="submit" size="md" fullWidth loading={join.isPending}>{words.action}</Button>
    </form>
  );
}

function Terms({ accepted, error, onAccept }: { accepted: boolean; error: string | undefined; onAccept: (accepted: boolean) => void }) {
  const program = useProgram();
  const { join: words, terms, termsPage } = useWords();
  const [reading, setReading] = useState(false);
  return (
    <div className={styles.terms}>
      <Checkbox
        size="md" color="var(--brand-fill)" iconColor="var(--brand-on-fill)" label={`${words.accept} (${words.version(program.termsVersion)})`}
        aria-invalid={error !== undefined} checked={accepted} error={error} onChange={(event) => onAccept(event.currentTarget.checked)}
      />
      <button type="button" className="text-link" onClick={() => setReading(true)}>{words.readTerms}</button>
      <Sheet opened={reading} onClose={() => setReading(false)} title={terms}>
        <p className="quiet">{termsPage.version(program.termsVersion)}</p>
        <TermsText text={program.termsText} />
      </Sheet>
    </div>
  );
}
