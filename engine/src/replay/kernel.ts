import { dateOf, endOfLocalDay, startOfLocalDay, dayNumberOf, addDays } from '../calendar.ts';
import type { CompiledRuleset } from '../compile.ts';
import type { ProductSets } from '../conditions.ts';
import { earn } from '../earn.ts';
import { NO_DOCUMENT, PERIODS, type Facts, type Line, type MemberFacts, type Period } from '../facts.ts';
import { answerStates } from '../frozen.ts';
import type { Points } from '../points.ts';
import { OUTCOME } from '../trace.ts';
import { calendarOf } from './column-tests.ts';
import type { History } from './history.ts';
import { NEVER, sharedLimits, TOO_HARD, writeKernel, type Answers, type DecideRow } from './write-kernel.ts';

/** A limit that documents share: the counter it looks at is number `slot` among those of its period (or of the program). */
export type KernelLimit = { readonly rule: number; /** Place in `PERIODS`, or `PROGRAM`, or `CIRCLE`. */ readonly period: number; readonly slot: number; readonly limit: Points };
export const PROGRAM = -1;
/** A household's or a company's: it never cuts, for nobody is in one. */
export const CIRCLE = -2;
/** On which day points of a rule end and begin, by the day they are earned on: instants, and days for comparing with what is stored. */
export type Terms = { readonly endsAt: Float64Array; readonly usableAt: Float64Array; readonly expiresOn: Int32Array; readonly pendingUntil: Int32Array };

/** A ruleset made ready for a history. One at a time decides: its answers are overwritten by the next row. */
export type Kernel = Answers & {
  readonly compiled: CompiledRuleset;
  /** Decides a row: how many rules hit. */
  readonly decide: DecideRow;
  readonly generated: boolean;
  readonly limits: readonly KernelLimit[];
  /** By the rule's place: which of `limits` are its own; undefined: none. */
  readonly limitsOf: readonly (readonly KernelLimit[] | undefined)[];
  /** By the rule's place: its wallet's number (0: it gives no points) and terms. */
  readonly walletNo: Int32Array; readonly terms: readonly Terms[];
};
/** Counters that the rulesets of one replay share: a rule's use goes on when its ruleset changes. */
export type Counters = { readonly [counter in Period | 'program']: readonly number[] };

/** No day: points never end, or are usable at once. */
export const NO_DAY = -2_000_000_000;
export const NEVER_ENDS = Infinity;

/** Kernels of rulesets that take turns in one history, and the rules whose use is counted, by counter. */
export function makeKernels(rulesets: readonly CompiledRuleset[], history: History, sets: ProductSets, options: { readonly generate?: boolean } = {}): { kernels: Kernel[]; counters: Counters } {
  const slots = Object.fromEntries([...PERIODS, 'program'].map((counter) => [counter, [] as number[]])) as unknown as { [counter in Period | 'program']: number[] };
  const slotOf = (counter: Period | 'program', ruleId: number): number => {
    const own = slots[counter];
    const at = own.indexOf(ruleId);
    return at >= 0 ? at : own.push(ruleId) - 1;
  };
  const kernels = rulesets.map((compiled): Kernel => {
    const limits = sharedLimits(compiled).map(({ rule, counter, limit }): KernelLimit => {
      if (counter === 'program') return { rule: rule.index, period: PROGRAM, slot: slotOf(counter, rule.ruleId), limit };
      const period = PERIODS.find((one) => one === counter);
      return period === undefined ? { rule: rule.index, period: CIRCLE, slot: 0, limit } : { rule: rule.index, period: PERIODS.indexOf(period), slot: slotOf(period, rule.ruleId), limit };
    });
    const size = compiled.rules.length;
    const answers: Answers = { hits: new Int32Array(size), points: new Float64Array(size), before: new Float64Array(size), rooms: new Float64Array(limits.length) };
    const general = generalDecider(compiled, history, answers);
    const generated = options.generate === false ? null : generate(compiled, history, sets, answers);
    const known = new Map<string, Terms>();
    const byPlace = [...compiled.rules].sort((a, b) => a.index - b.index);
    return {
      compiled, ...answers, limits, limitsOf: Array.from({ length: size }, (_, rule) => { const own = limits.filter((one) => one.rule === rule); return own.length > 0 ? own : undefined; }), generated: generated !== null,
      decide: generated === null ? general : (row, member, salesCount, spentMinor, lastSaleDay) => {
        const hits = generated(row, member, salesCount, spentMinor, lastSaleDay);
        return hits === TOO_HARD ? general(row, member, salesCount, spentMinor, lastSaleDay) : hits;
      },
      walletNo: Int32Array.from(byPlace, (rule) => (rule.walletIndex < 0 ? 0 : rule.walletNo)),
      terms: byPlace.map((rule) => {
        const { definition } = rule;
        const key = JSON.stringify([rule.walletNo, definition.expiry, definition.pendingDays]);
        let terms = known.get(key);
        if (terms === undefined) known.set(key, terms = termsOf(history, rule));
        return terms;
      }),
    };
  });
  return { kernels, counters: slots };
}

let allowed = true;

/** Null where code may not be generated; that is tried once. */
function generate(compiled: CompiledRuleset, history: History, sets: ProductSets, answers: Answers): DecideRow | null {
  if (!allowed) return null;
  const { source, constants } = writeKernel(compiled, history, sets, answers);
  try {
    // The source is made of the words of `write-kernel.ts` and of integers alone.
    return (new Function('k', source) as (k: readonly unknown[]) => DecideRow)(constants);
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    allowed = false;
    return null;
  }
}

function termsOf({ firstDay, lastDay, timeZone }: History, rule: CompiledRuleset['rules'][number]): Terms {
  const size = lastDay - firstDay + 1;
  const terms = { endsAt: new Float64Array(size), usableAt: new Float64Array(size), expiresOn: new Int32Array(size), pendingUntil: new Int32Array(size) };
  for (let at = 0; at < size; at += 1) {
    const date = dateOf(firstDay + at);
    const ends = rule.expiresOn(date);
    const usable = rule.pendingUntil(date);
    terms.endsAt[at] = ends === null ? NEVER_ENDS : endOfLocalDay(timeZone, ends);
    terms.usableAt[at] = usable === null ? 0 : startOfLocalDay(timeZone, usable);
    terms.expiresOn[at] = ends === null ? NO_DAY : dayNumberOf(ends);
    terms.pendingUntil[at] = usable === null ? NO_DAY : dayNumberOf(usable);
  }
  return terms;
}

/** The general engine on a row of columns: slow, and the same. */
function generalDecider(compiled: CompiledRuleset, history: History, { hits, points, before, rooms }: Answers): DecideRow {
  const limits = sharedLimits(compiled);
  return (row, member, salesCount, spentMinor, lastSaleDay) => {
    const { facts, paid } = factsOfRow(history, row, member, { salesCount, spentMinor, lastSaleOn: lastSaleDay === NEVER ? null : dateOf(lastSaleDay) });
    const room: number[][] = [];
    limits.forEach(({ rule }, at) => { (room[rule.index] ??= []).push(rooms[at]!); });
    const { earnings, outcomes } = earn(compiled, facts, answerStates(compiled, facts), room, paid);
    let count = 0;
    for (let i = 0; i < points.length; i += 1) {
      const one = earnings[i];
      if (one === undefined) continue;
      points[i] = one.points;
      before[i] = outcomes[i]![0] === OUTCOME.capped ? outcomes[i]![2]! : one.points;
      hits[count] = i;
      count += 1;
    }
    return count;
  };
}

/** The facts of a row as the general engine reads them. What no rule can ask for is left empty. */
export function factsOfRow({ members, rows, lines, words, timeZone }: History, row: number, member: number, own: Pick<MemberFacts, 'salesCount' | 'spentMinor' | 'lastSaleOn'>): { facts: Facts; paid: readonly number[] } {
  const text = (code: number) => words.texts.values[code] ?? null;
  const from = rows.lines[row]!;
  const count = rows.lines[row + 1]! - from;
  const calendar = { ...calendarOf(timeZone, rows.day[row]!), hour: Math.floor(rows.minute[row]! / 60), minute: rows.minute[row]! % 60 };
  const joinedOn = dateOf(members.joinedDay[member]!);
  const birth = members.birth[member]!;
  const [month, day] = [Math.floor(birth / 32), birth % 32];
  const leapDay = month === 2 && day === 29 && calendar.date.slice(5) === '02-28' && addDays(calendar.date, 1).slice(5) === '03-01';
  const facts: Facts = {
    document: {
      ...NO_DOCUMENT, event: words.events.values[rows.event[row]!]!, totalMinor: rows.total[row]!, paidWithPointsMinor: rows.paid[row]!, payments: words.payments.values[rows.payments[row]!]!, attributes: words.attributes.values[rows.attributes[row]!]!,
      store: text(rows.store[row]!), till: text(rows.till[row]!), cashier: text(rows.cashier[row]!), channel: text(rows.channel[row]!), currency: text(rows.currency[row]!) ?? '',
      lines: Array.from({ length: count }, (_, at): Line => {
        const i = from + at;
        return {
          lineId: String(at), kind: words.kinds[lines.kind[i]!]!, sku: text(lines.sku[i]!) ?? '', name: text(lines.name[i]!) ?? '', category: text(lines.category[i]!) ?? '', brand: text(lines.brand[i]!), quantity: lines.quantity[i]!, unit: null,
          amountMinor: lines.amount[i]!, discountMinor: lines.discount[i]!, taxRateBps: lines.tax[i] === 0 ? null : lines.tax[i]! - 1, attributes: words.attributes.values[lines.attributes[i]!]!,
        };
      }),
    },
    member: { ...words.shapes.values[members.shape[member]!]!, ...own, joinedOn, birthday: birth !== 0 && ((month === calendar.month && day === calendar.day) || leapDay), badges: [], past: [] },
    calendar, caps: { usedToday: new Map(), budgetLeft: new Map() },
  };
  return { facts, paid: Array.from({ length: count }, (_, at) => lines.paid[from + at]!) };
}
