import { describe, expect, it } from 'vitest';
import type { Fault } from './faults.ts';
import { checkMessage, writeMessage } from './rule-message.ts';

const faultsOf = (message: unknown) => {
  const faults: Fault[] = [];
  checkMessage(message, faults);
  return faults.map(({ pointer, code }) => `${pointer} ${code}`);
};
const message = { pl: { subject: '{punkty} za zakup', text: 'Cześć {imię}, masz {saldo} dzięki zasadzie {zasada}.' }, en: { subject: '{points} for you', text: 'Hi {name}, you have {balance}.' } };
const facts = { firstName: 'Anna', points: '5 punktów', balance: '12 punktów', rule: 'Środy' };

describe('a rule’s message', () => {
  it('names the member, the points, the balance and the rule, in the member’s language', () => {
    expect(writeMessage(message, 'pl', facts)).toEqual({ subject: '5 punktów za zakup', text: 'Cześć Anna, masz 12 punktów dzięki zasadzie Środy.' });
    expect(writeMessage(message, 'en', facts)).toEqual({ subject: '5 punktów for you', text: 'Hi Anna, you have 12 punktów.' });
  });

  it('is Polish for everybody where no English was written, and understands fields of either language', () => {
    expect(writeMessage({ pl: { subject: 'x', text: '{Points} i {punkty}' } }, 'en', facts).text).toBe('5 punktów i 5 punktów');
  });

  it('leaves no gap for a name that nobody gave', () => {
    expect(writeMessage(message, 'pl', { ...facts, firstName: null }).text).toBe('Cześć, masz 12 punktów dzięki zasadzie Środy.');
  });

  it('keeps its subject in one line, and text that only looks like a field as it was given', () => {
    expect(writeMessage({ pl: { subject: 'Dla {imię}', text: '{imię}' } }, 'pl', { ...facts, firstName: 'Anna\r\nBcc: x {saldo}' })).toEqual({ subject: 'Dla Anna Bcc: x {saldo}', text: 'Anna\r\nBcc: x {saldo}' });
  });

  it.each([
    [undefined, ['/effect/message value_required']], [{}, ['/effect/message/pl/subject value_required', '/effect/message/pl/text value_required']],
    [{ pl: { subject: 'a\nb', text: 'x' } }, ['/effect/message/pl/subject value_invalid']], [{ pl: { subject: '„a”', text: 'x' } }, ['/effect/message/pl/subject value_invalid']],
    [{ pl: { subject: 'a', text: 'Masz {punkciki}' } }, ['/effect/message/pl/text placeholder_unknown']], [{ ...message, en: { subject: '', text: 'x'.repeat(2001) } }, ['/effect/message/en/subject value_required', '/effect/message/en/text value_required']],
    [{ ...message, de: {} }, ['/effect/message/de field_unknown']], [{ pl: message.pl, en: null }, []], [message, []],
  ])('is checked field by field: %j', (input, expected) => {
    expect(faultsOf(input)).toEqual(expected);
  });
});
