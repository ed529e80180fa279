#!/bin/sh
':' //; [ "$1" = start ] && flags='--max-semi-space-size=8 --no-parallel-scavenge --use-largepages=silent'; exec node $flags "$0" "$@"
// The line above is the one way to start, for npm start and npx wracam start: the shell runs it, JavaScript reads a text. What this process makes
// for a request is dead within milliseconds, so a small nursery is enough and leaves the room to the thread that books (docs/decisions/0014).
// One thread copies what lives, not several that wait for each other: a booking costs a twentieth less.
// Node's own code lies in large pages where the system has them: a booking walks through all of it, and looks up fewer addresses.
import { install } from '../../tools/install.mjs';

const starting = process.argv[2] === 'start';
const say = starting ? console.log : console.error; // what other commands print is for scripts
try {
  install(say);
  const { build } = await import('../../tools/build.mjs');
  await build({ ...(starting ? {} : { only: ['server'] }), say });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.setSourceMapsEnabled(true);
await import('../../dist/cli.js');
