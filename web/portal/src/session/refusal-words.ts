import { ApiProblem } from '@wracam/sdk';
import type { Words } from '../words/words.ts';

/** The API's words are for the staff in a few refusals; a member reads these instead. Everything else passes unchanged. */
export function forMember(error: unknown, words: Words): unknown {
  if (!(error instanceof ApiProblem)) return error;
  const own = wordsFor(error.problem.code, words);
  return own ? { ...error.problem, title: own[0], detail: own[0], wayOut: own[1] } : error;
}

function wordsFor(code: string, { refused }: Words): readonly [string, string] | undefined {
  if (code === 'member_blocked' || code === 'account_suspended') return refused.blocked;
  if (code === 'identifier_taken') return refused.taken;
  if (code === 'not_signed_in') return refused.expired;
  return undefined;
}
