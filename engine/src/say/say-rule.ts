import type { LocalDate } from '../calendar.ts';
import { leavesOf, type Condition } from '../conditions.ts';
import { RETURN_EVENT, type EventReasons } from '../event-types.ts';
import type { Rounding } from '../points.ts';
import type { Effect, RuleCaps, RuleDefinition, RuleExpiry, RuleTrigger } from '../rules.ts';
import type { Lang, UnitWords } from '../words.ts';
import { colloquial, glueOf, refusal, type KnownNames } from './colloquial.ts';
import { longest, pattern, spokenOf, type Read, type Reader } from './scan.ts';
import { grammarOf, readTold, type Grammar, type Part } from './told-rule.ts';

export type { KnownNames } from './colloquial.ts';

export type SayOptions = {
  readonly lang: Lang;
  readonly currency: string;
  readonly unit: UnitWords;
  /** For dates said without a year: the next such day. Null: a date needs its year. */
  readonly today: LocalDate | null;
  readonly known: KnownNames;
  /** How the organiser's own types of events are told. */
  readonly eventReasons?: EventReasons;
};

/** What a sentence says of a rule; the rest of a definition is the caller's. */
export type SaidRule = Pick<RuleDefinition, 'trigger' | 'effect' | 'when' | 'lines' | 'schedule' | 'caps' | 'afterMultipliers'> & Partial<Pick<RuleDefinition, 'expiry'>>;

export type Understood = {
  /** Null when the sentence does not say what the rule gives. */
  readonly rule: SaidRule | null;
  /** What nothing was made of, in its order: never dropped in silence. "+" is a second thing to give. */
  readonly unknown: readonly string[];
  /** Among what nothing was made of may be who, when, which or how often: the rule without it may give more than was meant, and nobody takes it unasked. */
  readonly mayGiveMore: boolean;
  /** Names in the rule that the program does not know: a till may call these goods otherwise. */
  readonly guessed: readonly string[];
};

/** Longer texts are letters, not rules. */
export const SENTENCE_MAX = 4000;
const WORD = pattern('\\d+(?:[.,:/-]\\d+)+|[^\\s,.;:!()]+', ([text]) => text!);

/**
 * A rule from a sentence: one that `describeRule` wrote is read back exactly; in any other the pieces that are known are found wherever they
 * stand, and what is left over is named. At most SENTENCE_MAX characters are read.
 */
export function sayRule(sentence: string, options: SayOptions): Understood {
  const text = sentence.slice(0, SENTENCE_MAX);
  const grammar = grammarOf({ lang: options.lang, currency: options.currency }, options.unit, options.eventReasons);
  const told = readTold(grammar, inParts(text, options.lang));
  if (told !== null) return { rule: calledByCode(ruleOf(told), options.known), unknown: [], mayGiveMore: false, guessed: [] };
  return readFreely(inParts(text, options.lang), tiersOf(grammar, options), glueOf(options.lang), options.known);
}

/** What is said back names a level as the program does; a rule knows it by its code. */
function calledByCode(rule: SaidRule | null, { levels }: KnownNames): SaidRule | null {
  const codeOf = (name: string): string => (levels.some(({ code }) => code === name) ? name : levels.find((one) => one.name.toLowerCase() === name.toLowerCase())?.code ?? name);
  const inTree = (tree: Condition): Condition => {
    if (!('attribute' in tree)) return 'all' in tree ? { all: tree.all.map(inTree) } : 'any' in tree ? { any: tree.any.map(inTree) } : { none: tree.none.map(inTree) };
    if (tree.attribute !== 'member.tier') return tree;
    return { ...tree, value: Array.isArray(tree.value) ? tree.value.map((one) => codeOf(String(one))) : codeOf(String(tree.value)) };
  };
  if (rule === null) return null;
  const { effect } = rule;
  return { ...rule, when: rule.when && inTree(rule.when), effect: effect.kind === 'tierMultiplier' ? { ...effect, tiers: effect.tiers.map((one) => ({ ...one, tier: codeOf(one.tier) })) } : effect };
}

type Tiers = readonly (readonly Reader<Part>[])[];
let latest: { readonly asked: string; readonly tiers: Tiers } | null = null;

/** Some hundred readers, kept while the same program asks. */
function tiersOf(grammar: Grammar, options: SayOptions): Tiers {
  const asked = JSON.stringify(options);
  if (latest?.asked === asked) return latest.tiers;
  const readers = [grammar.given, grammar.extra, grammar.when, grammar.lines];
  const [common = [], names = []] = colloquial(grammar.tongue, options.unit, options.known, options.today, readers);
  latest = { asked, tiers: [[...readers, ...common], names] };
  return latest.tiers;
}

/** "30 points for the first purchase" as its two parts are said: what is given for a purchase, and on which. */
const inParts = (text: string, lang: Lang): string => ofReturn(lang === 'en' ? text.replace(/^([^“]*?) for (?=the first purchase|purchases of )/, '$1 for a purchase on ') : text, lang);

/** Of a return the total is told as its worth: the test is the same as of a purchase. */
const ofReturn = (text: string, lang: Lang): string => (lang === 'pl' && text.includes('za zwrot') ? text.replace(/(?<= )o wartości (?=od )/g, 'przy zakupie ').replace(/(?<= )o wartości /g, 'przy zakupie za ')
  : lang === 'en' && text.includes('for a return') ? text.replaceAll(' with a value of ', ' on purchases of ') : text);

/** A piece, and the words it was read from. */
type Found = { readonly part: Part; readonly said: string };

/** Pieces in any order. Readers of a later tier are asked only where no earlier one reads. */
function readFreely(text: string, tiers: Tiers, glueAt: Reader<true>, known: KnownNames): Understood {
  const spoken = spokenOf(text);
  const found: (Found | string)[] = [];
  /** Words side by side that nothing is made of are named together: where they begin. */
  let missedFrom: number | null = null;
  for (let at = 0; at < spoken.text.length;) {
    const piece = tiers.reduce<Read<Part> | null>((earlier, tier) => earlier ?? longest(tier, spoken, at), null);
    if (piece !== null) {
      found.push({ part: piece.value, said: spoken.typed.slice(at, piece.end).trim() });
      missedFrom = null;
      at = piece.end;
      continue;
    }
    const refused = refusal(spoken, at);
    const glue = refused === null ? glueAt(spoken, at) : null;
    const missed = refused ?? (glue === null ? WORD(spoken, at) : null);
    if (missed !== null) {
      if (missedFrom === null) missedFrom = at;
      else found.pop();
      found.push(spoken.typed.slice(missedFrom, missed.end).trim());
    } else if (glue === null || /\S/.test(spoken.text.slice(at, glue.end))) missedFrom = null;
    at = glue?.end ?? missed?.end ?? at + 1;
  }
  return agreed(found, known);
}

/** Of pieces that contradict each other the first stays: "we wtorki na ciasta i w środy na kawę" is two rules, and both at once would be none. */
function agreed(found: readonly (Found | string)[], known: KnownNames): Understood {
  const kept: Part[] = [];
  const unknown: string[] = [];
  let second = false;
  let mayGiveMore = false;
  const lineless = found.some((one) => { const trigger = typeof one === 'string' ? null : triggerOf(one.part); return trigger?.kind === 'event' && trigger.type !== RETURN_EVENT; });
  const effect = found.flatMap((one) => (typeof one !== 'string' && one.part.kind === 'given' ? [one.part.given.effect] : []))[0] ?? null;
  const saysHowNew = found.some((one) => typeof one !== 'string' && isAboutNew(one.part));
  for (const one of found) {
    if (typeof one === 'string') {
      unknown.push(one);
      mayGiveMore = true;
    } else if (saysHowNew && one.part.kind === 'when' && one.part.newcomers === true) continue;
    // A second thing to give needs a second rule.
    else if (one.part.kind === 'given' && kept.some((part) => part.kind === 'given')) second = true;
    else if (isOutOfPlace(one.part, lineless, effect) || kept.some((part) => contradict(part, one.part))) {
      unknown.push(one.said);
      mayGiveMore ||= !leavesAsMuch(one.part);
    } else kept.push(one.part);
  }
  const rule = calledByCode(ruleOf(kept), known);
  return { rule, unknown: second ? [...unknown, '+'] : unknown, mayGiveMore, guessed: rule === null ? [] : [...new Set(kept.flatMap((part) => ('guessed' in part ? part.guessed ?? [] : [])))] };
}

/** What is left out and narrows nothing down: a whole number needs no rounding. */
const leavesAsMuch = ({ kind }: Part): boolean => kind === 'rounding';

const PIECE = 1000;

/** Of events a return alone has lines; "twice a day" is a limit, and so many pieces are counted, only where something is given at once. */
const isOutOfPlace = (part: Part, lineless: boolean, effect: Effect | null): boolean =>
  ((part.kind === 'lines' || part.kind === 'each') && lineless) || (part.kind === 'each' && (part.perThousandths !== PIECE || part.once === true) && effect?.kind !== 'fixed') || (part.kind === 'times' && onceGiven(effect) === null) || (part.kind === 'rounding' && !isRounded(effect)) || (part.kind === 'expiry' && effect?.kind === 'grant');

/** "For new customers" adds nothing to the day of joining, to the first purchase or to the first days. */
const isAboutNew = (part: Part): boolean => {
  if (part.kind === 'when') return part.newcomers !== true && leavesOf(part.when).some(({ leaf }) => ['history.isFirstSale', 'member.daysSinceJoining'].includes(leaf.attribute));
  const trigger = triggerOf(part);
  return trigger?.kind === 'event' && trigger.type === 'registration';
};

/** Full steps leave nothing to round. */
const isRounded = (effect: Effect | null): boolean => effect !== null && 'rounding' in effect && effect.rounding !== 'steps';

const triggerOf = (part: Part): RuleTrigger | null => (part.kind === 'trigger' ? part.trigger : part.kind === 'given' ? part.given.trigger : null);

const onceGiven = (effect: Effect | null): number | null => (effect?.kind === 'fixed' ? effect.points : effect?.kind === 'grant' && !effect.perMinor ? effect.count : null);

const treeOf = (part: Part): Condition | null => (part.kind === 'when' ? part.when : part.kind === 'lines' || part.kind === 'each' ? part.lines : part.kind === 'given' ? part.given.lines : part.kind === 'trigger' ? part.lines ?? null : null);

/** What is asked to be one of some values, by attribute. */
const demanded = (tree: Condition): string[] => leavesOf(tree).filter(({ leaf, negated, alternative }) => !negated && !alternative && ['is', 'oneOf'].includes(leaf.operator)).map(({ leaf }) => leaf.attribute);

function contradict(a: Part, b: Part): boolean {
  if (a.kind === 'trigger' && b.kind === 'trigger') return JSON.stringify(a.trigger) !== JSON.stringify(b.trigger);
  if (a.kind === 'schedule' && b.kind === 'schedule') return (a.from !== null && b.from !== null) || (a.until !== null && b.until !== null);
  if (a.kind === 'expiry' && b.kind === 'expiry') return true;
  if ((a.kind === 'cap' || a.kind === 'times') && (b.kind === 'cap' || b.kind === 'times')) return a.cap === b.cap;
  const [one, other] = [treeOf(a), treeOf(b)];
  if (one === null || other === null) return false;
  const asked = demanded(one);
  return demanded(other).some((attribute) => asked.includes(attribute));
}

const both = (known: Condition | null, more: Condition | null): Condition | null =>
  (known === null || more === null ? known ?? more : { all: [...('all' in known ? known.all : [known]), more] });

function ruleOf(parts: readonly Part[]): SaidRule | null {
  let rule: SaidRule | null = null;
  const rest = { when: null as Condition | null, lines: null as Condition | null, schedule: { from: null as LocalDate | null, until: null as LocalDate | null }, caps: { perTransaction: null, perMemberDay: null, perProgram: null } as RuleCaps };
  let plain = false;
  let rounding: Rounding | null = null;
  let pieces: number | null = null;
  let once = false;
  let trigger: RuleTrigger | null = null;
  let expiry: RuleExpiry | null = null;
  const often: Extract<Part, { kind: 'times' }>[] = [];
  for (const part of parts) {
    switch (part.kind) {
      case 'given':
        if (rule === null) {
          rule = { effect: part.given.effect, ...rest };
          rest.lines = both(rest.lines, part.given.lines);
          trigger ??= part.given.trigger;
        }
        break;
      case 'trigger':
        ({ trigger } = part);
        rest.lines = both(rest.lines, part.lines ?? null);
        pieces = part.perThousandths ?? pieces;
        break;
      case 'when': rest.when = both(rest.when, part.when); break;
      case 'lines': rest.lines = both(rest.lines, part.lines); break;
      case 'each':
        rest.lines = both(rest.lines, part.lines);
        pieces = part.perThousandths;
        once = part.once === true;
        break;
      case 'schedule': rest.schedule = { from: part.from ?? rest.schedule.from, until: part.until ?? rest.schedule.until }; break;
      case 'cap': rest.caps = { ...rest.caps, [part.cap]: part.points }; break;
      case 'times': often.push(part); break;
      case 'budget': rest.caps = { ...rest.caps, programMoney: { limitMinor: part.limitMinor, per1000: part.per1000 } }; break;
      case 'expiry': ({ expiry } = part); break;
      case 'rounding': ({ rounding } = part); break;
      case 'plain': plain = true; break;
    }
  }
  if (rule === null) return null;
  const { effect } = rule;
  for (const { cap, times } of often) rest.caps = { ...rest.caps, [cap]: (onceGiven(effect) ?? 0) * times };
  // Nobody who says "20 points for 2 coffees" gives 10 for one; of a kilogram a part counts.
  const counted: Effect = pieces !== null && effect.kind === 'fixed' ? { kind: 'perUnit', points: effect.points, perThousandths: pieces, rounding: pieces > PIECE ? 'steps' : 'down', per: 'transaction' } : effect;
  if (once && effect.kind === 'fixed') rest.caps = { ...rest.caps, perTransaction: rest.caps.perTransaction ?? effect.points };
  return { ...rule, ...rest, effect: rounding !== null && 'rounding' in counted ? { ...counted, rounding } : counted, ...(trigger && { trigger }), ...(expiry && { expiry }), ...(plain && { afterMultipliers: true }) };
}
