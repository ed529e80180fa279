import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { driveLoad } from './http-load.ts';

let server: Server;
afterEach(() => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }));

/** Answers 503 for its first so many milliseconds, then 200; gives its port. */
async function coldServer(coldMs: number): Promise<number> {
  let from = 0;
  server = createServer((request, response) => {
    from ||= Date.now();
    request.resume().on('end', () => setTimeout(() => response.writeHead(Date.now() - from < coldMs ? 503 : 200, { 'content-length': 2 }).end('{}'), 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('the load generator', () => {
  it('counts requests, documents and statuses of the measured time alone, and shows every answer, also those before it, to whoever keeps the books', async () => {
    const port = await coldServer(300);
    const shown: number[] = [];
    const report = await driveLoad({
      host: '127.0.0.1', port, connections: 4, seconds: 1, warmUpSeconds: 0.6, headers: {},
      request: () => ({ path: '/', body: '{}', documents: 3 }), onAnswer: (_n, status) => shown.push(status),
    });
    expect(shown).toContain(503);
    expect(report.statuses).toEqual({ 200: report.requests });
    expect(report.documents).toBe(report.requests * 3);
    expect(report.allDocuments).toBe(shown.length * 3);
    expect(report.requests).toBeLessThan(shown.length);
  });

  it('measures all there is when nothing is a warm-up', async () => {
    const port = await coldServer(0);
    const report = await driveLoad({ host: '127.0.0.1', port, connections: 2, requests: 20, headers: {}, request: () => ({ path: '/', body: '{}' }) });
    expect(report).toMatchObject({ requests: 20, documents: 20, allDocuments: 20, statuses: { 200: 20 } });
  });

  it('reads an answer whole that comes in pieces while others come between, and one larger than what is read at once', async () => {
    server = createServer((request, response) => {
      const long = JSON.stringify({ for: request.url, text: 'ż'.repeat(request.url === '/1' ? 100_000 : 100) });
      response.writeHead(200, { 'content-length': Buffer.byteLength(long) });
      const halves = [long.slice(0, 60), long.slice(60)];
      request.resume().on('end', () => { response.write(halves[0]); setTimeout(() => response.end(halves[1]), 1 + Math.random() * 5); });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const wrong: unknown[] = [];
    const lengths = new Set<number>();
    const report = await driveLoad({
      host: '127.0.0.1', port: (server.address() as AddressInfo).port, connections: 4, requests: 40, headers: {}, request: (n) => ({ path: `/${n}`, body: '{}' }),
      onAnswer: (n, _status, body) => {
        const { for: path, text } = body as { for: string; text: string };
        if (path !== `/${n}` || !/^ż+$/.test(text)) wrong.push(body);
        lengths.add(text.length);
      },
    });
    expect([report.requests, wrong, [...lengths].sort((a, b) => a - b)]).toEqual([40, [], [100, 100_000]]);
  });
});
