import { Alert, Button, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useLang } from './lang.tsx';
import { uiWords } from './words.ts';

/** What a refusal carries (RFC 9457). Every field but `title` may be missing: a proxy may have answered instead of us. */
export type Problem = {
  status?: number;
  code?: string;
  title?: string;
  detail?: string;
  wayOut?: string | null;
  requestId?: string;
  errors?: readonly { pointer?: string; detail?: string }[];
};

/** Reads a problem out of whatever was thrown; null when the server was not reached at all. */
export function problemOf(error: unknown): Problem | null {
  if (typeof error !== 'object' || error === null) return null;
  const inner = 'problem' in error ? error.problem : error;
  if (typeof inner !== 'object' || inner === null) return null;
  return 'status' in inner || 'code' in inner ? (inner as Problem) : null;
}

type ErrorNoticeProps = {
  error: unknown; onRetry?: () => void;
  /** When this is all the page has, its title is the page's heading. */
  wholePage?: boolean;
};

/** Refusals of what was asked for: asked again unchanged, it would be refused again. */
const FOR_GOOD = [400, 409, 422];

/** A refusal or a fault in a person's words: what was wrong, which fields, what to do now. */
export function ErrorNotice({ error, onRetry, wholePage = false }: ErrorNoticeProps) {
  const words = uiWords(useLang());
  const problem = problemOf(error);
  const fault = problem && (problem.status ?? 0) >= 500 && problem.status !== 503;
  const title = problem === null ? words.offline : fault ? words.fault : (problem.detail ?? problem.title ?? words.fault);
  const next = problem === null ? words.offlineNext : fault ? `${words.faultNext} ${problem.requestId ?? ''}` : problem.wayOut;
  // A field that the sentence names already is not named again below it; a single word is a field's name or its value, which tells nobody anything.
  const faults = problem?.errors?.filter((one) => one.detail && /\s/.test(one.detail) && !title.includes(one.detail)) ?? [];
  return (
    <Alert color="red" variant="light" role="alert" title={wholePage ? <span role="heading" aria-level={1}>{title}</span> : title} icon={<IconAlertTriangle aria-hidden />}>
      {next && <Text size="sm">{next}</Text>}
      {faults.length > 0 && (
        <List size="sm" mt="xs">
          {faults.map((one) => <List.Item key={`${one.pointer}${one.detail}`}>{one.detail}</List.Item>)}
        </List>
      )}
      {onRetry && !FOR_GOOD.includes(problem?.status ?? 0) && (
        <Button mt="sm" size="xs" variant="default" onClick={onRetry}>{words.tryAgain}</Button>
      )}
    </Alert>
  );
}
