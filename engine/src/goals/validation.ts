import { AMOUNT_MAX, RULE_POINTS_MAX } from '../bounds.ts';
import { isLocalDate } from '../calendar.ts';
import { isRecord, refuseOtherFields, validateCondition } from '../condition-validation.ts';
import type { Condition } from '../conditions.ts';
import { fault, step, type Fault } from '../faults.ts';
import { COLLECTED, COLLECTION_MAX, STREAK_MAX } from './definition.ts';
import { asksForBadges, PARTICIPANT_SCOPES } from './participants.ts';

/** What a goal may refer to: codes of wallets, ids of badges. */
export type GoalContext = { readonly wallets: readonly string[]; readonly badges: readonly string[] };

const NAME_MAX = 80;
const DESCRIPTION_MAX = 300;
const COUPON_MAX = 80;
const ITEM_MAX = 100;
const EVENT_TYPE = /^[a-z][a-z0-9-]{0,39}$/;
const COMMON = ['kind', 'name', 'description', 'reward', 'onReturn', 'who'];

/** Every fault of a goal that came from outside; empty means it is a GoalDefinition. */
export function validateGoal(input: unknown, context: GoalContext): Fault[] {
  const kind = isRecord(input) ? input['kind'] : undefined;
  if (!isRecord(input) || (kind !== 'threshold' && kind !== 'challenge')) return [fault('/kind', 'not_a_goal', 'Wybierz: próg albo wyzwanie.', 'Choose a threshold or a challenge.')];
  const faults: Fault[] = [];
  checkText(input['name'], '/name', NAME_MAX, faults);
  if (input['description'] !== null) checkText(input['description'], '/description', DESCRIPTION_MAX, faults);
  checkReward(input['reward'], context, faults);
  if (input['onReturn'] !== 'takeBack' && input['onReturn'] !== 'keep') faults.push(required('/onReturn'));
  checkWho(input['who'] ?? null, faults);
  if (kind === 'threshold') checkThreshold(input, context, faults);
  else checkChallenge(input, faults);
  return faults;
}

function checkWho(input: unknown, faults: Fault[]): void {
  if (input === null) return;
  const found = validateCondition(input, PARTICIPANT_SCOPES, '/who');
  faults.push(...found);
  if (found.length === 0 && asksForBadges(input as Condition)) faults.push(fault('/who', 'segment_asks_for_badge', 'Ten segment pyta o odznakę, a cel sam może ją dać. Wybierz segment bez odznak.', 'This segment asks for a badge, which a goal may give itself. Choose a segment without badges.'));
}

function checkThreshold(input: Record<string, unknown>, context: GoalContext, faults: Fault[]): void {
  refuseOtherFields(input, [...COMMON, 'measure', 'at', 'repeats', 'since'], '', faults);
  const measure = isRecord(input['measure']) ? input['measure'] : {};
  if (measure['kind'] === 'points') checkWallet(measure['wallet'], '/measure/wallet', context, faults);
  else if (measure['kind'] !== 'spent') faults.push(required('/measure/kind'));
  checkWhole(input['at'], '/at', 1, AMOUNT_MAX, faults);
  if (typeof input['repeats'] !== 'boolean') faults.push(required('/repeats'));
  if (input['since'] !== null) checkDate(input['since'], '/since', faults);
}

function checkChallenge(input: Record<string, unknown>, faults: Fault[]): void {
  refuseOtherFields(input, [...COMMON, 'trigger', 'when', 'lines', 'task', 'window'], '', faults);
  const trigger = input['trigger'];
  if (trigger !== undefined && !(isRecord(trigger) && (trigger['kind'] === 'sale' || (trigger['kind'] === 'event' && typeof trigger['type'] === 'string' && EVENT_TYPE.test(trigger['type']))))) faults.push(required('/trigger'));
  if (input['when'] !== null) faults.push(...validateCondition(input['when'], ['document', 'calendar'], '/when'));
  if (input['lines'] !== null) faults.push(...validateCondition(input['lines'], ['line'], '/lines'));
  const window = checkWindow(input['window'], faults);
  checkTask(input['task'], window, faults);
}

function checkWindow(input: unknown, faults: Fault[]): string | null {
  if (!isRecord(input) || !['once', 'week', 'month'].includes(String(input['kind']))) {
    faults.push(required('/window/kind'));
    return null;
  }
  refuseOtherFields(input, ['kind', 'from', 'until'], '/window', faults);
  const { from, until } = input;
  checkDate(from, '/window/from', faults);
  if (until !== null) checkDate(until, '/window/until', faults);
  if (typeof from === 'string' && typeof until === 'string' && until < from) faults.push(fault('/window/until', 'date_order', 'Koniec jest przed początkiem.', 'The end is before the beginning.'));
  return String(input['kind']);
}

function checkTask(input: unknown, window: string | null, faults: Fault[]): void {
  if (!isRecord(input)) {
    faults.push(required('/task'));
    return;
  }
  switch (input['kind']) {
    case 'count':
      refuseOtherFields(input, ['kind', 'of', 'target'], '/task', faults);
      if (!['documents', 'lines', 'amount', 'quantity'].includes(String(input['of']))) faults.push(required('/task/of'));
      checkWhole(input['target'], '/task/target', 1, AMOUNT_MAX, faults);
      return;
    case 'streak':
      refuseOtherFields(input, ['kind', 'every', 'length'], '/task', faults);
      if (input['every'] !== 'day' && input['every'] !== 'week') faults.push(required('/task/every'));
      checkWhole(input['length'], '/task/length', 2, STREAK_MAX, faults);
      if (window !== null && window !== 'once') faults.push(fault('/window/kind', 'streak_window', 'Seria może trwać dłużej niż tydzień czy miesiąc, więc liczy się ją w jednym okresie.', 'A streak may outlast a week or a month, so it is counted in one stretch of time.'));
      return;
    case 'collection':
      refuseOtherFields(input, ['kind', 'by', 'items'], '/task', faults);
      if (!(COLLECTED as readonly string[]).includes(String(input['by']))) faults.push(required('/task/by'));
      checkItems(input['items'], faults);
      return;
    default:
      faults.push(required('/task/kind'));
  }
}

function checkItems(input: unknown, faults: Fault[]): void {
  if (!Array.isArray(input) || input.length < 2 || input.length > COLLECTION_MAX) {
    faults.push(fault('/task/items', 'items_count', `Kolekcja ma od 2 do ${COLLECTION_MAX} pozycji.`, `A collection has 2 to ${COLLECTION_MAX} pieces.`));
    return;
  }
  input.forEach((one, i) => {
    checkText(one, `/task/items${step(i)}`, ITEM_MAX, faults);
    if (input.indexOf(one) !== i) faults.push(fault(`/task/items${step(i)}`, 'item_repeated', 'Ta pozycja już jest w kolekcji.', 'This piece is in the collection already.'));
  });
}

function checkReward(input: unknown, context: GoalContext, faults: Fault[]): void {
  if (!isRecord(input)) {
    faults.push(required('/reward'));
    return;
  }
  refuseOtherFields(input, ['points', 'badge', 'coupon'], '/reward', faults);
  const { points, badge, coupon } = input;
  if (points === null && badge === null && coupon === null) faults.push(fault('/reward', 'reward_empty', 'Wybierz, co uczestnik dostanie: punkty, odznakę albo kupon.', 'Choose what the member gets: points, a badge or a coupon.'));
  if (points !== null) {
    const given = isRecord(points) ? points : {};
    checkWallet(given['wallet'], '/reward/points/wallet', context, faults);
    checkWhole(given['points'], '/reward/points/points', 1, RULE_POINTS_MAX, faults);
  }
  if (badge !== null && (typeof badge !== 'string' || !context.badges.includes(badge))) faults.push(fault('/reward/badge', 'badge_unknown', 'Nie ma takiej odznaki.', 'There is no such badge.'));
  if (coupon !== null) checkText(coupon, '/reward/coupon', COUPON_MAX, faults);
}

const required = (pointer: string): Fault => fault(pointer, 'value_required', 'Wybierz wartość z listy.', 'Choose a value from the list.');

function checkText(input: unknown, pointer: string, max: number, faults: Fault[]): void {
  if (typeof input !== 'string' || input.trim() === '' || input.length > max) faults.push(fault(pointer, 'text_length', `Podaj tekst do ${max} znaków.`, `Give a text of up to ${max} characters.`));
}

function checkWhole(input: unknown, pointer: string, min: number, max: number, faults: Fault[]): void {
  if (typeof input !== 'number' || !Number.isSafeInteger(input) || input < min || input > max) faults.push(fault(pointer, 'number_range', `Podaj liczbę całkowitą od ${min} do ${max}.`, `Give a whole number from ${min} to ${max}.`));
}

function checkDate(input: unknown, pointer: string, faults: Fault[]): void {
  if (typeof input !== 'string' || !isLocalDate(input)) faults.push(fault(pointer, 'date_invalid', 'Podaj datę.', 'Give a date.'));
}

function checkWallet(input: unknown, pointer: string, context: GoalContext, faults: Fault[]): void {
  if (typeof input !== 'string' || !context.wallets.includes(input)) faults.push(fault(pointer, 'wallet_unknown', 'Nie ma takiego portfela.', 'There is no such wallet.'));
}
