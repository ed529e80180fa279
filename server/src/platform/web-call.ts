import { createHmac } from 'node:crypto';
import { lookup, type LookupAddress } from 'node:dns';
import { request as requestPlain, type RequestOptions } from 'node:http';
import { request as requestSecure } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** What came of a call: `ok` is an answer of 2xx; `answer` says it in a few words, without a word of what the other side wrote. */
export type CallOutcome = { readonly ok: boolean; readonly answer: string };
/** `public`: only addresses of the internet, by https. `private`: those of the organiser's own network too. */
export type Reach = 'public' | 'private';

/** A receiver that needs longer should take the event and work later. */
const CALL_TIMEOUT_MS = 5_000;
const NOT_ALLOWED = 'address not allowed';

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' as const : 'ipv4' as const);
function blocks(...networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split('/');
    list.addSubnet(address!, Number(bits), family(address!));
  }
  return list;
}
/** Nobody's to call: among the link-local ones is where clouds give away keys of the machine. */
const NEVER = blocks('0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4', '::/128', 'fe80::/10', 'ff00::/8', 'fd00:ec2::254/128', '64:ff9b::/96');
const PRIVATE = blocks('10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '::1/128', 'fc00::/7');

/** May this address be called? An IPv4 address in IPv6's clothes is looked at as what it is. */
export const mayCall = (address: string, reach: Reach): boolean => !NEVER.check(address, family(address)) && (reach === 'private' || !PRIVATE.check(address, family(address)));

/** May this URL be called, as far as its letters tell? What its name leads to is looked at with each call. */
export function mayCallUrl(text: string, reach: Reach): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && (url.protocol !== 'http:' || reach === 'public')) || url.username !== '' || url.password !== '') return false;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 || mayCall(host, reach);
}

/** Looks a name up and refuses it when any of its addresses may not be called, so that a name cannot lead inside after it was checked. */
const lookupWithin = (reach: Reach): LookupFunction => (name, options, done) => {
  lookup(name, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return done(error, '', 0);
    if (found.length === 0 || found.some(({ address }) => !mayCall(address, reach))) return done(new Error(NOT_ALLOWED), '', 0);
    return options.all ? done(null, found) : done(null, found[0]!.address, found[0]!.family);
  });
};

/** What the receiver checks: its own reckoning with the shared secret over the second and the very bytes of the body. */
export const signatureOf = (secret: string, seconds: number, body: string): string => `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

/** Sends a body and hears the status alone: no redirect is followed and the answer's text is not read. Never throws; five seconds are all it gets. */
export function call(text: string, body: string, headers: Readonly<Record<string, string>>, reach: Reach): Promise<CallOutcome> {
  if (!mayCallUrl(text, reach)) return Promise.resolve({ ok: false, answer: NOT_ALLOWED });
  const url = new URL(text);
  return new Promise((resolve) => {
    const options: RequestOptions = { method: 'POST', agent: false, lookup: lookupWithin(reach), signal: AbortSignal.timeout(CALL_TIMEOUT_MS), headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'user-agent': 'Wracam', ...headers } };
    const sent = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, options, (answer) => {
      const status = answer.statusCode ?? 0;
      answer.destroy();
      resolve({ ok: status >= 200 && status < 300, answer: `HTTP ${status}` });
    });
    sent.on('error', (error: NodeJS.ErrnoException) => resolve({ ok: false, answer: error.name === 'TimeoutError' || error.name === 'AbortError' ? `no answer in ${CALL_TIMEOUT_MS / 1000} s` : error.message === NOT_ALLOWED ? NOT_ALLOWED : error.code ?? 'the line broke' }));
    sent.end(body);
  });
}
