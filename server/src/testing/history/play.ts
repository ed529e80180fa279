import { calendarParts, type Instant } from '@wracam/engine/calendar';
import type { Deps } from '../../platform/deps.ts';
import { systemCtx } from '../../platform/deps.ts';
import { Refusal } from '../../platform/refusal.ts';
import { sql } from '../../platform/sql.ts';
import { voidTransaction } from '../../modules/transactions/actions.ts';
import { bookDocuments, isDenied, requestOf, type NewDocument } from '../../modules/transactions/index.ts';
import { makeOracle } from './oracle.ts';
import { historySteps, randomOf, type HistoryLine, type Step } from './steps.ts';

export type Played = { readonly steps: number; readonly booked: number; readonly refused: number; readonly points: number; /** The first difference in words, with where to look for it. */ readonly fault: string | null };

const SOURCE = 'history';
const ZONE = 'Europe/Warsaw';
const DAY_MS = 86_400_000;
const BATCH_MAX = 25;

/**
 * Plays random steps into a program with HISTORY_RULES and an unlimited debt, in batches as a busy shop sends them, and compares every member's
 * points with the plain recomputation: after every `checkEvery` steps and at the end. `memberIds`: members without any history.
 */
export async function playHistory(deps: Deps, programId: number, memberIds: readonly number[], options: { seed: number; steps: number; checkEvery: number; now: Instant; say?: (line: string) => void }): Promise<Played> {
  // Noon is the same local day all over the year.
  const noonOf = (day: number): Instant => Math.floor(options.now / DAY_MS) * DAY_MS - (day + 1) * 30 * DAY_MS + DAY_MS / 2;
  const oracle = makeOracle(memberIds.length, (day) => calendarParts(ZONE, noonOf(day)).weekday);
  const random = randomOf(options.seed + 1);
  const sent = new Map<string, NewDocument>();
  const idOf = new Map<string, number>();
  const counts = { booked: 0, refused: 0 };
  let batch: { step: Step; document: NewDocument; expected: 'booked' | 'refused' }[] = [];
  let size = 1;

  const flush = async (): Promise<string | null> => {
    if (batch.length === 0) return null;
    const [sending, ids] = [batch, await deps.ids.take(batch.length)];
    batch = [];
    size = 1 + Math.floor(random() * BATCH_MAX);
    const outcomes = await bookDocuments(deps, programId, sending.map(({ document }, i) => requestOf(document, ids[i]!)));
    for (const [i, outcome] of outcomes.entries()) {
      const { step, document, expected } = sending[i]!;
      counts[isDenied(outcome) ? 'refused' : 'booked'] += 1;
      if (!isDenied(outcome)) idOf.set(document.externalId, outcome.id);
      if (isDenied(outcome) !== (expected === 'refused')) return `${JSON.stringify(step)} should be ${expected}, but was ${JSON.stringify(outcome).slice(0, 200)}`;
    }
    return null;
  };
  const compare = async (): Promise<string | null> => {
    const net = await deps.db.readProgram(programId, (tx) => tx.rows<{ memberId: number; net: number }>(sql`
      select member_id, sum(available + pending + held - debt)::int8 as net from account where program_id = ${programId} group by member_id`));
    const stored = new Map(net.map((row) => [row.memberId, row.net]));
    const wrong = memberIds.map((id, member) => ({ member, stored: stored.get(id) ?? 0, plain: oracle.net(member) })).filter((one) => one.stored !== one.plain);
    return wrong.length === 0 ? null : `members differ: ${JSON.stringify(wrong.slice(0, 5))}`;
  };
  const voidSale = async (key: string, expected: 'booked' | 'refused'): Promise<string | null> => {
    const id = idOf.get(key);
    const refused = id === undefined || await voidTransaction(deps, systemCtx(programId), id, 'pomyłka').then(() => false, (error: unknown) => { if (error instanceof Refusal) return true; throw error; });
    counts[refused ? 'refused' : 'booked'] += 1;
    return refused === (expected === 'refused') ? null : `the void of ${key} should be ${expected}`;
  };

  let steps = 0;
  for (const step of historySteps(options.seed, memberIds.length)) {
    if (steps >= options.steps) break;
    // A document that was refused is as good as never sent.
    if (step.kind === 'again' && !idOf.has(step.key)) continue;
    steps += 1;
    let fault = step.kind === 'void' ? await flush() : null;
    const expected = oracle.play(step);
    if (step.kind === 'void') fault ??= await voidSale(step.of, expected);
    else {
      const document = step.kind === 'again' ? (step.differs ? { ...sent.get(step.key)!, store: 'inny' } : sent.get(step.key)!) : documentOf(step, memberIds, noonOf);
      if (step.kind !== 'again') sent.set(step.key, document);
      batch.push({ step, document, expected });
      if (batch.length >= size) fault = await flush();
    }
    if (steps % options.checkEvery === 0) {
      fault ??= await flush() ?? await compare();
      options.say?.(`${steps} steps, ${counts.booked} booked, ${counts.refused} refused`);
    }
    if (fault !== null) return { steps, ...counts, points: 0, fault: `step ${steps} of seed ${options.seed}: ${fault}` };
  }
  const fault = await flush() ?? await compare();
  return { steps, ...counts, points: memberIds.reduce((sum, _, member) => sum + oracle.net(member), 0), fault };
}

function documentOf(step: Exclude<Step, { kind: 'void' | 'again' }>, memberIds: readonly number[], noonOf: (day: number) => Instant): NewDocument {
  const blank = { source: SOURCE, externalId: step.key, pointer: null, lines: [], payments: [], currency: 'PLN', store: null, till: null, cashier: null, channel: null, attributes: {}, of: null } satisfies Partial<NewDocument>;
  const lineOf = (line: Pick<HistoryLine, 'lineId' | 'quantity' | 'amountMinor'> & Partial<HistoryLine>) => ({
    lineId: line.lineId, kind: line.kind ?? 'goods' as const, sku: '', name: '', category: line.category ?? '', brand: null, quantity: line.quantity, unit: null, amountMinor: line.amountMinor, discountMinor: 0, taxRateBps: null, attributes: {},
  });
  const totalOf = (lines: readonly { readonly amountMinor: number }[]) => lines.reduce((sum, line) => sum + line.amountMinor, 0);
  const ref = (externalId: string) => ({ source: SOURCE, externalId });
  switch (step.kind) {
    case 'sale': return {
      ...blank, kind: 'sale', occurredAt: noonOf(step.day), pointer: { id: memberIds[step.member]! }, totalMinor: totalOf(step.lines), lines: step.lines.map((line) => ({ ...lineOf(line), of: null })),
      payments: step.pays ? [{ kind: 'points', amountMinor: step.pays.amountMinor, points: step.pays.points, wallet: null, holdId: null }] : [],
    };
    case 'return': return { ...blank, kind: 'return', occurredAt: noonOf(0), totalMinor: totalOf(step.of), lines: step.of.map((line, at) => ({ ...lineOf({ ...line, lineId: `${at}` }), of: { ...ref(line.key), lineId: line.lineId } })) };
    case 'refund': return { ...blank, kind: 'return', occurredAt: noonOf(0), totalMinor: step.totalMinor, of: ref(step.of) };
    case 'correction': return { ...blank, kind: 'correction', occurredAt: noonOf(step.day), totalMinor: totalOf(step.lines), lines: step.lines.map((line) => ({ ...lineOf(line), of: null })), of: ref(step.of) };
  }
}
