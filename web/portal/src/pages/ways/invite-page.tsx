import { CopyField } from '@wracam/ui/copy-field.tsx';
import { SkeletonList } from '@wracam/ui/skeleton-list.tsx';
import { useMyWays } from '../../api/me.ts';
import { Notice } from '../../shell/notice.tsx';
import { usePlaces } from '../../shell/places.ts';
import { SignedIn } from '../../shell/signed-in.tsx';
import { Page } from '../../shell/page.tsx';
import { useWords } from '../../words/words.ts';
import { ClosedWay } from './closed-way.tsx';

/** A member's own link for friends, and what has come of it. */
export function InvitePage() {
  const { invite } = useWords();
  return (
    <Page title={invite.title} text={invite.text}>
      <SignedIn>{() => <Invitation />}</SignedIn>
    </Page>
  );
}

function Invitation() {
  const to = usePlaces();
  const { invite } = useWords();
  const ways = useMyWays();
  if (ways.isError) return <Notice error={ways.error} onRetry={() => void ways.refetch()} />;
  if (!ways.data) return <SkeletonList rows={2} height={72} />;
  const { invitation } = ways.data;
  if (!invitation) return <ClosedWay text={invite.closed} />;
  const link = `${window.location.origin}/p${to.join}?invitation=${invitation.code}`;
  return (
    <section className="panel stack" aria-label={invite.title}>
      <CopyField label={invite.link} value={link} action={invite.copy} size="md" />
      <p aria-live="polite">{invite.figures(invitation.waiting, invitation.done)}</p>
    </section>
  );
}
