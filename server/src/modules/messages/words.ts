import type { Language } from '@wracam/contract';

type Words = { readonly subject: string; readonly body: string };
type CodeMail = { readonly program: string; readonly code: string; readonly validMinutes: number };

const minutesPl = (count: number) => (count === 1 ? 'minutę' : count % 10 >= 2 && count % 10 <= 4 && (count % 100 < 12 || count % 100 > 14) ? 'minuty' : 'minut');

/** The mail with a one-time code. The code stands in the subject too: a phone shows it without opening the message. */
export function codeMail(language: Language, { program, code, validMinutes }: CodeMail): Words {
  if (language === 'en') {
    return {
      subject: `${code} is your code for ${program}`,
      body: `Hello,\n\nyour sign-in code: ${code}\n\nIt works for ${validMinutes} minutes and only once. Nobody from ${program} will ever ask you for it.\nIf you did not ask for a code, you can ignore this message.\n`,
    };
  }
  return {
    subject: `${code} to Twój kod do ${program}`,
    body: `Cześć,\n\nTwój kod logowania: ${code}\n\nDziała przez ${validMinutes} ${minutesPl(validMinutes)} i tylko raz. Nikt z ${program} nigdy o niego nie zapyta.\nJeśli to nie Ty prosisz o kod, po prostu zignoruj tę wiadomość.\n`,
  };
}
