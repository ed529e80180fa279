/** What an answer of a called system means; words say it to a person. */
export type AnswerKind = 'taken' | 'elsewhere' | 'locked' | 'missing' | 'slower' | 'wrong' | 'broken' | 'silent' | 'inside' | 'off' | 'name' | 'closed' | 'cut' | 'far' | 'certificate' | 'other';

const NAMED: Readonly<Record<string, AnswerKind>> = {
  'address not allowed': 'inside', 'switched off': 'off', 'the line broke': 'cut', ENOTFOUND: 'name', EAI_AGAIN: 'name', ECONNREFUSED: 'closed', ECONNRESET: 'cut', EPIPE: 'cut', ETIMEDOUT: 'far', EHOSTUNREACH: 'far', ENETUNREACH: 'far',
};

/** Reads the few words that the API keeps of an answer. */
export function kindOfAnswer(answer: string): AnswerKind {
  const status = Number(/^HTTP (\d+)$/.exec(answer)?.[1] ?? 0);
  if (status > 0) return kindOfStatus(status);
  if (answer.startsWith('no answer')) return 'silent';
  return NAMED[answer] ?? (/CERT|TLS|SSL|SIGNATURE|SIGNED/.test(answer) ? 'certificate' : 'other');
}

function kindOfStatus(status: number): AnswerKind {
  if (status < 300) return 'taken';
  if (status < 400) return 'elsewhere';
  if (status === 401 || status === 403) return 'locked';
  if (status === 404 || status === 410) return 'missing';
  return status === 429 ? 'slower' : status < 500 ? 'wrong' : 'broken';
}
