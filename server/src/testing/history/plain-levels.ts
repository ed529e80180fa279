import { addMonths, dateOf, dayNumberOf, endOfMonth, endOfQuarter, endOfYear } from '@wracam/engine/calendar';
import type { TierLadder } from '@wracam/engine/tiers/ladder';

/**
 * Levels told once more, plainly: every day is looked at, first as the night leaves it, then with what the day brought. The engine looks only
 * when something could change; nothing of it is used here but the calendar.
 */
export type PlainLevels = {
  publish(one: LadderFrom): void;
  /** What is measured of a day is now, on `today`, this much. */
  measured(member: number, day: number, value: number, today: number): void;
  /** A level by hand from today on, in the place of an earlier one, or (null) none any more. Refused: there is no such level, or nothing to take back. */
  grant(member: number, grant: { readonly code: string; readonly until: number } | null, today: number): 'booked' | 'refused';
  /** Code of the level held on a day; null before there are levels. */
  on(member: number, day: number): string | null;
};

/** By level: the last day on which it is sure; null: not held. Days are numbers since 1970-01-01. */
type Held = readonly (number | null)[];
const END = { month: endOfMonth, quarter: endOfQuarter, year: endOfYear };

function remembered(work: (day: number) => number): (day: number) => number {
  const known = new Map<number, number>();
  return (day) => { if (!known.has(day)) known.set(day, work(day)); return known.get(day)!; };
}

type Look = (before: Held, today: number, known: number, of: ReadonlyMap<number, number>) => Held;

/** What one ladder says of a day. */
function looker(ladder: TierLadder): Look {
  const { levels, period, graceDays } = ladder;
  if (period.kind === 'lifetime') throw new Error('levels of a lifetime never fall: they are not told here');
  const unit = period.kind === 'calendar' ? period.unit : 'month';
  const monthsOn = (count: number) => remembered((day) => dayNumberOf(addMonths(dateOf(day), count)));
  const endOf = remembered((day) => dayNumberOf(END[unit](dateOf(day))));
  const startOf = remembered((day) => { let first = day; while (endOf(first - 1) === endOf(day)) first -= 1; return first; });
  const months = period.kind === 'rolling' ? period.months : 0;
  const later = monthsOn(months);
  const back = monthsOn(-months);
  const windowStart = (day: number) => back(day) + 1;
  const keepOf = (level: number) => levels[level]!.keep ?? levels[level]!.threshold;

  /** How a member stands on `today` who stood so before, when what happened is known up to the day `known`. */
  return (before, today, known, of) => {
    const sum = (first: number, last: number) => { let all = 0; for (let day = first; day <= Math.min(last, known); day += 1) all += of.get(day) ?? 0; return all; };
    const held = before.map((until) => (until !== null && today > until + graceDays ? null : until));
    const prolong = (level: number, until: number) => { held[level] = Math.max(held[level] ?? -Infinity, keepOf(level) === 0 ? Infinity : until); };

    const top = before.findLastIndex((until) => until !== null);
    // A soft landing: the level below is sure for one more period.
    if (ladder.demotion === 'oneLevel' && top > 0 && held[top] === null) prolong(top - 1, period.kind === 'rolling' ? later(before[top]!) : endOf(before[top]! + 1));

    const counting: { first: number; last: number; until: (level: number) => number }[] = [];
    if (period.kind === 'rolling') {
      const last = ladder.promotion === 'atOnce' ? today : startOf(today) - 1;
      const first = windowStart(last);
      let newest = last;
      while (newest > first && (newest > known || !of.get(newest))) newest -= 1;
      /** As long as the window that moves on holds enough, if nothing more is bought. */
      const carried = (level: number) => {
        if (keepOf(level) === 0) return Infinity;
        let day = last;
        while (sum(windowStart(day + 1), last) >= keepOf(level)) day += 1;
        return day;
      };
      counting.push({ first, last, until: ladder.lasts === 'thisPeriod' ? carried : () => later(ladder.promotion === 'atOnce' ? newest : last) });
    } else {
      const start = startOf(today);
      if (ladder.promotion === 'atOnce') counting.push({ first: start, last: today, until: () => (ladder.lasts === 'nextPeriod' ? endOf(endOf(today) + 1) : endOf(today)) });
      if (ladder.lasts === 'nextPeriod') counting.push({ first: startOf(start - 1), last: start - 1, until: () => endOf(today) });
    }
    levels.forEach(({ threshold }, level) => {
      const until = held[level]!;
      const need = until === null ? threshold : keepOf(level);
      if (until !== null && need === 0) prolong(level, Infinity);
      for (const span of counting) if (sum(span.first, span.last) >= need) prolong(level, span.until(level));
      // In the days of grace what is bought still counts for the period that is over.
      const inGrace = period.kind === 'calendar' && ladder.lasts === 'nextPeriod' && until !== null && today > until && today <= until + graceDays;
      if (inGrace && sum(startOf(until), today) >= need) prolong(level, endOf(until + 1));
    });
    return held;
  };
}

/** Whoever stood on a level stands on it under a newer ladder too, or, where it is gone, on the nearest below; and on all below that. */
function moved(held: Held, from: TierLadder, to: TierLadder): Held {
  const after: (number | null)[] = to.levels.map(() => null);
  held.forEach((until, level) => {
    const there = from.levels.slice(0, level + 1).map(({ code }) => to.levels.findIndex((one) => one.code === code)).findLast((at) => at >= 0) ?? -1;
    if (until !== null) for (let at = 0; at <= there; at += 1) after[at] = Math.max(after[at] ?? -Infinity, until);
  });
  return after;
}

export type LadderFrom = { readonly from: number; readonly ladder: TierLadder; /** Published on its first day: the ladder before it counts on that day too. */ readonly sharesDay?: boolean };
type Told = { readonly held: Held; /** Since when the highest level is the same. */ readonly since: number };
/** Besides what is measured; `until` Infinity: without an end. */
type Given = { readonly code: string; readonly from: number; readonly until: number; readonly byHand: boolean };

const topOf = (held: Held) => held.findLastIndex((until) => until !== null);
const isGood = (one: Given, day: number) => one.from <= day && day <= one.until;

/** Without any ladder nobody has a level. Ladders come in the order of their first days. */
export function plainLevels(members: number): PlainLevels {
  const ladders: (LadderFrom & { readonly look: Look })[] = [];
  const values = Array.from({ length: members }, () => new Map<number, number>());
  const told = Array.from({ length: members }, (): Told[] => []);
  const given = Array.from({ length: members }, (): Given[] => []);
  const ladderOn = (day: number) => ladders.findLast((one) => one.from <= day);
  const forget = (member: number, day: number) => { told[member]!.length = Math.min(told[member]!.length, Math.max(0, day - (ladders[0]?.from ?? 0))); };

  /** First the night, then what the day brought. */
  function lived(look: Look, before: Told, day: number, member: number): Told {
    const after = ({ held, since }: Told, known: number): Told => {
      const next = look(held, day, known, values[member]!);
      return { held: next, since: topOf(next) === topOf(held) ? since : day };
    };
    return after(after(before, day - 1), day);
  }

  function toldOn(member: number, day: number): Told | null {
    const own = told[member]!;
    const first = ladders[0]?.from ?? Infinity;
    for (let next = first + own.length; next <= day; next += 1) {
      const now = ladderOn(next)!;
      const before = ladderOn(next - 1);
      let earlier = own.at(-1) ?? { held: now.ladder.levels.map(() => null), since: next };
      if (before !== undefined && before !== now) {
        const last = now.sharesDay ? lived(before.look, earlier, next, member) : earlier;
        const held = moved(last.held, before.ladder, now.ladder);
        const codeOf = ({ ladder }: LadderFrom, of: Held) => ladder.levels[topOf(of)]?.code;
        earlier = { held, since: codeOf(before, last.held) === codeOf(now, held) ? last.since : next };
      }
      own.push(lived(now.look, earlier, next, member));
    }
    return day < first ? null : own[day - first]!;
  }

  /** Where returns leave levels, each goes on to the end it had. */
  function leave(member: number, { levels, graceDays }: TierLadder, before: Told, after: Told): void {
    before.held.forEach((until, level) => {
      if (until !== null && until > (after.held[level] ?? -Infinity)) given[member]!.push({ code: levels[level]!.code, from: before.since, until: until + graceDays, byHand: false });
    });
  }

  const place = ({ ladder }: LadderFrom, code: string): number => {
    const had = ladders.findLast((one) => one.ladder.levels.some((level) => level.code === code))!.ladder.levels;
    const same = ladder.levels.findIndex((one) => one.code === code);
    // Of a level that is gone the nearest below.
    return same >= 0 ? same : had.slice(0, had.findIndex((one) => one.code === code)).map((one) => ladder.levels.findIndex((level) => level.code === one.code)).findLast((at) => at >= 0) ?? -1;
  };

  return {
    publish(one) {
      ladders.push({ ...one, look: looker(one.ladder) });
      told.forEach((_, member) => forget(member, one.from));
    },
    measured(member, day, value, today) {
      const now = ladderOn(today);
      const before = now?.ladder.returns === 'keepLevel' && value < (values[member]!.get(day) ?? 0) ? toldOn(member, today) : null;
      values[member]!.set(day, value);
      forget(member, day);
      if (before) leave(member, now!.ladder, before, toldOn(member, today)!);
    },
    grant(member, grant, today) {
      const active = given[member]!.find((one) => one.byHand && isGood(one, today));
      if (grant === null ? active === undefined : !ladderOn(today)!.ladder.levels.some((one) => one.code === grant.code)) return 'refused';
      if (active) given[member]![given[member]!.indexOf(active)] = { ...active, until: today - 1 };
      if (grant) given[member]!.push({ ...grant, from: today, byHand: true });
      return 'booked';
    },
    on(member, day) {
      const now = ladderOn(day);
      const measured = toldOn(member, day);
      if (now === undefined || measured === null) return null;
      return now.ladder.levels[Math.max(topOf(measured.held), ...given[member]!.filter((one) => isGood(one, day)).map((one) => place(now, one.code)))]?.code ?? null;
    },
  };
}
