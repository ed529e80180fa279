import { hash, randomUUID } from 'node:crypto';
import { fieldFault, operations, refusalWords, refusals, tellFault, type Language, type Operation, type OperationId, type Operations, type Permission, type RefusalCode, type RefusalParams } from '@wracam/contract';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { asciiJson } from './ascii-json.ts';
import { DatabaseAway } from './db.ts';
import type { Ctx, Deps, Idempotency } from './deps.ts';
import { readJson } from './json-body.ts';
import { Refusal, refuse, type FieldFault } from './refusal.ts';
import { shortcutOf } from './shape-shortcut.ts';

type Shape<Id extends OperationId, Part extends 'params' | 'query' | 'body'> = Operations[Id] extends Record<Part, infer S extends z.ZodType> ? z.output<S> : undefined;
export type Input<Id extends OperationId> = {
  readonly ctx: Ctx; readonly params: Shape<Id, 'params'>; readonly query: Shape<Id, 'query'>; readonly body: Shape<Id, 'body'>;
  readonly cookies: Cookies;
  /** Found out only when it is asked for: looking through proxies' headers costs more than reading a till's request. */
  readonly address: string;
};
export type Answer<Id extends OperationId> = z.input<Operations[Id]['answer']>;
export type Route = { readonly id: OperationId; readonly handle: (deps: Deps, input: never) => Promise<unknown>; readonly write: ((answer: never) => string) | null };

/** Ties an operation of the contract to what does it. `write`: its answer as JSON in ASCII alone, where something faster than the plain way is worth it. */
export const route = <const Id extends OperationId>(id: Id, handle: (deps: Deps, input: Input<Id>) => Promise<Answer<Id>>, write: ((answer: never) => string) | null = null): Route => ({ id, handle, write });

export type Cookies = { staff: string | null; member: string | null; open(kind: 'staff' | 'member', token: string, days: number, programCode?: string): void; close(kind: 'staff' | 'member'): void };
type Caller = Pick<Ctx, 'actor' | 'permissions' | 'adjustLimit' | 'adjustDayLimit' | 'memberId'>;
/** Who stands behind a key or a cookie; made from `access`, which this floor may not import. Null: nobody we know. */
export type Gate = {
  programId(ref: string): Promise<number | null>;
  key(secret: string): Promise<(Caller & { programId: number }) | null>;
  staff(token: string, programId: number | null): Promise<Caller | null>;
  member(token: string, programId: number): Promise<Caller | null>;
};
export type HttpOptions = {
  readonly gate: Gate; readonly secureCookies: boolean; readonly allowedOrigin: string;
  /** Tests hold every answer to its shape. */
  readonly checkAnswers?: boolean;
  /** What a thread of its own answers. */
  readonly aside: Aside | null;
};

/** A request whose sender may do what he asks for, as plain data that another thread can take. */
export type Call = { readonly id: OperationId; readonly ctx: Ctx; readonly params: unknown; readonly query: unknown; readonly raw: Buffer | undefined };
/** Answers calls of some operations as JSON in ASCII; rejects as the route itself would. */
export type Aside = { readonly answers: ReadonlySet<OperationId>; readonly ask: (call: Call) => Promise<string> };

/** Bytes of one request; 500 documents with ten lines fit. */
export const BODY_MAX = 4 * 1024 * 1024;
/** Bigger requests are batches. As objects they take twenty times the room of their bytes, so only a few are taken up at once, enough to fill the writers. */
const BIG_BODY = 16 * 1024;
const BIG_BODIES_AT_ONCE = 20;
const COOKIE_DAY_S = 86_400;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;

export const languageOf = (header: string | undefined): Language => {
  if (header === undefined) return 'pl';
  const wanted = header.split(',').map((part) => {
    const [tag, ...rest] = part.trim().toLowerCase().split(';');
    const q = Number(rest.find((one) => one.trim().startsWith('q='))?.trim().slice(2) ?? 1);
    return { tag: tag ?? '', q: Number.isNaN(q) ? 0 : q };
  }).filter(({ tag, q }) => q > 0 && /^(pl|en)\b/.test(tag)).sort((a, b) => b.q - a.q);
  return wanted[0]?.tag.startsWith('en') ? 'en' : 'pl';
};

const fieldFaults = { pl: fieldFault('pl'), en: fieldFault('en') };
const pointerOf = (path: readonly PropertyKey[]) => path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');

/** The value in its shape; every fault at once, each with a JSON pointer (RFC 6901). */
export function parse<S extends z.ZodType>(shape: S, value: unknown, language: Language, prefix = ''): z.output<S> {
  if (shortcutOf(shape)(value)) return value as z.output<S>;
  const result = shape.safeParse(value, { error: fieldFaults[language] });
  if (result.success) return result.data;
  refuse('invalid_request', {}, faultsOf(result.error, prefix));
}
/** Parts of the path in their shape; undefined where the operation has none. */
const readParams = (shape: z.ZodType | undefined, value: unknown): { success: boolean; data?: unknown } | undefined =>
  shape && (shortcutOf(shape)(value) ? { success: true, data: value } : shape.safeParse(value));
const faultsOf = (error: z.ZodError, prefix: string): FieldFault[] => error.issues.slice(0, 100).map((issue) => ({ pointer: prefix + pointerOf(issue.path), detail: issue.message }));

export function problemBody(code: RefusalCode, params: RefusalParams, language: Language, requestId: string, faults: readonly FieldFault[] = []) {
  const { sentence, wayOut } = refusalWords(code, language, { requestId, ...params });
  return { type: `urn:wracam:${code}`, title: sentence, status: refusals[code].status, code, detail: sentence, wayOut, ...(faults.length ? { errors: faults.map(({ pointer, detail }) => ({ pointer, detail: tellFault(detail, language) })) } : {}), requestId, ...(Object.keys(params).length ? { params } : {}) };
}

/** The request's cookies, read when they are first asked for: a till has none. */
function cookiesOf(request: FastifyRequest, reply: FastifyReply, secure: boolean): () => Cookies {
  let cookies: Cookies | undefined;
  return () => (cookies ??= readCookies(request, reply, secure));
}

function readCookies(request: FastifyRequest, reply: FastifyReply, secure: boolean): Cookies {
  const jar = parseCookie(request.headers.cookie ?? '');
  const name = (kind: string) => (secure ? `__Host-wracam_${kind}` : `wracam_${kind}`);
  const set = (kind: string, value: string, maxAge: number) => {
    reply.header('set-cookie', stringifySetCookie({ name: name(kind), value, httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge }));
  };
  return { staff: jar[name('staff')] ?? null, member: jar[name('member')] ?? null, open: (kind, token, days) => set(kind, token, days * COOKIE_DAY_S), close: (kind) => set(kind, '', 0) };
}

/** A cookie speaks only for our own pages: a request that changes something must come from our origin. */
function refuseForeignOrigin(request: FastifyRequest, options: HttpOptions): void {
  if (request.method === 'GET') return;
  const origin = request.headers.origin;
  if (origin === options.allowedOrigin || origin === `http://${request.headers.host}` || origin === `https://${request.headers.host}`) return;
  refuse('origin_refused');
}

const NOBODY: Caller = { actor: { kind: 'system', id: null }, permissions: new Set(), adjustLimit: null, adjustDayLimit: null, memberId: null };

async function callerOf(request: FastifyRequest, cookies: () => Cookies, operation: Operation, programId: number | null, options: HttpOptions): Promise<Caller> {
  const { access } = operation;
  if (access === 'public') {
    if (request.headers.origin !== undefined) refuseForeignOrigin(request, options);
    return NOBODY;
  }
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer && access !== 'member' && access !== 'staff') {
    const key = await options.gate.key(bearer);
    if (!key) refuse('not_signed_in');
    if (key.programId !== programId) refuse('not_found');
    return allow(key, access);
  }
  if (access === 'member') {
    const token = cookies().member;
    const member = token && programId !== null ? await options.gate.member(token, programId) : null;
    if (!member) refuse('not_signed_in');
    refuseForeignOrigin(request, options);
    return member;
  }
  const token = cookies().staff;
  const signedIn = token ? await options.gate.staff(token, null) : null;
  if (!token || !signedIn) refuse('not_signed_in');
  refuseForeignOrigin(request, options);
  if (access === 'staff') return signedIn;
  const staff = await options.gate.staff(token, programId);
  if (!staff) refuse('not_found');
  return allow(staff, access);
}

function allow<C extends Caller>(caller: C, permission: Permission): C {
  if (!caller.permissions.has(permission)) refuse('not_allowed', { permission });
  return caller;
}

/** Document posts yield to the document's own key; they store nothing. */
const OWN_KEY: ReadonlySet<OperationId> = new Set(['recordTransaction', 'recordTransactions', 'previewTransaction', 'recordEvent', 'previewEvent']);

function idempotencyOf(request: FastifyRequest, id: OperationId, caller: Caller, raw: Buffer | undefined): Idempotency | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined || request.method !== 'POST' || OWN_KEY.has(id)) return null;
  if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)) refuse('idempotency_key_invalid');
  const path = request.url.split('?')[0];
  return { key, scope: hash('sha256', `${caller.actor.kind}:${caller.actor.id}|${id}|${path}`, 'buffer').subarray(0, 16), bodyHash: hash('sha256', raw ?? Buffer.alloc(0), 'buffer') };
}

/** Runs at most `limit` pieces of work at once; the others wait, first come first served. */
function taking(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** An answer of ASCII goes past the framework: every letter is one byte, so nothing is counted, and head and text leave as one string: two parts of a write cost the socket more (decision 0012). */
function sendAscii(reply: FastifyReply, text: string): FastifyReply {
  reply.hijack();
  // Names and values in turn: an object spread into another for every answer costs more than the answer's words, and its garbage lives long.
  const head: (string | number | string[])[] = ['content-type', JSON_TYPE, 'cache-control', 'no-store', 'content-length', text.length];
  const own = reply.getHeaders();
  for (const name in own) head.push(name, own[name]!);
  reply.raw.writeHead(200, head as string[]);
  reply.raw.end(text, 'latin1');
  return reply;
}

/** What only the thread that holds the connection has. */
type Connection = { readonly cookies: () => Cookies; readonly address: () => string };
const elsewhere = (): never => { throw new Error('a thread that answers calls has neither cookies nor addresses'); };
const NO_CONNECTION: Connection = { cookies: elsewhere, address: elsewhere };

/** What a route's function is given. A class, because an object made with getters of its own is a slow one for every request. */
class RequestInput {
  constructor(readonly ctx: Ctx, readonly params: unknown, readonly query: unknown, readonly body: unknown, private readonly connection: Connection) {}
  get cookies(): Cookies { return this.connection.cookies(); }
  get address(): string { return this.connection.address(); }
}

function answerCall(deps: Deps, { handle }: Route, { id, ctx, params, query, raw }: Call, connection: Connection): Promise<unknown> {
  const operation: Operation = operations[id];
  const body = raw ? readJson(raw) : undefined;
  const asked = operation.query ? parse(operation.query, query, ctx.language) : undefined;
  return handle(deps, new RequestInput(ctx, params, asked, operation.body ? parse(operation.body, body ?? {}, ctx.language) : undefined, connection) as never);
}

/** What a thread says to a call: the route's answer as JSON in ASCII. */
export async function writeAnswer(deps: Deps, route: Route, call: Call): Promise<string> {
  const answer = await answerCall(deps, route, call, NO_CONNECTION);
  return (route.write ?? asciiJson)(answer as never);
}

/** Serves every route of the contract; throws at start when one is missing or doubled. */
export function serveRoutes(app: FastifyInstance, deps: Deps, routes: readonly Route[], options: HttpOptions): void {
  const missing = Object.keys(operations).filter((id) => routes.filter((one) => one.id === id).length !== 1);
  if (missing.length > 0) throw new Error(`operations without exactly one route: ${missing.join(', ')}`);
  const bigBodies = taking(BIG_BODIES_AT_ONCE);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: BODY_MAX }, (_request, body, done) => done(null, body));
  const { aside } = options;
  for (const one of routes) {
    const { id, write } = one;
    const operation: Operation = operations[id];
    app.route({
      method: operation.method, url: operation.path.replace(/\{(\w+)\}/g, ':$1'),
      handler: async (request, reply) => {
        const language = languageOf(request.headers['accept-language']);
        const cookies = cookiesOf(request, reply, options.secureCookies);
        const params = readParams(operation.params, request.params);
        const ref = (request.params as { program?: string }).program;
        const programId = ref === undefined || params?.success === false && !/^[a-z0-9_-]{1,60}$/.test(ref) ? null : await options.gate.programId(ref);
        if (ref !== undefined && programId === null && operation.access === 'public') refuse('not_found');
        const caller = await callerOf(request, cookies, operation, programId, options);
        if (params?.success === false || (ref !== undefined && programId === null)) refuse('not_found');
        const raw = Buffer.isBuffer(request.body) ? request.body : undefined;
        const { actor, permissions, adjustLimit, adjustDayLimit, memberId } = caller;
        const ctx: Ctx = { actor, permissions, adjustLimit, adjustDayLimit, memberId, programId: programId ?? 0, language, requestId: request.id, idempotency: idempotencyOf(request, id, caller, raw) };
        const call: Call = { id, ctx, params: params?.data, query: request.query, raw };
        const answering = async () => {
          if (aside?.answers.has(id)) return sendAscii(reply, await aside.ask(call));
          const answer = await answerCall(deps, one, call, { cookies, address: () => request.ip });
          if (options.checkAnswers) operation.answer.parse(answer);
          if (write) return sendAscii(reply, write(answer as never));
          reply.header('content-type', JSON_TYPE).header('cache-control', 'no-store');
          return JSON.stringify(answer);
        };
        return raw && raw.length > BIG_BODY ? bigBodies(answering) : answering();
      },
    });
  }
}

/** The one place where refusals and bugs become answers (RFC 9457). */
export function answerErrors(app: FastifyInstance, deps: Pick<Deps, 'log'>): void {
  const send = (request: FastifyRequest, reply: FastifyReply, code: RefusalCode, params: RefusalParams = {}, faults: readonly FieldFault[] = []) => {
    const { status } = refusals[code];
    if (status === 503 || status === 429) reply.header('retry-after', String(params['seconds'] ?? 1));
    return reply.code(status).header('content-type', 'application/problem+json; charset=utf-8').header('cache-control', 'no-store')
      .send(JSON.stringify(problemBody(code, params, languageOf(request.headers['accept-language']), request.id, faults)));
  };
  app.setNotFoundHandler((request, reply) => send(request, reply, 'not_found'));
  app.setErrorHandler((error: Error & { code?: string; statusCode?: number }, request, reply) => {
    if (error instanceof Refusal) return send(request, reply, error.code, error.params, error.faults);
    if (error instanceof DatabaseAway) {
      deps.log.warn({ requestId: request.id, cause: error.cause instanceof Error ? error.cause.message : undefined }, 'the database is away');
      return send(request, reply, 'database_away');
    }
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return send(request, reply, 'body_too_large');
    if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return send(request, reply, 'unsupported_media_type');
    if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) return send(request, reply, 'invalid_request', {}, [{ pointer: '', detail: error.message }]);
    deps.log.error({ requestId: request.id, route: request.routeOptions.url, error: error.message, stack: error.stack }, 'a bug');
    return send(request, reply, 'internal', { requestId: request.id });
  });
}

export const requestIdOf = () => randomUUID();
