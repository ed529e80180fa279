import { packActivity, readBuckets, type DayActivity } from '@wracam/engine/tiers/activity';
import type { TierPeriod } from '@wracam/engine/tiers/periods';
import { compileLadders, type TierMeasure } from '@wracam/engine/tiers/ladder';
import { spansOn } from '@wracam/engine/tiers/standing';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { countMembers, memberPage } from '../ledger/index.ts';
import { walletsOf } from '../programs/index.ts';
import { dayOf, type ActivityOf } from './standings.ts';
import * as store from './store.ts';
import { dateOf } from '@wracam/engine/calendar';

const PAGE = 10_000;
/** Members looked at for a preview; with more of them a picture is counted up from as many. */
const LOOKED_AT_MAX = 200_000;
/** Members whose documents are read, where no ladder has their days kept yet. */
const FRESH_MAX = 20_000;
const FRESH_PAGE = 1_000;
/** Points of the picture that are told: a page of them is read in a moment. */
const VALUES_MAX = 3_000;

export type Preview = { readonly values: { readonly value: number; readonly members: number }[]; readonly members: number; readonly sampled: boolean };

/** What members measure today by a measure and a period: enough to lay any thresholds over it. Each page is a transaction of its own, so nobody waits. */
export async function previewTiers(deps: Deps, programId: number, input: { measure: TierMeasure; period: TierPeriod }, activityOf: ActivityOf): Promise<Preview> {
  const counts = new Map<number, number>();
  const { total, kept } = await deps.db.readProgram(programId, async (tx) => ({ total: await countMembers(tx), kept: (await store.listVersions(tx)).length > 0 }));
  let seen = 0;
  for (let after = 0; seen < (kept ? LOOKED_AT_MAX : FRESH_MAX);) {
    const page = await deps.db.readProgram(programId, (tx) => valuesPage(tx, after, input, kept, activityOf));
    for (const value of page.values) counts.set(value, (counts.get(value) ?? 0) + 1);
    seen += page.values.length;
    if (page.last === null) break;
    after = page.last;
  }
  // A part stands for the whole.
  const scale = (members: number) => (seen >= total || seen === 0 ? members : Math.floor((members * total + Math.floor(seen / 2)) / seen));
  return { values: fewValues([...counts].sort(([a], [b]) => a - b)).map(([value, members]) => ({ value, members: scale(members) })), members: total, sampled: seen < total };
}

async function valuesPage(tx: ProgramTx, after: number, { measure, period }: { measure: TierMeasure; period: TierPeriod }, kept: boolean, activityOf: ActivityOf): Promise<{ values: number[]; last: number | null }> {
  const page = await memberPage(tx, after, kept ? PAGE : FRESH_PAGE, FRESH_PAGE);
  const fresh = page.filter((one) => !one.counted).map((one) => one.memberId);
  const told = fresh.length === 0 ? new Map<number, readonly DayActivity[]>() : await activityOf(tx, fresh);
  const days = await store.readStandings(tx, page.filter((one) => one.counted).map((one) => one.memberId));
  const wallets = await walletsOf(tx);
  const today = dayOf(tx.program.timeZone, tx.program.now);
  const [ladder] = compileLadders([{ no: 1, effectiveOn: dateOf(today), ladder: { levels: [], measure, period, promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'toMeasure', graceDays: 0, returns: 'takeLevel' } }], wallets);
  return {
    last: page.at(-1)?.memberId ?? null,
    values: page.map(({ memberId, counted }) => {
      const packed = counted ? days.get(memberId)?.days ?? null : packActivity(told.get(memberId) ?? []);
      if (packed === null) return 0;
      return spansOn(ladder!, readBuckets(packed, measure.kind, ladder!.walletNo), today).reduce((most, span) => Math.max(most, span.sum), 0);
    }),
  };
}

/**
 * Not too many to tell: values are cut to their first three digits, or two, which never moves one across a threshold that is a round number. So the
 * picture counts as many members on a level as there are. Sorted, as they come; no value is below zero.
 */
export function fewValues(sorted: readonly (readonly [number, number])[], max = VALUES_MAX): readonly (readonly [number, number])[] {
  for (const digits of [3, 2]) {
    if (sorted.length <= max) break;
    sorted = together(sorted, digits);
  }
  return sorted;
}

function together(sorted: readonly (readonly [number, number])[], digits: number): (readonly [number, number])[] {
  const counts = new Map<number, number>();
  for (const [value, members] of sorted) {
    const step = 10 ** Math.max(0, String(value).length - digits);
    const cut = Math.floor(value / step) * step;
    counts.set(cut, (counts.get(cut) ?? 0) + members);
  }
  return [...counts];
}
