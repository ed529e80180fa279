import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';

export interface LoadOptions {
  host: string;
  port: number;
  /** Keep-alive connections, each with one request in flight. */
  connections: number;
  /** Stop sending after so many requests, or after so many seconds; what is in flight is still awaited. */
  requests?: number;
  seconds?: number;
  /** Of these seconds the first so many are not measured: the generator's own code is cold, and all connections open at once. */
  warmUpSeconds?: number;
  /** Open loop: requests a second, each timed from the moment it was due. Without it every connection sends as soon as it may. */
  ratePerSecond?: number;
  /** The path and body of the nth request; `count` documents in it. */
  request: (n: number) => { path: string; body: string; documents?: number };
  headers: Record<string, string>;
  /** Sees every parsed answer, those before the measured time too; the place for counting what was acknowledged. */
  onAnswer?: (n: number, status: number, body: unknown) => void;
}

export interface LoadReport {
  /** Answers within the measured time, in requests and documents and by status, and the time they took. */
  requests: number;
  documents: number;
  statuses: Record<number, number>;
  seconds: number;
  /** Of those answers, in milliseconds. */
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  /** What the generator itself used: on two cores it takes from the server's share. */
  cpuMicros: number;
  /** Documents answered in all, those before the measured time too. */
  allDocuments: number;
}

const HEADER_END = Buffer.from('\r\n\r\n');
const LENGTH = 'content-length: ';
const NOTHING = Buffer.alloc(0);
/** Every connection reads into this: what came is text before the next one reads, and a buffer of its own for each read would cost more than its words. */
const READ_INTO = Buffer.allocUnsafe(64 * 1024);

/**
 * Drives HTTP/1.1 POSTs over raw sockets and parses every answer as JSON. Raw, because node:http would cost the generator more
 * CPU than the server under test has to spare on two cores. Rejects on a broken connection: a lost answer is no figure.
 */
export function driveLoad(options: LoadOptions): Promise<LoadReport> {
  return new Promise((resolve, reject) => {
    const head = Object.entries({ host: `${options.host}:${options.port}`, 'content-type': 'application/json', ...options.headers })
      .map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const latencies: number[] = [];
    let statuses: Record<number, number> = {};
    const idle: Line[] = [];
    const due: number[] = [];
    let sent = 0, answered = 0, documents = 0, allDocuments = 0, lastAnswerAt = 0;
    const startedAt = performance.now();
    let measuredFrom = startedAt;
    let measuredCpu = process.cpuUsage();
    const warmUp = setTimeout(() => {
      measuredFrom = performance.now();
      measuredCpu = process.cpuUsage();
      answered = documents = latencies.length = 0;
      statuses = {};
    }, (options.warmUpSeconds ?? 0) * 1000);
    const over = () => sent >= (options.requests ?? Infinity) || performance.now() - startedAt >= (options.seconds ?? Infinity) * 1000;

    const send = (line: Line, dueAt: number) => {
      const n = sent++;
      const { path, body, documents: inside = 1 } = options.request(n);
      line.n = n;
      line.dueAt = dueAt;
      line.documents = inside;
      line.socket.write(`POST ${path} HTTP/1.1\r\n${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    const finish = () => {
      clearInterval(pace);
      clearTimeout(warmUp);
      for (const line of lines) line.socket.destroy();
      const seconds = (lastAnswerAt - measuredFrom) / 1000;
      const { user, system } = process.cpuUsage(measuredCpu);
      resolve({ requests: answered, documents, allDocuments, seconds, statuses, cpuMicros: user + system, ...quantiles(latencies) });
    };
    const freed = (line: Line) => {
      const dueAt = options.ratePerSecond ? due.shift() : performance.now();
      if (dueAt === undefined || over()) idle.push(line);
      else send(line, dueAt);
      if (idle.length === options.connections && over()) finish();
    };
    const answer = (line: Line, status: number, text: string) => {
      lastAnswerAt = performance.now();
      latencies.push(lastAnswerAt - line.dueAt);
      statuses[status] = (statuses[status] ?? 0) + 1;
      answered++;
      documents += line.documents;
      allDocuments += line.documents;
      const body: unknown = text === '' ? null : JSON.parse(text);
      options.onAnswer?.(line.n, status, body);
      freed(line);
    };

    const lines = Array.from({ length: options.connections }, () => openLine(options, answer, reject));
    let generated = 0;
    const pace = setInterval(() => {
      if (over()) {
        if (idle.length === options.connections) finish();
        return;
      }
      if (!options.ratePerSecond) return;
      const shouldBe = Math.floor(((performance.now() - startedAt) / 1000) * options.ratePerSecond);
      for (; generated < shouldBe; generated++) {
        const dueAt = startedAt + (generated / options.ratePerSecond) * 1000;
        const line = idle.pop();
        if (line) send(line, dueAt);
        else due.push(dueAt);
      }
    }, 1);
    for (const line of lines) line.socket.once('connect', () => freed(line));
  });
}

interface Line { socket: Socket; pending: Buffer; n: number; dueAt: number; documents: number }

function openLine(options: LoadOptions, answer: (line: Line, status: number, text: string) => void, fail: (cause: Error) => void): Line {
  const read = (size: number, buffer: Uint8Array) => {
    const part = (buffer as Buffer).subarray(0, size);
    const came = line.pending.length === 0 ? part : Buffer.concat([line.pending, part]);
    const found = wholeAnswer(came);
    if (found instanceof Error) fail(found);
    // What is kept must not lie where the next read goes.
    else if (found === null) line.pending = came === part ? Buffer.from(part) : came;
    else {
      line.pending = found.end === came.length ? NOTHING : Buffer.from(came.subarray(found.end));
      answer(line, found.status, found.text);
    }
    return true;
  };
  const socket = connect({ host: options.host, port: options.port, noDelay: true, onread: { buffer: READ_INTO, callback: read } });
  const line: Line = { socket, pending: NOTHING, n: -1, dueAt: 0, documents: 0 };
  socket.on('error', fail);
  socket.on('end', () => fail(new Error('the server closed a connection')));
  return line;
}

/** The answer at the beginning of what came; null: some of it is still on its way. */
function wholeAnswer(came: Buffer): { status: number; text: string; end: number } | Error | null {
  const headerEnd = came.indexOf(HEADER_END);
  if (headerEnd < 0) return null;
  const header = came.toString('latin1', 0, headerEnd);
  const lengthAt = header.indexOf(LENGTH);
  if (lengthAt < 0) return new Error(`an answer without content-length:\n${header}`);
  const start = headerEnd + HEADER_END.length;
  const end = start + Number.parseInt(header.slice(lengthAt + LENGTH.length, lengthAt + LENGTH.length + 12), 10);
  return came.length < end ? null : { status: Number(header.slice(9, 12)), text: came.toString('utf8', start, end), end };
}

function quantiles(latencies: number[]): Pick<LoadReport, 'p50Ms' | 'p99Ms' | 'maxMs'> {
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
