/**
 * Nothing acknowledged is lost or doubled when the server, PostgreSQL or both are killed with signal 9 in the middle of work.
 * `npm run prove:kills -- [--kills 200] [--processes 2] [--without <guard>]`
 */
import { parseArgs } from 'node:util';
import { printResult } from './lib/result.ts';
import { guardOf, killGuards } from './prove/guards.ts';
import { proveKills } from './prove/kills.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '200' }, processes: { type: 'string', default: '1' }, without: { type: 'string' } } });
const guard = guardOf(killGuards, values.without);
if (guard) console.log(`Without ${guard.name}: ${guard.without}. This must go red.`);
const { faults, ...figures } = await proveKills({ kills: Number(values.kills), processes: Number(values.processes), guard, say: console.log });
for (const fault of faults) console.error(fault);
console.log(`acknowledged ${figures.acknowledged}: lost ${figures.lost}, doubled ${figures.doubled}, negative ${figures.negative}; different ${figures.different}; unknown outcomes settled ${figures.unknownSettled}`);
printResult({
  name: `prove:kills${guard ? `:without-${guard.name}` : ''}`, figures: { ...figures },
  bars: [
    { what: 'acknowledged and lost', figure: figures.lost, most: 0 }, { what: 'doubled', figure: figures.doubled, most: 0 }, { what: 'negative', figure: figures.negative, most: 0 },
    { what: 'different from the clients\' file', figure: figures.different, most: 0 }, { what: 'unknown outcomes settled', figure: figures.unknownSettled, least: 1 },
    { what: 'answers 500 instead of 503', figure: figures.internalErrors, most: 0 }, { what: 'recovery in milliseconds', figure: figures.recoveryMsMost, most: 5000 },
  ],
});
