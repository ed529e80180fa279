import { useRef } from 'react';

/** A new random name for one act, so that sending it twice does it once. Works on plain http too, where randomUUID is missing. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * One key for one act by hand. When an answer is lost on its way, a person presses again, and the server must know the act: the same body
 * goes under the same key until it has been answered. After that the same body is a new act.
 */
export function useActKey<Body>(): { readonly keyFor: (body: Body) => string; readonly answered: () => void } {
  const open = useRef<{ readonly body: string; readonly key: string } | null>(null);
  return {
    keyFor: (body) => {
      const text = JSON.stringify(body);
      if (open.current?.body !== text) open.current = { body: text, key: newKey() };
      return open.current.key;
    },
    answered: () => { open.current = null; },
  };
}
