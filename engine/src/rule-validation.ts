import type { AttributeScope } from './attributes.ts';
import { AMOUNT_MAX, RULE_POINTS_MAX } from './bounds.ts';
import { isTimeZone } from './calendar.ts';
import { isRecord, refuseOtherFields, validateCondition } from './condition-validation.ts';
import { fault, type Fault } from './faults.ts';
import { checkBase } from './base-validation.ts';
import { checkEffect, checkStacking } from './effect-validation.ts';
import { checkDate, checkText, checkWhole, oneOf } from './field-checks.ts';
import type { Ruleset } from './rules.ts';
import { staysSafe } from './safe-numbers.ts';

/** What a rule may refer to. */
export type RuleContext = { readonly wallets: readonly string[] };

/** Codes of event types: the same alphabet as of wallets. */
const EVENT_TYPE = /^[a-z][a-z0-9-]{0,39}$/;
const NAME_MAX = 120;
const DESCRIPTION_MAX = 2000;
const GROUP_NAME_MAX = 60;
const PRIORITY_MAX = 1_000_000;
const BUDGET_MAX = 1_000_000_000_000;
const EXPIRY_MONTHS_MAX = 600;
const ROUNDINGS = ['day', 'monthEnd', 'quarterEnd', 'yearEnd'];
const WALLET_EXPIRIES = ['never', 'months', 'on', 'yearly', 'inactivity'];
/** Inactivity is a matter of the whole account, so one rule cannot have it. */
const RULE_EXPIRIES = ['wallet', 'never', 'months', 'on', 'yearly'];
/** A leap year, so that 29 February is a day. */
const ANY_LEAP_YEAR = '2024';
const PENDING_DAYS_MAX = 3650;

/** Scopes of the tree that says whether a rule speaks at all. */
export const WHEN_SCOPES: readonly AttributeScope[] = ['document', 'segment', 'member', 'badge', 'history', 'calendar'];
/** Scopes of the tree that says which lines a rule counts. */
export const LINE_SCOPES: readonly AttributeScope[] = ['line'];

const FIELDS = ['name', 'description', 'trigger', 'wallet', 'when', 'lines', 'effect', 'schedule', 'priority', 'exclusiveGroup', 'bestOfGroup', 'afterMultipliers', 'caps', 'expiry', 'pendingDays'];

/** Every fault of a rule definition that came from outside; empty means it is a RuleDefinition. */
export function validateRule(input: unknown, context?: RuleContext): Fault[] {
  if (!isRecord(input)) return [fault('', 'not_a_rule', 'Tu powinna być zasada.', 'A rule is expected here.')];
  const faults: Fault[] = [];
  refuseOtherFields(input, FIELDS, '', faults);
  checkText(input['name'], '/name', NAME_MAX, faults);
  if (input['description'] !== undefined && input['description'] !== null && input['description'] !== '') {
    checkText(input['description'], '/description', DESCRIPTION_MAX, faults);
  }
  if (input['trigger'] !== undefined) checkTrigger(input['trigger'], faults);
  checkWallet(input['wallet'], context, faults);
  if (input['when'] !== null) faults.push(...validateCondition(input['when'], WHEN_SCOPES, '/when', true));
  if (input['lines'] !== null) faults.push(...validateCondition(input['lines'], LINE_SCOPES, '/lines', true));
  checkEffect(input['effect'], faults);
  checkStacking(input, faults);
  checkSchedule(input['schedule'], faults);
  checkWhole(input['priority'], '/priority', -PRIORITY_MAX, PRIORITY_MAX, faults);
  if (input['exclusiveGroup'] !== null) checkText(input['exclusiveGroup'], '/exclusiveGroup', GROUP_NAME_MAX, faults);
  checkCaps(input['caps'], faults);
  checkExpiry(input['expiry'], '/expiry', RULE_EXPIRIES, faults);
  if (input['pendingDays'] !== null) checkWhole(input['pendingDays'], '/pendingDays', 0, PENDING_DAYS_MAX, faults);
  return faults;
}

/** Every fault of the rules together: each rule's own, unknown zones and wallets, repeated rules, sums that could leave the safe integers. */
export function validateRuleset(ruleset: Ruleset): Fault[] {
  const faults: Fault[] = [];
  const wallets = ruleset.wallets.map((wallet) => wallet.code);
  if (!isTimeZone(ruleset.timeZone)) faults.push(fault('/timeZone', 'time_zone_unknown', 'Nie ma takiej strefy czasowej.', 'There is no such time zone.'));
  ruleset.wallets.forEach((wallet, i) => checkExpiry(wallet.expiry, `/wallets/${i}/expiry`, WALLET_EXPIRIES, faults));
  for (const one of checkBase(ruleset.base)) faults.push({ ...one, pointer: `/base${one.pointer}` });
  const seen = new Set<number>();
  ruleset.rules.forEach((rule, i) => {
    if (seen.has(rule.ruleId)) faults.push(fault(`/rules/${i}/ruleId`, 'rule_repeated', 'Ta zasada jest już w zestawie.', 'The rule is already in the set.'));
    seen.add(rule.ruleId);
    for (const one of validateRule(rule.definition, { wallets })) faults.push({ ...one, pointer: `/rules/${i}/definition${one.pointer}` });
  });
  if (faults.length > 0) return faults;
  ruleset.wallets.forEach((wallet, i) => {
    if (!staysSafe(ruleset.rules.filter((rule) => rule.definition.wallet === wallet.code).map((rule) => rule.definition), ruleset)) {
      faults.push(fault(`/wallets/${i}`, 'points_too_many', 'Zasady tego portfela razem mogłyby dać więcej punktów, niż da się dokładnie policzyć. Zmniejsz stawki albo mnożniki.', 'The rules of this wallet together could give more points than can be counted exactly. Lower the rates or multipliers.'));
    }
  });
  return faults;
}

function checkTrigger(input: unknown, faults: Fault[]): void {
  const kind = isRecord(input) ? input['kind'] : undefined;
  if (!isRecord(input) || (kind !== 'sale' && kind !== 'event')) {
    faults.push(oneOf('/trigger/kind', ['sale', 'event']));
    return;
  }
  refuseOtherFields(input, kind === 'event' ? ['kind', 'type'] : ['kind'], '/trigger', faults);
  if (kind === 'event' && (typeof input['type'] !== 'string' || !EVENT_TYPE.test(input['type']))) faults.push(fault('/trigger/type', 'value_required', 'Wybierz zdarzenie.', 'Choose an event.'));
}

function checkWallet(input: unknown, context: RuleContext | undefined, faults: Fault[]): void {
  if (typeof input !== 'string' || input === '') faults.push(fault('/wallet', 'value_required', 'Wybierz portfel.', 'Choose a wallet.'));
  else if (context !== undefined && !context.wallets.includes(input)) faults.push(fault('/wallet', 'wallet_unknown', 'Nie ma takiego portfela.', 'There is no such wallet.'));
}

function checkSchedule(input: unknown, faults: Fault[]): void {
  if (!isRecord(input)) {
    faults.push(fault('/schedule', 'value_required', 'Podaj, kiedy zasada działa.', 'Say when the rule works.'));
    return;
  }
  refuseOtherFields(input, ['from', 'until'], '/schedule', faults);
  const { from, until } = input;
  const fromFits = from === null || checkDate(from, '/schedule/from', faults);
  const untilFits = until === null || checkDate(until, '/schedule/until', faults);
  if (fromFits && untilFits && from !== null && until !== null && String(from) > String(until)) {
    faults.push(fault('/schedule/until', 'schedule_reversed', 'Zasada kończy się, zanim się zacznie.', 'The rule ends before it begins.'));
  }
}

const POINT_CAPS = ['perTransaction', 'perMemberDay', 'perProgram'] as const;
/** Came later, so a stored rule may lack them. */
const LATER_CAPS = ['perMemberWeek', 'perMemberMonth', 'perMemberYear', 'perMemberEver',
  'perHouseholdDay', 'perHouseholdMonth', 'perHouseholdEver', 'perCompanyDay', 'perCompanyMonth', 'perCompanyEver'] as const;

function checkCaps(input: unknown, faults: Fault[]): void {
  if (!isRecord(input)) {
    faults.push(fault('/caps', 'value_required', 'Podaj limity albo zostaw je puste.', 'Give the caps or leave them empty.'));
    return;
  }
  refuseOtherFields(input, [...POINT_CAPS, ...LATER_CAPS, 'programMoney'], '/caps', faults);
  for (const key of POINT_CAPS) if (input[key] !== null) checkWhole(input[key], `/caps/${key}`, 1, key === 'perProgram' ? BUDGET_MAX : RULE_POINTS_MAX, faults);
  for (const key of LATER_CAPS) if (input[key] !== null && input[key] !== undefined) checkWhole(input[key], `/caps/${key}`, 1, RULE_POINTS_MAX, faults);
  const money = input['programMoney'];
  if (money === null || money === undefined) return;
  if (!isRecord(money)) {
    faults.push(fault('/caps/programMoney', 'value_required', 'Podaj budżet i koszt punktów albo zostaw pola puste.', 'Give the budget and the cost of points, or leave both empty.'));
    return;
  }
  refuseOtherFields(money, ['limitMinor', 'per1000'], '/caps/programMoney', faults);
  checkWhole(money['limitMinor'], '/caps/programMoney/limitMinor', 1, AMOUNT_MAX, faults);
  checkWhole(money['per1000'], '/caps/programMoney/per1000', 1, AMOUNT_MAX, faults);
}

/** Every fault of a wallet's expiry that came from outside. */
export function validateExpiry(input: unknown): Fault[] {
  const faults: Fault[] = [];
  checkExpiry(input, '/expiry', WALLET_EXPIRIES, faults);
  return faults;
}

function checkExpiry(input: unknown, pointer: string, kinds: readonly string[], faults: Fault[]): void {
  const kind = isRecord(input) ? input['kind'] : undefined;
  if (!isRecord(input) || typeof kind !== 'string' || !kinds.includes(kind)) {
    faults.push(oneOf(`${pointer}/kind`, kinds));
    return;
  }
  if (kind === 'months') {
    refuseOtherFields(input, ['kind', 'months', 'roundTo'], pointer, faults);
    checkWhole(input['months'], `${pointer}/months`, 1, EXPIRY_MONTHS_MAX, faults);
    if (!ROUNDINGS.includes(String(input['roundTo']))) faults.push(oneOf(`${pointer}/roundTo`, ROUNDINGS));
  } else if (kind === 'yearly') {
    refuseOtherFields(input, ['kind', 'month', 'day', 'afterMonths'], pointer, faults);
    const monthFits = checkWhole(input['month'], `${pointer}/month`, 1, 12, faults);
    const dayFits = checkWhole(input['day'], `${pointer}/day`, 1, 31, faults);
    checkWhole(input['afterMonths'], `${pointer}/afterMonths`, 0, EXPIRY_MONTHS_MAX, faults);
    const padded = (part: unknown) => String(part).padStart(2, '0');
    if (monthFits && dayFits) checkDate(`${ANY_LEAP_YEAR}-${padded(input['month'])}-${padded(input['day'])}`, `${pointer}/day`, faults);
  } else if (kind === 'inactivity') {
    refuseOtherFields(input, ['kind', 'months'], pointer, faults);
    checkWhole(input['months'], `${pointer}/months`, 1, EXPIRY_MONTHS_MAX, faults);
  } else if (kind === 'on') {
    refuseOtherFields(input, ['kind', 'date'], pointer, faults);
    checkDate(input['date'], `${pointer}/date`, faults);
  } else refuseOtherFields(input, ['kind'], pointer, faults);
}
