import { dayNumberOf, startOfLocalDay, type Instant } from '@wracam/engine/calendar';
import type { CompiledRuleset } from '@wracam/engine/rules';
import type { ProductSets } from '@wracam/engine/conditions';
import { makeKernels } from '@wracam/engine/replay/kernel';
import type { LotPolicy } from '@wracam/engine/replay/lots';
import { runReplay, type RunWatcher } from '@wracam/engine/replay/run';
import { kernelSpeaks, type Unspoken } from '@wracam/engine/replay/speaks';
import type { Totals } from '@wracam/engine/replay/totals';
import type { Wallet } from '../programs/index.ts';
import type { MemoryMember } from '../transactions/index.ts';
import { AWARD_WIDTH, type Columns } from './columns.ts';
import { monthsBetween } from './figures.ts';
import type { Difference, ReplayPlan } from './machine.ts';
import { limitsCircles } from './shared-limits.ts';
import type { Side } from './side.ts';

/** Why the kernel cannot replay a plan; null: it can. `whole`: nobody is left to the general way. */
export function unspokenIn(plan: ReplayPlan, whole: boolean): Unspoken | { readonly why: 'repairs' | 'levels' | 'circles' } | null {
  // A repair wants accounts with all their lots, not figures.
  if (plan.right !== undefined) return { why: 'repairs' };
  if (plan.levels !== null) return { why: 'levels' };
  for (const { rules, wallets } of [...plan.published, plan.now, plan.draft]) {
    if (limitsCircles(rules)) return { why: 'circles' };
    const unspoken = kernelSpeaks({ rules, wallets: [...wallets, ...plan.wallets] }, { whole });
    if (unspoken !== null) return unspoken;
  }
  return null;
}

type Sides = { readonly then: Side; readonly now: Side; readonly draft: Side };

/** Replays by the kernel all who were not left out, on every side, and adds what came of it to the sides. Answers what the rules of then decide differently. */
export function replayColumns(plan: ReplayPlan, columns: Columns, members: readonly MemoryMember[], compiled: ReadonlyMap<number, CompiledRuleset>, sets: ProductSets, sides: Sides): Difference {
  const checked = { documents: 0, checked: 0, first: null as number | null };
  const { history, stored, awards } = columns.close();
  const published = plan.published.map((one) => compiled.get(one.no)!);
  const { kernels, counters } = makeKernels([...published, compiled.get(plan.now.no)!, compiled.get(plan.draft.no)!], history, sets);
  const months = monthsBetween(plan.from, plan.until);
  const { timeZone, from, until, walletNo } = plan.stretch;
  const stretches: Instant[] = months.map((month, at) => (at === 0 ? from : startOfLocalDay(timeZone, `${month}-01`)));
  const common = {
    history, counters, stretches, until, walletNo, kernels: kernels.slice(0, published.length), firstDay: dayNumberOf(plan.from), lastDay: dayNumberOf(plan.until),
    wallets: plan.wallets.map((wallet) => ({ no: wallet.no, ...policyOf(wallet) })),
  };
  const instead = new Map([[sides.now, kernels[published.length]!], [sides.draft, kernels[published.length + 1]!], [sides.then, null]]);
  let first = Infinity;
  /** Holds what is decided by the rules of then to what is stored. */
  const check: RunWatcher = {
    decided: (step, { compiled: { ruleset }, hits, points, terms, walletNo: wallets }, count) => {
      const turn = history.steps.turn[step]!;
      const told = stored.get(turn);
      if (told === undefined) return;
      checked.checked += 1;
      const day = history.rows.day[history.steps.row[step]!]! - history.firstDay;
      let at = told.from;
      let same = true;
      for (let hit = 0; hit < count && same; hit += 1) {
        const rule = hits[hit]!;
        if (points[rule] === 0 || wallets[rule] === 0) continue;
        const { ruleId, version } = ruleset.rules[rule]!;
        same = at < told.to && awards[at] === wallets[rule] && awards[at + 1] === ruleId && awards[at + 2] === version && awards[at + 3] === points[rule]
          && awards[at + 4] === terms[rule]!.expiresOn[day] && awards[at + 5] === terms[rule]!.pendingUntil[day];
        at += AWARD_WIDTH;
      }
      if (same && at === told.to) return;
      checked.documents += 1;
      if (turn < first) {
        first = turn;
        checked.first = told.id;
      }
    },
  };
  // The side of then comes first: what it lacks for what was paid in fact is advanced to the others too.
  const missing = new Map<number, number>();
  for (const side of new Set([sides.then, sides.now, sides.draft])) {
    const rules = side === sides.then ? null : instead.get(side)!;
    const later = side === sides.draft ? { later: { from, policies: plan.draftWallets.map(policyOf) } } : {};
    addTotals(side, members, columns.leftOut, months, runReplay({ ...common, ...later, instead: rules, advances: { own: side === sides.then, missing } }, side === sides.then ? check : {}));
  }
  return checked;
}

const policyOf = ({ debtLimit, debtPolicy }: Wallet): LotPolicy => ({ debtLimit, sparesOthers: debtPolicy === 'nextEarnings' });

function addTotals(side: Side, members: readonly MemoryMember[], leftOut: ReadonlySet<number>, months: readonly string[], totals: Totals): void {
  side.opening += totals.opening;
  side.shortfalls += totals.shortfalls;
  side.owed += totals.owed;
  totals.stretches.forEach((sums, at) => {
    const own = side.months.get(months[at]!) ?? { earned: 0, returned: 0, spent: 0, expired: 0, other: 0, net: 0 };
    side.months.set(months[at]!, { earned: own.earned + sums.earned, returned: own.returned + sums.returned, spent: own.spent + sums.spent, expired: own.expired + sums.expired, other: own.other + sums.other, net: own.net + sums.net });
  });
  for (const [ruleId, sums] of totals.rules) {
    const own = side.rules.get(ruleId) ?? { points: 0, documents: 0, capped: 0, cut: 0 };
    side.rules.set(ruleId, { points: own.points + sums.points, documents: own.documents + sums.documents, capped: own.capped + sums.capped, cut: own.cut + sums.cut });
  }
  members.forEach(({ id }, at) => {
    if (leftOut.has(id)) return;
    if (totals.touched[at] === 1) side.earnedBy.set(id, totals.earned[at]!);
    side.standing.set(id, totals.available[at]!);
  });
}
