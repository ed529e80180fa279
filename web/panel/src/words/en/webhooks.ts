import type { webhooks as polish } from '../pl/webhooks.ts';

export const webhooks: typeof polish = {
  answers: {
    taken: (answer) => `taken (${answer})`,
    elsewhere: (answer) => `it sends us to another address, and we do not go there (${answer})`,
    locked: (answer) => `it does not let us in (${answer})`,
    missing: (answer) => `nothing is there (${answer})`,
    slower: (answer) => `it asks us to slow down (${answer})`,
    wrong: (answer) => `it does not take this notice (${answer})`,
    broken: (answer) => `a fault on the other side (${answer})`,
    silent: () => 'no answer in 5 seconds',
    inside: () => 'the address leads into an inner network, where we may not look',
    off: () => 'the address was switched off',
    name: () => 'there is no such name on the internet',
    closed: () => 'nobody listens at this address',
    cut: () => 'the connection was cut',
    far: () => 'the server cannot be reached',
    certificate: (answer) => `the certificate of this address is not valid (${answer})`,
    other: (answer) => `the call did not succeed (${answer})`,
  },
  try: 'Send a trial',
  tryHint: 'A trial carries a notice of the type webhook.test, signed like any other.',
  tried: { ok: 'The trial arrived', failed: 'The trial did not arrive' },
  triedText: (answer, seconds) => `${answer}, after ${seconds} s`,
  resend: 'Send again',
  resent: 'The notice is on its way again',
  actions: 'Do',
};
