import { setFlagsFromString } from 'node:v8';

/**
 * Lets the old part of the heap grow to two and a half times of what lives in it before it is collected. By itself V8 stops a serving process with 50 MB alive
 * for every few megabytes: once a second, and for 40 ms both cores have something else to do than sales. An engine that does not know the flag says so and goes on.
 */
export const collectSeldom = (): void => setFlagsFromString('--heap-growing-percent=150');

/**
 * Lets no place in the code put its objects among the old ones from the start. V8 does so where most were alive at a few collections; under load documents of a
 * batch are, and from then on those of quiet hours, dead within milliseconds, filled the old part too: every two seconds a collection of it, and answers four times as slow.
 */
export const keepYoung = (): void => setFlagsFromString('--no-allocation-site-pretenuring');

/**
 * Gives threads started from now on a nursery of 16 MB, less than the process has (cli/bin/wracam.mjs): both together must stay below 400 MB, and
 * a smaller one in the process costs more, because requests live there from their first byte until their answer is sent (decision 0012).
 */
export const giveThreadsNurseries = (): void => setFlagsFromString('--max-semi-space-size=16');
