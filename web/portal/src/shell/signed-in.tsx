import type { Member } from '@wracam/sdk';
import { SkeletonList } from '@wracam/ui/skeleton-list.tsx';
import type { ReactNode } from 'react';
import { Redirect } from 'wouter';
import { useMe } from '../api/me.ts';
import { usePlaces } from './places.ts';
import { Notice } from './notice.tsx';

/** Shows a page to its member, and the way in to a visitor. */
export function SignedIn({ children }: { children: (me: Member) => ReactNode }) {
  const to = usePlaces();
  const me = useMe();
  if (me.data) return children(me.data);
  if (me.data === null) return <Redirect href={to.signIn} replace />;
  if (me.isError) return <Notice error={me.error} onRetry={() => void me.refetch()} />;
  return <SkeletonList rows={4} height={72} />;
}
