import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { projectRoot } from './platform/project-root.ts';

/** Built files carry a hash of their content in the name, so they may be kept for ever; the page itself is asked for each time. */
const YEAR_S = 31_536_000;
const pages = [{ prefix: '/panel', dir: 'web/panel/dist' }, { prefix: '/p', dir: 'web/portal/dist' }] as const;

/** Serves the panel and the portal as they were built; an address inside a page that is no file gives that page. */
export async function servePages(server: FastifyInstance): Promise<void> {
  for (const { prefix, dir } of pages) {
    const root = path.join(projectRoot(), dir);
    if (existsSync(root)) await server.register((scope) => servePage(scope, root), { prefix });
    server.get(prefix, (_request, reply) => reply.redirect(`${prefix}/`));
  }
  server.get('/', (_request, reply) => reply.redirect('/panel/'));
}

async function servePage(scope: FastifyInstance, root: string): Promise<void> {
  await scope.register(fastifyStatic, {
    root, index: false, cacheControl: false, redirect: false,
    setHeaders: (reply, file) => { reply.setHeader('cache-control', file.includes(`${path.sep}assets${path.sep}`) ? `public, max-age=${YEAR_S}, immutable` : 'no-cache'); },
  });
  const sendPage = (reply: FastifyReply) => reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').sendFile('index.html', root);
  scope.get('/', { prefixTrailingSlash: 'slash' }, (_request, reply) => sendPage(reply));
  // A file with a name of its own that is gone belongs to an older build: a page in its place would break without a word.
  scope.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) =>
    /\.\w{2,12}$/.test(request.url.split('?')[0]!) ? reply.code(404).type('text/plain; charset=utf-8').send('Not found') : sendPage(reply));
}
