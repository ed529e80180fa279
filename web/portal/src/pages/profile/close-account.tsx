import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useCloseAccount } from '../../api/me.ts';
import { Notice } from '../../shell/notice.tsx';
import { usePlaces } from '../../shell/places.ts';
import { Sheet } from '../../shell/sheet.tsx';
import { useWords } from '../../words/words.ts';

/** The way out for good: it says what is lost, and asks for the person's word. */
export function CloseAccount() {
  const to = usePlaces();
  const { profile } = useWords();
  const [opened, setOpened] = useState(false);
  const [sure, setSure] = useState(false);
  const close = useCloseAccount();
  const [, navigate] = useLocation();
  return (
    <section className="panel stack" aria-label={profile.close}>
      <p style={{ margin: 0 }}>{profile.closeShort}</p>
      <Button variant="default" onClick={() => { setSure(false); setOpened(true); }}>{profile.close}</Button>
      <Sheet opened={opened} onClose={() => setOpened(false)} title={profile.closeTitle}>
        <div className="stack">
          <p>{profile.closeText}</p>
          <Checkbox size="md" color="var(--brand-fill)" iconColor="var(--brand-on-fill)" label={profile.closeSure} checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
          {close.isError && <Notice error={close.error} />}
          <Button color="red" disabled={!sure} loading={close.isPending} onClick={() => close.mutate(undefined, { onSuccess: () => navigate(to.home) })}>{profile.closeDo}</Button>
          <Button variant="default" onClick={() => setOpened(false)}>{profile.stay}</Button>
        </div>
      </Sheet>
    </section>
  );
}
