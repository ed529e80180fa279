import { operations, type OperationTypes, type Problem } from './generated.ts';

type OperationId = keyof OperationTypes;
type Input<Id extends OperationId> = OperationTypes[Id]['input'] & { idempotencyKey?: string; signal?: AbortSignal };
/** One method an operation of the contract. */
export type Client = { [Id in OperationId]: (...input: Record<string, never> extends OperationTypes[Id]['input'] ? [Input<Id>?] : [Input<Id>]) => Promise<OperationTypes[Id]['answer']> };

export type ClientOptions = {
  /** Where the API is, such as `https://example.pl/api/v1`. */
  baseUrl: string;
  /** `wk_live_…` or `wk_test_…`; leave out in a browser, where the session cookie speaks. */
  apiKey?: string;
  language?: 'pl' | 'en';
  /** How many times a request that may be repeated safely is sent again after 429, 503 or a broken connection. Default 4. */
  retries?: number;
  fetch?: typeof fetch;
};

/** The API said no: `problem.code` tells why and `problem.wayOut` what to do. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
}

/** A new key for one intention. Not `randomUUID`: browsers hide it from pages served by plain HTTP, as in a shop's own network. */
export const newIdempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const RETRY_WAIT_MAX_MS = 5000;

function addressOf(baseUrl: string, path: string, input: { params?: Record<string, string>; query?: Record<string, unknown> }): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(input.params?.[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) if (value !== undefined && value !== null) query.set(name, String(value));
  const search = query.toString();
  return `${baseUrl}${filled}${search ? `?${search}` : ''}`;
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback: Problem = { type: 'about:blank', title: response.statusText, status: response.status, code: response.status === 503 ? 'database_away' : 'internal', detail: response.statusText, wayOut: null, requestId: '' };
  return response.json().then((body: Problem) => ({ ...fallback, ...body }), () => fallback);
}

/**
 * A client of the whole API. GETs and POSTs are repeated after 429, 503 and broken connections: every POST carries an Idempotency-Key,
 * so the server does the work once. Throws `ApiProblem` for every other answer that is not 2xx.
 */
export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? ((input, init) => fetch(input, init));
  const call = async (id: OperationId, input: { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown; idempotencyKey?: string; signal?: AbortSignal } = {}) => {
    const { method, path } = operations[id];
    const headers: Record<string, string> = { accept: 'application/json', 'accept-language': options.language ?? 'pl' };
    if (options.apiKey) headers['authorization'] = `Bearer ${options.apiKey}`;
    if (method === 'POST') headers['idempotency-key'] = input.idempotencyKey ?? newIdempotencyKey();
    if (input.body !== undefined) headers['content-type'] = 'application/json';
    const request: RequestInit = { method, headers, credentials: 'same-origin', ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }), ...(input.signal ? { signal: input.signal } : {}) };
    const address = addressOf(options.baseUrl, path, input);
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt >= (options.retries ?? 4) || method === 'PATCH';
      const response = await send(address, request).catch((error: unknown) => { if (last || input.signal?.aborted) throw error; return null; });
      if (response?.ok) return response.json();
      if (response && (last || (response.status !== 429 && response.status !== 503))) throw new ApiProblem(await problemOf(response));
      const asked = Number(response?.headers.get('retry-after') ?? 0) * 1000;
      await wait(Math.min(RETRY_WAIT_MAX_MS, Math.max(asked, 100 * 2 ** attempt)));
    }
  };
  return Object.fromEntries(Object.keys(operations).map((id) => [id, (input?: never) => call(id as OperationId, input)])) as unknown as Client;
}

/** Walks a list page by page; stops when there is no next page. */
export async function* eachItem<T>(readPage: (cursor: string | undefined) => Promise<{ items: T[]; next: string | null }>): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const page = await readPage(cursor);
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor);
}
