import { AMOUNT_MAX, BASIS_POINTS_MAX, FIELD_MAX, GRANT_COUNT_MAX, LINES_MAX, MULTIPLIER_UNIT, QUANTITY_MAX } from '../bounds.ts';
import type { CompiledRule, CompiledRuleset } from '../compile.ts';
import { isGroup, type Condition, type ProductSets } from '../conditions.ts';
import { dateOf as dateText, dayNumberOf } from '../calendar.ts';
import { shareBonuses } from '../multipliers.ts';
import { roundBy, type RateRounding } from '../points.ts';
import type { Column } from './column.ts';
import { columnTest, type NumberPlace, type Place } from './column-tests.ts';
import type { History } from './history.ts';

/** No earlier purchase: as the day of the last one. */
export const NEVER = -1_000_000_000;

/** What the generated function of a ruleset writes its answers to. */
export type Answers = {
  /** Places of the rules that gave points before their own caps, in the ruleset's order; as many as the answer says. */
  readonly hits: Int32Array;
  /** Of these rules, by their place: points after the rule's own caps, and before them. What stands at other places means nothing. */
  readonly points: Float64Array; readonly before: Float64Array;
  /** Room under the limits that documents share, in the order of `limitsOf`. */
  readonly rooms: Float64Array;
};
/** Decides row `row` of member `member`: how many rules hit; `TOO_HARD` when the general engine must. */
export type DecideRow = (row: number, member: number, salesCount: number, spentMinor: number, lastSaleDay: number) => number;
export const TOO_HARD = -1;
export type GeneratedKernel = { readonly source: string; readonly constants: readonly unknown[] };

/** Every limit of a ruleset that documents share, in the order in which rooms stand. */
export const sharedLimits = (compiled: CompiledRuleset): { readonly rule: CompiledRule; readonly at: number; readonly counter: CompiledRule['limits'][number]['counter']; readonly limit: number }[] =>
  compiled.shared.flatMap((rule) => rule.limits.map(({ counter, limit }, at) => ({ rule, at, counter, limit })));

type Writer = { readonly constants: unknown[]; readonly history: History; readonly sets: ProductSets; readonly compiled: CompiledRuleset; allEarn: boolean };

const ROW = 'row';
const AT: Readonly<Record<Place, (w: Writer) => string>> = {
  'row.store': (w) => `${k(w, w.history.rows.store)}[${ROW}]`, 'row.till': (w) => `${k(w, w.history.rows.till)}[${ROW}]`, 'row.cashier': (w) => `${k(w, w.history.rows.cashier)}[${ROW}]`,
  'row.channel': (w) => `${k(w, w.history.rows.channel)}[${ROW}]`, 'row.currency': (w) => `${k(w, w.history.rows.currency)}[${ROW}]`, 'row.payments': (w) => `${k(w, w.history.rows.payments)}[${ROW}]`, 'row.attributes': (w) => `${k(w, w.history.rows.attributes)}[${ROW}]`,
  'line.kind': (w) => `${k(w, w.history.lines.kind)}[i]`, 'line.sku': (w) => `${k(w, w.history.lines.sku)}[i]`, 'line.name': (w) => `${k(w, w.history.lines.name)}[i]`, 'line.category': (w) => `${k(w, w.history.lines.category)}[i]`,
  'line.brand': (w) => `${k(w, w.history.lines.brand)}[i]`, 'line.attributes': (w) => `${k(w, w.history.lines.attributes)}[i]`,
  'member.shape': (w) => `${k(w, w.history.members.shape)}[member]`, day: () => 'day', minute: () => 'minute',
};
const NUMBER: Readonly<Record<Exclude<NumberPlace, 'daysSinceLastSale'>, (w: Writer) => string>> = {
  'row.total': (w) => `${k(w, w.history.rows.total)}[${ROW}]`, 'row.paid': (w) => `${k(w, w.history.rows.paid)}[${ROW}]`, lineCount: () => '(to - from)', 'line.quantity': (w) => `${k(w, w.history.lines.quantity)}[i]`,
  'line.amount': (w) => `${k(w, w.history.lines.amount)}[i]`, daysSinceJoining: (w) => `max(0, day - ${k(w, w.history.members.joinedDay)}[member])`, salesCount: () => 'sales', spent: () => 'spent',
};

/** A constant's name; a whole number stands for itself. Nothing else of a rule ever becomes part of the source. */
function k(writer: Writer, value: unknown): string {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new RangeError(`${value} cannot be written`);
    return value < 0 ? `(${String(value)})` : String(value);
  }
  const known = writer.constants.indexOf(value);
  if (known >= 0) return `k${known}`;
  writer.constants.push(value);
  return `k${writer.constants.length - 1}`;
}

/**
 * A ruleset as the source of one function over the columns of a history: all conditions, effects, groups and caps of all rules in the order of
 * `earn`, without an object. What is rare and long (bonuses that go by lines, multipliers held against one another) it leaves to the general
 * engine by answering `TOO_HARD`. The source consists of the words of this file and of integers alone: rules are user input.
 */
export function writeKernel(compiled: CompiledRuleset, history: History, sets: ProductSets, answers: Answers): GeneratedKernel {
  const writer: Writer = { constants: [answers.points, answers.before, answers.rooms, new Float64Array(LINES_MAX), new Float64Array(compiled.rules.length), bonuses, roundBy, earnSlowly(compiled, history), Math.max, Math.floor, answers.hits], history, sets, compiled, allEarn: false };
  writer.allEarn = allEarn(writer);
  const places = compiled.rules.map(({ index }) => index);
  const body = [
    `const day = ${k(writer, history.rows.day)}[row], minute = ${k(writer, history.rows.minute)}[row], event = ${k(writer, history.rows.event)}[row];`,
    `const from = ${k(writer, history.rows.lines)}[row], to = ${k(writer, history.rows.lines)}[row + 1];`,
    'let t = 0, c = 0, x = 0, y = 0, j = 0, i = 0, z = 0, n = 0, base = 0, q = 0, total = 0, count = 0;',
    ...places.map((r) => `let p${r} = 0, c${r} = 0;`),
    ...Array.from({ length: compiled.groups }, (_, g) => `let g${g} = 0;`),
    earningLoop(writer),
    'if (count > 0) {',
    ...compiled.rules.map((rule) => writeRule(writer, rule)),
    bestOfs(writer),
    ...compiled.ruleset.wallets.map((_, wallet) => multiplyWallet(writer, wallet)),
    '}',
    ...compiled.rules.toSorted((a, b) => a.index - b.index).map((rule) => writeCaps(writer, rule)),
    'return n;',
  ].filter((text) => text !== '').join('\n');
  const given = writer.constants.map((_, at) => `k${at} = k[${at}]`);
  const names = 'points = k0, before = k1, rooms = k2, amounts = k3, percents = k4, bonuses = k5, roundBy = k6, earn = k7, max = k8, floor = k9, hits = k10';
  return { constants: writer.constants, source: `const ${given.join(', ')};\nconst ${names};\nreturn (row, member, sales, spent, last) => {\n${body}\n};` };
}

/** Bonuses of several multipliers on the same base, in the place of their per cents. */
function bonuses(percents: Float64Array, count: number, base: number): void {
  const hundredths: number[] = [];
  for (let i = 0; i < count; i += 1) hundredths.push(base * percents[i]!);
  percents.set(shareBonuses(hundredths));
}

/** Do all lines of the history earn, each what it is worth: then there is nothing to pick, and no line is looked at for its own sake. */
function allEarn({ compiled: { base }, history: { lines, words, hasPaid } }: Writer): boolean {
  if (!base.plain || (hasPaid && !base.base.paidWithPointsEarns) || base.categories !== null || base.brands !== null || base.skus !== null) return false;
  return lines.kind.every((kind) => base.kinds.has(words.kinds[kind]!));
}

const amountOf = (writer: Writer): string => (writer.allEarn ? `${k(writer, writer.history.lines.amount)}[i]` : 'amounts[i - from]');
const earns = (writer: Writer): string => (writer.allEarn ? '' : 'amounts[i - from] >= 0');
const both = (...tests: readonly string[]): string => tests.filter((one) => one !== '').join(' && ') || 'true';

// The base's lists by code, and what each line counts: −1 for one that does not earn.
function earningLoop(writer: Writer): string {
  const { history, compiled: { base } } = writer;
  if (writer.allEarn) return `count = to - from; ${history.addsUp ? `total = ${k(writer, history.rows.total)}[row];` : `for (i = from; i < to; i++) total += ${amountOf(writer)};`}`;
  const takesOff = history.hasPaid && !base.base.paidWithPointsEarns;
  if (!base.plain || takesOff) return `count = earn(row, amounts); total = 0; for (j = 0; j < to - from; j++) if (amounts[j] > 0) total += amounts[j];`;
  const tests: string[] = [];
  const { words: { kinds, texts }, lines } = history;
  if (!kinds.every((kind) => base.kinds.has(kind))) tests.push(`${k(writer, Uint8Array.from(kinds, (kind) => (base.kinds.has(kind) ? 1 : 0)))}[${k(writer, lines.kind)}[i]] === 1`);
  for (const [list, column] of [[base.categories, lines.category], [base.brands, lines.brand], [base.skus, lines.sku]] as const) {
    if (list !== null) tests.push(`${k(writer, Uint8Array.from(texts.values, (text) => (text !== null && list.has(text) ? 1 : 0)))}[${k(writer, column)}[i]] === 0`);
  }
  const take = `x = ${k(writer, lines.amount)}[i]; amounts[i - from] = x; total += x;`;
  if (tests.length === 0) return `for (i = from; i < to; i++) { ${take} }\ncount = to - from;`;
  return `for (i = from; i < to; i++) { if (event !== 0 || (${tests.join(' && ')})) { ${take} count++; } else amounts[i - from] = (-1); }`;
}

/** What earns where amounts are not those of the lines: by the base's own arithmetic. Answers how many lines earn. */
function earnSlowly({ base }: CompiledRuleset, { rows, lines, words }: History): (row: number, amounts: Float64Array) => number {
  return (row, amounts) => {
    const from = rows.lines[row]!;
    const isEvent = rows.event[row] !== 0;
    let count = 0;
    let discounts = 0;
    for (let i = from; i < rows.lines[row + 1]!; i += 1) {
      const brand = words.texts.values[lines.brand[i]!] ?? null;
      const earns = isEvent || (base.kinds.has(words.kinds[lines.kind[i]!]!) && base.categories?.has(words.texts.values[lines.category[i]!]!) !== true
        && base.skus?.has(words.texts.values[lines.sku[i]!]!) !== true && (base.brands === null || brand === null || !base.brands.has(brand)));
      if (!earns) { amounts[i - from] = -1; continue; }
      let amount = lines.amount[i]! - (isEvent || base.base.paidWithPointsEarns ? 0 : lines.paid[i]!);
      if (!base.plain && !isEvent) {
        if (base.base.discount === 'before') {
          const discount = Math.max(0, Math.min(lines.discount[i]!, AMOUNT_MAX - discounts));
          discounts += discount;
          amount += discount;
        }
        if (base.base.amounts === 'net' && lines.tax[i]! > 0) amount = roundBy(base.base.netRounding ?? 'nearest', amount, 10_000, 10_000 + lines.tax[i]! - 1);
      }
      amounts[i - from] = amount;
      count += 1;
    }
    return count;
  };
}

function writeRule(writer: Writer, rule: CompiledRule): string {
  const { index, definition: { when, lines, schedule } } = rule;
  const event = writer.history.words.events.values.indexOf(rule.event);
  if (event < 0) return '';
  const tests = [`event === ${k(writer, event)}`];
  if (schedule.from !== null) tests.push(`day >= ${k(writer, dayNumberOf(schedule.from))}`);
  if (schedule.until !== null) tests.push(`day <= ${k(writer, dayNumberOf(schedule.until))}`);
  if (when !== null) tests.push(writeCondition(writer, when));
  if (rule.tiers !== null) tests.push(`(x = ${k(writer, percentsByShape(writer, rule))}[${k(writer, writer.history.members.shape)}[member]]) > 0`);
  const perLine = writePerLine(writer, rule);
  const each = perLine === null ? '' : ` x = ${perLine.counted}; z += ${perLine.points};`;
  const walk = lines !== null || perLine !== null;
  const test = both(earns(writer), lines === null ? '' : writeCondition(writer, lines));
  const matching = walk ? `t = 0; c = 0; z = 0; for (i = from; i < to; i++) { if (${test}) { t += ${amountOf(writer)}; c++;${each} } }` : 't = total; c = count;';
  const taken = rule.group < 0 ? 'c > 0' : `c > 0 && g${rule.group} === 0`;
  const take = rule.group < 0 ? '' : `g${rule.group} = 1; `;
  return `if (${tests.join(' && ')}) { ${rule.tiers === null ? '' : 'y = x; '}${matching} if (${taken}) { ${take}${writeEffect(writer, rule)} } }`.replaceAll('p#', `p${index}`).replaceAll('c#', `c${index}`);
}

/** What a multiplier by tier adds for each kind of member. */
function percentsByShape(writer: Writer, rule: CompiledRule): Float64Array {
  const { effect } = rule.definition;
  const tiers = effect.kind === 'tierMultiplier' ? effect.tiers : [];
  return Float64Array.from(writer.history.words.shapes.values, ({ tier }) => (tiers.find((one) => one.tier === tier)?.hundredths ?? MULTIPLIER_UNIT) - MULTIPLIER_UNIT);
}

const quantityOf = (writer: Writer): string => {
  const told = `${k(writer, writer.history.lines.quantity)}[i]`;
  return `(${told} < 0 ? 0 : ${told} > ${QUANTITY_MAX} ? ${QUANTITY_MAX} : ${told})`;
};
const amountMost = ({ compiled }: Writer): number => (compiled.ruleset.base.discount === 'before' ? 2 * AMOUNT_MAX : AMOUNT_MAX);

/** What of each line counts and what it gives, for a rule that rounds line by line or counts quantities; null: the amount of all together is enough. */
function writePerLine(writer: Writer, { definition: { effect } }: CompiledRule): { counted: string; points: string } | null {
  switch (effect.kind) {
    case 'perAmount': return effect.per === 'line' ? { counted: amountOf(writer), points: rounded(writer, 'x', effect.points, effect.perMinor, effect.rounding, amountMost(writer)) } : null;
    case 'percent': return effect.per === 'line' ? { counted: amountOf(writer), points: rounded(writer, 'x', effect.basisPoints, BASIS_POINTS_MAX, effect.rounding, amountMost(writer)) } : null;
    case 'perUnit':
      if (effect.of) return null;
      return { counted: quantityOf(writer), points: effect.per === 'line' ? rounded(writer, 'x', effect.points, effect.perThousandths, effect.rounding, QUANTITY_MAX) : 'x' };
    default: return null;
  }
}

function writeEffect(writer: Writer, rule: CompiledRule): string {
  const { effect, lines } = rule.definition;
  // Only some of the lines that earn: their part of the base goes by lines. Held against others: by what it would add.
  const tooHard = `${lines === null ? '' : `if (c < count) return (${TOO_HARD}); `}${rule.bestOf >= 0 ? `return (${TOO_HARD}); ` : ''}`;
  switch (effect.kind) {
    case 'fixed': return `p# = ${k(writer, effect.points)};`;
    case 'perAmount': return effect.per === 'line' ? 'p# = z;' : `p# = ${rounded(writer, 't', effect.points, effect.perMinor, effect.rounding, amountMost(writer))};`;
    case 'percent': return effect.per === 'line' ? 'p# = z;' : `p# = ${rounded(writer, 't', effect.basisPoints, BASIS_POINTS_MAX, effect.rounding, amountMost(writer))};`;
    case 'perUnit': {
      const { points, perThousandths, rounding } = effect;
      if (effect.of) return `x = ${k(writer, fields(writer, effect.of.field))}[${k(writer, writer.history.rows.attributes)}[row]]; p# = ${rounded(writer, 'x', points, perThousandths, rounding, FIELD_MAX * 1000)};`;
      return effect.per === 'line' ? 'p# = z;' : `p# = ${rounded(writer, 'z', points, perThousandths, rounding, LINES_MAX * QUANTITY_MAX)};`;
    }
    case 'grant': {
      if (!effect.perMinor) return `p# = ${k(writer, effect.count)};`;
      return `x = ${k(writer, effect.count)} * floor(t / ${k(writer, effect.perMinor)}); p# = x > ${GRANT_COUNT_MAX} ? ${GRANT_COUNT_MAX} : x;`;
    }
    case 'multiplier': return `${tooHard}c# = ${k(writer, rule.bonusPercent)};`;
    case 'tierMultiplier': return `${tooHard}c# = y;`;
  }
}

/** A document's own number in thousandths, by the code of its attributes. */
function fields(writer: Writer, field: string): Float64Array {
  return Float64Array.from(writer.history.words.attributes.values, (own) => {
    const value = Object.hasOwn(own, field) ? own[field] : undefined;
    return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? Math.min(value, FIELD_MAX) * 1000 : 0;
  });
}

const ROUNDINGS: readonly RateRounding[] = ['down', 'nearest', 'up', 'steps'];

/** value × points ÷ unit. Where no product reaches 2^53 a division and a floor are exact: the next whole number is further away than an error. */
function rounded(writer: Writer, value: string, points: number, unit: number, rounding: RateRounding, most: number): string {
  const [n, d] = [k(writer, points), k(writer, unit)];
  if (BigInt(most) * BigInt(points) + BigInt(unit) > BigInt(Number.MAX_SAFE_INTEGER)) return `roundBy(${k(writer, ROUNDING_NAMES)}[${ROUNDINGS.indexOf(rounding)}], ${value}, ${n}, ${d})`;
  const product = points === 1 ? value : `${value} * ${n}`;
  if (rounding === 'down') return `floor(${product} / ${d})`;
  if (rounding === 'steps') return `${n} * floor(${value} / ${d})`;
  // A half goes up: (2 × product + unit) ÷ (2 × unit), whose numbers stay exact because the general case above takes the large ones.
  const wide = BigInt(most) * BigInt(points) * 2n + 2n * BigInt(unit) > BigInt(Number.MAX_SAFE_INTEGER);
  if (wide) return `roundBy(${k(writer, ROUNDING_NAMES)}[${ROUNDINGS.indexOf(rounding)}], ${value}, ${n}, ${d})`;
  return rounding === 'up' ? `floor((${product} + ${k(writer, unit - 1)}) / ${d})` : `floor((2 * ${product} + ${d}) / ${k(writer, 2 * unit)})`;
}
const ROUNDING_NAMES = [...ROUNDINGS];

/** Of the rules that add, the best of each group stays; multipliers of a group were too hard before. */
function bestOfs(writer: Writer): string {
  const { rules, bestOfs: groups } = writer.compiled;
  const written: string[] = [];
  for (let group = 0; group < groups; group += 1) {
    const own = rules.filter((one) => one.bestOf === group && !one.multiplies);
    if (own.length < 2) continue;
    written.push('y = 0; q = (-1);');
    for (const rule of own) written.push(`if (p${rule.index} > 0) { x = p${rule.index}; ${underCaps(writer, rule)} if (q < 0 || x > y) { y = x; q = ${rule.index}; } }`);
    for (const rule of own) written.push(`if (q !== ${rule.index}) p${rule.index} = 0;`);
  }
  return written.join('\n');
}

/** x becomes what the rule's own caps leave of it. */
function underCaps(writer: Writer, rule: CompiledRule): string {
  const { perTransaction } = rule.definition.caps;
  const limits = sharedLimits(writer.compiled).flatMap((one, at) => (one.rule === rule ? [`if (rooms[${at}] < x) x = rooms[${at}];`] : []));
  return [...(perTransaction === null ? [] : [`if (x > ${k(writer, perTransaction)}) x = ${k(writer, perTransaction)};`]), ...limits].join(' ');
}

function multiplyWallet(writer: Writer, wallet: number): string {
  const { rules, ruleset } = writer.compiled;
  const own = rules.filter((one) => one.multiplies && one.walletIndex === wallet);
  if (own.length === 0) return '';
  const base = rules.filter((one) => !one.multiplies && !one.afterMultipliers && one.walletIndex === wallet).map((one) => `p${one.index}`);
  const sum = `base = ${base.length === 0 ? '0' : base.join(' + ')};`;
  if (ruleset.multipliers === 'multiply') return `${sum}\n${own.map(({ index }) => `if (c${index} > 0) { p${index} = floor(base * c${index} / ${MULTIPLIER_UNIT}); base += p${index}; }`).join('\n')}`;
  return [
    `q = 0; ${own.map(({ index }) => `if (c${index} > 0) { percents[q] = c${index}; q++; }`).join(' ')}`,
    `if (q > 0) { ${sum} if (q === 1) percents[0] = floor(base * percents[0] / ${MULTIPLIER_UNIT}); else bonuses(percents, q, base);`,
    `q = 0; ${own.map(({ index }) => `if (c${index} > 0) { p${index} = percents[q]; q++; }`).join(' ')} }`,
  ].join('\n');
}

const writeCaps = (writer: Writer, rule: CompiledRule): string =>
  `if (p${rule.index} > 0) { x = p${rule.index}; before[${rule.index}] = x; ${underCaps(writer, rule)} points[${rule.index}] = x; hits[n] = ${rule.index}; n++; }`;

/** The condition as an expression. Every part is looked at only as far as it decides. */
function writeCondition(writer: Writer, condition: Condition): string {
  if (!isGroup(condition) && condition.tree !== undefined) return `${condition.operator === 'inSegment' ? '' : '!'}(${writeCondition(writer, condition.tree)})`;
  if (!isGroup(condition)) return writeTest(writer, columnTest(condition, writer.history, writer.sets));
  const all = (parts: readonly Condition[], by: string) => parts.map((part) => writeCondition(writer, part)).join(by);
  if ('all' in condition) return `(${all(condition.all, ' && ')})`;
  return 'any' in condition ? `(${all(condition.any, ' || ')})` : `!(${all(condition.none, ' || ')})`;
}

function writeTest(writer: Writer, test: ReturnType<typeof columnTest>): string {
  switch (test.kind) {
    case 'table': {
      const code = AT[test.place](writer);
      const asked = `${k(writer, test.answers)}[${test.shift === 0 ? code : `${code} + ${k(writer, test.shift)}`}] === 1`;
      return test.ofPurchase === null ? asked : `(event === 0 ? ${test.ofPurchase ? 'true' : 'false'} : ${asked})`;
    }
    case 'between': {
      const { place, from, to } = test;
      if (place === 'daysSinceLastSale') return `(last !== ${k(writer, NEVER)} && max(0, day - last) >= ${k(writer, from)} && max(0, day - last) <= ${k(writer, to)})`;
      const seen = NUMBER[place](writer);
      return from === to ? `${seen} === ${k(writer, from)}` : `(${[...(from === Number.MIN_SAFE_INTEGER ? [] : [`${seen} >= ${k(writer, from)}`]), ...(to === Number.MAX_SAFE_INTEGER ? [] : [`${seen} <= ${k(writer, to)}`])].join(' && ') || 'true'})`;
    }
    case 'flag': {
      if (test.place === 'firstSale') return test.wanted ? 'sales === 0' : 'sales !== 0';
      const days = test.place === 'birthday' ? `${k(writer, birthdayOf(writer.history))}(member, day)` : `${k(writer, anniversaryOf(writer.history))}(member, day)`;
      return test.wanted ? `${days} === 1` : `${days} === 0`;
    }
  }
}

const flagCalendars = new WeakMap<History, { birthday: (member: number, day: number) => number; anniversary: (member: number, day: number) => number }>();
const birthdayOf = (history: History) => calendarsOf(history).birthday;
const anniversaryOf = (history: History) => calendarsOf(history).anniversary;

/** Birthdays and anniversaries by month and day; those of 29 February are on the 28th of a common year. */
function calendarsOf(history: History) {
  let known = flagCalendars.get(history);
  if (known === undefined) flagCalendars.set(history, known = makeCalendars(history));
  return known;
}

function makeCalendars({ members, firstDay, lastDay }: History) {
  const size = lastDay - firstDay + 1;
  const monthDay = new Uint16Array(size);
  const year = new Uint16Array(size);
  const standsIn = new Uint8Array(size);
  for (let at = 0; at < size; at += 1) {
    const date = dateText(firstDay + at);
    monthDay[at] = Number(date.slice(5, 7)) * 32 + Number(date.slice(8));
    year[at] = Number(date.slice(0, 4));
    standsIn[at] = date.slice(5) === '02-28' && dateText(firstDay + at + 1).slice(5) === '03-01' ? 1 : 0;
  }
  const leapDay: number = 2 * 32 + 29;
  const falls = (of: number, at: number): boolean => of === monthDay[at] || (of === leapDay && standsIn[at] === 1);
  const joined: Column = Uint16Array.from(members.joinedDay, (day) => { const date = dateText(day); return Number(date.slice(5, 7)) * 32 + Number(date.slice(8)); });
  const joinedYear = Uint16Array.from(members.joinedDay, (day) => Number(dateText(day).slice(0, 4)));
  return {
    birthday: (member: number, day: number) => (members.birth[member] !== 0 && falls(members.birth[member]!, day - firstDay) ? 1 : 0),
    anniversary: (member: number, day: number) => (joinedYear[member]! < year[day - firstDay]! && falls(joined[member]!, day - firstDay) ? 1 : 0),
  };
}
