import { createClient, type Client } from '@wracam/sdk';
import { useLang, type Lang } from '@wracam/ui/lang.tsx';

/** One repeat bridges a lost packet; more would keep a person at a till waiting for the offline sentence. */
const RETRIES = 1;

const clients = new Map<Lang, Client>();

/** The client that asks for answers in the language; the session travels in a cookie. */
export function clientFor(language: Lang): Client {
  const known = clients.get(language);
  if (known) return known;
  const made = createClient({ baseUrl: '/api/v1', language, retries: RETRIES });
  clients.set(language, made);
  return made;
}

/** The client in the language of the screen. */
export const useClient = (): Client => clientFor(useLang());
