import type { FastifyInstance } from 'fastify';

const directives = (rules: Record<string, string>) => Object.entries(rules).map(([name, value]) => `${name} ${value}`).join(';');

/** Pages load their own files and talk to their own server; nothing else, and nobody frames them. `styles` names the style elements a page may have besides: by its nonce, or by a hash. */
export const pagePolicy = (styles = ''): string => directives({
  'default-src': "'none'", 'script-src': "'self'", 'style-src': `'self' ${styles}`.trim(), 'img-src': "'self' data:", 'font-src': "'self'", 'connect-src': "'self'", 'manifest-src': "'self'", 'worker-src': "'self'",
  'base-uri': "'none'", 'form-action': "'self'", 'frame-ancestors': "'none'", 'object-src': "'none'",
});
const DATA_POLICY = directives({ 'default-src': "'none'", 'frame-ancestors': "'none'" });
const TWO_YEARS_S = 63_072_000;

/** Headers of every answer, made once: `page` for what a browser shows, otherwise for data. */
export function securityHeaders(kind: 'page' | 'data', secure: boolean): Readonly<Record<string, string>> {
  return {
    'content-security-policy': kind === 'page' ? pagePolicy() : DATA_POLICY, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
    ...(secure ? { 'strict-transport-security': `max-age=${TWO_YEARS_S}; includeSubDomains` } : {}),
    ...(kind === 'page' ? { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'x-frame-options': 'DENY', 'permissions-policy': 'camera=(), microphone=(), geolocation=()' } : {}),
  };
}

/** Puts the headers on every answer; the API's own path gets the short set, because a till reads thousands of them. */
export function sendSecurityHeaders(server: FastifyInstance, secure: boolean): void {
  const [page, data] = [securityHeaders('page', secure), securityHeaders('data', secure)];
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(request.url.startsWith('/api/v1/') ? data : page);
    done();
  });
}
