import type { AddressInfo, Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** What the server does with the next message. `cutAfterText`: it takes the whole text and breaks the line instead of answering. */
export type Behaviour = 'take' | 'refuse' | 'later' | 'cutBefore' | 'cutAfterText';

export interface TestSmtp {
  readonly url: string;
  /** Everything that arrived in full, also what was never acknowledged. */
  readonly received: Email[];
  behave: Behaviour;
  readonly close: () => Promise<void>;
}

const failure = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });

/** A real SMTP server on a free port that can misbehave on demand. */
export async function startSmtp(): Promise<TestSmtp> {
  const received: Email[] = [];
  const sockets = new Set<Socket>();
  const cut = () => { for (const socket of sockets) socket.destroy(); };
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false, closeTimeout: 100,
    onRcptTo: ({ address }, _session, done) => {
      if (smtp.behave === 'refuse') return done(failure(550, `no such mailbox ${address}`));
      if (smtp.behave === 'later') return done(failure(451, `greylisted, try again: ${address}`));
      if (smtp.behave === 'cutBefore') return cut();
      return done();
    },
    onData: (stream, _session, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(pieces)).then((mail) => {
          received.push(mail);
          if (smtp.behave === 'cutAfterText') cut();
          else done();
        });
      });
    },
  });
  server.on('error', () => undefined); // lines that we cut ourselves
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const smtp: TestSmtp = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, received, behave: 'take',
    close: () => new Promise((resolve) => { server.close(() => resolve()); cut(); }),
  };
  return smtp;
}
