import { leavesOf } from './conditions.ts';
import { describeEffect, describeLines, describeTest, type DescribeOptions, type OwnNames } from './describe.ts';
import type { Demand } from './phrase-parts.ts';
import type { Ruleset, RulesetRule } from './rules.ts';
import type { RuleOutcome } from './trace.ts';
import type { Lang, UnitWords } from './words.ts';

/** One test of a rule's `when` in words. */
export type TestWords = { readonly demand: Demand; readonly clause: string; readonly alternative: boolean };
/** Why a rule gave nothing. A reason with a `memo` comes again as the same object, so that whoever shows reasons can put there what it made of one. */
export type NotApplied = { readonly ruleId: number; readonly version: number; readonly rule: string; readonly code: NotAppliedCode; readonly reason: string; readonly memo: { made: unknown } | null };
export type NotAppliedCode = Exclude<RuleOutcome['outcome'], 'guarded'>;
/** What can be said of a rule before any document is known; each part is made when it is first asked for. */
export type RuleWords = {
  readonly rule: RulesetRule; readonly walletNo: number; readonly options: DescribeOptions & { readonly unit: UnitWords };
  effect(): string;
  lines(): string | null;
  /** Throws RangeError when the rule has no such test. */
  test(leaf: number): TestWords;
  /** The reason that was told under this key before; null: never. */
  told(code: NotAppliedCode, key: string | number | null): NotApplied | null;
  /** A reason, kept under its key. One without a key is made each time: amounts are endless, and keeping them costs more than making them. */
  tell(code: NotAppliedCode, key: string | number | null, reason: string): NotApplied;
};

// A ruleset never changes, so its words are made once: a till asks for them with every sale. With names they are made once for each such object.
type Known = WeakMap<Ruleset, Map<string, readonly RuleWords[]>>;
const known: Known = new WeakMap();
const knownWith = new WeakMap<OwnNames, Known>();
/** Reasons kept of one ruleset in one language, about half a kilobyte each: every minute of the day for a dozen rules. */
const REASONS_MAX = 20_000;
type Reasons = Map<string | number, NotApplied>;
/** All rules of a ruleset share one shelf; a full one is emptied. */
type Shelf = { count: number; readonly rules: Reasons[] };
/** Languages and units of one ruleset are few; a caller with endless units must not fill the memory. */
const VARIANTS_MAX = 16;

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function keep(shelf: Shelf, reasons: Reasons, key: string | number, made: NotApplied): void {
  if (shelf.count >= REASONS_MAX) {
    for (const one of shelf.rules) one.clear();
    shelf.count = 0;
  }
  shelf.count += 1;
  reasons.set(key, made);
}

function wordsOf(rule: RulesetRule, walletNo: number, options: RuleWords['options'], shelf: Shelf): RuleWords {
  const { definition } = rule;
  const tests = once(() => (definition.when === null ? [] : leavesOf(definition.when)).map((placed): TestWords => ({ ...describeTest(placed.leaf, placed.negated, options), alternative: placed.alternative })));
  const reasons: Reasons = new Map();
  shelf.rules.push(reasons);
  const told = (code: NotAppliedCode, key: string | number | null): NotApplied | null => {
    const found = key === null ? undefined : reasons.get(key);
    return found?.code === code ? found : null;
  };
  const tell = (code: NotAppliedCode, key: string | number | null, reason: string): NotApplied => {
    const made = { ruleId: rule.ruleId, version: rule.version, rule: definition.name, code, reason, memo: key === null ? null : { made: null } };
    if (key !== null) keep(shelf, reasons, key, Object.freeze(made));
    return made;
  };
  return {
    rule, walletNo, options, told, tell, effect: once(() => describeEffect(definition, options)), lines: once(() => describeLines(definition, options)),
    test: (leaf) => tests()[leaf] ?? noTest(leaf),
  };
}

function noTest(leaf: number): never {
  throw new RangeError(`the rule has no test ${leaf}`);
}

/** Words of every rule of a ruleset, in its order. `names` may change while a ruleset never does: other names are another object. */
export function ruleWords(ruleset: Ruleset, lang: Lang, unitOf: (walletNo: number) => UnitWords, names?: OwnNames): readonly RuleWords[] {
  let key: string = lang;
  for (const { no } of ruleset.wallets) { const unit = unitOf(no); key += `|${unit.one},${unit.few},${unit.many},${unit.fraction},${unit.decimals ?? 0}`; }
  const made = names ? madeWith(names) : known;
  let variants = made.get(ruleset);
  if (!variants || variants.size >= VARIANTS_MAX) made.set(ruleset, variants = new Map());
  let words = variants.get(key);
  if (!words) {
    words = wordsOfAll(ruleset, lang, unitOf, names);
    variants.set(key, words);
  }
  return words;
}

function madeWith(names: OwnNames): Known {
  let made = knownWith.get(names);
  if (!made) knownWith.set(names, made = new WeakMap());
  return made;
}

function wordsOfAll(ruleset: Ruleset, lang: Lang, unitOf: (walletNo: number) => UnitWords, names?: OwnNames): readonly RuleWords[] {
  const shelf: Shelf = { count: 0, rules: [] };
  const eventReasons = ruleset.eventReasons && names?.reasons ? { ...ruleset.eventReasons, ...names.reasons } : ruleset.eventReasons;
  return ruleset.rules.map((rule) => {
    const walletNo = ruleset.wallets.find((one) => one.code === rule.definition.wallet)?.no ?? 0;
    return wordsOf(rule, walletNo, { lang, currency: ruleset.currency, unit: unitOf(walletNo), ...(eventReasons && { eventReasons }), ...(names && { names }) }, shelf);
  });
}
