import { describe, expect, it } from 'vitest';
import { completedFields, EVENT_TYPES, eventReason, eventSentence, fieldFaults, type EventType } from './event-types.ts';

const type: Pick<EventType, 'fields'> = {
  fields: [
    { key: 'name', kind: 'text', words: { pl: 'nazwa', en: 'name' }, required: true },
    { key: 'score', kind: 'number', words: { pl: 'wynik', en: 'score' }, required: false, min: 0, max: 100 },
    { key: 'price', kind: 'amount', words: { pl: 'cena', en: 'price' }, required: false },
    { key: 'on', kind: 'date', words: { pl: 'dzień', en: 'day' }, required: false },
    { key: 'passed', kind: 'flag', words: { pl: 'zaliczone', en: 'passed' }, required: false },
    { key: 'level', kind: 'choice', words: { pl: 'poziom', en: 'level' }, required: false, options: [{ value: 'a', words: { pl: 'A', en: 'A' } }] },
  ],
};

describe('the fields of an event', () => {
  it('are right when each fits its kind', () => {
    expect(fieldFaults(type, { name: 'Ankieta', score: 100, price: 0, on: '2028-02-29', passed: false, level: 'a' })).toEqual([]);
  });

  it.each([
    [{}, '/fields/name'], [{ name: '  ' }, '/fields/name'], [{ name: 'x'.repeat(201) }, '/fields/name'], [{ name: 'A', score: 101 }, '/fields/score'], [{ name: 'A', score: 1.5 }, '/fields/score'], [{ name: 'A', score: '7' }, '/fields/score'],
    [{ name: 'A', price: -1 }, '/fields/price'], [{ name: 'A', on: '2027-02-29' }, '/fields/on'], [{ name: 'A', passed: 1 }, '/fields/passed'], [{ name: 'A', level: 'b' }, '/fields/level'], [{ name: 'A', toString: 1 }, '/fields/toString'],
    [{ name: 'A', 'a/b': 1 }, '/fields/a~1b'],
  ])('%j has a fault at %s', (fields, pointer) => expect(fieldFaults(type, fields).map((one) => one.pointer)).toEqual([pointer]));

  it('are refused with every fault at once', () => {
    expect(fieldFaults(type, { score: -1, other: 1 }).map((one) => one.pointer)).toEqual(['/fields/other', '/fields/name', '/fields/score']);
  });

  it.each([['2026-11-10', '2026-11-10', 0, true], ['2026-11-10', '2026-11-01', 0, true], ['2026-02-27', '2026-03-02', 3, false]])('of an invoice due on %s and paid on %s tell %i days late', (dueOn, paidOn, daysLate, onTime) => {
    expect(completedFields('invoice-paid', { number: 'F/1', dueOn, paidOn, daysLate: 99 })).toEqual({ number: 'F/1', dueOn, paidOn, daysLate, onTime });
  });
});

describe('an event in words', () => {
  it('quotes what it is about', () => {
    expect(eventSentence('survey', { name: 'Twoja kawa' }, 'pl')).toBe('Za wypełnienie ankiety „Twoja kawa”');
    expect(eventSentence('survey', { name: 'Your coffee' }, 'en')).toBe('For filling in the survey “Your coffee”');
    expect(eventSentence('birthday', {}, 'pl')).toBe('Na urodziny');
  });

  it('is told by the organiser’s words when it is the organiser’s own, and by its code when those are gone', () => {
    expect(eventReason('webinar', 'pl', { webinar: { pl: 'za udział w webinarze', en: 'za udział w webinarze' } })).toBe('za udział w webinarze');
    expect(eventReason('constructor', 'pl')).toBe('za zdarzenie „constructor”');
  });

  it('of every built-in type has words in both languages, a quoted field that it has, and codes that differ', () => {
    expect(new Set(EVENT_TYPES.map((one) => one.code)).size).toBe(EVENT_TYPES.length);
    for (const one of EVENT_TYPES) {
      expect([one.words.pl, one.words.en, one.reason.pl, one.reason.en].every((text) => text.length > 2)).toBe(true);
      if (one.quoted !== undefined) expect(one.fields.map((field) => field.key)).toContain(one.quoted);
    }
  });
});
