import { isRecord, refuseOtherFields } from './condition-validation.ts';
import { fault, type Fault } from './faults.ts';
import type { Lang } from './words.ts';

export type MessageText = { readonly subject: string; readonly text: string };
/** What a rule writes to the member; without English words, Polish ones go to everybody. */
export type RuleMessage = { readonly pl: MessageText; readonly en?: MessageText | null };

/** What a message may name of the document that it is about. */
export const MESSAGE_FACTS = ['firstName', 'points', 'balance', 'rule'] as const;
export type MessageFact = (typeof MESSAGE_FACTS)[number];
/** How a text calls each of them, in braces: "{punkty}". Either language is understood in both texts. */
export const PLACEHOLDERS: Readonly<Record<Lang, Readonly<Record<MessageFact, string>>>> = {
  pl: { firstName: 'imię', points: 'punkty', balance: 'saldo', rule: 'zasada' },
  en: { firstName: 'name', points: 'points', balance: 'balance', rule: 'rule' },
};

export const SUBJECT_MAX = 120;
export const MESSAGE_TEXT_MAX = 2000;
const LANGS = ['pl', 'en'] as const;
/** With the space before it, so that a name nobody gave leaves no gap: "Cześć {imię}," becomes "Cześć,". */
const PLACEHOLDER = /( ?)\{([^{}]*)\}/g;

const factOf = (name: string): MessageFact | undefined => MESSAGE_FACTS.find((fact) => LANGS.some((lang) => PLACEHOLDERS[lang][fact] === name.trim().toLowerCase()));

/** Every fault of a rule's message. */
export function checkMessage(input: unknown, faults: Fault[]): void {
  if (!isRecord(input)) {
    faults.push(fault('/effect/message', 'value_required', 'Napisz wiadomość.', 'Write the message.'));
    return;
  }
  refuseOtherFields(input, LANGS, '/effect/message', faults);
  for (const lang of LANGS) if (lang === 'pl' || (input['en'] !== undefined && input['en'] !== null)) checkText(input[lang], `/effect/message/${lang}`, faults);
}

function checkText(input: unknown, at: string, faults: Fault[]): void {
  const { subject, text, ...others }: Record<string, unknown> = isRecord(input) ? input : {};
  refuseOtherFields(others, [], at, faults);
  const subjectMissing = typeof subject !== 'string' || subject.trim() === '' || subject.length > SUBJECT_MAX;
  if (subjectMissing) faults.push(fault(`${at}/subject`, 'value_required', `Wpisz temat, najwyżej ${SUBJECT_MAX} znaków.`, `Write a subject of at most ${SUBJECT_MAX} characters.`));
  // A header is one line, and names in a sentence are read back by their quotation marks.
  else if (/[\p{Cc}„”“"]/u.test(subject)) faults.push(fault(`${at}/subject`, 'value_invalid', 'Temat to jeden wiersz bez cudzysłowów.', 'A subject is one line without quotation marks.'));
  else checkNames(subject, `${at}/subject`, faults);
  if (typeof text !== 'string' || text.trim() === '' || text.length > MESSAGE_TEXT_MAX) faults.push(fault(`${at}/text`, 'value_required', `Wpisz treść, najwyżej ${MESSAGE_TEXT_MAX} znaków.`, `Write a text of at most ${MESSAGE_TEXT_MAX} characters.`));
  else checkNames(text, `${at}/text`, faults);
}

function checkNames(text: string, at: string, faults: Fault[]): void {
  const strange = [...text.matchAll(PLACEHOLDER)].find(([, , name]) => factOf(name!) === undefined);
  if (!strange) return;
  const known = (lang: Lang) => Object.values(PLACEHOLDERS[lang]).map((name) => `{${name}}`).join(', ');
  faults.push(fault(at, 'placeholder_unknown', `Nie ma pola {${strange[2]!}}. Możesz wstawić: ${known('pl')}.`, `There is no field {${strange[2]!}}. You can insert: ${known('en')}.`));
}

/** The message in a language, its fields filled in. A fact that is null leaves nothing behind. */
export function writeMessage(message: RuleMessage, lang: Lang, facts: Readonly<Record<MessageFact, string | null>>): MessageText {
  const { subject, text } = (lang === 'en' ? message.en : null) ?? message.pl;
  const filled = (words: string) => words.replace(PLACEHOLDER, (whole, space: string, name: string) => {
    const fact = factOf(name);
    if (fact === undefined) return whole;
    return facts[fact] === null ? '' : `${space}${facts[fact]}`;
  });
  // What is filled in may carry a line break; a header never does.
  return { subject: filled(subject).replace(/\s+/g, ' ').trim(), text: filled(text) };
}
