import type { Condition } from '@wracam/engine/conditions';
import type { RuleDefinition } from '@wracam/engine/rules';

/** What a step does to a program; every choice comes from one seed, so a history that went wrong can be played again. */
export type HistoryLine = { readonly lineId: string; readonly kind: 'goods' | 'shipping'; readonly category: string; readonly quantity: number; readonly amountMinor: number };
export type Step =
  /** `member` null: nobody has it, until it is claimed. */
  | { readonly kind: 'sale'; readonly key: string; readonly member: number | null; readonly day: number; readonly lines: readonly HistoryLine[]; readonly pays: { readonly points: number; readonly amountMinor: number } | null }
  | { readonly kind: 'return'; readonly key: string; readonly of: readonly { readonly key: string; readonly lineId: string; readonly quantity: number; readonly amountMinor: number }[] }
  /** A return told as a total of one sale. */
  | { readonly kind: 'refund'; readonly key: string; readonly of: string; readonly totalMinor: number }
  | { readonly kind: 'correction'; readonly key: string; readonly of: string; readonly day: number; readonly lines: readonly HistoryLine[] }
  /** A correction of a return or a refund: told line by line, or (`parts` null) as a total. Without parts, or of nothing, it never was. */
  | { readonly kind: 'amend'; readonly key: string; readonly of: string; readonly parts: Extract<Step, { kind: 'return' }>['of'] | null; readonly totalMinor: number }
  | { readonly kind: 'void'; readonly of: string }
  /** A return or a refund is undone by hand. */
  | { readonly kind: 'undo'; readonly of: string }
  | { readonly kind: 'claim'; readonly of: string; readonly member: number }
  /** The same document once more, or another one under its key. */
  | { readonly kind: 'again'; readonly key: string; readonly differs: boolean }
  /** A level by hand, from today through so many days more or without an end; `level` null: what was given is taken back. */
  | { readonly kind: 'grant'; readonly member: number; readonly level: string | null; readonly days: number | null }
  /** The member comes into the club, or leaves it. */
  | { readonly kind: 'club'; readonly member: number; readonly into: boolean }
  /** The clock goes on by so many days (0: to the present instant). `work`: what fell due runs; otherwise nights and goals wait for the next time. */
  | { readonly kind: 'time'; readonly days: number; readonly work: boolean };

const rule = (name: string, over: Partial<RuleDefinition>): RuleDefinition => ({
  name, wallet: 'punkty', when: null, lines: null, effect: { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' }, schedule: { from: null, until: null }, priority: 10, exclusiveGroup: null,
  caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: 0, ...over,
});
const NO_CAPS = { perTransaction: null, perMemberDay: null, perProgram: null };
export const BUDGET = 40_000;
/** The most that one member gets in a month for juice given back. */
export const JUICE_MONTH = 20;
/** A badge that a rule gives for a large purchase, and one that goals give; rules ask for both. */
export const LARGE = 'hojny';
export const STEADY = 'wytrwaly';
/** A group that members come into and leave, who takes part in goals by it, and by a level and earlier purchases. */
export const CLUB = 'klub';
export const IN_CLUB: Condition = { attribute: 'member.group', operator: 'includesAny', value: [CLUB] };
export const REGULAR: Condition = { all: [{ attribute: 'member.tier', operator: 'oneOf', value: ['srebrny', 'zloty', 'platynowy'] }, { attribute: 'history.salesCount', operator: 'atLeast', value: 2 }] };
const fixed = (points: number) => ({ kind: 'fixed', points }) as const;

/** The rules of the history; `plainPoints` says the same once more, in its own words. */
export const HISTORY_RULES: readonly RuleDefinition[] = [
  rule('Za zakupy', {}),
  rule('Premia od 100 zł', { when: { attribute: 'transaction.total', operator: 'atLeast', value: 10_000 }, effect: { kind: 'fixed', points: 50 } }),
  rule('Kawa półtora raza', { lines: { attribute: 'line.category', operator: 'is', value: 'kawa' }, effect: { kind: 'multiplier', numerator: 3, denominator: 2 } }),
  rule('Dzienny limit', { effect: { kind: 'perAmount', points: 3, perMinor: 700, rounding: 'nearest', per: 'line' }, caps: { ...NO_CAPS, perTransaction: 40, perMemberDay: 60 } }),
  rule('Na powitanie', { when: { attribute: 'history.salesCount', operator: 'below', value: 1 }, effect: { kind: 'fixed', points: 25 }, exclusiveGroup: 'start', priority: 20 }),
  rule('Weekend', { when: { attribute: 'calendar.weekday', operator: 'oneOf', value: [6, 7] }, effect: { kind: 'fixed', points: 10 }, exclusiveGroup: 'start', priority: 15 }),
  rule('Pula', { effect: { kind: 'perAmount', points: 1, perMinor: 500, rounding: 'up', per: 'transaction' }, caps: { ...NO_CAPS, perProgram: BUDGET } }),
  rule('Za poziom', { effect: { kind: 'tierMultiplier', tiers: [{ tier: 'srebrny', hundredths: 125 }, { tier: 'zloty', hundredths: 160 }] } }),
  rule('Odznaka za duże zakupy', { when: { attribute: 'transaction.total', operator: 'atLeast', value: 16_000 }, effect: { kind: 'grant', what: 'badge', code: LARGE, count: 1 } }),
  rule('Z odznaką', { when: { attribute: 'member.badge', operator: 'includesAny', value: [LARGE] }, effect: fixed(4) }),
  rule('Z odznaką od trzech dni', { when: { attribute: `member.badgeDays.${LARGE}`, operator: 'atLeast', value: 3 }, effect: fixed(6) }),
  rule('Bez drugiej odznaki', { when: { attribute: 'member.badge', operator: 'includesNone', value: [STEADY] }, effect: fixed(3) }),
  rule('Za oddane soki', { trigger: { kind: 'event', type: 'return' }, lines: { attribute: 'line.category', operator: 'is', value: 'sok' }, effect: { kind: 'perUnit', points: 1, perThousandths: 1000, rounding: 'down', per: 'transaction' }, caps: { ...NO_CAPS, perMemberMonth: JUICE_MONTH } }),
  rule('Przeprosiny za duży zwrot', { trigger: { kind: 'event', type: 'return' }, when: { attribute: 'transaction.total', operator: 'atLeast', value: 3000 }, effect: fixed(2) }),
  rule('Ze świeżą odznaką', { when: { attribute: `member.badgeDays.${STEADY}`, operator: 'below', value: 10 }, effect: fixed(5) }),
];

/** A generator of 32-bit numbers from one seed (mulberry32): the same everywhere. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How late a document may come. */
export const LATE_DAYS = 45;
/** Keys that steps may come back to: recent ones, so that sales meet several returns. */
const REMEMBERED = 60;

/** Endless steps over so many members. Days are numbers since 1970-01-01; the clock starts on `firstDay`. */
export function* historySteps(seed: number, members: number, firstDay: number): Generator<Step> {
  const random = randomOf(seed);
  let today = firstDay;
  const upTo = (n: number) => Math.floor(random() * n);
  const someDay = () => (random() < 0.7 ? today : today - upTo(LATE_DAYS + 1));
  const oneOf = <T>(list: readonly T[]): T => list[upTo(list.length)]!;
  const known: { key: string; lines: readonly HistoryLine[] }[] = [];
  let count = 0;
  const next = (prefix: string) => `${prefix}${count += 1}`;
  const keep = (key: string, lines: readonly HistoryLine[]) => {
    known.push({ key, lines });
    if (known.length > REMEMBERED) known.splice(upTo(known.length), 1);
  };
  const someLines = (): HistoryLine[] => Array.from({ length: 1 + upTo(4) }, (_, at) => ({
    lineId: `L${at}`, kind: random() < 0.1 ? 'shipping' : 'goods', category: oneOf(['kawa', 'ciasto', 'sok']), quantity: oneOf([1000, 1000, 2000, 3000, 347]), amountMinor: 1 + upTo(6000),
  }));
  /** Returns that a correction may still come to. */
  const returned: { key: string; parts: Extract<Step, { kind: 'return' }>['of'] | null; totalMinor: number }[] = [];
  // Their sales come later, or never.
  const early: { key: string; lines: readonly HistoryLine[] }[] = [];
  const partOf = ({ key, lines }: { key: string; lines: readonly HistoryLine[] }) => {
    const line = oneOf(lines);
    const whole = random() < 0.3;
    return { key, lineId: random() < 0.03 ? 'L9' : line.lineId, quantity: whole ? line.quantity : random() < 0.3 ? 0 : 1 + upTo(line.quantity), amountMinor: whole ? line.amountMinor : upTo(line.amountMinor + 500) };
  };
  /** Sales of nobody: some of them are claimed later. */
  const nobodys: string[] = [];
  for (;;) {
    const roll = random();
    const due = early.length > 0 && random() < 0.2 ? early.splice(upTo(early.length), 1)[0]! : null;
    if (due || roll < 0.55 || known.length === 0) {
      const { key, lines } = due ?? { key: next('S'), lines: someLines() };
      const total = lines.reduce((sum, line) => sum + line.amountMinor, 0);
      const points = 1 + upTo(120);
      const member = random() < 0.12 ? null : upTo(members);
      if (member === null) nobodys.push(key);
      yield { kind: 'sale', key, member, day: someDay(), lines, pays: member !== null && random() < 0.15 ? { points, amountMinor: 1 + upTo(total) } : null };
      keep(key, lines);
    } else if (roll < 0.8) {
      const parts = Array.from({ length: 1 + upTo(3) }, () => partOf(oneOf(known)));
      if (random() < 0.08) {
        const sale = { key: next('S'), lines: someLines() };
        early.push(sale);
        parts.push(partOf(sale));
      }
      const key = next('R');
      returned.push({ key, parts, totalMinor: 0 });
      yield { kind: 'return', key, of: parts };
    } else if (roll < 0.88) {
      const [key, totalMinor] = [next('R'), upTo(12_000)];
      returned.push({ key, parts: null, totalMinor });
      yield { kind: 'refund', key, of: oneOf(known).key, totalMinor };
    }
    else if (roll < 0.93) {
      const [key, lines] = [next('K'), random() < 0.1 ? [] : someLines()];
      const sale = random() < 0.05 ? { key: next('S'), lines: someLines() } : null;
      if (sale) early.push(sale);
      yield { kind: 'correction', key, of: (sale ?? oneOf(known)).key, day: someDay(), lines };
      if (lines.length > 0) keep(key, lines);
    } else if (roll < 0.96) yield { kind: 'void', of: oneOf(known).key };
    else yield { kind: 'again', key: oneOf(known).key, differs: random() < 0.3 };
    if (random() < 0.03) yield { kind: 'grant', member: upTo(members), level: oneOf(['srebrny', 'srebrny', 'zloty', 'platynowy', null]), days: random() < 0.3 ? null : upTo(40) };
    if (random() < 0.04) yield { kind: 'club', member: upTo(members), into: random() < 0.6 };
    if (returned.length > 3 && random() < 0.08) {
      const [named] = returned.splice(upTo(returned.length), 1) as [(typeof returned)[number]];
      const { key: of, parts, totalMinor } = named;
      const key = next('A');
      const anew = parts && (random() < 0.4 ? [] : parts.map((part) => ({ ...part, quantity: upTo(part.quantity + 1), amountMinor: upTo(part.amountMinor + 1) })));
      const amended = { key, parts: anew, totalMinor: anew ? anew.reduce((sum, part) => sum + part.amountMinor, 0) : random() < 0.4 ? 0 : upTo(totalMinor + 1) };
      yield { kind: 'amend', of, ...amended };
      if (random() < 0.3) returned.push(amended);
      // The same return once more, also after its correction was corrected.
      if (random() < 0.2) returned.push(named);
      if (random() < 0.1) yield { kind: 'undo', of };
    }
    if (returned.length > 3 && random() < 0.07) {
      const [{ key: of }] = returned.splice(upTo(returned.length), 1) as [(typeof returned)[number]];
      for (let times = random() < 0.1 ? 2 : 1; times > 0; times -= 1) yield { kind: 'undo', of };
      if (random() < 0.1) yield { kind: 'amend', key: next('A'), of, parts: null, totalMinor: upTo(100) };
    }
    if (nobodys.length > 2 && random() < 0.1) yield { kind: 'claim', of: random() < 0.9 ? nobodys.splice(upTo(nobodys.length), 1)[0]! : oneOf(known).key, member: upTo(members) };
    if (random() < 0.08) {
      const days = oneOf([0, 0, 0, 0, 0, 1 + upTo(3), 1 + upTo(3), 5 + upTo(36)]);
      today += days;
      yield { kind: 'time', days, work: days === 0 || random() < (days > 3 ? 0.15 : 0.5) };
    }
  }
}
