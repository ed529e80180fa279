import type { Language } from '@wracam/contract';

type Words = { readonly subject: string; readonly body: string };
type CodeMail = { readonly program: string; readonly code: string; readonly validMinutes: number };

const minutesPl = (count: number) => (count === 1 ? 'minutę' : count % 10 >= 2 && count % 10 <= 4 && (count % 100 < 12 || count % 100 > 14) ? 'minuty' : 'minut');

/** A program's name cannot be declined, so in Polish the word "program" is, and the name stands in quotes: „do programu „Kawiarnia Róg””. */
const quoted = (program: string): string => `„${program}”`;

/** The mail with a one-time code. The code stands in the subject too: a phone shows it without opening the message. */
export function codeMail(language: Language, { program, code, validMinutes }: CodeMail): Words {
  if (language === 'en') {
    return {
      subject: `${code} is your code for ${program}`,
      body: `Hello,\n\nyour sign-in code: ${code}\n\nIt works for ${validMinutes} minutes and only once. Nobody from ${program} will ever ask you for it.\nIf you did not ask for a code, you can ignore this message.\n`,
    };
  }
  return {
    subject: `${code} to Twój kod do programu ${quoted(program)}`,
    body: `Cześć,\n\nTwój kod logowania: ${code}\n\nDziała przez ${validMinutes} ${minutesPl(validMinutes)} i tylko raz. Obsługa programu ${quoted(program)} nigdy o niego nie zapyta.\nJeśli to nie Ty prosisz o kod, po prostu zignoruj tę wiadomość.\n`,
  };
}

/** Goes to the address that a member had until now. */
export function contactChangedMail(language: Language, { program }: { readonly program: string }): Words {
  if (language === 'en') {
    return { subject: `Your e-mail address in ${program} was changed`, body: `Hello,\n\nfrom now on messages from ${program} go to another address.\nIf this was not you, tell the people who run ${program}: somebody else may be using your account.\n` };
  }
  return { subject: `Twój adres e-mail w programie ${quoted(program)} został zmieniony`, body: `Cześć,\n\nod teraz wiadomości z programu ${quoted(program)} trafiają na inny adres.\nJeśli to nie Twoja zmiana, daj znać obsłudze programu ${quoted(program)}: ktoś inny może korzystać z Twojego konta.\n` };
}
