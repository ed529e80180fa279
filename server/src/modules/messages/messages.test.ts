import { permissionNames } from '@wracam/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '../../platform/deps.ts';
import { runNextJob } from '../../platform/jobs.ts';
import { tablesThatShow } from '../../testing/database-text.ts';
import { testDeps, type TestDeps } from '../../testing/deps.ts';
import { startSmtp, type TestSmtp } from '../../testing/smtp.ts';
import { listMessages, queueMessage, type NewMessage } from './actions.ts';
import { TRIES_MAX, nextTryAt } from './core.ts';
import { messageJobs, sendMessage } from './jobs.ts';
import { claimMessage } from './store.ts';
import { codeMail, contactChangedMail } from './words.ts';

let smtp: TestSmtp;
let t: TestDeps;
let programId: number;
let ctx: Ctx;
beforeAll(async () => {
  smtp = await startSmtp();
  t = await testDeps({ smtpUrl: smtp.url, mailFrom: 'Punkty <punkty@example.pl>' });
});
afterAll(async () => { await t.close(); await smtp.close(); });
beforeEach(async () => {
  smtp.behave = 'take';
  smtp.received.length = 0;
  programId = (await t.program()).id;
  ctx = { programId, actor: { kind: 'staff', id: 1 }, permissions: new Set(permissionNames), language: 'pl', requestId: 'test', adjustLimit: null, adjustDayLimit: null, memberId: null, idempotency: null };
});

const queue = (message: Partial<NewMessage> = {}, to = t) => to.deps.db.inProgram(programId, (tx) => queueMessage(tx, to.deps, { memberId: null, to: 'anna@example.pl', subject: 'Cześć', body: 'Żółta treść\n', ...message }));
const deliver = async () => { while (await runNextJob(t.deps, messageJobs)); };
const passTime = () => t.ask(`update due set due_at = due_at - interval '1 day' where program_id = $1`, [programId]);
const outbox = async () => (await listMessages(t.deps, ctx, { limit: 50 })).items;
const waiting = () => t.ask('select 1 from due where program_id = $1', [programId]);

describe('delivery', () => {
  it('250: the message arrives once, in UTF-8, marked as automatic, and nothing is left to do', async () => {
    await queue();
    await deliver();
    expect(smtp.received).toHaveLength(1);
    const [mail] = smtp.received;
    expect(mail).toMatchObject({ subject: 'Cześć', text: 'Żółta treść\n', from: { name: 'Punkty', address: 'punkty@example.pl' }, to: [{ address: 'anna@example.pl' }] });
    expect(mail?.messageId).toMatch(/^<msg_[0-9a-z]{10}@punkty\.example\.pl>$/);
    expect(mail?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
    expect(await outbox()).toMatchObject([{ state: 'sent', tries: 1, lastError: null, to: 'anna@example.pl' }]);
    expect(await waiting()).toEqual([]);
  });

  it('a message of a transaction that is rolled back is never sent', async () => {
    await expect(t.deps.db.inProgram(programId, async (tx) => {
      await queueMessage(tx, t.deps, { memberId: null, to: 'nikt@example.pl', subject: 'x', body: 'x' });
      throw new Error('changed our mind');
    })).rejects.toThrow('changed our mind');
    await deliver();
    expect(smtp.received).toEqual([]);
  });

  it('5xx: failed for good after one try, and the address is not in the stored error', async () => {
    smtp.behave = 'refuse';
    await queue({ to: 'brak@example.pl' });
    await deliver();
    await passTime();
    await deliver();
    expect(await outbox()).toMatchObject([{ state: 'failed', tries: 1 }]);
    expect((await outbox())[0]?.lastError).toContain('550');
    expect(await tablesThatShow(t.database.adminUrl, ['brak@example.pl'])).toEqual([]);
  });

  it('4xx: waits, tries again, and arrives once when the server has changed its mind', async () => {
    smtp.behave = 'later';
    await queue();
    await deliver();
    expect(await outbox()).toMatchObject([{ state: 'queued', tries: 1 }]);
    await deliver();
    expect((await outbox())[0]?.tries).toBe(1); // not before its time
    smtp.behave = 'take';
    await passTime();
    await deliver();
    expect(await outbox()).toMatchObject([{ state: 'sent', tries: 2, lastError: null }]);
    expect(smtp.received).toHaveLength(1);
  });

  it('4xx for ever: given up after eight tries with growing waits', async () => {
    smtp.behave = 'later';
    await queue();
    for (let at = 0; at < 10; at += 1) { await deliver(); await passTime(); }
    expect(await outbox()).toMatchObject([{ state: 'failed', tries: TRIES_MAX }]);
    const waits = Array.from({ length: TRIES_MAX }, (_, at) => nextTryAt(at + 1, 0));
    expect(waits.at(-1)).toBeNull();
    expect(waits.slice(0, -1)).toEqual(waits.slice(0, -1).toSorted((a, b) => a! - b!));
  });

  it('a line that breaks before the text: tried again', async () => {
    smtp.behave = 'cutBefore';
    await queue();
    await deliver();
    expect(await outbox()).toMatchObject([{ state: 'queued', tries: 1 }]);
  });

  it('a line that breaks after the text: uncertain, and never sent again by itself', async () => {
    smtp.behave = 'cutAfterText';
    await queue();
    await deliver();
    expect(await outbox()).toMatchObject([{ state: 'uncertain', tries: 1 }]);
    smtp.behave = 'take';
    await passTime();
    await deliver();
    expect(smtp.received).toHaveLength(1);
    expect(await waiting()).toEqual([]);
  });

  it('ten workers on one message: one sends it', async () => {
    const id = await queue();
    await Promise.all(Array.from({ length: 10 }, () => sendMessage(t.deps, programId, id)));
    expect(smtp.received).toHaveLength(1);
    expect(await outbox()).toMatchObject([{ state: 'sent', tries: 1 }]);
  });

  it('a worker that dies while sending leaves the message uncertain, not queued', async () => {
    const id = await queue();
    await t.deps.db.inProgram(programId, (tx) => claimMessage(tx, id));
    await deliver();
    expect(smtp.received).toEqual([]);
    expect(await outbox()).toMatchObject([{ state: 'uncertain' }]);
  });

  it('a code that nobody can use any more is not sent', async () => {
    await queue({ until: Date.now() - 1 });
    await deliver();
    expect(smtp.received).toEqual([]);
    expect(await outbox()).toMatchObject([{ state: 'failed' }]);
  });

  it.each(['Jan\r\nBcc: zly@example.pl', 'Jan\nSubject: inny', '<b>Jan</b> https://zly.example'])('a name like %j adds no header, no recipient and no HTML', async (name) => {
    await queue(codeMailTo(name));
    await deliver();
    const [mail] = smtp.received;
    expect(mail?.bcc ?? []).toEqual([]);
    expect(mail?.to?.map((one) => one.address)).toEqual(['anna@example.pl']);
    expect(mail?.html).toBeUndefined();
    expect(mail?.headers.filter(({ key }) => key === 'subject' || key === 'bcc')).toHaveLength(1);
  });
});

const codeMailTo = (program: string) => ({ to: 'anna@example.pl', ...codeMail('pl', { program, code: '123456', validMinutes: 10 }) });

describe('the outbox page', () => {
  it('keeps messages where no mail server is set, and shows them', async () => {
    const silent = await testDeps();
    try {
      const { id } = await silent.program();
      await silent.deps.db.inProgram(id, (tx) => queueMessage(tx, silent.deps, { memberId: null, ...codeMailTo('Kawiarni'), code: { text: '123456', of: 'member' } }));
      const { items } = await listMessages(silent.deps, { ...ctx, programId: id, permissions: new Set(['messages.read']) }, { limit: 10 });
      expect(items).toMatchObject([{ state: 'kept', to: 'anna@example.pl', tries: 0 }]);
      expect(items[0]?.body).toContain('123456');
      expect(await silent.ask('select 1 from due')).toEqual([]);
    } finally {
      await silent.close();
    }
  });

  it('never shows a code that was sent, to anybody', async () => {
    await queue({ ...codeMailTo('Kawiarni'), code: { text: '123456', of: 'member' } });
    for (const when of ['queued', 'sent']) {
      const [shown] = await outbox();
      expect(shown?.state).toBe(when);
      expect(JSON.stringify(shown)).not.toContain('123456');
      await deliver();
    }
    expect(smtp.received[0]?.text).toContain('123456');
  });

  it('pages newest first; a message of another program is not there', async () => {
    for (const subject of ['1', '2', '3']) await queue({ subject });
    const first = await listMessages(t.deps, ctx, { limit: 2 });
    const rest = await listMessages(t.deps, ctx, { limit: 2, cursor: first.next! });
    expect([...first.items, ...rest.items].map(({ subject }) => subject)).toEqual(['3', '2', '1']);
    expect(rest.next).toBeNull();
    expect((await listMessages(t.deps, { ...ctx, programId: (await t.program()).id }, { limit: 2 })).items).toEqual([]);
  });

  it('shows neither address nor text to whoever reads the table', async () => {
    await queue({ to: 'kanarek.poczta@example.pl', subject: 'Kanarkowy temat', body: 'Kanarkowa treść' });
    expect(await tablesThatShow(t.database.adminUrl, ['kanarek.poczta', 'Kanarkow'])).toEqual([]);
  });
});

describe('words', () => {
  it.each([[1, 'minutę'], [2, 'minuty'], [5, 'minut'], [10, 'minut'], [12, 'minut'], [22, 'minuty']])('%i takes the right Polish form', (validMinutes, form) =>
    expect(codeMail('pl', { program: 'X', code: '1', validMinutes }).body).toContain(`${validMinutes} ${form} `));
  it('a mail is written in the language asked for', () => {
    expect(codeMail('en', { program: 'Lipa', code: '042042', validMinutes: 10 })).toMatchObject({ subject: '042042 is your code for Lipa' });
    expect(contactChangedMail('pl', { program: 'Lipa' }).subject).toBe('Twój adres e-mail w programie „Lipa” został zmieniony');
  });
});
