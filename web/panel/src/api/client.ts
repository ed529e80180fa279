import { ApiProblem, createClient, type Client } from '@wracam/sdk';

const clients = {
  pl: createClient({ baseUrl: '/api/v1', language: 'pl', retries: 2 }),
  en: createClient({ baseUrl: '/api/v1', language: 'en', retries: 2 }),
};

/** The client that answers in the language of the page. The session is a cookie. */
export const api = (): Client => (document.documentElement.lang === 'en' ? clients.en : clients.pl);

/** The status of a refusal; undefined when the server was not reached. */
export const statusOf = (error: unknown): number | undefined => (error instanceof ApiProblem ? error.problem.status : undefined);

/** The code of a refusal, such as `points_not_enough`; undefined when the server was not reached. */
export const codeOf = (error: unknown): string | undefined => (error instanceof ApiProblem ? error.problem.code : undefined);
