import { dateOf } from '@wracam/engine/calendar';
import type { GoalDefinition } from '@wracam/engine/goals/definition';
import type { TierLadder } from '@wracam/engine/tiers/ladder';
import { openBadges } from './plain-badges.ts';
import { plainGoals } from './plain-goals.ts';
import { plainLevels } from './plain-levels.ts';
import { askedBeyond, meetDemand, passOn, takePart, wantedBy } from './plain-demands.ts';
import { earnsBadge, keptOf, LIMITED, plainPoints, POOL, RULES, split, sumOf, type Facts } from './plain-points.ts';
import { openPurse } from './plain-purse.ts';
import { isGone, leftMinor, remainder, takeLine, type Arrival, type Back, type Line, type Sale, type Waiting } from './plain-sales.ts';
import { BUDGET, JUICE_MONTH, LARGE, STEADY, type HistoryLine, type Step } from './steps.ts';

/**
 * The whole history once more, slowly and plainly: nothing of the engine or the ledger is used here, only what they promise: what a sale
 * keeps is min(f(what remains), f(all)) with the facts of its booking, of which the level and the badges on its own day are some; what a return frees under a
 * cap is free for later documents; what paid for returned goods comes back; levels and thresholds go by what is left of all sales.
 */
export type Oracle = {
  play(step: Step): 'booked' | 'refused'; net(member: number): number;
  /** Code of the level on the clock's day. */
  level(member: number): string | null;
  /** How often the reward of each goal stands. */
  granted(member: number): readonly number[];
  /** Codes of the badges that the member has. */
  badges(member: number): readonly string[];
  /** Rewards of goals, and badges of rules and goals, that were given and taken back on the way; sales that were claimed, and returns that earned only then; returns that were undone; returns that got what they had asked for when another was corrected. */
  moves(): { readonly claimed: number; readonly toldLater: number; readonly returnsUndone: number; readonly demandsMet: number; readonly rewarded: number; readonly takenBack: number; readonly badgesGiven: number; readonly badgesTaken: number };
  /** Another ladder of the same measure, in force from today (which both share) or a later day. */
  publish(from: number, ladder: TierLadder): void;
  /** Another version of a goal. */
  changeGoal(goal: number, definition: GoalDefinition): void;
};

/** Days in which a sale of nobody may be claimed. */
const CLAIM_DAYS = 30;
const NOBODY: Facts = { first: false, level: null, weekday: 1, dayRoom: 0, budgetRoom: 0, large: false, largeDays: null, steady: false, steadyDays: null, club: false };

type Setting = {
  readonly members: number; /** The clock's first day, and the first with levels. */ readonly firstDay: number; readonly ladder: TierLadder; readonly goals: readonly GoalDefinition[];
  /** The last day on which points of a day are good. */ readonly lastDayOf: (day: number) => number;
  /** 1 is Monday. */ readonly weekdayOf: (day: number) => number;
};

export function makeOracle({ members, firstDay, ladder, goals, lastDayOf, weekdayOf }: Setting): Oracle {
  const sales = new Map<string, Sale>();
  const seen = new Map<string, Step>();
  const waiting = new Map<string, Waiting[]>();
  const documents = new Map<string, Waiting>();
  const purses = Array.from({ length: members }, () => openPurse(firstDay));
  const salesCount = new Array<number>(members).fill(0);
  const levels = plainLevels(members);
  levels.publish({ from: firstDay, ladder });
  const badges = Array.from({ length: members }, openBadges);
  const inClub = new Array<boolean>(members).fill(false);
  const rewards = plainGoals(members, goals);
  const events: { readonly of: Waiting; readonly member: number; readonly day: number; readonly juice: number; readonly points: number; readonly club: boolean }[] = [];
  const later = { claimed: 0, toldLater: 0, returnsUndone: 0, demandsMet: 0 };
  let arrived = 0;
  const arrival = (): Arrival => ({ at: arrived += 1, club: [...inClub] });
  let today = firstDay;
  const all = () => [...sales.values()];
  const of = (member: number) => all().filter((sale) => sale.member === member);

  /** Something of this day changed: what levels measure of it is added up anew. */
  function measureDay(member: number, day: number): void {
    const own = of(member).filter((sale) => sale.day === day);
    const standing = own.filter((sale) => leftMinor(sale) > 0).length;
    const { kind } = ladder.measure;
    levels.measured(member, day, kind === 'points' ? sumOf(own.map((sale) => sumOf(sale.kept))) + sumOf(events.filter((one) => one.member === member && one.day === day).map((one) => one.points)) : kind === 'spent' ? sumOf(own.map(leftMinor)) : kind === 'sales' ? standing : Math.min(1, standing), today);
  }

  function settleGoals(): void {
    purses.forEach((purse, member) => {
      const kept = of(member).sort((a, b) => a.came.at - b.came.at).map((sale) => ({ day: sale.day, leftMinor: leftMinor(sale), points: sumOf(sale.kept), categories: sale.lines.filter((line) => !isGone(line)).map((line) => line.category), club: sale.facts.club, level: levels.on(member, sale.day) }));
      const told = events.filter((one) => one.member === member).map(({ day, points, club }) => ({ day, points, leftMinor: 0, categories: [], club, level: levels.on(member, day) }));
      rewards.settle(member, [...kept, ...told], purse, badges[member]!, today, lastDayOf(today));
    });
  }

  function book(key: string, member: number | null, day: number, lines: readonly HistoryLine[], pays: Extract<Step, { kind: 'sale' }>['pays'], came = arrival()): void {
    const paid = pays && { ...pays, from: purses[member!]!.pay(pays.points) };
    const own = lines.map((line) => ({ ...line, left: { quantity: line.quantity, amountMinor: line.amountMinor } }));
    const nothing = new Array<number>(RULES).fill(0);
    const sale: Sale = { key, member: null, day, lines: own, totalMinor: sumOf(lines.map((line) => line.amountMinor)), facts: NOBODY, came, paid, booked: nothing, kept: nothing, refunded: 0, refundedMost: 0, voided: false, backs: [] };
    sales.set(key, sale);
    if (member !== null) earn(sale, member);
  }

  /** The sale is this member's from now on. */
  function earn(sale: Sale, member: number): void {
    const { key, day } = sale;
    const facts: Facts = {
      first: salesCount[member] === 0, level: levels.on(member, day), weekday: weekdayOf(day),
      dayRoom: Math.max(0, 60 - sumOf(of(member).filter((sale) => sale.day === day).map((sale) => sale.kept[LIMITED]!))),
      budgetRoom: Math.max(0, BUDGET - sumOf(all().map((sale) => sale.kept[POOL]!))),
      large: badges[member]!.has(LARGE, day), largeDays: badges[member]!.daysOf(LARGE, day), steady: badges[member]!.has(STEADY, day), steadyDays: badges[member]!.daysOf(STEADY, day), club: sale.came.club[member]!,
    };
    const whole = remainder(sale);
    const booked = plainPoints(whole.pieces, sale.totalMinor, facts);
    Object.assign(sale, { member, facts, booked, kept: booked });
    if (earnsBadge(whole.pieces, sale.totalMinor)) badges[member]!.give(key, LARGE, today);
    salesCount[member]! += 1;
    purses[member]!.earn(key, sumOf(booked), lastDayOf(day));
    measureDay(member, day);
  }

  /** `restores`: what returns took may come back. */
  function settle(sale: Sale, takenMinor: number, restores = false): void {
    const { member } = sale;
    if (member === null) return;
    const rest = remainder(sale);
    const [before, refunded, purse] = [sumOf(sale.kept), sale.refunded, purses[member]!];
    sale.kept = rest.pieces.length === 0 ? sale.booked.map(() => 0) : keptOf(sale.booked, plainPoints(rest.pieces, rest.totalMinor, sale.facts));
    if (!earnsBadge(rest.pieces, rest.totalMinor)) badges[member]!.takeBack(sale.key, today);
    else if (restores) badges[member]!.restore(sale.key);
    if (sale.paid) {
      const due = Math.floor((sale.paid.points * (sale.paid.amountMinor - rest.paidMinor)) / sale.paid.amountMinor);
      sale.refunded = restores ? due : Math.max(refunded, due);
      if (sale.refunded < refunded) purse.takeBack(`paid for ${sale.key}`, refunded - sale.refunded);
      else {
        const again = Math.min(sale.refunded, sale.refundedMost) - refunded;
        purse.earn(`paid again for ${sale.key}`, again, lastDayOf(today));
        purse.giveBack(sale.paid.from, sale.refundedMost, sale.refunded - refunded - again);
      }
      sale.refundedMost = Math.max(sale.refundedMost, sale.refunded);
    }
    const taken = before - sumOf(sale.kept);
    if (taken < 0 && restores) purse.undo(sale.key, -taken, lastDayOf(today));
    else if (taken < 0) purse.earn(`more of ${sale.key}`, -taken, lastDayOf(sale.day)); else purse.takeBack(sale.key, taken);
    if (takenMinor > 0 && sale.lines.every((line) => line.left.amountMinor === 0)) salesCount[member] = Math.max(0, salesCount[member]! - 1);
    if (takenMinor < 0 && leftMinor(sale) === -takenMinor) salesCount[member]! += 1;
    measureDay(member, sale.day);
  }

  /** What a document does to a sale, and what it holds of it from then on. */
  function giveBackBy(one: Waiting, sale: Sale): void {
    if (one.step.kind === 'amend') return amend(one, sale, one.step);
    const before = sale.lines.map(({ left }) => left);
    one.beyond.set(sale.key, giveBack(sale, one.step));
    one.held.set(sale.key, new Map(sale.lines.map(({ lineId, left }, i) => [lineId, { quantity: before[i]!.quantity - left.quantity, amountMinor: before[i]!.amountMinor - left.amountMinor }])));
  }

  /** The return never was, and the correction came in its place. */
  function amend(one: Waiting, sale: Sale, step: Extract<Step, { kind: 'amend' }>): void {
    const first = one.first!;
    const held = first.held.get(sale.key)!;
    const before = leftMinor(sale);
    // All that came before it, also where the whole sale is gone through again because somebody claimed it.
    const earlier = sale.backs.includes(one) ? sale.backs.slice(0, sale.backs.indexOf(one)) : sale.backs;
    // A correction that stands in the sale's place has all of it: without the return it would have taken that too.
    if (earlier.some((other) => other.step.kind === 'correction')) return settle(sale, 0, true);
    const was = sale.lines.map(({ left }) => left);
    const passed: string[] = [];
    for (const line of sale.lines) {
      line.left = { quantity: line.left.quantity + held.get(line.lineId)!.quantity, amountMinor: line.left.amountMinor + held.get(line.lineId)!.amountMinor };
      if (isGone(line)) {
        line.left = { quantity: 0, amountMinor: 0 };
        passed.push(line.lineId);
      }
    }
    const newest = earlier.findLast((other) => other.first === first) ?? first;
    const wanted = wantedBy(sale, first, newest);
    const beyond = new Map<string, Line['left']>();
    one.beyond.set(sale.key, beyond);
    if (step.parts) for (const { key, lineId, quantity, amountMinor } of step.parts) {
      const line = sale.lines.find((one) => key === sale.key && one.lineId === lineId);
      if (!line) continue;
      askedBeyond(beyond, line, quantity, amountMinor);
      takeLine(line, quantity === 0 ? null : quantity, amountMinor);
    }
    if (!step.parts || step.parts.length === 0) takePart(wanted, beyond, step.totalMinor, newest.saidMinor);
    first.held.set(sale.key, new Map(sale.lines.map(({ lineId, left }, i) => [lineId, { quantity: held.get(lineId)!.quantity + was[i]!.quantity - left.quantity, amountMinor: held.get(lineId)!.amountMinor + was[i]!.amountMinor - left.amountMinor }])));
    for (const lineId of passed) passOn(sale, first, earlier, lineId, held.get(lineId)!);
    for (const other of earlier) if (other.first === null && other !== first && other.step.kind !== 'correction' && meetDemand(sale, other, earlier.findLast((one) => one.first === other) ?? other)) later.demandsMet += 1;
    settle(sale, before - leftMinor(sale), true);
  }

  /** Answers what it asked for beyond what was left, by line; '': its total came to more. */
  function giveBack(sale: Sale, step: Exclude<Waiting['step'], { kind: 'amend' }>): Map<string, Line['left']> {
    const beyond = new Map<string, Line['left']>();
    const before = sumOf(sale.lines.map((line) => line.left.amountMinor));
    const asked = step.kind === 'return' ? step.of.filter((one) => one.key === sale.key) : [];
    for (const { lineId, quantity, amountMinor } of asked) {
      const line = sale.lines.find((one) => one.lineId === lineId);
      if (!line) continue;
      askedBeyond(beyond, line, quantity, amountMinor);
      takeLine(line, quantity === 0 ? null : quantity, amountMinor);
    }
    if (step.kind === 'correction' || (step.kind === 'refund' && (before === 0 || step.totalMinor >= before))) for (const line of sale.lines) takeLine(line, null, step.kind === 'correction' || before === 0 ? null : line.left.amountMinor);
    else if (step.kind === 'refund') split(step.totalMinor, sale.lines.map((line) => line.left.amountMinor)).forEach((part, i) => { if (part > 0) takeLine(sale.lines[i]!, null, part); });
    const takenMinor = before - sumOf(sale.lines.map((line) => line.left.amountMinor));
    if (step.kind === 'refund' && step.totalMinor > takenMinor) beyond.set('', { quantity: 0, amountMinor: step.totalMinor - takenMinor });
    settle(sale, takenMinor);
    return beyond;
  }

  /** What a return earns itself, once: a point for every whole piece of juice, and two when it is large. */
  function tell(one: Waiting, member: number | null): void {
    if (member === null || one.told || one.corrected || one.step.kind === 'correction' || one.step.kind === 'amend') return;
    one.told = true;
    const { day, step, missing } = one;
    const said = step.kind === 'return' ? step.of.filter(({ key }) => missing.has(key)).map((part): Back => ({ ...part, category: '' })) : [];
    const back = [...one.back, ...said];
    const monthOf = (of: number) => dateOf(of).slice(0, 7);
    const room = Math.max(0, JUICE_MONTH - sumOf(events.filter((event) => event.member === member && monthOf(event.day) === monthOf(day)).map((event) => event.juice)));
    const juice = Math.min(room, Math.floor(sumOf(back.filter(({ category }) => category === 'sok').map(({ quantity }) => quantity)) / 1000));
    const points = juice + (sumOf(back.map(({ amountMinor }) => amountMinor)) >= 3000 ? 2 : 0);
    events.push({ of: one, member, day, juice, points, club: inClub[member]! });
    purses[member]!.earn(`event of ${step.key}`, points, lastDayOf(day));
    measureDay(member, day);
  }

  /** What a return earned itself is taken back with it. */
  function forget(first: Waiting): void {
    first.corrected = true;
    const at = events.findIndex((event) => event.of === first);
    if (at < 0) return;
    const [{ member, day, points }] = events.splice(at, 1) as [(typeof events)[number]];
    purses[member]!.takeBack(`event of ${first.step.key}`, points);
    measureDay(member, day);
  }

  /** It was undone, or a sale of it was. */
  const isSettled = ({ undone, held }: Waiting) => undone || [...held.keys()].some((key) => sales.get(key)!.voided);
  /** Something came back of it, or stands in its place, that was not undone. */
  const isReturned = ({ backs }: Sale) => backs.some((one) => !(one.first ?? one).undone);

  /** Another return that stands asked for what this one had taken, and found it gone. */
  const isAskedAgain = (found: Waiting) => [...found.held].some(([key, lines]) => sales.get(key)!.backs.some((other) => other !== found && other.first === null && !other.corrected
    && [...other.beyond.get(key) ?? []].some(([lineId, more]) => (more.quantity > 0 || more.amountMinor > 0) && [...lines].some(([of, { quantity, amountMinor }]) => (lineId === '' || lineId === of) && (quantity > 0 || amountMinor > 0)))));

  /** The return never was, and what it waits for it never meets. */
  function undo(found: Waiting | undefined): 'booked' | 'refused' {
    if (found?.undone) return 'booked';
    if (!found || found.step.kind === 'amend' || found.corrected || isSettled(found) || isAskedAgain(found)) return 'refused';
    found.undone = true;
    later.returnsUndone += 1;
    forget(found);
    for (const key of found.missing) waiting.set(key, waiting.get(key)!.filter((one) => one !== found));
    const nothing = { kind: 'amend', key: `undone ${found.step.key}`, of: found.step.key, parts: null, totalMinor: 0 } as const;
    const one: Waiting = { step: nothing, day: today, back: [], missing: new Set(), met: true, told: false, held: new Map(), beyond: new Map(), first: found, corrected: false, undone: false, saidMinor: 0, came: arrival() };
    for (const key of [...found.held.keys()].sort()) apply(one, key);
    return 'booked';
  }

  /** What a document does once the sale it names is there. */
  function apply(one: Waiting, key: string): void {
    const { step } = one;
    const sale = sales.get(key)!;
    const before = sale.lines.map(({ left }) => left);
    giveBackBy(one, sale);
    sale.backs.push(one);
    sale.lines.forEach(({ category, left }, i) => { one.back.push({ category, quantity: before[i]!.quantity - left.quantity, amountMinor: before[i]!.amountMinor - left.amountMinor }); });
    if (step.kind !== 'correction' || step.lines.length === 0) return;
    book(step.key, sale.member, step.day, step.lines, null, one.came);
    applyWaiting(step.key);
  }

  /** All of them come back before the first is told. */
  function applyWaiting(key: string): void {
    const late = waiting.get(key) ?? [];
    waiting.delete(key);
    for (const one of late) {
      one.missing.delete(key);
      apply(one, key);
    }
    for (const one of late) {
      if (!one.met) tell(one, sales.get(key)!.member);
      one.met = true;
    }
  }

  /** Everything once more as if the sale came now, with what came back of it since; of what a correction put in its place, likewise. */
  function claim(sale: Sale, member: number): void {
    for (const one of comeBack(sale, member)) if (one.met && !one.told) {
      tell(one, member);
      later.toldLater += one.told ? 1 : 0;
    }
  }

  function comeBack(sale: Sale, member: number): Waiting[] {
    for (const line of sale.lines) line.left = { quantity: line.quantity, amountMinor: line.amountMinor };
    earn(sale, member);
    if (sale.voided) takeAll(sale);
    return sale.backs.flatMap((one) => {
      giveBackBy(one, sale);
      const corrected = one.step.kind === 'correction' ? sales.get(one.step.key) : undefined;
      return [one, ...corrected ? comeBack(corrected, member) : []];
    });
  }

  function takeAll(sale: Sale): void {
    const before = leftMinor(sale);
    for (const line of sale.lines) line.left = { quantity: 0, amountMinor: 0 };
    settle(sale, before);
  }

  return {
    net: (member) => purses[member]!.net(), badges: (member) => badges[member]!.standing(),
    moves: () => ({ ...later, ...rewards.moves, badgesGiven: sumOf(badges.map((one) => one.moves.given)), badgesTaken: sumOf(badges.map((one) => one.moves.taken)) }),
    changeGoal: rewards.change, publish: (from, next) => { levels.publish({ from, ladder: next, sharesDay: from === today }); }, level: (member) => levels.on(member, today), granted: rewards.granted,
    play(step) {
      if (step.kind === 'time') {
        // What bookings left to be done is done first, on the day to which the clock had come.
        if (step.work) settleGoals();
        today += step.days;
        for (const purse of purses) purse.pass(today);
        return 'booked';
      }
      if (step.kind === 'grant') return levels.grant(step.member, step.level === null ? null : { code: step.level, until: step.days === null ? Infinity : today + step.days }, today);
      if (step.kind === 'club') { inClub[step.member] = step.into; return 'booked'; }
      if (step.kind === 'again') return step.differs && seen.has(step.key) ? 'refused' : 'booked';
      if (step.kind === 'void') {
        const sale = sales.get(step.of);
        if (!sale || sale.voided || isReturned(sale)) return 'refused';
        takeAll(sale);
        sale.voided = true;
        return 'booked';
      }
      if (step.kind === 'undo') return undo(documents.get(step.of));
      if (step.kind === 'claim') {
        const sale = sales.get(step.of);
        if (!sale || sale.member !== null || sale.voided || seen.get(step.of)?.kind !== 'sale' || today - sale.day > CLAIM_DAYS) return 'refused';
        claim(sale, step.member);
        later.claimed += 1;
        return 'booked';
      }
      if (step.kind === 'sale') {
        if (step.pays && purses[step.member!]!.usable() < step.pays.points) return 'refused';
        seen.set(step.key, step);
        book(step.key, step.member, step.day, step.lines, step.pays);
        applyWaiting(step.key);
        return 'booked';
      }
      const amended = step.kind === 'amend' ? documents.get(step.of)! : null;
      const first = amended && (amended.first ?? amended);
      if (first && isSettled(first)) return 'refused';
      seen.set(step.key, step);
      const one: Waiting = { step, day: today, back: [], missing: new Set(), met: false, told: false, held: new Map(), beyond: new Map(), first, corrected: false, undone: false, saidMinor: 0, came: arrival() };
      documents.set(step.key, one);
      one.saidMinor = step.kind === 'return' ? sumOf(step.of.map((part) => part.amountMinor)) : step.kind === 'correction' ? 0 : step.totalMinor;
      if (first) forget(first);
      for (const key of first ? [...new Set([...first.held.keys(), ...first.missing])].sort() : new Set(step.kind === 'return' ? step.of.map((one) => one.key) : [step.kind === 'amend' ? '' : step.of])) {
        if (sales.has(key)) apply(one, key);
        else {
          one.missing.add(key);
          waiting.set(key, [...(waiting.get(key) ?? []), one]);
        }
      }
      const owners = (step.kind === 'return' ? step.of.map((part) => part.key) : step.kind === 'amend' ? [] : [step.of]).map((key) => sales.get(key)?.member ?? null);
      one.met = one.missing.size === 0;
      if (one.met) tell(one, owners.find((owner) => owner !== null) ?? null);
      return 'booked';
    },
  };
}
