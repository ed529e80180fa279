import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { projectRoot } from './platform/project-root.ts';

/** Built files carry a hash of their content in the name, so they may be kept for ever; the page itself is asked for each time. */
const YEAR_S = 31_536_000;
const OWN_NAME = new Set(['index.html', 'sw.js', 'manifest.webmanifest', 'color-scheme.js']);

/** Serves the panel, the portal and the API's documentation as they were built; every address inside a page gives that page. */
export async function servePages(server: FastifyInstance): Promise<void> {
  const pages = [{ prefix: '/panel/', dir: 'web/panel/dist' }, { prefix: '/p/', dir: 'web/portal/dist' }];
  let first = true;
  for (const { prefix, dir } of pages) {
    const root = path.join(projectRoot(), dir);
    if (!existsSync(root)) continue;
    await server.register(fastifyStatic, {
      root, prefix, decorateReply: first, wildcard: false, index: false, cacheControl: false,
      setHeaders: (reply, file) => { reply.setHeader('cache-control', OWN_NAME.has(path.basename(file)) || !file.includes('/assets/') ? 'no-cache' : `public, max-age=${YEAR_S}, immutable`); },
    });
    first = false;
    const sendPage = (_request: unknown, reply: FastifyReply) => reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').sendFile('index.html', root, { cacheControl: false });
    server.get(`${prefix}*`, sendPage);
    server.get(prefix, sendPage);
  }
  server.get('/', (_request, reply) => reply.redirect('/panel/'));
  server.get('/panel', (_request, reply) => reply.redirect('/panel/'));
  server.get('/p', (_request, reply) => reply.redirect('/p/'));
}
