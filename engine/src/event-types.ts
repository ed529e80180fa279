import { AMOUNT_MAX } from './bounds.ts';
import { daysBetween, isLocalDate } from './calendar.ts';
import type { Attributes, AttributeValue } from './facts.ts';
import { fault, step, type Fault } from './faults.ts';
import type { Lang } from './words.ts';

type Words = Readonly<Record<Lang, string>>;
export const FIELD_KINDS = ['text', 'number', 'amount', 'date', 'flag', 'choice'] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** One typed fact of an event. `amount` is in minor units; `options` belong to `choice`; `min` and `max` to `number`. */
export type EventField = {
  readonly key: string; readonly kind: FieldKind; readonly words: Words; readonly required: boolean;
  readonly options?: readonly { readonly value: string; readonly words: Words }[]; readonly min?: number; readonly max?: number;
};

/** A kind of event. `reason` says what points are given for, with its preposition: "za wypełnienie ankiety". */
export type EventType = {
  readonly code: string; readonly words: Words; readonly reason: Words; readonly fields: readonly EventField[];
  /** The field whose text is quoted after the reason: za wypełnienie ankiety „Twoja kawa”. */
  readonly quoted?: string;
  /** Booked by the program itself; whoever told it from outside as well would double it. */
  readonly automatic?: true;
  /** Members may report it with pictures, and somebody approves it before it is booked. */
  readonly reported?: true;
};

/** Reasons of the organiser's own types, by code. */
export type EventReasons = Readonly<Record<string, Words>>;

const field = (key: string, kind: FieldKind, pl: string, en: string, more: Partial<EventField> = {}): EventField => ({ key, kind, words: { pl, en }, required: false, ...more });
const required = { required: true } as const;
const name = field('name', 'text', 'nazwa', 'name', required);
const percent = { min: 0, max: 100 } as const;
/** Whose sum a target compares: sides of `targets/definition`. */
const SIDES = [{ value: 'member', words: { pl: 'uczestnika', en: 'a member’s' } }, { value: 'company', words: { pl: 'firmy', en: 'a company’s' } }, { value: 'group', words: { pl: 'grupy', en: 'a group’s' } }] as const;

/** Booked with every return that a rule answers to; unlike other events it has lines: what was given back. */
export const RETURN_EVENT = 'return';

/** Events that every program knows. Codes stand in stored documents and rules: never rename one. */
export const EVENT_TYPES: readonly EventType[] = [
  { code: 'registration', automatic: true, words: { pl: 'Dołączenie do programu', en: 'Joining the program' }, reason: { pl: 'za dołączenie do programu', en: 'for joining the program' }, fields: [] },
  { code: 'profile-completed', automatic: true, words: { pl: 'Uzupełnienie profilu', en: 'Completed profile' }, reason: { pl: 'za uzupełnienie profilu', en: 'for completing the profile' }, fields: [] },
  { code: 'birthday', automatic: true, words: { pl: 'Urodziny', en: 'Birthday' }, reason: { pl: 'na urodziny', en: 'for the birthday' }, fields: [] },
  { code: 'name-day', automatic: true, words: { pl: 'Imieniny', en: 'Name day' }, reason: { pl: 'na imieniny', en: 'for the name day' }, fields: [] },
  { code: 'anniversary', automatic: true, words: { pl: 'Rocznica dołączenia', en: 'Anniversary of joining' }, reason: { pl: 'z okazji rocznicy dołączenia', en: 'for the anniversary of joining' }, fields: [field('years', 'number', 'ile lat', 'years', { min: 1, max: 200 })] },
  { code: 'referral', automatic: true, words: { pl: 'Polecenie znajomego', en: 'Referral of a friend' }, reason: { pl: 'za polecenie znajomego', en: 'for referring a friend' }, fields: [] },
  { code: 'referred', automatic: true, words: { pl: 'Dołączenie z polecenia', en: 'Joining by referral' }, reason: { pl: 'za dołączenie z polecenia', en: 'for joining by referral' }, fields: [] },
  { code: 'survey', quoted: 'name', words: { pl: 'Ankieta', en: 'Survey' }, reason: { pl: 'za wypełnienie ankiety', en: 'for filling in the survey' }, fields: [name] },
  { code: 'quiz', quoted: 'name', words: { pl: 'Quiz', en: 'Quiz' }, reason: { pl: 'za rozwiązanie quizu', en: 'for the quiz' }, fields: [name, field('score', 'number', 'wynik w procentach', 'score in per cent', percent), field('passed', 'flag', 'zaliczony', 'passed')] },
  { code: 'training', quoted: 'name', words: { pl: 'Szkolenie', en: 'Training' }, reason: { pl: 'za ukończenie szkolenia', en: 'for finishing the training' }, fields: [name, field('score', 'number', 'wynik w procentach', 'score in per cent', percent), field('hours', 'number', 'liczba godzin', 'hours', { min: 0, max: 10_000 })] },
  { code: 'works-report', reported: true, quoted: 'name', words: { pl: 'Raport z wykonanych prac', en: 'Report of completed works' }, reason: { pl: 'za wykonane prace', en: 'for completed works' }, fields: [name, field('quantity', 'number', 'ilość', 'quantity', { min: 0, max: 1_000_000 })] },
  { code: 'check-in', quoted: 'place', words: { pl: 'Wizyta', en: 'Visit' }, reason: { pl: 'za wizytę', en: 'for the visit' }, fields: [field('place', 'text', 'miejsce', 'place')] },
  { code: 'review', quoted: 'about', words: { pl: 'Opinia', en: 'Review' }, reason: { pl: 'za opinię', en: 'for the review' }, fields: [field('about', 'text', 'o czym', 'about'), field('rating', 'number', 'ocena', 'rating', { min: 1, max: 5 }), field('withPhoto', 'flag', 'ze zdjęciem', 'with a photo')] },
  { code: 'code', automatic: true, words: { pl: 'Kod z opakowania', en: 'Code from a package' }, reason: { pl: 'za kod z opakowania', en: 'for a code from a package' }, fields: [field('batch', 'text', 'partia kodów', 'batch of codes', required)] },
  { code: 'invoice-paid', quoted: 'number', words: { pl: 'Opłacona faktura', en: 'Paid invoice' }, reason: { pl: 'za opłacenie faktury', en: 'for paying the invoice' }, fields: [field('number', 'text', 'numer faktury', 'number of the invoice', required), field('dueOn', 'date', 'termin płatności', 'due on', required), field('paidOn', 'date', 'data zapłaty', 'paid on', required), field('daysLate', 'number', 'dni po terminie', 'days late', { min: 0, max: 100_000 }), field('onTime', 'flag', 'w terminie', 'on time')] },
  { code: RETURN_EVENT, automatic: true, quoted: 'reason', words: { pl: 'Zwrot towaru', en: 'Return of goods' }, reason: { pl: 'za zwrot', en: 'for a return' }, fields: [
    field('reason', 'text', 'powód zwrotu', 'reason of the return'), field('ofPurchase', 'flag', 'zwrot z zapisanego zakupu', 'of a recorded purchase'), field('daysSincePurchase', 'number', 'dni od zakupu', 'days since the purchase', { min: 0 }),
  ] },
  { code: 'sales-target', automatic: true, quoted: 'name', words: { pl: 'Osiągnięty cel sprzedażowy', en: 'Sales target reached' }, reason: { pl: 'za osiągnięcie celu', en: 'for reaching the target' }, fields: [
    name, field('target', 'text', 'kod celu', 'code of the target', required), field('period', 'text', 'okres', 'period', required), field('side', 'choice', 'czyj cel', 'whose target', { ...required, options: SIDES }),
    field('percent', 'number', 'wynik w procentach celu', 'result in per cent of the target', { min: 0, max: 1_000_000 }), field('share', 'number', 'własny udział w wyniku, w procentach', 'own share of the result, in per cent', percent), field('reached', 'amount', 'wynik', 'result'),
  ] },
];

const byCode = new Map(EVENT_TYPES.map((one) => [one.code, one]));
export const builtInEvent = (code: string): EventType | null => byCode.get(code) ?? null;

/** "za wypełnienie ankiety"; an own type needs its reasons, or it is told by its code. */
export function eventReason(code: string, lang: Lang, own: EventReasons = {}): string {
  const reason = byCode.get(code)?.reason ?? (Object.hasOwn(own, code) ? own[code] : undefined);
  return reason?.[lang] ?? (lang === 'pl' ? `za zdarzenie „${code}”` : `for the event “${code}”`);
}

/** "Za wypełnienie ankiety „Twoja kawa”": what a member reads beside the points. */
export function eventSentence(code: string, fields: Attributes, lang: Lang, own: EventReasons = {}): string {
  const reason = eventReason(code, lang, own);
  const quoted = byCode.get(code)?.quoted;
  const text = quoted !== undefined && Object.hasOwn(fields, quoted) ? String(fields[quoted]) : '';
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}${text === '' ? '' : lang === 'pl' ? ` „${text}”` : ` “${text}”`}`;
}

/** Every fault of an event's fields, under `/fields`; empty means that they fit the type. */
export function fieldFaults(type: Pick<EventType, 'fields'>, fields: Readonly<Record<string, unknown>>): Fault[] {
  const faults: Fault[] = [];
  for (const key of Object.keys(fields)) {
    if (!type.fields.some((one) => one.key === key)) faults.push(fault(`/fields${step(key)}`, 'field_unknown', 'To zdarzenie nie ma takiego pola.', 'The event has no such field.'));
  }
  for (const one of type.fields) {
    const value = Object.hasOwn(fields, one.key) ? fields[one.key] : undefined;
    if (value === undefined) {
      if (one.required) faults.push(fault(`/fields${step(one.key)}`, 'field_required', `Podaj: ${one.words.pl}.`, `Give: ${one.words.en}.`));
    } else {
      const said = wrong(one, value);
      if (said !== null) faults.push(fault(`/fields${step(one.key)}`, 'field_invalid', said.pl, said.en));
    }
  }
  return faults;
}

function wrong(one: EventField, value: unknown): Words | null {
  switch (one.kind) {
    case 'text': return typeof value === 'string' && value.trim() !== '' && value.length <= TEXT_MAX ? null : { pl: `Wpisz tekst do ${TEXT_MAX} znaków.`, en: `Give a text of up to ${TEXT_MAX} characters.` };
    case 'number': return wholeBetween(value, one.min ?? 0, one.max ?? NUMBER_MAX);
    case 'amount': return wholeBetween(value, 0, AMOUNT_MAX);
    case 'date': return typeof value === 'string' && isLocalDate(value) ? null : { pl: 'Podaj datę w postaci RRRR-MM-DD.', en: 'Give a date as YYYY-MM-DD.' };
    case 'flag': return typeof value === 'boolean' ? null : { pl: 'Podaj true albo false.', en: 'Give true or false.' };
    case 'choice': {
      const values = (one.options ?? []).map((option) => option.value);
      return typeof value === 'string' && values.includes(value) ? null : { pl: `Wybierz jedną z wartości: ${values.join(', ')}.`, en: `Choose one of: ${values.join(', ')}.` };
    }
  }
}

const TEXT_MAX = 200;
/** Counts of an event: what conditions compare stays far below the safe integers. */
const NUMBER_MAX = 1_000_000_000;

const wholeBetween = (value: unknown, min: number, max: number): Words | null => (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
  ? null : { pl: `Podaj liczbę całkowitą od ${min} do ${max}.`, en: `Give a whole number from ${min} to ${max}.` });

/** Fields that `completedFields` fills in by itself: nobody is asked for them. */
export const derivedFields = (code: string): readonly string[] => (code === 'invoice-paid' ? ['daysLate', 'onTime'] : []);

/** The fields with what follows from them: an invoice's days after its date, so that a condition need not count days. */
export function completedFields(code: string, fields: Attributes): Readonly<Record<string, AttributeValue>> {
  if (code !== 'invoice-paid') return fields;
  const daysLate = Math.max(0, daysBetween(String(fields['dueOn']), String(fields['paidOn'])));
  return { ...fields, daysLate, onTime: daysLate === 0 };
}
