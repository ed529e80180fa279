import type { LocalDate } from '../calendar.ts';
import type { Condition } from '../conditions.ts';
import type { EventReasons } from '../event-types.ts';
import type { RuleCaps, RuleDefinition, RuleTrigger } from '../rules.ts';
import type { Lang, UnitWords } from '../words.ts';
import { colloquial, type KnownNames } from './colloquial.ts';
import { longest, pattern, spokenOf, type Read, type Reader } from './scan.ts';
import { grammarOf, readTold, type Part } from './told-rule.ts';

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
export type SaidRule = Pick<RuleDefinition, 'trigger' | 'effect' | 'when' | 'lines' | 'schedule' | 'caps' | 'afterMultipliers'>;

export type Understood = {
  /** Null when the sentence does not say what the rule gives. */
  readonly rule: SaidRule | null;
  /** Words that nothing was made of, in their order: never dropped in silence. */
  readonly unknown: readonly string[];
};

/** Longer texts are letters, not rules. */
export const SENTENCE_MAX = 4000;
const GLUE = pattern('(?:[\\s,.;:!]+|(?:i|oraz|ale|lecz|tylko|a|też|wtedy|gdy|program|daje|dajemy|dostaje|dostajesz|przyznaj|punkty są|the|and|but|only)(?![\\p{L}\\d]))', () => true);
const WORD = pattern('[^\\s,.;:!]+', ([text]) => text!);

/**
 * A rule from a sentence: one that `describeRule` wrote is read back exactly; in any other the pieces that are known are found wherever they
 * stand, and what is left over is named. At most SENTENCE_MAX characters are read.
 */
export function sayRule(sentence: string, options: SayOptions): Understood {
  const text = sentence.slice(0, SENTENCE_MAX);
  const grammar = grammarOf({ lang: options.lang, currency: options.currency }, options.unit, options.eventReasons);
  const told = readTold(grammar, text);
  if (told !== null) return { rule: ruleOf(told), unknown: [] };
  const [common = [], names = []] = colloquial(grammar.tongue, options.unit, options.known, options.today);
  return readFreely(text, [[grammar.given, grammar.extra, grammar.when, grammar.lines, ...common], names]);
}

/** Pieces in any order. Readers of a later tier are asked only where no earlier one reads. */
function readFreely(text: string, tiers: readonly (readonly Reader<Part>[])[]): Understood {
  const spoken = spokenOf(text);
  const parts: Part[] = [];
  const unknown: string[] = [];
  for (let at = 0; at < spoken.text.length;) {
    const piece = tiers.reduce<Read<Part> | null>((found, tier) => found ?? longest(tier, spoken, at), null);
    if (piece !== null) {
      parts.push(piece.value);
      at = piece.end;
      continue;
    }
    const glue = GLUE(spoken, at);
    const word = glue === null ? WORD(spoken, at) : null;
    if (word !== null) unknown.push(spoken.typed.slice(at, word.end));
    at = glue?.end ?? word?.end ?? at + 1;
  }
  const spare = parts.filter((part, i) => part.kind === 'given' && parts.findIndex((one) => one.kind === 'given') !== i);
  // A second thing to give needs a second rule.
  return { rule: ruleOf(parts), unknown: spare.length > 0 ? [...unknown, ...spare.map(() => '+')] : unknown };
}

const both = (known: Condition | null, more: Condition | null): Condition | null =>
  (known === null || more === null ? known ?? more : { all: [...('all' in known ? known.all : [known]), more] });

function ruleOf(parts: readonly Part[]): SaidRule | null {
  let rule: SaidRule | null = null;
  const rest = { when: null as Condition | null, lines: null as Condition | null, schedule: { from: null as LocalDate | null, until: null as LocalDate | null }, caps: { perTransaction: null, perMemberDay: null, perProgram: null } as RuleCaps };
  let plain = false;
  let trigger: RuleTrigger | null = null;
  for (const part of parts) {
    switch (part.kind) {
      case 'given':
        if (rule === null) {
          rule = { effect: part.given.effect, ...rest };
          rest.lines = both(rest.lines, part.given.lines);
          trigger ??= part.given.trigger;
        }
        break;
      case 'trigger': ({ trigger } = part); break;
      case 'when': rest.when = both(rest.when, part.when); break;
      case 'lines': rest.lines = both(rest.lines, part.lines); break;
      case 'schedule': rest.schedule = { from: part.from ?? rest.schedule.from, until: part.until ?? rest.schedule.until }; break;
      case 'cap': rest.caps = { ...rest.caps, [part.cap]: part.points }; break;
      case 'budget': rest.caps = { ...rest.caps, programMoney: { limitMinor: part.limitMinor, per1000: part.per1000 } }; break;
      case 'plain': plain = true; break;
    }
  }
  return rule && { ...rule, ...rest, ...(trigger && { trigger }), ...(plain && { afterMultipliers: true }) };
}
