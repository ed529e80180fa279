import { CHANNELS } from './rules.ts';
import { cardOf } from './seed.ts';

/** What one round asks for; travels to the load's own process. */
export interface WorkloadOptions {
  /** Part of every external id, so that rounds never meet. */
  run: string;
  members: number;
  /** Only so many members take all the load. */
  hot?: number;
  /** Documents a request; 1: the endpoint for one document. */
  batch: number;
  program: string;
}

/** What the client saw, to be compared with the database; counts are of documents. */
export interface Tally {
  /** Sales and returns booked for the first time. */
  booked: number;
  sales: number;
  returns: number;
  duplicates: number;
  /** Documents that had to be refused, and were. */
  refused: number;
  points: number;
  takenBack: number;
  threeAwards: number;
  /** Answers that were not as they had to be; the first few in words. */
  wrong: number;
  examples: string[];
}

interface Answer { transaction: { externalId: string }; awards: { points: number }[]; takenBack: { points: number }[]; duplicate: boolean }
interface Sale { externalId: string; body: string; points: number; firstLine: number; returned: boolean }
type Expected =
  | { kind: 'sale'; externalId: string; body: string; firstLine: number }
  | { kind: 'duplicate'; of: Sale }
  | { kind: 'return'; externalId: string }
  | { kind: 'refusal'; status: number; code: string };

const SKUS = ['kawa', 'herbata', 'ciasto', 'kanapka', 'sok'];
const STORES = ['Krucza 12', 'Długa 3', 'Rynek 1'];
const DUPLICATE_SHARE = 0.02;
const RETURN_SHARE = 0.01;
/** One document in 500 must be refused, and its neighbours must not notice. */
const BAD_SHARE = 0.002;
/** Answered sales that may be repeated or returned. */
const REMEMBERED = 4096;
const DAY_MS = 86_400_000;

/** Makes the requests of one round and judges their answers. */
export function makeWorkload({ run, members, hot, batch, program }: WorkloadOptions) {
  const path = `/api/v1/programs/${program}/transactions${batch > 1 ? '/batch' : ''}`;
  const answered: Sale[] = [];
  const awaited = new Map<number, Expected[]>();
  const tally: Tally = { booked: 0, sales: 0, returns: 0, duplicates: 0, refused: 0, points: 0, takenBack: 0, threeAwards: 0, wrong: 0, examples: [] };
  let made = 0;
  let kept = 0;
  let bad = 0;

  const pick = () => answered[Math.floor(Math.random() * answered.length)];
  const memberNo = () => 1 + Math.floor(Math.random() * (hot ?? members));

  function saleBody(externalId: string, more = ''): { body: string; firstLine: number } {
    let totalMinor = 0;
    let firstLine = 0;
    const lines = SKUS.map((category, i) => {
      const amountMinor = 100 + Math.floor(Math.random() * 4000);
      totalMinor += amountMinor;
      if (i === 0) firstLine = amountMinor;
      return `{"lineId":"${i + 1}","kind":"goods","sku":"SKU-${category}-${amountMinor % 97}","name":"Pozycja ${category}","category":"${category}","quantity":${1 + (amountMinor % 3)},"amountMinor":${amountMinor},"taxRate":2300}`;
    });
    const draw = Math.random();
    const channel = draw < 0.22 ? CHANNELS.app : draw < 0.36 ? CHANNELS.web : CHANNELS.till;
    const occurredAt = new Date(Date.now() - Math.floor(Math.random() * DAY_MS)).toISOString();
    const store = STORES[made % STORES.length];
    return { firstLine, body: `{"externalId":"${externalId}","source":"pos-${made % 8}","kind":"sale","occurredAt":"${occurredAt}","member":{"card":"${cardOf(memberNo())}"},"totalMinor":${totalMinor},"currency":"PLN","store":"${store}","till":"2","channel":"${channel}","lines":[${lines.join()}]${more}}` };
  }

  function refusable(externalId: string): { body: string; expected: Expected } {
    const of = pick();
    const kind = bad++ % 3;
    if (kind === 0 || !of) return { body: saleBody(externalId, ',"payments":[{"kind":"points","amountMinor":100,"points":900000000}]').body, expected: { kind: 'refusal', status: 409, code: 'points_not_enough' } };
    if (kind === 1) return { body: of.body.replace('"till":"2"', '"till":"3"'), expected: { kind: 'refusal', status: 409, code: 'document_differs' } };
    return { body: saleBody(externalId).body.replace('"amountMinor":', '"amountMinor":-'), expected: { kind: 'refusal', status: 400, code: 'invalid_request' } };
  }

  function next(): { body: string; expected: Expected } {
    const externalId = `${run}-${made++}`;
    const draw = Math.random();
    const of = pick();
    if (of && draw < DUPLICATE_SHARE) return { body: of.body, expected: { kind: 'duplicate', of } };
    if (of && draw < DUPLICATE_SHARE + RETURN_SHARE && !of.returned) {
      of.returned = true;
      const source = /"source":"([^"]+)"/.exec(of.body)?.[1];
      const body = `{"externalId":"${externalId}","source":"${source}","kind":"return","occurredAt":"${new Date().toISOString()}","totalMinor":${of.firstLine},"currency":"PLN","lines":[{"lineId":"1","amountMinor":${of.firstLine},"quantity":1,"of":{"source":"${source}","externalId":"${of.externalId}","lineId":"1"}}]}`;
      return { body, expected: { kind: 'return', externalId } };
    }
    if (draw > 1 - BAD_SHARE) return refusable(externalId);
    const { body, firstLine } = saleBody(externalId);
    return { body, expected: { kind: 'sale', externalId, body, firstLine } };
  }

  function wrong(expected: Expected, status: number, body: unknown): void {
    tally.wrong++;
    if (tally.examples.length < 3) tally.examples.push(`${JSON.stringify({ ...expected, body: undefined, of: undefined })} was answered ${status} ${JSON.stringify(body).slice(0, 400)}`);
  }

  function judge(expected: Expected, status: number, body: unknown): void {
    if (expected.kind === 'refusal') {
      if (status === expected.status && (body as { code?: string }).code === expected.code) tally.refused++;
      else wrong(expected, status, body);
      return;
    }
    const answer = body as Answer;
    if (status !== 200 || answer.duplicate !== (expected.kind === 'duplicate')) return wrong(expected, status, body);
    const points = answer.awards.reduce((sum, award) => sum + award.points, 0);
    if (expected.kind === 'duplicate') {
      if (points !== expected.of.points || answer.transaction.externalId !== expected.of.externalId) return wrong(expected, status, body);
      tally.duplicates++;
      return;
    }
    if (answer.transaction.externalId !== expected.externalId) return wrong(expected, status, body);
    tally.booked++;
    if (expected.kind === 'return') {
      tally.returns++;
      tally.takenBack += answer.takenBack.reduce((sum, one) => sum + one.points, 0);
      return;
    }
    tally.sales++;
    tally.points += points;
    if (answer.awards.length >= 3) tally.threeAwards++;
    answered[kept++ % REMEMBERED] = { externalId: expected.externalId, body: expected.body, points, firstLine: expected.firstLine, returned: false };
  }

  return {
    tally,
    request(n: number): { path: string; body: string; documents: number } {
      const documents = Array.from({ length: batch }, next);
      awaited.set(n, documents.map((one) => one.expected));
      return { path, documents: batch, body: batch === 1 ? documents[0]?.body ?? '' : `{"transactions":[${documents.map((one) => one.body).join()}]}` };
    },
    onAnswer(n: number, status: number, body: unknown): void {
      const expected = awaited.get(n) ?? [];
      awaited.delete(n);
      if (batch === 1) return expected.forEach((one) => judge(one, status, body));
      const results = (body as { results?: { status: number; answer?: unknown; problem?: unknown }[] }).results ?? [];
      expected.forEach((one, i) => judge(one, results[i]?.status ?? status, results[i]?.answer ?? results[i]?.problem ?? body));
    },
  };
}
