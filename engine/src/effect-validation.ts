import { AMOUNT_MAX, BASIS_POINTS_MAX, GRANT_COUNT_MAX, MULTIPLIER_MAX, MULTIPLIER_UNIT, QUANTITY_MAX, RATE_MAX, RULE_POINTS_MAX, TIERS_MAX } from './bounds.ts';
import { isRecord, refuseOtherFields } from './condition-validation.ts';
import { fault, type Fault } from './faults.ts';
import { checkText, checkWhole, oneOf } from './field-checks.ts';
import { GRANT_KINDS } from './grants.ts';
import type { RateRounding, Rounding } from './points.ts';
import type { Effect } from './rules.ts';
import { checkMessage } from './rule-message.ts';

const GROUP_NAME_MAX = 60;
/** Names of a document's own fields, as the contract takes them. */
const FIELD_NAME = /^[a-z][a-zA-Z0-9_]{0,39}$/;
/** Codes of tiers and of things that are granted: the same alphabet as of wallets. */
const TIER_CODE = /^[a-z][a-z0-9-]{0,39}$/;
const GRANT_CODE = TIER_CODE;
const ROUNDINGS: readonly Rounding[] = ['down', 'nearest', 'up'];
const RATE_ROUNDINGS: readonly RateRounding[] = [...ROUNDINGS, 'steps'];

/** Every fault of what a rule gives. */
export function checkEffect(input: unknown, faults: Fault[]): void {
  if (!isRecord(input)) {
    faults.push(fault('/effect', 'value_required', 'Wybierz, co zasada daje.', 'Choose what the rule gives.'));
    return;
  }
  switch (input['kind']) {
    case 'perAmount':
      checkRate(input, faults);
      return;
    case 'fixed':
      refuseOtherFields(input, ['kind', 'points'], '/effect', faults);
      checkWhole(input['points'], '/effect/points', 1, RULE_POINTS_MAX, faults);
      return;
    case 'perUnit':
      checkUnits(input, faults);
      return;
    case 'percent':
      refuseOtherFields(input, ['kind', 'basisPoints', 'rounding', 'per'], '/effect', faults);
      checkWhole(input['basisPoints'], '/effect/basisPoints', 1, BASIS_POINTS_MAX, faults);
      checkRounding(input, ROUNDINGS, faults);
      return;
    case 'multiplier':
      checkMultiplier(input, faults);
      return;
    case 'tierMultiplier':
      checkTiers(input, faults);
      return;
    case 'grant':
      checkGrant(input, faults);
      return;
    default:
      faults.push(oneOf('/effect/kind', ['perAmount', 'perUnit', 'fixed', 'percent', 'multiplier', 'tierMultiplier', 'grant']));
  }
}

/** Best-of groups hold points against points, and only points that would be multiplied can be kept from it. */
export function checkStacking(input: Record<string, unknown>, faults: Fault[]): void {
  const kind = isRecord(input['effect']) ? input['effect']['kind'] : undefined;
  const group = input['bestOfGroup'];
  if (group !== undefined && group !== null) {
    checkText(group, '/bestOfGroup', GROUP_NAME_MAX, faults);
    if (kind === 'grant') faults.push(fault('/bestOfGroup', 'not_for_this_effect', 'Najwyższą korzyść wybiera się tylko spośród zasad, które dają punkty.', 'The best is chosen only among rules that give points.'));
  }
  const after = input['afterMultipliers'];
  if (after !== undefined && typeof after !== 'boolean') faults.push(oneOf('/afterMultipliers', ['true', 'false']));
  if (after === true && (kind === 'grant' || kind === 'multiplier' || kind === 'tierMultiplier')) {
    faults.push(fault('/afterMultipliers', 'not_for_this_effect', 'Poza mnożnikami mogą być tylko punkty.', 'Only points can be kept from multipliers.'));
  }
}

function checkRate(input: Record<string, unknown>, faults: Fault[]): void {
  refuseOtherFields(input, ['kind', 'points', 'perMinor', 'rounding', 'per'], '/effect', faults);
  const { points, perMinor } = input;
  const pointsFit = checkWhole(points, '/effect/points', 1, RULE_POINTS_MAX, faults);
  const perFits = checkWhole(perMinor, '/effect/perMinor', 1, AMOUNT_MAX, faults);
  if (pointsFit && perFits && Number(points) > Number(perMinor) * RATE_MAX) {
    faults.push(fault('/effect/points', 'rate_too_high', `Najwyżej ${RATE_MAX} punktów za jeden grosz.`, `At most ${RATE_MAX} points for one minor unit.`));
  }
  checkRounding(input, RATE_ROUNDINGS, faults);
}

function checkRounding({ rounding, per }: Record<string, unknown>, roundings: readonly RateRounding[], faults: Fault[]): void {
  if (!roundings.some((one) => one === rounding)) faults.push(oneOf('/effect/rounding', roundings));
  if (per !== 'transaction' && per !== 'line') faults.push(oneOf('/effect/per', ['transaction', 'line']));
}

function checkUnits(input: Record<string, unknown>, faults: Fault[]): void {
  refuseOtherFields(input, ['kind', 'points', 'perThousandths', 'rounding', 'per', 'of'], '/effect', faults);
  const { points, perThousandths, of } = input;
  const pointsFit = checkWhole(points, '/effect/points', 1, RULE_POINTS_MAX, faults);
  const perFits = checkWhole(perThousandths, '/effect/perThousandths', 1, QUANTITY_MAX, faults);
  if (pointsFit && perFits && Number(points) > Number(perThousandths) * RATE_MAX) {
    faults.push(fault('/effect/points', 'rate_too_high', `Najwyżej ${RATE_MAX * 1000} punktów za jedną sztukę.`, `At most ${RATE_MAX * 1000} points for one piece.`));
  }
  checkRounding(input, RATE_ROUNDINGS, faults);
  if (of === undefined || of === null) return;
  if (!isRecord(of) || typeof of['field'] !== 'string' || !FIELD_NAME.test(of['field'])) faults.push(fault('/effect/of/field', 'value_required', 'Podaj nazwę pola zdarzenia.', 'Name the field of the event.'));
  else refuseOtherFields(of, ['field'], '/effect/of', faults);
}

function checkTiers(input: Record<string, unknown>, faults: Fault[]): void {
  refuseOtherFields(input, ['kind', 'tiers'], '/effect', faults);
  const { tiers } = input;
  if (!Array.isArray(tiers) || tiers.length === 0 || tiers.length > TIERS_MAX) {
    faults.push(fault('/effect/tiers', 'value_required', `Podaj od 1 do ${TIERS_MAX} poziomów.`, `Give 1 to ${TIERS_MAX} tiers.`));
    return;
  }
  const seen = new Set<unknown>();
  tiers.forEach((one: unknown, i) => {
    if (!isRecord(one)) {
      faults.push(fault(`/effect/tiers/${i}`, 'value_required', 'Podaj poziom i mnożnik.', 'Give a tier and a multiplier.'));
      return;
    }
    refuseOtherFields(one, ['tier', 'hundredths'], `/effect/tiers/${i}`, faults);
    if (typeof one['tier'] !== 'string' || !TIER_CODE.test(one['tier'])) faults.push(fault(`/effect/tiers/${i}/tier`, 'value_required', 'Wybierz poziom.', 'Choose a tier.'));
    else if (seen.has(one['tier'])) faults.push(fault(`/effect/tiers/${i}/tier`, 'tier_repeated', 'Ten poziom jest już na liście.', 'This tier is on the list already.'));
    seen.add(one['tier']);
    checkWhole(one['hundredths'], `/effect/tiers/${i}/hundredths`, MULTIPLIER_UNIT, MULTIPLIER_UNIT * MULTIPLIER_MAX, faults);
  });
}

function checkGrant(input: Record<string, unknown>, faults: Fault[]): void {
  refuseOtherFields(input, ['kind', 'what', 'code', 'count', 'perMinor', 'message'], '/effect', faults);
  const { what, code, count, perMinor, message } = input;
  if (!GRANT_KINDS.some((kind) => kind === what)) faults.push(oneOf('/effect/what', GRANT_KINDS));
  if (typeof code !== 'string' || !GRANT_CODE.test(code)) faults.push(fault('/effect/code', 'code_invalid', 'Wpisz kod: małe litery, cyfry i łączniki, najwyżej 40 znaków.', 'Give a code: small letters, digits and hyphens, at most 40.'));
  if (what === 'message') {
    // Two of the same at once would be one too many.
    checkWhole(count, '/effect/count', 1, 1, faults);
    if (perMinor !== undefined && perMinor !== null) faults.push(fault('/effect/perMinor', 'not_for_this_effect', 'Wiadomość jest jedna za zakup.', 'There is one message a purchase.'));
    checkMessage(message, faults);
    return;
  }
  if (message !== undefined && message !== null) faults.push(fault('/effect/message', 'not_for_this_effect', 'Treść ma tylko wiadomość.', 'Only a message has a text.'));
  checkWhole(count, '/effect/count', 1, GRANT_COUNT_MAX, faults);
  if (perMinor !== undefined && perMinor !== null) checkWhole(perMinor, '/effect/perMinor', 1, AMOUNT_MAX, faults);
}

/** What no rule is written with any more although older ones may have it: a badge is held or it is not, so there is no number and no amount of it. */
export function faultsOfNewEffect(effect: Effect): Fault[] {
  if (effect.kind !== 'grant' || effect.what !== 'badge') return [];
  const faults: Fault[] = [];
  if (effect.count !== 1) faults.push(fault('/effect/count', 'badge_is_one', 'Odznakę się ma albo nie, więc jest jedna: podaj 1.', 'A badge is held or not, so there is one: give 1.'));
  if (effect.perMinor !== undefined && effect.perMinor !== null) faults.push(fault('/effect/perMinor', 'badge_is_one', 'Odznakę się ma albo nie, więc nie liczy się jej za kwotę. Zostaw to pole puste, a kwotę zapisz jako warunek na wartość zakupu.', 'A badge is held or not, so none is counted by an amount. Leave this empty and make the amount a condition on the purchase total.'));
  return faults;
}

function checkMultiplier(input: Record<string, unknown>, faults: Fault[]): void {
  refuseOtherFields(input, ['kind', 'numerator', 'denominator'], '/effect', faults);
  const { numerator, denominator } = input;
  const denominatorFits = checkWhole(denominator, '/effect/denominator', 1, MULTIPLIER_UNIT, faults);
  const numeratorFits = checkWhole(numerator, '/effect/numerator', 1, MULTIPLIER_UNIT * MULTIPLIER_MAX, faults);
  if (denominatorFits && MULTIPLIER_UNIT % Number(denominator) !== 0) {
    faults.push(fault('/effect/denominator', 'multiplier_too_fine', 'Mnożnik może mieć najwyżej dwa miejsca po przecinku.', 'A multiplier has at most two decimal places.'));
  }
  if (denominatorFits && numeratorFits && !(Number(numerator) > Number(denominator) && Number(numerator) <= Number(denominator) * MULTIPLIER_MAX)) {
    faults.push(fault('/effect/numerator', 'multiplier_out_of_range', `Mnożnik musi być większy niż 1 i nie większy niż ${MULTIPLIER_MAX}.`, `A multiplier is greater than 1 and at most ${MULTIPLIER_MAX}.`));
  }
}
