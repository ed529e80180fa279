/**
 * Real concurrency against two servers on one database: one balance and many devices, the last item, a sale and its return, one receipt
 * from many tills, confirmation and cancellation, one intention sent many times.
 * `npm run prove:races -- [--rounds 2000] [--without <guard>] [--only kind,kind]`
 */
import { parseArgs } from 'node:util';
import { printResult } from './lib/result.ts';
import { guardOf, raceGuards } from './prove/guards.ts';
import { proveRaces } from './prove/races.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '2000' }, without: { type: 'string' }, only: { type: 'string' } } });
const guard = guardOf(raceGuards, values.without);
if (guard) console.log(`Without ${guard.name}: ${guard.without}. This must go red.`);
const findings = await proveRaces({ rounds: Number(values.rounds), guard, say: console.log, ...(values.only ? { only: values.only.split(',') } : {}) });
const { faults, wrong, ...figures } = findings;
for (const fault of faults) console.error(fault);
printResult({
  name: `prove:races${guard ? `:without-${guard.name}` : ''}`, figures: { ...figures, wrong },
  bars: [{ what: 'rounds that ended wrong', figure: wrong, most: 0 }, { what: 'rounds with every request on its way at one instant', figure: findings.counted, least: Number(values.rounds) }],
});
