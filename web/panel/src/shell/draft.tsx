import { Alert, Button, Text } from '@mantine/core';
import { ErrorNotice } from '@wracam/ui';
import { useEffect, useRef, useState, type MouseEvent } from 'react';
import { useWords } from '../words/words.tsx';
import { toastUndo } from './toast.tsx';

type Begun<Value> = { readonly revision: number; readonly value: Value };

/** A field that is not there and one without a value are the same to whoever types, and so is the order of fields, which the database chooses. */
const textOf = (value: unknown): string => JSON.stringify(value, (_, part: unknown) => (
  typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part
));

/**
 * What is typed in a form that changes something saved. What is saved is read again while the form is open (a window comes to the front,
 * somebody else saves): a form in which nothing was typed begins from it anew, another one keeps its words and the revision they were typed
 * over. So the server refuses to save them over somebody else's, who would otherwise be overwritten without anybody knowing.
 */
export function useDraft<Value>(revision: number, value: Value) {
  const [began, begin] = useState<Begun<Value>>({ revision, value });
  const [typed, set] = useState(value);
  const isOlder = began.revision !== revision;
  const untouched = [began.value, value].some((one) => textOf(one) === textOf(typed));
  const beginAnew = () => {
    begin({ revision, value });
    set(value);
  };
  if (isOlder && untouched) beginAnew();
  const goBack = (was: Begun<Value>, words: Value) => {
    begin(was);
    set(words);
  };
  return { typed, set, began, beginAnew, goBack, outrun: isOlder && !untouched };
}

type Act = { readonly error: Error | null; readonly isPending: boolean; readonly reset: () => void };

/** Why a form was not saved; or, as soon as it is known, that it cannot be, with the way to what is saved now. */
export function DraftFault<Value>({ draft, acts }: { draft: Pick<ReturnType<typeof useDraft<Value>>, 'typed' | 'began' | 'outrun' | 'beginAnew' | 'goBack'>; acts: readonly Act[] }) {
  const error = acts.find((one) => one.error)?.error;
  // What this form saves is read again before its own answer is there.
  if (!draft.outrun || acts.some((one) => one.isPending)) return error ? <ErrorNotice error={error} /> : null;
  const { typed, began, beginAnew, goBack } = draft;
  const load = () => {
    for (const act of acts) act.reset();
    beginAnew();
    return () => goBack(began, typed);
  };
  return <Outrun load={load} />;
}

/** Comes into sight by itself: the button that was pressed may stand far from it. `load` answers how to have back what was typed, which still cannot be saved. */
function Outrun({ load }: { load: () => () => void }) {
  const { outrun: w, undo } = useWords().shell;
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    notice.current?.scrollIntoView({ block: 'nearest' });
    // Whoever types goes on typing; a button that was pressed can be pressed no more.
    if (document.activeElement?.matches('input, textarea, select') !== true) notice.current?.focus();
  }, []);
  const press = ({ currentTarget }: MouseEvent<HTMLElement>) => {
    currentTarget.closest('form, fieldset')?.querySelector<HTMLElement>('input, textarea')?.focus();
    toastUndo(w.loaded, undo, load());
  };
  return (
    <Alert ref={notice} tabIndex={-1} role="alert" color="amber" variant="light" title={w.title}>
      <Text size="sm">{w.text}</Text>
      <Button mt="sm" size="xs" variant="default" onClick={press}>{w.load}</Button>
    </Alert>
  );
}
