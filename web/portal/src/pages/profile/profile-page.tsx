import { Button, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import type { Member } from '@wracam/sdk';
import { writeDate } from '@wracam/ui/date-text.tsx';
import { useLang } from '@wracam/ui/lang.tsx';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useSignOut } from '../../api/me.ts';
import { useProgram } from '../../api/program.tsx';
import { writeDay } from '../../shell/days.ts';
import { useInstall } from '../../shell/install.ts';
import { Notice } from '../../shell/notice.tsx';
import { Sheet } from '../../shell/sheet.tsx';
import { SignedIn } from '../../shell/signed-in.tsx';
import { Page } from '../../shell/page.tsx';
import { useWords } from '../../words/words.ts';
import { usePlaces } from '../../shell/places.ts';
import { ChangeEmail } from './change-email.tsx';
import { CloseAccount } from './close-account.tsx';
import { EditProfile } from './edit-profile.tsx';
import styles from './profile-page.module.css';

/** What the program knows about the member, how the portal looks, and the way out. */
export function ProfilePage() {
  const { profile } = useWords();
  return (
    <Page title={profile.title}>
      <SignedIn>
        {(me) => (
          <div className="stack">
            <Facts me={me} />
            <Look />
            <SignOut />
            <CloseAccount />
          </div>
        )}
      </SignedIn>
    </Page>
  );
}

function Facts({ me }: { me: Member }) {
  const to = usePlaces();
  const program = useProgram();
  const { profile, messages } = useWords();
  const lang = useLang();
  const [editing, setEditing] = useState(false);
  const [saved, setSaved] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  // The form takes the focus away with it.
  useEffect(() => {
    if (wasEditing.current && !editing) edit.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  const [changingEmail, setChangingEmail] = useState(false);
  const name = [me.firstName, me.lastName].filter(Boolean).join(' ');
  const facts = [
    [profile.number, me.number], [profile.email, me.email], [profile.phone, me.phone],
    [profile.birthDate, me.birthDate && writeDate(me.birthDate, lang)], [profile.joined, writeDay(me.joinedAt, program.timeZone, lang)], [profile.emails, me.emailConsent ? profile.emailsOn : profile.emailsOff],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]));
  return (
    <section className="panel" aria-label={name || me.number}>
      {name && <h2 className={styles.name}>{name}</h2>}
      {editing ? <EditProfile me={me} onSaved={() => { setEditing(false); setSaved(true); }} onCancel={() => setEditing(false)} /> : (
        <>
          <dl className={styles.facts}>
            {facts.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
          </dl>
          <p role="status" style={{ margin: 0 }}>{saved && profile.saved}</p>
          <div className={styles.changes}>
            <Button ref={edit} variant="light" onClick={() => { setSaved(false); setEditing(true); }}>{profile.edit}</Button>
            <Button variant="default" onClick={() => setChangingEmail(true)}>{profile.changeEmail}</Button>
          </div>
        </>
      )}
      <Sheet opened={changingEmail} onClose={() => setChangingEmail(false)} title={profile.changeEmail}>
        <ChangeEmail onDone={() => setChangingEmail(false)} />
      </Sheet>
      <p className="stack">
        <Link className="text-link" href={to.orders}>{profile.orders}</Link>
        <Link className="text-link" href={to.messages}>{messages.title}</Link>
      </p>
    </section>
  );
}

const schemes: readonly MantineColorScheme[] = ['auto', 'light', 'dark'];

function Look() {
  const { profile } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const install = useInstall();
  return (
    <section className="panel" aria-labelledby="look-title">
      <h2 id="look-title" className="panel-title">{profile.look}</h2>
      <div className={styles.schemes} role="radiogroup" aria-labelledby="look-title">
        {schemes.map((scheme) => (
          <label key={scheme} className={styles.scheme}>
            <input type="radio" name="scheme" value={scheme} checked={colorScheme === scheme} onChange={() => setColorScheme(scheme)} />
            {profile.looks[scheme]}
          </label>
        ))}
      </div>
      {install && (
        <>
          <p>{profile.installText}</p>
          <Button variant="light" onClick={install}>{profile.install}</Button>
        </>
      )}
    </section>
  );
}

function SignOut() {
  const to = usePlaces();
  const { profile } = useWords();
  const signOut = useSignOut();
  const [, navigate] = useLocation();
  return (
    <section className="panel stack" aria-label={profile.signOut}>
      <p style={{ margin: 0 }}>{profile.signOutText}</p>
      {signOut.isError && <Notice error={signOut.error} />}
      <Button
        variant="default"
        loading={signOut.isPending}
        onClick={() => signOut.mutate(undefined, { onSuccess: () => navigate(to.home) })}
      >
        {profile.signOut}
      </Button>
    </section>
  );
}
