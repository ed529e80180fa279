import type { Instant } from '@wracam/engine/calendar';
import { mayWorsen, type RuleChangeLine } from '@wracam/engine/rule-difference';
import { act, announce, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import type { Prefix } from '../../platform/ids.ts';
import { refuse } from '../../platform/refusal.ts';
import { approveProposed, declineProposed, differenceFrom, differenceView, publishOrPropose, type AskedPublication, type Comparison, type Proposal, type Publishable } from './publications.ts';

/** Of what a program has many, each with a name, a draft and versions: a segment, a set of articles. `version`: of the newest published one. */
export type NamedRow = { readonly id: number; readonly name: string; readonly version: number; readonly revision: number; readonly proposal: Proposal | null };
/** A version as it is written. */
export type NewVersion = { readonly version: number; readonly publishedAt: Instant; readonly publishedBy: string; readonly inForceFrom: Instant };

/** What things of one kind say of themselves, so that they are published as all is. A version that is null is the draft. */
export type NamedKind<Row extends NamedRow, Version extends NewVersion> = {
  /** In the audit trail and in announcements. */
  readonly noun: string;
  readonly prefix: Prefix;
  readonly find: (tx: ProgramTx, id: number) => Promise<Row | null>;
  /** Under lock: two changes of one follow one another. */
  readonly findForUpdate: (tx: ProgramTx, id: number) => Promise<Row | null>;
  /** In the order of publication. */
  readonly versionsOf: (tx: ProgramTx, id: number) => Promise<Version[]>;
  readonly hasDraft: (row: Row) => boolean;
  /** Every publisher takes this lock, so that no rule is published beside it. */
  readonly lock: (tx: ProgramTx) => Promise<unknown>;
  /** What differs between two versions, in words; by those who ask for it at this moment. Refuses `not_found`. */
  readonly differing: (tx: ProgramTx, ctx: Pick<Ctx, 'language'>, row: Row, versions: readonly Version[]) => Promise<(before: number, after: number | null) => RuleChangeLine[] | Promise<RuleChangeLine[]>>;
  /** Refuses what cannot be published now. */
  readonly check: (tx: ProgramTx, row: Row, versions: readonly Version[], version: number | null) => Promise<void>;
  /** Writes what a version says as a new one; answers with what the row tells of it. */
  readonly writeVersion: (tx: ProgramTx, row: Row, versions: readonly Version[], from: number | null, written: NewVersion) => Promise<Partial<Row>>;
  /** Saves the row, its draft with it or without it. */
  readonly save: (tx: ProgramTx, row: Row, draft: 'kept' | 'gone') => Promise<unknown>;
  /** Has what asks for it go by what is published from an instant on. */
  readonly follow: (tx: ProgramTx, row: Row, from: Instant) => Promise<void>;
  /** What the audit trail tells of it at every step. */
  readonly told: (row: Row) => Record<string, unknown>;
};

/** What was found, at the revision that was read. Refuses `not_found` and `rule_changed_meanwhile`. */
export function atRevision<Row extends { readonly revision: number }>(found: Row | null, revision: number): Row {
  const row = found ?? refuse('not_found');
  if (row.revision !== revision) refuse('rule_changed_meanwhile');
  return row;
}

/** A thing of a kind, as everything that a program publishes. */
async function publishable<Row extends NamedRow, Version extends NewVersion>(deps: Deps, tx: ProgramTx, ctx: Ctx, kind: NamedKind<Row, Version>, id: number): Promise<Publishable> {
  const row = await kind.findForUpdate(tx, id) ?? refuse('not_found');
  await kind.lock(tx);
  const versions = await kind.versionsOf(tx, id);
  const diff = await kind.differing(tx, ctx, row, versions);
  const publicId = deps.publicIds.encode(kind.prefix, id);
  const next = { ...row, revision: row.revision + 1 };
  return {
    revision: row.revision, hasDraft: kind.hasDraft(row), proposal: row.proposal, versions,
    mayWorsen: async (before, after) => mayWorsen(await diff(before, after)),
    check: (version) => kind.check(tx, row, versions, version),
    keepProposal: async (proposal) => { await kind.save(tx, { ...next, proposal }, 'kept'); },
    publish: async ({ version: from }, inForceFrom, publishedBy) => {
      const version = row.version + 1;
      const said = await kind.writeVersion(tx, row, versions, from, { version, publishedAt: tx.program.now, publishedBy, inForceFrom });
      await kind.save(tx, { ...next, ...said, version, proposal: null }, from === null ? 'gone' : 'kept');
      await kind.follow(tx, row, inForceFrom);
      await audit(deps, tx, ctx, `${kind.noun}.${from === null ? 'published' : 'rolledBack'}`, publicId, { ...kind.told(row), version, ...said, ...(from !== null && { from }) });
      await announce(deps, tx, ctx.programId, `${kind.noun}.published`, publicId);
    },
    tell: (step) => audit(deps, tx, ctx, `${kind.noun}.${step}`, publicId, kind.told(row)),
  };
}

/** Publishes the draft or an older version, for documents of its days, or keeps the wish for another person where the program asks for two. Refuses what `publishOrPropose` does and what the kind itself refuses. */
export const publishNamed = <Row extends NamedRow, Version extends NewVersion>(deps: Deps, ctx: Ctx, kind: NamedKind<Row, Version>, id: number, asked: AskedPublication) => act(deps, ctx, async (tx) => {
  await publishOrPropose(tx, ctx, await publishable(deps, tx, ctx, kind, id), asked);
  return id;
});
/** Publishes what another person proposed. Refuses `approval_not_yours` and what publishing refuses. */
export const approveNamed = <Row extends NamedRow, Version extends NewVersion>(deps: Deps, ctx: Ctx, kind: NamedKind<Row, Version>, id: number, revision: number) => act(deps, ctx, async (tx) => {
  await approveProposed(deps, tx, ctx, await publishable(deps, tx, ctx, kind, id), revision);
  return id;
});
/** Drops what waits for another person; the draft stays. */
export const declineNamed = <Row extends NamedRow, Version extends NewVersion>(deps: Deps, ctx: Ctx, kind: NamedKind<Row, Version>, id: number, revision: number) => act(deps, ctx, async (tx) => {
  await declineProposed(await publishable(deps, tx, ctx, kind, id), revision);
  return id;
});

/** Throws the draft away, and with it what waited for another person. Refuses `nothing_to_publish` where there is none. */
export const discardNamed = <Row extends NamedRow, Version extends NewVersion>(deps: Deps, ctx: Ctx, kind: NamedKind<Row, Version>, id: number, revision: number) => act(deps, ctx, async (tx) => {
  const row = atRevision(await kind.findForUpdate(tx, id), revision);
  if (!kind.hasDraft(row)) refuse('nothing_to_publish');
  await kind.save(tx, { ...row, revision: row.revision + 1, proposal: null }, 'gone');
  await audit(deps, tx, ctx, `${kind.noun}.discarded`, deps.publicIds.encode(kind.prefix, id), kind.told(row));
  return id;
});

/** The difference between two versions, or what publishing the draft (or the version `to`) would change. */
export async function compareNamed<Row extends NamedRow, Version extends NewVersion>(tx: ProgramTx, ctx: Ctx, kind: NamedKind<Row, Version>, id: number, { from, to, inForceFrom }: Comparison) {
  const row = await kind.find(tx, id) ?? refuse('not_found');
  const versions = await kind.versionsOf(tx, id);
  const diff = await kind.differing(tx, ctx, row, versions);
  if (from !== undefined) return differenceView(tx, ctx, await diff(from, to ?? null));
  return differenceFrom(tx, ctx, versions, inForceFrom, ({ version }) => diff(version, to ?? null));
}
