import { useMutation, type UseMutationOptions } from '@tanstack/react-query';
import { useRef } from 'react';

type After<Answer> = { readonly onSuccess?: (answer: Answer) => unknown; readonly onError?: (error: Error) => unknown; readonly onSettled?: () => unknown };

/**
 * Something that a person does by a press. Pressed twice before the button can be drawn as busy it is done once. What follows the answer is
 * done also where the answer took away the part of the page that asked (a proposal is gone once it is approved), which the library's own
 * `mutate` leaves out; whoever has gone on to another page is left in peace.
 */
export function useAct<Answer, Asked = void>(options: UseMutationOptions<Answer, Error, Asked>) {
  const act = useMutation(options);
  const { mutateAsync } = act;
  const open = useRef<string | undefined | null>(null);
  const mutate = (asked: Asked, after: After<Answer> = {}): void => {
    const words = JSON.stringify(asked);
    if (open.current === words) return;
    open.current = words;
    const page = window.location.pathname;
    const end = (follow: (() => unknown) | undefined) => {
      if (open.current === words) open.current = null;
      if (window.location.pathname !== page) return;
      follow?.();
      after.onSettled?.();
    };
    mutateAsync(asked).then((answer) => end(() => after.onSuccess?.(answer)), (error: Error) => end(() => after.onError?.(error)));
  };
  return { ...act, mutate };
}
