import { Button } from '@mantine/core';
import { ApiProblem } from '@wracam/sdk';
import { ErrorNotice } from '@wracam/ui/error-notice.tsx';
import { forMember } from '../session/refusal-words.ts';
import { useLocation } from 'wouter';
import { useForgetMe } from '../api/me.ts';
import { useWords } from '../words/words.ts';
import { usePlaces } from './places.ts';

/** What went wrong and the way out, in words meant for a member. */
export function Notice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useWords();
  return (
    <>
      <ErrorNotice error={forMember(error, words)} {...(onRetry ? { onRetry } : {})} />
      {error instanceof ApiProblem && error.problem.code === 'not_signed_in' && <SignInAgain />}
    </>
  );
}

/** The session has ended, and the page still shows whose it was: the way in begins with forgetting that. */
function SignInAgain() {
  const to = usePlaces();
  const { join } = useWords();
  const forget = useForgetMe();
  const [, navigate] = useLocation();
  return <Button variant="light" onClick={() => void forget().then(() => navigate(to.signIn))}>{join.signIn}</Button>;
}
