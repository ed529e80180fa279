import { createServer, type AddressInfo } from 'node:net';

export const HOST = '127.0.0.1';

/** A port that nobody listens on. It is needed before the server is made, which takes changes from its own address only. */
export const freePort = () => new Promise<number>((resolve, reject) => {
  const probe = createServer();
  probe.once('error', reject);
  probe.listen(0, HOST, () => {
    const { port } = probe.address() as AddressInfo;
    probe.close(() => resolve(port));
  });
});
