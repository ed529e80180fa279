import { plural, type UnitWords } from '@wracam/engine/words';
import type { z } from 'zod';
import type { Language } from './refusals.ts';

const CHARACTERS: Readonly<Record<Language, UnitWords>> = {
  pl: { one: 'znak', few: 'znaki', many: 'znaków', fraction: 'znaku' }, en: { one: 'character', few: 'characters', many: 'characters', fraction: 'characters' },
};
const ITEMS: Readonly<Record<Language, UnitWords>> = {
  pl: { one: 'pozycja', few: 'pozycje', many: 'pozycji', fraction: 'pozycji' }, en: { one: 'item', few: 'items', many: 'items', fraction: 'items' },
};

const WORDS = {
  pl: {
    missing: 'Tego pola brakuje.', tooLarge: 'Ta liczba jest za duża.', empty: 'To nie może być puste.', wrong: 'Ta wartość jest nieprawidłowa.', key: 'Ta nazwa pola jest nieprawidłowa.', noForm: 'To nie pasuje do żadnej z możliwych postaci.',
    kinds: { number: 'Tu ma być liczba.', int: 'Tu ma być liczba całkowita.', string: 'Tu ma być tekst.', boolean: 'Tu ma być true albo false.', array: 'Tu ma być lista.', object: 'Tu ma być obiekt.', record: 'Tu ma być obiekt.', null: 'Tu ma być null.' },
    formats: { datetime: 'Tu ma być data i godzina ze strefą, na przykład 2026-11-21T10:15:00+01:00.', date: 'Tu ma być data, na przykład 2026-11-21.' },
    atLeast: (what: string) => `Najmniej ${what}.`, moreThan: (what: string) => `Więcej niż ${what}.`, atMost: (what: string) => `Najwyżej ${what}.`, lessThan: (what: string) => `Mniej niż ${what}.`,
    oneOf: (values: string) => `Jedno z: ${values}.`, exactly: (value: string) => `Tu ma być ${value}.`, pattern: (pattern: string) => `To nie pasuje do wzoru ${pattern}.`,
    unknown: (names: readonly string[]) => `${names.length === 1 ? 'Nieznane pole' : 'Nieznane pola'}: ${names.join(', ')}.`,
  },
  en: {
    missing: 'This field is missing.', tooLarge: 'This number is too large.', empty: 'This must not be empty.', wrong: 'This value is not valid.', key: 'This name of a field is not valid.', noForm: 'This fits none of the forms that are possible.',
    kinds: { number: 'This must be a number.', int: 'This must be a whole number.', string: 'This must be a text.', boolean: 'This must be true or false.', array: 'This must be a list.', object: 'This must be an object.', record: 'This must be an object.', null: 'This must be null.' },
    formats: { datetime: 'This must be a date and a time with its zone, such as 2026-11-21T10:15:00+01:00.', date: 'This must be a date, such as 2026-11-21.' },
    atLeast: (what: string) => `At least ${what}.`, moreThan: (what: string) => `More than ${what}.`, atMost: (what: string) => `At most ${what}.`, lessThan: (what: string) => `Less than ${what}.`,
    oneOf: (values: string) => `One of: ${values}.`, exactly: (value: string) => `This must be ${value}.`, pattern: (pattern: string) => `This does not match ${pattern}.`,
    unknown: (names: readonly string[]) => `${names.length === 1 ? 'Unknown field' : 'Unknown fields'}: ${names.join(', ')}.`,
  },
} as const;

/** Sentences that shapes of the contract say themselves, which are English, with the same in Polish. */
export const OWN_SENTENCES: Readonly<Record<string, string>> = {
  'a colour such as #c9a227': 'Tu ma być kolor, na przykład #c9a227.',
  'a group stands once': 'Ta sama grupa może tu być raz.',
  'a key stands once': 'Ten sam klucz może tu być raz.',
  'a small letter, then letters, digits and _': 'Najpierw mała litera, potem litery, cyfry i _.',
  'an address that begins with https://': 'Tu ma być adres, który zaczyna się od https://.',
  'an e-mail address, such as anna@example.pl': 'Tu ma być adres e-mail, na przykład anna@example.pl.',
  'at most 30 fields': 'Najwyżej 30 pól.',
  'at most 50 attributes': 'Najwyżej 50 cech.',
  'at most three decimals': 'Najwyżej trzy miejsca po przecinku.',
  'bounds belong to a number': 'Granice może mieć tylko liczba.',
  'control characters are not allowed': 'Znaki sterujące nie są dozwolone.',
  'digits, spaces and + ( ) - . /': 'Cyfry, odstępy i znaki + ( ) - . /',
  'exactly one identifier': 'Podaj dokładnie jeden identyfikator.',
  'exactly one of card, number, phone': 'Podaj dokładnie jedno z: card, number, phone.',
  'exactly one of phone, email, card, number, externalId': 'Podaj dokładnie jedno z: phone, email, card, number, externalId.',
  'mem_…, number:…, card:… or external:…': 'Tu ma być mem_…, number:…, card:… albo external:….',
  'min is greater than max': 'Wartość min jest większa niż max.',
  'must not be zero': 'To nie może być zero.',
  'name a rule, or give a definition': 'Wskaż zasadę albo podaj jej treść.',
  'no control characters and no #': 'Bez znaków sterujących i bez #.',
  'not a cursor of this list': 'To nie jest kursor tej listy.',
  'options belong to a choice': 'Możliwe wartości ma tylko wybór z listy.',
  'printable characters, no space at either end': 'Znaki, które da się wydrukować, bez odstępów na początku i na końcu.',
  'small letters, digits and hyphens': 'Małe litery, cyfry i łączniki.',
  'ten small letters and digits': 'Dziesięć małych liter i cyfr.',
};

/** A sentence about a field in the reader's language. What is told already, such as a name, stays as it is. */
export const tellFault = (sentence: string, language: Language): string => (language === 'pl' ? OWN_SENTENCES[sentence] ?? sentence : sentence);

const wordAt = (words: Readonly<Record<string, string>>, name: string | undefined) => (name !== undefined && Object.hasOwn(words, name) ? words[name] : undefined);

/** Says what is wrong with a value in words a person would write; for `safeParse`. A sentence of the shape's own goes before these. */
export const fieldFault = (language: Language): z.core.$ZodErrorMap => (issue) => {
  const w = WORDS[language];
  const counted = (limit: number | bigint) => {
    const unit = issue.origin === 'string' ? CHARACTERS[language] : issue.origin === 'array' || issue.origin === 'record' ? ITEMS[language] : null;
    return unit ? `${limit} ${plural(Number(limit), unit, language)}` : String(limit);
  };
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return w.missing;
      return issue.input === Infinity ? w.tooLarge : wordAt(w.kinds, issue.expected) ?? w.wrong;
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return w.empty;
      return (issue.inclusive === false ? w.moreThan : w.atLeast)(counted(issue.minimum));
    case 'too_big': return (issue.inclusive === false ? w.lessThan : w.atMost)(counted(issue.maximum));
    case 'invalid_format': return wordAt(w.formats, issue.format) ?? (issue.pattern === undefined ? w.wrong : w.pattern(issue.pattern));
    case 'invalid_value': return issue.values.length === 1 ? w.exactly(JSON.stringify(issue.values[0])) : w.oneOf(issue.values.join(', '));
    case 'unrecognized_keys': return w.unknown(issue.keys);
    case 'invalid_key': return w.key;
    case 'invalid_union': return w.noForm;
    default: return w.wrong;
  }
};
