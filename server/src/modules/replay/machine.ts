import type { Instant, LocalDate } from '@wracam/engine/calendar';
import { localDate } from '@wracam/engine/calendar';
import { NO_SETS, type ProductSets } from '@wracam/engine/conditions';
import { generateCondition } from '@wracam/engine/generate';
import { compileRuleset, type CompiledRuleset, type Ruleset } from '@wracam/engine/rules';
import { openColumns, type Columns } from './columns.ts';
import type { RepairedBadge } from '../earning/index.ts';
import { repairTurns } from './day-changes.ts';
import { repairedBadgeTurns } from './grant-changes.ts';
import { turnsOf, type LevelPlan, type PastGrant } from './levels.ts';
import { replayColumns, unspokenIn } from './kernel-side.ts';
import { settleAccounts } from './settle.ts';
import type { Movement, PastHold } from '../ledger/index.ts';
import type { Wallet } from '../programs/index.ts';
import { documentOfRow, type DocumentPlace, type MemoryMember, type RawDocument, type Repaired } from '../transactions/index.ts';
import { resultOf, type ReplayResult } from './figures.ts';
import { stepsOf, takeStep, undoneLater } from './past-steps.ts';
import { addMember, bookOnSide, countMovements, countRules, openSide, passTurns, sortTurns, type Side, type Stretch } from './side.ts';

/** What to replay. The period counts local dates, both included; before it every side follows the rules of then. */
export type ReplayPlan = {
  readonly program: { readonly id: number; readonly timeZone: string; readonly currency: string };
  readonly wallets: readonly Wallet[]; readonly walletNo: number; readonly stretch: Stretch; readonly from: LocalDate; readonly until: LocalDate;
  /** Every ruleset that decided a document so far. */
  readonly published: readonly Ruleset[];
  readonly now: Ruleset; readonly draft: Ruleset;
  /** Articles of the sets that rules name, by the reference that names them. */
  readonly sets: ReadonlyMap<string, ReadonlySet<string>>;
  /** Points that members save for. */
  readonly thresholds: readonly number[];
  /** Codes of facts about members that rules ask for and that change: groups, company, own attributes. */
  readonly changingFacts: readonly string[];
  /** In the period, the sides of now and of the draft see members as they were on each day, or as they are today. */
  readonly membersAs: MembersAs;
  /** Null: neither rules nor anybody else asks for levels, so nobody has one. */
  readonly levels: LevelPlan | null;
  /** Wallets of the draft's side in the period; otherwise `wallets` hold. */
  readonly draftWallets: readonly Wallet[];
  /** The rules that should have decided, in the place of published ones: then the draft's side follows these, what was spent stays spent, and the result says how accounts differ. */
  readonly right?: readonly RightRules[];
  /** Of a repair: documents whose grants repairs that stand have changed. The result tells what they should be although both sides say the same. */
  readonly grantsOf?: readonly number[];
};
/** A group made today has nobody in it last month: who wants to know what it would have given asks with today's members. */
export type MembersAs = 'then' | 'today';
/** For documents that the ruleset `no` decided and that occurred from an instant on and before another. */
export type RightRules = { readonly no: number; readonly from: Instant; readonly until: Instant; readonly ruleset: Ruleset };

/** What the database knows besides documents; given piece by piece before the first document. */
export type ReplayFeed = {
  readonly members: readonly MemoryMember[]; readonly holds: readonly PastHold[]; readonly movements: readonly Movement[];
  /** Sales that returns refer to. */
  readonly referred: readonly number[];
  readonly places: readonly DocumentPlace[];
  /** Sales that were given to a member later, with the instant. */
  readonly claimed: readonly DocumentPlace[];
  /** Levels given and taken back by hand, in the order of time. */
  readonly grants: readonly PastGrant[];
  /** What repairs did to days of members. */
  readonly repaired: readonly Repaired[];
  /** Badges that repairs gave and took back. */
  readonly repairedBadges: readonly RepairedBadge[];
};

/** Awards as they are stored differ from awards decided again: with the rules of then that must not be. */
export type Difference = { readonly documents: number; readonly checked: number; readonly first: number | null };

export type ReplayMachine = {
  feed(part: Partial<ReplayFeed>): void;
  /** Puts everything in the order of time; how many documents there are to book. */
  start(): number;
  /** Ids of the documents to hand over next, in this order, once the ones before were handed over; empty at the end. */
  next(count: number): number[];
  book(rows: readonly RawDocument[]): void;
  finish(): ReplayResult;
  /** The side that follows the rules of then. Its accounts are those of whom the kernel did not replay; with all of history they are the ledger itself. */
  readonly then: Side;
};

/**
 * Books history once more under three sets of rules: those of then, those of now, and a draft. Rows of documents come in the order that `next`
 * asks for; those of members that the kernel has no words for are asked for twice. `byKernel` false: everybody goes the general way.
 */
export function makeMachine(plan: ReplayPlan, { byKernel = true }: { readonly byKernel?: boolean } = {}): ReplayMachine {
  const sets: ProductSets = (reference) => plan.sets.get(reference) ?? NO_SETS(reference);
  const compiled = new Map([...plan.published, plan.now, plan.draft, ...(plan.right ?? []).map((one) => one.ruleset)].map((one) => [one.no, compileRuleset(one, sets, generateCondition)]));
  // What was spent in fact could be paid for then, in whatever order history tells it now: both sides of a repair lend what is missing, and those of a what-if as much as the rules of then need, so that only the rules differ.
  const missing = new Map<string, number>();
  const side = ({ own = false, repairs = false } = {}) => openSide(plan.program, plan.wallets, compiled, { lends: plan.right !== undefined, advances: { own, missing }, repairs, levels: plan.levels !== null, grants: plan.right !== undefined });
  const then = side({ own: true });
  // Who never changed a rule has one past: the rules of then are those of now.
  const unchanged = plan.right !== undefined || (plan.membersAs === 'then' && plan.published.every((one) => one.no === plan.now.no) && (plan.levels?.now ?? null) === null);
  const sides = { then, now: unchanged ? then : side(), draft: side({ repairs: plan.right !== undefined }) };
  const all = [...new Set([sides.then, sides.now, sides.draft])];
  const fed: { [K in keyof ReplayFeed]: ReplayFeed[K][number][] } = { members: [], holds: [], movements: [], referred: [], places: [], claimed: [], grants: [], repaired: [], repairedBadges: [] };
  const difference = { documents: 0, checked: 0, first: null as number | null };
  /** Whose documents differ, and how many of each; those of nobody under null. */
  const inexact = new Map<number | null, number>();
  const { stretch } = plan;
  let order: DocumentPlace[] = [];
  let asked = 0;
  let steps: ReturnType<typeof stepsOf> = [];
  let stepsTaken = 0;
  let undone: ReadonlySet<string> = new Set();
  let referred: ReadonlySet<number> = new Set();
  /** Of documents that were booked at another time than their row says or their id. */
  let moved = new Map<number, DocumentPlace>();
  const memberOf = new Map<number, number>();

  // First everybody's history goes into columns; whoever they have no words for is booked again afterwards, in the general way.
  let columns: Columns | null = null;
  let inGeneral: readonly number[] | null = null;
  const speaks = byKernel && unspokenIn(plan, true) === null;

  const join = (one: Side, member: MemoryMember) => addMember(one, member, one !== then && plan.membersAs === 'today' ? stretch.from : null);
  const passTo = (at: Instant, documentId = Infinity) => {
    if (columns === null || inGeneral !== null) for (const one of all) passTurns(one, at, documentId);
    while (stepsTaken < steps.length && steps[stepsTaken]!.at < at) {
      const step = steps[stepsTaken]!;
      stepsTaken += 1;
      if (columns !== null && inGeneral === null) { columns.addStep(step); continue; }
      for (const one of all) {
        takeStep(one, step, undone);
        countMovements(one, stretch);
      }
    }
  };
  /** Who is left to the general way starts there, with nothing. */
  const leaveColumns = ({ leftOut, isGeneral }: Columns): number[] => {
    passTo(stretch.until);
    stepsTaken = 0;
    if (leftOut.size > 0 && unspokenIn(plan, false) !== null) for (const { id } of fed.members) leftOut.add(id);
    const own = fed.members.filter(({ id }) => leftOut.has(id));
    for (const member of own) for (const one of all) join(one, member);
    for (const one of all) sortTurns(one);
    return own.length === 0 ? [] : order.flatMap(({ id }) => (isGeneral(id, memberOf.get(id) ?? null) ? [id] : []));
  };

  const rightFor = (no: number, at: Instant): CompiledRuleset | null => {
    const found = plan.right!.find((one) => one.no === no && at >= one.from && at < one.until);
    return found ? compiled.get(found.ruleset.no)! : null;
  };
  const rulesFor = (one: Side, ofThen: CompiledRuleset | null, date: LocalDate, occurredAt: Instant): CompiledRuleset | null => {
    if (one === then || ofThen === null) return ofThen;
    if (plan.right) return rightFor(ofThen.ruleset.no, occurredAt) ?? ofThen;
    return date >= plan.from && date <= plan.until ? compiled.get(one === sides.draft ? plan.draft.no : plan.now.no)! : ofThen;
  };

  const bookOne = (raw: RawDocument) => {
    const row = documentOfRow(raw);
    if (row.document.kind === 'sale' && row.memberId === null) return;
    const { bookedAt: at, turn } = moved.get(row.id) ?? { bookedAt: row.bookedAt, turn: row.id };
    passTo(at, turn);
    if (columns !== null && inGeneral === null) {
      if (row.memberId !== null) memberOf.set(row.id, row.memberId);
      columns.addDocument(row, at);
      return;
    }
    const date = localDate(stretch.timeZone, row.document.occurredAt);
    const inPeriod = date >= plan.from && date <= plan.until;
    const ruleOfThen = row.rulesetNo === null ? null : compiled.get(row.rulesetNo) ?? null;
    // Where rules were capped by circles, the document says in which it counted.
    const circles = ruleOfThen !== null && ruleOfThen.circles.length > 0 ? { circles: row.decision?.circles ? { ...row.decision.circles, companyName: null } : null } : {};
    const document = { id: row.id, document: row.document, memberId: row.memberId, bookedAt: at, ...circles };
    for (const one of all) {
      const outcome = bookOnSide(one, document, rulesFor(one, ruleOfThen, date, row.document.occurredAt), referred.has(row.id));
      if ('awards' in outcome && inPeriod) countRules(one, outcome, stretch.walletNo);
      // What waited for its sale is decided when that comes: here it could not be told yet.
      const waits = 'awards' in outcome && outcome.state === 'parked';
      if (one === then && row.rulesetNo !== null && !waits) {
        difference.checked += 1;
        const again = 'awards' in outcome ? outcome.awards : [];
        if (JSON.stringify(again) !== JSON.stringify(row.decision?.awards ?? [])) {
          difference.documents += 1;
          difference.first ??= row.id;
          inexact.set(row.memberId, (inexact.get(row.memberId) ?? 0) + 1);
        }
      }
      countMovements(one, stretch);
    }
  };

  return {
    then,
    feed(part) {
      for (const [name, rows] of Object.entries(part)) for (const row of rows) (fed[name as keyof ReplayFeed] as unknown[]).push(row);
      if (!speaks) for (const member of part.members ?? []) for (const one of all) join(one, member);
    },
    start() {
      moved = new Map([...fed.places.filter((one) => one.turn !== one.id).map(afterClaims(fed.claimed)), ...fed.claimed].map((one) => [one.id, one]));
      order = fed.places.map((place) => moved.get(place.id) ?? place).filter((place) => place.bookedAt < stretch.until);
      if (!order.every((place, at) => at === 0 || isBefore(order[at - 1]!, place))) order.sort((a, b) => a.bookedAt - b.bookedAt || a.turn - b.turn);
      steps = stepsOf(fed.holds, fed.movements).filter((step) => step.at < stretch.until);
      undone = undoneLater(fed.movements);
      referred = new Set(fed.referred);
      for (const one of all) {
        if (plan.levels !== null) one.turns.push(...turnsOf(one.levels!, plan.levels, one === then ? null : one === sides.draft ? plan.levels.draft : plan.levels.now, fed.grants, { wallets: plan.wallets, timeZone: stretch.timeZone }));
        one.turns.push(...repairTurns(one, fed.repaired, stretch.timeZone), ...repairedBadgeTurns(one, fed.repairedBadges, stretch.timeZone));
        if (one === sides.draft) one.turns.push({ at: stretch.from, id: 0, take: () => one.followWallets(plan.draftWallets) });
        sortTurns(one);
      }
      if (speaks) columns = openColumns(stretch.timeZone, fed.members, plan.published.map((one) => one.no), referred, undone);
      return order.length;
    },
    next(count) {
      const ids = inGeneral?.slice(asked, asked + count) ?? order.slice(asked, asked + count).map((place) => place.id);
      asked += ids.length;
      if (ids.length > 0 || columns === null || inGeneral !== null) return ids;
      inGeneral = leaveColumns(columns);
      asked = Math.min(count, inGeneral.length);
      return inGeneral.slice(0, asked);
    },
    book(rows) {
      for (const row of rows) bookOne(row);
    },
    finish() {
      passTo(stretch.until);
      for (const one of all) {
        settleAccounts(one.work.set, stretch.until);
        countMovements(one, stretch);
      }
      if (columns !== null) {
        const found = replayColumns(plan, columns, fed.members, compiled, sets, sides);
        const firsts = new Set([difference.first, found.first]);
        difference.documents += found.documents;
        difference.checked += found.checked;
        difference.first = order.find(({ id }) => firsts.has(id))?.id ?? null;
      }
      return resultOf(plan, sides, { documents: order.length, members: fed.members, difference, inexact });
    },
  };
}

/** What was decided in the turn of a sale when that was claimed stands right behind the claim, whichever process gave it its id. */
function afterClaims(claimed: readonly DocumentPlace[]): (place: DocumentPlace) => DocumentPlace {
  const claims = new Map(claimed.map((one) => [one.id, one]));
  return (place) => {
    const claim = claims.get(place.turn);
    return claim?.bookedAt === place.bookedAt ? { ...place, turn: claim.turn + 0.5 } : place;
  };
}

const isBefore = (a: DocumentPlace, b: DocumentPlace) => a.bookedAt < b.bookedAt || (a.bookedAt === b.bookedAt && a.turn < b.turn);
