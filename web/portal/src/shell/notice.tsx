import { ErrorNotice } from '@wracam/ui/error-notice.tsx';
import { forMember } from '../session/refusal-words.ts';
import { useWords } from '../words/words.ts';

/** What went wrong and the way out, in words meant for a member. */
export function Notice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useWords();
  return <ErrorNotice error={forMember(error, words)} {...(onRetry ? { onRetry } : {})} />;
}
