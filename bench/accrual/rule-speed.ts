import { performance } from 'node:perf_hooks';
import { LogicEngine } from 'json-logic-engine';
import { attributes } from '@wracam/engine/attributes';
import { calendarParts } from '@wracam/engine/calendar';
import { compileCondition, conditionHolds, HOLDS, isGroup, NO_LINE, NO_STATES, type Condition, type ConditionLeaf } from '@wracam/engine/conditions';
import { decide } from '@wracam/engine/decide';
import { NO_CAPS_USED, UNKNOWN_MEMBER, type Facts, type Line } from '@wracam/engine/facts';
import { generateCondition } from '@wracam/engine/generate';
import { compileRuleset, type Ruleset } from '@wracam/engine/rules';
import { rounded } from '../lib/result.ts';
import { CHANNELS, RULES } from './rules.ts';

const TIME_ZONE = 'Europe/Warsaw';
const DOCUMENTS = 500;
const ROUNDS = 5;
const ROUND_MS = 150;

export interface RuleSpeeds { interpreted: number; jsonLogic: number; closures: number; generated: number; decisions: number; decisionsGenerated: number; interpreterToJsonLogic: number }

/**
 * Documents of five lines a second and core through the twenty rules: the tree read as it stands, the same tree by json-logic-engine's
 * interpreter, our closures, and whole decisions. The first three count the lines that each rule matches, and must agree.
 */
export function measureRules(): RuleSpeeds {
  const documents = Array.from({ length: DOCUMENTS }, (_, i) => factsOf(i));
  const engine = new LogicEngine();
  const logics = RULES.map(({ when, lines }) => ({ when: when && toJsonLogic(when), lines: lines && { filter: [{ var: 'lines' }, toJsonLogic(lines)] } }));
  const closures = RULES.map(({ when, lines }) => ({ when: when && compileCondition(when), lines: lines && compileCondition(lines) }));
  const generated = RULES.map(({ when, lines }) => ({ when: when && generateCondition(when), lines: lines && generateCondition(lines) }));
  const set = {
    no: 1, timeZone: TIME_ZONE, currency: 'PLN', wallets: [{ no: 1, code: 'punkty', expiry: { kind: 'months', months: 24, roundTo: 'monthEnd' }, pendingDays: 0 }],
    rules: RULES.map((definition, i) => ({ ruleId: i + 1, version: 1, definition })), base: { kinds: ['goods', 'service'], excludedCategories: [], paidWithPointsEarns: false },
  } as const satisfies Ruleset;
  const ruleset = compileRuleset(set);
  const rulesetGenerated = compileRuleset(set, undefined, generateCondition);
  const ways = {
    interpreted: (facts: Facts) => RULES.map(({ when, lines }) => (when && !conditionHolds(when, facts) ? 0 : lines ? facts.document.lines.filter((line) => conditionHolds(lines, facts, line)).length : facts.document.lines.length)),
    jsonLogic: (facts: Facts) => {
      const data = plain(facts);
      return logics.map(({ when, lines }) => (when && engine.run(when, data) !== true ? 0 : lines ? (engine.run(lines, data) as unknown[]).length : facts.document.lines.length));
    },
    closures: (facts: Facts) => closures.map(({ when, lines }) => (when && when(facts, NO_LINE, NO_STATES) !== HOLDS ? 0 : lines ? facts.document.lines.filter((line) => lines(facts, line, NO_STATES) === HOLDS).length : facts.document.lines.length)),
    generated: (facts: Facts) => generated.map(({ when, lines }) => (when && when(facts, NO_LINE, NO_STATES) !== HOLDS ? 0 : lines ? facts.document.lines.filter((line) => lines(facts, line, NO_STATES) === HOLDS).length : facts.document.lines.length)),
  };
  for (const facts of documents) {
    const [first, ...others] = Object.values(ways).map((way) => JSON.stringify(way(facts)));
    if (others.some((other) => other !== first)) throw new Error(`the ways of reading a rule disagree: ${[first, ...others].join(' ')}`);
  }
  const best = { interpreted: 0, jsonLogic: 0, closures: 0, generated: 0, decisions: 0, decisionsGenerated: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['interpreted', 'jsonLogic', 'closures', 'generated'] as const) best[name] = Math.max(best[name], speed(documents, ways[name]));
    best.decisions = Math.max(best.decisions, speed(documents, (facts) => decide(ruleset, facts).awards));
    best.decisionsGenerated = Math.max(best.decisionsGenerated, speed(documents, (facts) => decide(rulesetGenerated, facts).awards));
  }
  return { interpreted: Math.round(best.interpreted), jsonLogic: Math.round(best.jsonLogic), closures: Math.round(best.closures), generated: Math.round(best.generated), decisions: Math.round(best.decisions), decisionsGenerated: Math.round(best.decisionsGenerated), interpreterToJsonLogic: rounded(best.interpreted / best.jsonLogic) };
}

/** Documents a second over one short stretch; the length of what comes back keeps the work from being skipped. */
function speed(documents: readonly Facts[], way: (facts: Facts) => readonly unknown[]): number {
  let done = 0;
  let seen = 0;
  const start = performance.now();
  while (performance.now() - start < ROUND_MS) {
    for (const facts of documents) seen += way(facts).length;
    done += documents.length;
  }
  return seen < 0 ? 0 : (done * 1000) / (performance.now() - start);
}

function factsOf(i: number): Facts {
  const categories = ['kawa', 'herbata', 'ciasto', 'kanapka', 'sok'];
  const lines = categories.map((category, at): Line => ({
    lineId: String(at + 1), kind: 'goods', sku: `SKU-${category}-${i % 97}`, name: `Pozycja ${category}`, category, brand: null, quantity: 1000, unit: null, amountMinor: 100 + ((i * 7919 + at * 104_729) % 4000), discountMinor: 0, taxRateBps: 2300, attributes: {},
  }));
  const occurredAt = Date.UTC(2026, 10, 1) + i * 5_000_000;
  return {
    document: {
      kind: 'sale', event: null, occurredAt, lines, totalMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0), currency: 'PLN', store: ['Krucza 12', 'Długa 3', 'Rynek 1'][i % 3] ?? null, till: '2', cashier: null,
      channel: [CHANNELS.app, CHANNELS.web, CHANNELS.till][i % 3] ?? null, paidWithPointsMinor: 0, payments: [], attributes: {},
    },
    member: { ...UNKNOWN_MEMBER, joinedOn: i % 4 === 0 ? '2026-10-20' : '2025-11-12', kind: i % 20 === 0 ? 'company' : 'person', birthday: false, salesCount: i % 40, spentMinor: (i % 40) * 9000, lastSaleOn: i % 40 === 0 ? null : '2026-05-10' },
    calendar: calendarParts(TIME_ZONE, occurredAt), caps: NO_CAPS_USED,
  };
}

const used = new Set(RULES.flatMap(({ when }) => (when ? codesOf(when) : [])));
const outside = attributes.filter((one) => one.scope !== 'line' && used.has(one.code));

/** The facts as json-logic reads them. It knows no derived facts, so they are computed here, once a document. */
function plain(facts: Facts): Record<string, unknown> {
  const data: Record<string, unknown> = { lines: facts.document.lines };
  for (const attribute of outside) data[keyOf(attribute.code)] = attribute.read(facts, NO_LINE);
  return data;
}

const keyOf = (code: string) => (code.startsWith('line.') ? { 'line.amount': 'amountMinor' }[code] ?? code.slice('line.'.length) : code.replace('.', '_'));

function codesOf(condition: Condition): string[] {
  return isGroup(condition) ? partsOf(condition).flatMap(codesOf) : [condition.attribute];
}

function partsOf(group: Exclude<Condition, ConditionLeaf>): readonly Condition[] {
  return 'all' in group ? group.all : 'any' in group ? group.any : group.none;
}

function toJsonLogic(condition: Condition): object {
  if (!isGroup(condition)) return testOf(condition);
  const parts = partsOf(condition).map(toJsonLogic);
  return 'all' in condition ? { and: parts } : 'any' in condition ? { or: parts } : { '!': [{ or: parts }] };
}

function testOf({ attribute, operator, value }: ConditionLeaf): object {
  const seen = { var: keyOf(attribute) };
  const pair = Array.isArray(value) ? value : [];
  switch (operator) {
    case 'is': return { '===': [seen, value] };
    case 'isTrue': return { '===': [seen, true] };
    // null >= 0 holds in JavaScript; what is not known must fail every test.
    case 'atLeast': return { and: [{ '!==': [seen, null] }, { '>=': [seen, value] }] };
    case 'below': return { and: [{ '!==': [seen, null] }, { '<': [seen, value] }] };
    case 'between': return { and: [{ '!==': [seen, null] }, { '<=': [pair[0], seen, pair[1]] }] };
    case 'oneOf': return { in: [seen, { preserve: value }] };
    case 'startsWith': return { '===': [{ substr: [seen, 0, String(value).length] }, value] };
    default: throw new Error(`the workload has no ${operator}`);
  }
}
