/**
 * Replay of a history in columns: 20 rules, lots first in first out, expiry, returns and spending, on one core; against the same replay by
 * the tree: conditions read as they stand, the general engine, the ledger's moves on objects, for a sample of the same members. Speeds are of
 * CPU time, so that neighbours on the machine count less; wall time and the load are printed beside them.
 * `npm run bench:replay -- [--transactions 3000000] [--members 150000] [--rules 20] [--blocks 2]`
 */
import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { compileRuleset } from '@wracam/engine/rules';
import { NO_SETS } from '@wracam/engine/conditions';
import { makeKernels } from '@wracam/engine/replay/kernel';
import { openHistory, type Handle } from '@wracam/engine/replay/open-history';
import { runReplay } from '@wracam/engine/replay/run';
import { bookPlainly, type Past, type PastStep } from '@wracam/engine/testing/past';
import { outcomeDifference, replayInColumns } from '@wracam/engine/testing/replayed';
import { runAbba } from './lib/abba.ts';
import { peakRssMb } from './lib/cpu.ts';
import { printResult, rounded } from './lib/result.ts';
import { replayByTree } from './replay/tree.ts';
import { MONTHS, pastMembers, pastSteps, rulesetOf, seeded, smallPast, TIME_ZONE, UNTIL, WALLETS } from './replay/past.ts';

const LEAST_PER_SECOND = 1_000_000;
const LEAST_TO_TREE = 10;
/** Steps that the plain way books too before anything is measured. */
const CHECKED = 20_000;
/** Of so many members one is replayed by the tree too; all of them would take minutes. */
const SAMPLED = 50;

const { values } = parseArgs({ options: { transactions: { type: 'string', default: '3000000' }, members: { type: 'string', default: '150000' }, rules: { type: 'string', default: '20' }, blocks: { type: 'string', default: '2' } } });
const [count, members, rules] = [Number(values.transactions), Number(values.members), Number(values.rules)];
const loadBefore = rounded(loadavg()[0] ?? NaN);

const checked: Past = smallPast(CHECKED, 400, rules);
const difference = outcomeDifference(checked, bookPlainly(checked), replayInColumns(checked));
if (difference !== null) throw new Error(`the kernel and the plain way differ, so there is no figure: ${difference.slice(0, 2000)}`);

const ruleset = rulesetOf(rules);
const started = performance.now();
const { history, sample, sampleMembers, documents, returns } = load();
const loadSeconds = (performance.now() - started) / 1000;
const { kernels, counters } = makeKernels([compileRuleset(ruleset)], history, NO_SETS);
if (!kernels[0]!.generated) throw new Error('code may not be generated here');
const seen = { earned: 0, expired: 0, spent: 0, returned: 0, awards: 0, byMember: new Float64Array(0) as Float64Array };

const perSecond = { wall: [] as number[], cpu: [] as number[] };
/** Runs work and answers documents a CPU second. */
function measured(work: () => number, keep: boolean): number {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  const done = work();
  const used = process.cpuUsage(cpu);
  const seconds = (used.user + used.system) / 1e6;
  if (keep) {
    perSecond.wall.push((done * 1000) / (performance.now() - wall));
    perSecond.cpu.push(done / seconds);
  }
  return done / seconds;
}
const replay = (): number => {
  const { stretches, rules: byRule, earned } = runReplay({ history, kernels, instead: null, firstDay: history.firstDay, lastDay: history.lastDay, counters, wallets: WALLETS, walletNo: 1, stretches: MONTHS, until: UNTIL });
  for (const name of ['earned', 'expired', 'spent', 'returned'] as const) seen[name] = stretches.reduce((sum, one) => sum + one[name], 0);
  seen.awards = [...byRule.values()].reduce((sum, one) => sum + one.documents, 0);
  seen.byMember = earned;
  return documents + returns;
};
const sampleDocuments = sample.filter((step) => step.kind !== 'spend').length;
const byTree = (): number => {
  const earned = replayByTree(ruleset, sampleMembers, sample, UNTIL);
  earned.forEach((points, at) => { if (points !== seen.byMember[at * SAMPLED]) throw new Error(`member ${at * SAMPLED} has ${seen.byMember[at * SAMPLED]} points by the kernel and ${points} by the tree`); });
  return sampleDocuments;
};

// Warm: the first runs pay for compiling.
replay();
byTree();
const ratio = await runAbba({
  checkpoint: async () => { (globalThis as { gc?: () => void }).gc?.(); }, floor: async () => measured(byTree, false), ours: async () => measured(replay, true),
}, Number(values.blocks));
const best = (list: readonly number[]) => [Math.min(...list), Math.max(...list)] as const;
const middle = (list: readonly number[]) => list.toSorted((a, b) => a - b)[list.length >> 1]!;
if (ratio.thrownAway.length > 0) console.log(`${ratio.thrownAway.length} pairs were thrown away: the machine was busy`);
printResult({
  name: 'bench:replay',
  figures: {
    perSecondCpu: rounded(middle(perSecond.cpu)), perSecondWall: rounded(middle(perSecond.wall)), toTree: rounded(ratio.median), treePerSecondCpu: rounded(middle(ratio.kept.map((pair) => pair.floor))),
    documents, returns, steps: history.steps.count, members, rules, lines: history.lines.count, earned: seen.earned, expired: seen.expired, spent: seen.spent, returned: seen.returned, awards: seen.awards, sampleMembers: sampleMembers.length, sampleDocuments, loadSeconds: rounded(loadSeconds), bytesPerStep: rounded(bytesOf(history) / history.steps.count), peakRssMb: peakRssMb(process.pid), checkedSteps: CHECKED, loadBefore, loadAfter: rounded(loadavg()[0] ?? NaN),
  },
  ranges: { perSecondCpu: best(perSecond.cpu), perSecondWall: best(perSecond.wall), toTree: [ratio.low, ratio.high] },
  bars: [{ what: 'transactions a second and core', figure: middle(perSecond.cpu), least: LEAST_PER_SECOND }, { what: 'ratio to the interpreted tree', figure: ratio.median, least: LEAST_TO_TREE }],
});

function load() {
  const open = openHistory(TIME_ZONE);
  const all = [...pastMembers(members, seeded(1))];
  for (const member of all) open.addMember(member);
  // Which sales come back is known when they are written, as the database knows it: the same past is told twice.
  const referred = new Set<number>();
  for (const step of pastSteps(count, members, seeded(7))) if (step.kind === 'return') referred.add(step.of);
  const handles = new Map<number, Handle>();
  const steps: (PastStep & { readonly place: number })[] = [];
  let [place, sales, back] = [0, 0, 0];
  for (const step of pastSteps(count, members, seeded(7))) {
    if (step.kind === 'document') {
      const handle = open.addDocument(step.member, step.at, step.document, 1, referred.has(place));
      if (referred.has(place)) handles.set(place, handle);
      sales += 1;
    } else if (step.kind === 'return') {
      open.addReturn(handles.get(step.of)!, step.at, step.lines);
      back += 1;
    } else if (step.kind === 'spend') open.addSpend(step.member, step.at, step.walletNo, step.points);
    if (step.member % SAMPLED === 0) steps.push({ ...step, member: step.member / SAMPLED, place });
    place += 1;
  }
  return { history: open.close(), sample: steps, sampleMembers: all.filter((_, i) => i % SAMPLED === 0), documents: sales, returns: back };
}

function bytesOf({ steps, rows, lines }: typeof history): number {
  return [...Object.values(steps), ...Object.values(rows), ...Object.values(lines)].reduce((sum: number, column) => sum + (typeof column === 'number' ? 0 : column.byteLength), 0);
}
