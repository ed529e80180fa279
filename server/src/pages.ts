import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { projectRoot } from './platform/project-root.ts';
import { pagePolicy } from './platform/security-headers.ts';

/** Built files carry a hash of their content in the name, so they may be kept for ever; the page itself is asked for each time. */
const YEAR_S = 31_536_000;
/** Where a page is told the word by which its style elements are known; empty as it was built. */
const NONCE_PLACE = '<meta name="style-nonce" content=""';
const NONCE_BYTES = 16;
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
    root, index: false, cacheControl: false, redirect: false, preCompressed: true, // by tools/compress.mjs
    setHeaders: (reply, file) => {
      reply.setHeader('vary', 'accept-encoding');
      reply.setHeader('cache-control', file.includes(`${path.sep}assets${path.sep}`) ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
    },
  });
  // Components make style elements as they are used. Each answer has a nonce of its own, so that nothing else that gets into a page can make any.
  const sendPage = async (reply: FastifyReply) => {
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    const html = (await readFile(path.join(root, 'index.html'), 'utf8')).replace(NONCE_PLACE, NONCE_PLACE.replace('content=""', `content="${nonce}"`));
    return reply.header('cache-control', 'no-cache').header('content-security-policy', pagePolicy(`'nonce-${nonce}'`)).type('text/html; charset=utf-8').send(html);
  };
  scope.get('/', { prefixTrailingSlash: 'slash' }, (_request, reply) => sendPage(reply));
  scope.get('/index.html', (_request, reply) => sendPage(reply));
  // A file with a name of its own that is gone belongs to an older build: a page in its place would break without a word.
  scope.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) =>
    /\.\w{2,12}$/.test(request.url.split('?')[0]!) ? reply.code(404).type('text/plain; charset=utf-8').send('Not found') : sendPage(reply));
}
