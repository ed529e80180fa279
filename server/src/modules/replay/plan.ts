import { addDays, endOfLocalDay, localDate, startOfLocalDay, type Instant, type LocalDate } from '@wracam/engine/calendar';
import type { RuleDefinition, Ruleset, RulesetRule, RulesetWallet, WalletExpiry } from '@wracam/engine/rules';
import type { TierLadder } from '@wracam/engine/tiers/ladder';
import type { ProgramTx } from '../../platform/db.ts';
import { factTests, type Condition } from '@wracam/engine/conditions';
import { pinAnew, setsIn } from '@wracam/engine/product-sets';
import { pinSegments } from '@wracam/engine/segments';
import { DRAFT_VERSION, writeReference } from '@wracam/engine/set-reference';
import { codesOf, setDrafts } from '../product-sets/index.ts';
import { documentsRepaired, pinning, publishedRulesets, type BaseSettings, type Pinned } from '../earning/index.ts';
import type { SegmentDraft } from '../segments/index.ts';
import { tidyWallet, walletsOf, type DebtPolicy, type Wallet } from '../programs/index.ts';
import { publishedLadders } from '../tiers/index.ts';
import { levelPlanOf, type LevelPlan } from './levels.ts';
import type { MembersAs, ReplayPlan, RightRules } from './machine.ts';

/** A rule in the place of another, or beside the others; no definition: without that rule. */
export type DraftChange = { readonly ruleId: number | null; readonly definition: RuleDefinition | null };
export type ReplayWish = { readonly from: LocalDate; readonly until: LocalDate; readonly wallet: string; readonly costPer100Minor: number; readonly changes: readonly DraftChange[];
  /** The ladder of the draft; null or absent: that of today. */
  readonly ladder?: TierLadder | null;
  readonly wallets?: readonly WalletTerms[];
  /** What earns in the draft; null or absent: as today. */
  readonly base?: BaseSettings | null;
  /** Sets of articles in the draft by their drafts. */
  readonly sets?: readonly { readonly id: number; readonly name: string }[];
  /** Segments in the draft by their drafts, as they stood when the replay was asked for. */
  readonly segments?: readonly SegmentDraft[];
  /** Absent: then. */
  readonly membersAs?: MembersAs;
};
/** Terms of a wallet's points that a draft changes; what is absent stays. */
export type WalletTerms = { readonly wallet: string; readonly expiry?: WalletExpiry | undefined; readonly pendingDays?: number | undefined;
  /** What returns in the period do when the points are gone. */
  readonly debtPolicy?: DebtPolicy | undefined; readonly debtLimit?: number | undefined;
};

/** Rules that exist only in a draft get ids below zero, which no rule has, by their place among the changes. */
export const newRuleId = (place: number): number => -1 - place;

/** The ruleset of now with the draft's changes, under a number that no published one has. */
export function draftOf(now: Ruleset, no: number, changes: readonly DraftChange[]): Ruleset {
  const replaced = new Map(changes.flatMap((change) => (change.ruleId === null ? [] : [[change.ruleId, change.definition] as const])));
  const kept = now.rules.flatMap((rule): RulesetRule[] => {
    const definition = replaced.get(rule.ruleId);
    if (definition === undefined) return [rule];
    return definition === null ? [] : [{ ...rule, definition }];
  });
  const known = new Set(now.rules.map((rule) => rule.ruleId));
  const added = changes.flatMap(({ ruleId, definition }, place): RulesetRule[] =>
    (definition === null || (ruleId !== null && known.has(ruleId)) ? [] : [{ ruleId: ruleId ?? newRuleId(place), version: 1, definition }]));
  return { ...now, no, rules: [...kept, ...added] };
}

const OWN_ATTRIBUTE = 'member.attribute.';

/** Facts about members that these rules ask for and that change from day to day. Their codes. */
export function changingFactsOf(rulesets: readonly Pick<Ruleset, 'rules'>[]): string[] {
  const codes = new Set<string>();
  const look = (condition: Condition | null) => { if (condition !== null) for (const { attribute } of factTests(condition)) codes.add(attribute); };
  for (const { rules } of rulesets) for (const { definition } of rules) { look(definition.when); look(definition.lines); }
  return [...codes].filter((code) => code === 'member.group' || code === 'member.company' || code === 'member.badge' || code.startsWith('member.badgeDays.') || code.startsWith(OWN_ATTRIBUTE)).sort();
}

/** Do rules ask for the level: in a condition, or by what it multiplies. */
const asksLevel = (rules: readonly RuleDefinition[]): boolean => /"member\.tier"|"tierMultiplier"/.test(JSON.stringify(rules));

/** Levels are carried where rules ask for them, where the ladder itself is changed, and where other points would lead to other levels. */
async function levelsOf(tx: ProgramTx, { published, draft, wallets, stretch, from }: Omit<ReplayPlan, 'levels'>, ladder: TierLadder | null, other: readonly RuleDefinition[], otherPoints: boolean): Promise<LevelPlan | null> {
  const ladders = await publishedLadders(tx);
  const rules = [...[...published, draft].flatMap((one) => one.rules.map((rule) => rule.definition)), ...other];
  const countsPoints = [...ladders.map((one) => one.ladder), ladder].some((one) => one?.measure.kind === 'points');
  // A repair says by which days points differ, and days are kept with levels.
  if (!(ladder !== null || other.length > 0 || (ladders.length > 0 && (asksLevel(rules) || (countsPoints && otherPoints))))) return null;
  return levelPlanOf(ladders, ladder, wallets, { from, start: stretch.from, today: localDate(tx.program.timeZone, tx.program.now) });
}

/** Wallets with other terms of new points. */
const withTerms = <W extends RulesetWallet>(wallets: readonly W[], changes: readonly WalletTerms[]): W[] => wallets.map((wallet) => {
  const change = changes.find((one) => one.wallet === wallet.code);
  return change === undefined ? wallet : { ...wallet, expiry: change.expiry ?? wallet.expiry, pendingDays: change.pendingDays ?? wallet.pendingDays };
});

/** What earns, as a ruleset carries it. */
const earningBy = ({ multipliers, ...base }: BaseSettings): Pick<Ruleset, 'base' | 'multipliers'> => ({ base, multipliers });

/** The wallets as they would be kept with the draft's terms. */
const changedWallets = (wallets: readonly Wallet[], changes: readonly WalletTerms[]): Wallet[] => withTerms(wallets, changes).map((wallet) => {
  const change = changes.find((one) => one.wallet === wallet.code);
  return change === undefined ? wallet : tidyWallet({ ...wallet, debtPolicy: change.debtPolicy ?? wallet.debtPolicy, debtLimit: change.debtLimit ?? wallet.debtLimit });
});

/** Everything that a replay needs to know of the program before it reads history. `right`: rules of a repair, which decide beside those that are known. */
export async function planOf(tx: ProgramTx, wish: ReplayWish, thresholds: readonly number[], right: readonly RuleDefinition[] = []): Promise<ReplayPlan> {
  const { timeZone, now } = tx.program;
  const wallets = await walletsOf(tx);
  const wallet = wallets.find((one) => one.code === wish.wallet) ?? wallets[0]!;
  const published = await publishedRulesets(tx);
  const newest = published.filter((one) => one.inForceFrom <= now).at(-1)!.ruleset;
  const { pin } = await pinning(tx, [...wish.changes.flatMap((change) => change.definition ?? []), ...right]);
  const setsTried = await setDrafts(tx, (wish.sets ?? []).map((one) => one.id));
  const tried = new Set(setsTried.map((one) => one.name));
  const terms = wish.wallets ?? [];
  const asked = draftOf(newest, published.at(-1)!.ruleset.no + 1, wish.changes.map((change) => ({ ...change, definition: change.definition && pin(change.definition, now) })));
  const segmentsTried = new Map((wish.segments ?? []).map(({ name, condition }) => [name, { version: DRAFT_VERSION, condition }]));
  const byDrafts = (definition: RuleDefinition) => pinSegments(pinAnew(definition, (name) => (tried.has(name) ? DRAFT_VERSION : null)), (name) => segmentsTried.get(name) ?? null);
  const rules = tried.size + segmentsTried.size === 0 ? asked.rules : asked.rules.map((rule) => ({ ...rule, definition: byDrafts(rule.definition) }));
  const draft = { ...asked, rules, ...(wish.base ? earningBy(wish.base) : {}), wallets: withTerms(asked.wallets, terms) };
  const named = new Set([...published.map((one) => one.ruleset), draft].flatMap((one) => one.rules.flatMap((rule) => setsIn(rule.definition))));
  const today = localDate(timeZone, now);
  const until = wish.until < today ? wish.until : today;
  const plan = {
    program: { id: tx.program.id, timeZone, currency: tx.program.currency }, wallets, walletNo: wallet.no, from: wish.from, until,
    // The last day is not over yet: what happened until this moment counts.
    stretch: { from: startOfLocalDay(timeZone, wish.from), until: until === today ? now + 1 : Math.min(now + 1, endOfLocalDay(timeZone, until)), walletNo: wallet.no, timeZone },
    published: published.map((one) => one.ruleset), now: newest, draft, thresholds, sets: new Map([...await codesOf(tx, [...named]), ...setsTried.map(({ name, codes }) => [writeReference(name, DRAFT_VERSION), codes] as const)]), changingFacts: changingFactsOf([newest, draft]), membersAs: wish.membersAs ?? 'then', draftWallets: changedWallets(wallets, terms),
  };
  return { ...plan, levels: await levelsOf(tx, plan, wish.ladder ?? null, right.map((one) => pin(one, now)), right.length > 0 || wish.changes.length > 0 || tried.size + segmentsTried.size > 0 || (wish.base ?? null) !== null) };
}


/** The definition that a rule should have had for documents of these local dates, both included. */
export type RightRule = { readonly from: LocalDate; readonly until: LocalDate; readonly ruleId: number; readonly definition: RuleDefinition };

/** A replay of everything until now by the rules of then, with these in the place of the wrong ones. Later entries win where two speak of one rule. */
export async function repairPlanOf(tx: ProgramTx, rights: readonly RightRule[]): Promise<ReplayPlan> {
  const newest = rights.at(-1)!;
  const today = localDate(tx.program.timeZone, tx.program.now);
  const plan = await planOf(tx, { from: newest.from, until: today, wallet: newest.definition.wallet, costPer100Minor: 0, changes: [] }, [], rights.map((one) => one.definition));
  const { now, timeZone } = tx.program;
  // A sale of those days is decided by the codes and the segments of its own moment.
  const right = rightRules(await publishedRulesets(tx), rights, plan.draft.no + 1, timeZone, await pinning(tx, rights.map((one) => one.definition)));
  const named = new Set(right.flatMap(({ ruleset }) => ruleset.rules.flatMap((rule) => setsIn(rule.definition))));
  return {
    ...plan, right, grantsOf: await documentsRepaired(tx), sets: new Map([...plan.sets, ...await codesOf(tx, [...named])]), stretch: { ...plan.stretch, until: now + 1 },
    // A repair's sides are the past as it was, and as it should have been: neither knows of later ladders before their day.
    levels: plan.levels && { ...plan.levels, now: null, draft: null },
  };
}

type Published = Awaited<ReturnType<typeof publishedRulesets>>;

/** Nothing that occurred later was decided by it: a ruleset of a higher number is in force from then on. */
const isOver = (published: Published, { ruleset, inForceFrom }: Published[number]): Instant =>
  Math.min(Infinity, ...published.filter((one) => one.ruleset.no > ruleset.no && one.inForceFrom > inForceFrom).map((one) => one.inForceFrom));

/**
 * The corrected rulesets, numbered from `no`: one for each stretch of dates with the same corrections and each published ruleset, and in it one for every
 * change of a set of articles or a segment that the right rules name. Where the wrong ones named it too, a published ruleset begins at that moment.
 */
function rightRules(published: Published, rights: readonly RightRule[], no: number, timeZone: string, { pin, changesAt }: Pinned): RightRules[] {
  const starts = [...new Set(rights.flatMap((one) => [one.from, addDays(one.until, 1)]))].sort();
  const changes = [...new Set(changesAt)].sort((a, b) => a - b);
  const found: RightRules[] = [];
  for (const [at, day] of starts.entries()) {
    const active = new Map(rights.filter((one) => one.from <= day && day <= one.until).map((one) => [one.ruleId, one.definition]));
    if (active.size === 0) continue;
    const [begins, ends] = [startOfLocalDay(timeZone, day), startOfLocalDay(timeZone, starts[at + 1]!)];
    for (const one of published) {
      const first = Math.max(begins, one.inForceFrom);
      const over = Math.min(ends, isOver(published, one));
      const pieces = [first, ...changes.filter((change) => change > first && change < over)];
      for (const [place, from] of pieces.entries()) {
        const corrected = [...active].map(([ruleId, definition]) => ({ ruleId, definition: pin(definition, from) }));
        found.push({ no: one.ruleset.no, from: place === 0 ? begins : from, until: pieces[place + 1] ?? ends, ruleset: draftOf(one.ruleset, no + found.length, corrected) });
      }
    }
  }
  return found;
}
