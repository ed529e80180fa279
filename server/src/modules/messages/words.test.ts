import { expect, it } from 'vitest';
import { noticeMail } from '../ledger/notices.ts';
import { codeMail, contactChangedMail } from './words.ts';

it('no Polish mail bends a sentence around a name that it cannot decline: the name of the program stands in quotes', () => {
  const program = 'Kawiarnia Pod Lipą';
  const mails = [
    codeMail('pl', { program, code: '123456', validMinutes: 10 }), contactChangedMail('pl', { program }),
    noticeMail('pl', { program, points: '3 punkty', on: '31 marca 2027', url: 'https://punkty.example.pl/p/lipa' }),
  ];
  for (const { subject, body } of mails) {
    expect(subject).toContain(`„${program}”`);
    expect(`${subject}\n${body}`.replaceAll(`„${program}”`, '')).not.toContain(program);
  }
});
