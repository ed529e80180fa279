import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';

export type Mail = { readonly to: string; readonly subject: string; readonly text: string; readonly messageId: string };
/** `sent`: the server said 250. `refused`: it said no for good. `failed`: it did not take the message. `uncertain`: the line broke after the text was on its way. */
export type MailOutcome = { readonly state: 'sent' } | { readonly state: 'refused' | 'failed' | 'uncertain'; readonly error: string };
export type Mailer = { send(mail: Mail): Promise<MailOutcome>; close(): void };

const CONNECT_TIMEOUT_MS = 10_000;
const SOCKET_TIMEOUT_MS = 30_000;

/** Sends by SMTP. Headers are made by the library from checked values, so a name cannot smuggle a line break into them. */
export function makeMailer(smtpUrl: string, from: string): Mailer {
  const transport = createTransport({ url: smtpUrl, connectionTimeout: CONNECT_TIMEOUT_MS, greetingTimeout: CONNECT_TIMEOUT_MS, socketTimeout: SOCKET_TIMEOUT_MS });
  // The library reads a message only when the server has asked for its text. From then on a broken line leaves open whether it was taken.
  const begun = new Set<string>();
  transport.use('stream', (mail, done) => {
    const marked = async function* (text: Readable) { begun.add(mail.message.messageId()); yield* text; };
    mail.message.processFunc((text) => Readable.from(marked(text), { objectMode: false }));
    done();
  });
  return {
    async send({ to, subject, text, messageId }) {
      try {
        await transport.sendMail({ from, to, subject, text, messageId, headers: { 'Auto-Submitted': 'auto-generated' } });
        return { state: 'sent' };
      } catch (error) {
        const failure = error as { responseCode?: number; message: string };
        const why = failure.message.slice(0, 200);
        if (failure.responseCode && failure.responseCode >= 500) return { state: 'refused', error: why };
        return { state: begun.has(messageId) && !failure.responseCode ? 'uncertain' : 'failed', error: why };
      } finally {
        begun.delete(messageId);
      }
    },
    close: () => transport.close(),
  };
}
