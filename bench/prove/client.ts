import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

export interface Reply {
  status: number;
  body: Record<string, unknown>;
  /** Of this process's monotonic clock, in milliseconds: the request had left, the answer was there. */
  sentAt: number;
  answeredAt: number;
}

export interface Call { method?: 'GET' | 'POST'; path: string; body?: unknown; key?: string }

/** No answer: what became of the request is not known. */
export class NoAnswer extends Error {}

const TIMEOUT_MS = 35_000;

/** Sends API requests of one program over keep-alive connections. Every broken line is `NoAnswer`, never a guess. */
export function makeClient(program: { code: string; apiKey: string }) {
  const agent = new Agent({ keepAlive: true, maxSockets: 512 });
  const send = (port: number, { method = 'POST', path, body, key }: Call): Promise<Reply> => new Promise((resolve, reject) => {
    const lost = (cause: unknown) => reject(new NoAnswer('no answer', { cause }));
    const headers: Record<string, string> = { authorization: `Bearer ${program.apiKey}`, 'accept-language': 'en', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(key ? { 'idempotency-key': key } : {}) };
    let sentAt = performance.now();
    const outgoing = request({ host: '127.0.0.1', port, method, path: `/api/v1/programs/${program.code}${path}`, headers, agent, timeout: TIMEOUT_MS }, (incoming) => {
      const pieces: Buffer[] = [];
      incoming.on('data', (piece: Buffer) => pieces.push(piece));
      incoming.once('error', lost);
      incoming.once('close', () => { if (!incoming.complete) lost(new Error('the answer broke off')); });
      incoming.once('end', () => {
        try {
          resolve({ status: incoming.statusCode ?? 0, body: JSON.parse(Buffer.concat(pieces).toString('utf8')) as Record<string, unknown>, sentAt, answeredAt: performance.now() });
        } catch (cause) {
          lost(cause);
        }
      });
    });
    outgoing.once('finish', () => { sentAt = performance.now(); });
    outgoing.once('timeout', () => outgoing.destroy(new Error('timeout')));
    outgoing.once('error', lost);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
  return { send, close: () => agent.destroy() };
}

export type Client = ReturnType<typeof makeClient>;

/** Was there an instant at which all of them were on their way: the last one left before the first answer came. */
export const allAtOnce = (replies: readonly Reply[]): boolean => Math.max(...replies.map((one) => one.sentAt)) < Math.min(...replies.map((one) => one.answeredAt));
