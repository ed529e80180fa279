import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the receiver does with the next call. `silent`: it takes the body and never answers. `cut`: it breaks the line after the body. */
export type ReceiverBehaviour = 'take' | 'fail' | 'silent' | 'cut' | 'redirect';
export type Received = { readonly headers: IncomingHttpHeaders; readonly body: string };
export interface TestReceiver {
  readonly url: string;
  /** Every call whose body arrived, in the order of arrival. */
  readonly received: Received[];
  behave: ReceiverBehaviour;
  readonly close: () => Promise<void>;
}

/** A real HTTP server on a free port that can misbehave on demand. */
export async function startReceiver(): Promise<TestReceiver> {
  const received: Received[] = [];
  const answer: Record<ReceiverBehaviour, (to: ServerResponse) => void> = {
    take: (to) => to.writeHead(204).end(), fail: (to) => to.writeHead(500).end('x'.repeat(100_000)), silent: () => undefined, cut: (to) => to.destroy(),
    redirect: (to) => to.writeHead(307, { location: `${receiver.url}/elsewhere` }).end(),
  };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(pieces).toString('utf8') });
      answer[receiver.behave](response);
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const receiver: TestReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, behave: 'take',
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
  return receiver;
}
