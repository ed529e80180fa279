import type { CompiledRuleset, Limit, Rooms } from './compile.ts';
import type { StateAnswers } from './conditions.ts';
import type { CapUsage, CircleCounter, Facts, Period } from './facts.ts';
import type { Points } from './points.ts';

/**
 * What a later return needs of the facts that are not in the document: positional numbers [1, ruleset no, answers of the tests on
 * the member's state (30 a word), room under the caps that are shared between documents]. The answers, not the facts: no birthday, no
 * text. Read with `readFrozen`, stored with `encodeNumbers`.
 */
export type Frozen = readonly number[];

const FROZEN_FORMAT = 1;
const BITS = 30;

/** Answers of all tests on facts outside the document. */
export function answerStates(compiled: CompiledRuleset, facts: Facts): StateAnswers {
  const answers: number[] = [];
  for (const state of compiled.states) answers.push(state.holds(facts) ? 1 : 0);
  return answers;
}

const NO_ROOMS: Rooms = [];

/** What is left under each shared cap for this document, never below 0. */
export function findRooms(compiled: CompiledRuleset, usage: CapUsage): Rooms {
  if (compiled.shared.length === 0) return NO_ROOMS;
  const rooms: (readonly Points[])[] = [];
  for (const { index, ruleId, limits } of compiled.shared) {
    const own: number[] = [];
    for (const limit of limits) own.push(roomUnder(limit, ruleId, usage));
    rooms[index] = own;
  }
  return rooms;
}

/** Of a circle that the member is not in; a safe integer whose zigzag is one too. */
const NO_LIMIT = 2 ** 51;

function roomUnder({ counter, limit }: Limit, ruleId: number, usage: CapUsage): Points {
  if (counter === 'program') return Math.max(0, usage.budgetLeft.get(ruleId) ?? limit);
  if (!isOfCircle(counter)) return Math.max(0, limit - (usedIn(usage, counter).get(ruleId) ?? 0));
  const used = usage.usedInCircle?.[counter];
  return used === undefined ? NO_LIMIT : Math.max(0, limit - (used.get(ruleId) ?? 0));
}

const isOfCircle = (counter: Period | CircleCounter): counter is CircleCounter => counter.includes('.');

const NOTHING_USED: ReadonlyMap<number, Points> = new Map();
const usedIn = (usage: CapUsage, period: Period): ReadonlyMap<number, Points> => (period === 'day' ? usage.usedToday : usage.usedIn?.[period] ?? NOTHING_USED);

export function freeze(compiled: CompiledRuleset, answers: StateAnswers, rooms: Rooms): Frozen {
  const frozen = [FROZEN_FORMAT, compiled.ruleset.no];
  for (let at = 0; at < answers.length; at += BITS) {
    let word = 0;
    for (let i = Math.min(answers.length, at + BITS) - 1; i >= at; i -= 1) word = word * 2 + answers[i]!;
    frozen.push(word);
  }
  for (const { index } of compiled.shared) for (const room of rooms[index]!) frozen.push(room);
  return frozen;
}

/** Which ruleset decided. Throws RangeError for numbers that are no frozen facts. */
export function rulesetNoOf(frozen: Frozen): number {
  const [format, rulesetNo] = frozen;
  if (format !== FROZEN_FORMAT || rulesetNo === undefined) throw new RangeError('not frozen facts');
  return rulesetNo;
}

/** The reverse of `freeze`. Throws RangeError when the numbers were frozen under another ruleset. */
export function readFrozen(compiled: CompiledRuleset, frozen: Frozen): { readonly answers: StateAnswers; readonly rooms: Rooms } {
  if (rulesetNoOf(frozen) !== compiled.ruleset.no) throw new RangeError(`frozen under ruleset ${rulesetNoOf(frozen)}, not ${compiled.ruleset.no}`);
  let at = 2;
  const answers: number[] = [];
  for (let i = 0; i < compiled.states.length; i += 1) {
    answers.push(Math.floor((frozen[at + Math.floor(i / BITS)] ?? 0) / 2 ** (i % BITS)) % 2);
  }
  at += Math.ceil(compiled.states.length / BITS);
  const rooms: (readonly Points[])[] = [];
  for (const { index, limits } of compiled.shared) {
    rooms[index] = frozen.slice(at, at + limits.length);
    at += limits.length;
  }
  if (at !== frozen.length) throw new RangeError('frozen facts do not fit the ruleset');
  return { answers, rooms };
}
