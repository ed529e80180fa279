import { setFlagsFromString } from 'node:v8';

// Why each of these, and what it costs: docs/decisions/0014. An engine that does not know a flag says so and goes on.

/**
 * Lets the old part of the heap grow to 2.2 times of what lives in it before it is collected. By itself V8 stops a serving process with 50 MB alive
 * for every few megabytes: once a second, and for 40 ms both cores have something else to do than sales.
 */
export const collectSeldom = (): void => setFlagsFromString('--heap-growing-percent=120');

/** Lets no place in the code put its objects among the old ones from the start, as V8 does where most were alive at a few collections: those of a batch under load are, those of quiet hours are dead within milliseconds. */
export const keepYoung = (): void => setFlagsFromString('--no-allocation-site-pretenuring');

/** Gives threads started from now on a nursery of 32 MB, for documents live there until their batch is booked. What the process itself makes for a request is dead at once (cli/bin/wracam.mjs gives it 8 MB); all together must stay below 400 MB. */
export const giveThreadsNurseries = (): void => setFlagsFromString('--max-semi-space-size=32');
