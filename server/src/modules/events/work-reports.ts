import { fieldFaults } from '@wracam/engine/event-types';
import type { Attributes } from '@wracam/engine/facts';
import { PICTURE_BYTES_MAX } from '@wracam/engine/pictures';
import { readActor, writeActor } from '../../platform/actor.ts';
import { act, announce, audit } from '../../platform/act.ts';
import { readCursor, writeCursor } from '../../platform/cursor.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse, Refusal } from '../../platform/refusal.ts';
import { iso, isoOrNull } from '../../platform/iso.ts';
import { actorNames } from '../access/index.ts';
import { getEventType, knownEventTypes, type KnownType } from '../event-types/index.ts';
import { assertActive, newWorkingSet, openMember } from '../ledger/index.ts';
import { displayNames, memberNumbers } from '../members/index.ts';
import { documentHeads, OWN_SOURCE, recordTogether, refuseOwnAccount } from '../transactions/index.ts';
import { documentOf } from './actions.ts';
import { answered } from './automatic.ts';
import { PICTURE_TYPES, withoutMetadata, type Picture, type PictureType } from './picture.ts';
import * as store from './work-report-store.ts';
import type { ReportRow, ReportState } from './work-report-store.ts';

/** Reports of one member that nobody has looked at yet: beyond that a phone that repeats itself would fill the disk. */
const WAITING_MAX = 20;

export type NewReport = { readonly type: string; readonly fields: Attributes; readonly note: string | null; readonly pictures: readonly string[] };
type Typed = { readonly fields: Attributes; readonly note: string | null };

const sealedAt = (id: number) => `work_report|sealed|${id}`;
const pictureAt = (id: number, no: number) => `work_report_picture|sealed|${id}:${no}`;
const refOf = (deps: Deps, id: number) => deps.publicIds.encode('wrp', id);

/** The id behind a public one of a report that is there; of the member's own when one asks. Refuses `not_found`. */
async function getReport(tx: ProgramTx, deps: Deps, ref: string, memberId: number | null): Promise<ReportRow> {
  const id = deps.publicIds.decode('wrp', ref);
  const report = id === null ? null : await store.findReport(tx, id);
  return report !== null && (memberId === null || report.memberId === memberId) ? report : refuse('not_found');
}

/** Types that may be reported and that a rule in force answers to: what the portal offers. */
export async function reportableTypes(deps: Deps, tx: ProgramTx): Promise<KnownType[]> {
  const reported = (await knownEventTypes(tx)).filter((type) => type.reported && !type.retired);
  const codes = reported.length === 0 ? [] : await answered(deps, tx, reported.map((type) => type.code), tx.program.now);
  return reported.filter((type) => codes.includes(type.code));
}

function readPicture(text: string, at: number): Picture {
  const bytes = Buffer.from(text, 'base64');
  return (bytes.length <= PICTURE_BYTES_MAX ? withoutMetadata(bytes) : null) ?? refuse('picture_wrong', { kilobytes: PICTURE_BYTES_MAX / 1000 }, [{ pointer: `/pictures/${at}`, detail: 'picture' }]);
}

/** Takes a report of a member in; it waits for somebody to look at it and gives nothing yet. */
export async function sendReport(deps: Deps, ctx: Ctx, memberId: number, input: NewReport) {
  const pictures = input.pictures.map(readPicture);
  return act(deps, ctx, async (tx) => {
    const type = await getEventType(tx, input.type);
    if (type.reported !== true) refuse('event_not_reported', { type: type.code }, [{ pointer: '/type', detail: type.code }]);
    const faults = fieldFaults(type, input.fields);
    if (faults.length > 0) refuse('invalid_request', {}, faults.map(({ pointer, words }) => ({ pointer, detail: words[ctx.language] })));
    // Under the member's lock, so that two reports at once are counted one after the other.
    assertActive(await openMember(tx, newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now), memberId));
    if (await store.countWaiting(tx, memberId) >= WAITING_MAX) refuse('work_reports_waiting', { limit: WAITING_MAX });
    const keys = await deps.keyring.forProgram(ctx.programId);
    const [id] = await deps.ids.take(1);
    const typed: Typed = { fields: input.fields, note: input.note };
    await store.insertReport(tx, { id: id!, memberId, type: type.code, sealed: keys.seal(sealedAt(id!), typed), pictures: pictures.length, sentBy: writeActor(ctx.actor) });
    for (const [at, { type: kind, bytes }] of pictures.entries()) await store.insertPicture(tx, id!, at + 1, PICTURE_TYPES[kind], keys.seal(pictureAt(id!, at + 1), bytes.toString('base64')));
    await audit(deps, tx, ctx, 'work_report.sent', refOf(deps, id!), { type: type.code, pictures: pictures.length });
    await announce(deps, tx, ctx.programId, 'work_report.sent', refOf(deps, id!));
    return refOf(deps, id!);
  });
}

/**
 * Approves a report: its event is booked, once for the report, in the commit of the decision. Approving twice changes nothing; a rejected one is
 * refused. The event is of the instant at which the report was sent, so rules and limits are those of that day.
 */
export async function approveReport(deps: Deps, ctx: Ctx, ref: string): Promise<void> {
  const { report, typed, currency } = await deps.db.readProgram(ctx.programId, async (tx) => {
    const found = await getReport(tx, deps, ref, null);
    return { report: found, typed: (await deps.keyring.forProgram(ctx.programId)).open<Typed>(sealedAt(found.id), found.sealed), currency: tx.program.currency };
  });
  // Nobody decides about the own account.
  await refuseOwnAccount(deps, ctx, { id: report.memberId });
  if (report.state === 'rejected') refuse('work_report_decided');
  if (report.state === 'approved') return;
  const document = documentOf({ source: OWN_SOURCE, externalId: `report:${ref}`, type: report.type, occurredAt: report.sentAt, pointer: { id: report.memberId }, fields: typed.fields, worthMinor: 0 }, currency);
  await recordTogether(deps, ctx, document, async (tx, transactionId) => {
    if (!await store.decideReport(tx, report.id, writeActor(ctx.actor), { transactionId })) throw new Refusal('work_report_decided');
    await audit(deps, tx, ctx, 'work_report.approved', ref);
    await announce(deps, tx, ctx.programId, 'work_report.approved', ref);
  });
}

/** Rejects a report with a reason that the member reads. Refuses `work_report_decided` once it is decided. */
export async function rejectReport(deps: Deps, ctx: Ctx, ref: string, reason: string): Promise<void> {
  await refuseOwnAccount(deps, ctx, { id: (await deps.db.readProgram(ctx.programId, (tx) => getReport(tx, deps, ref, null))).memberId });
  await act(deps, ctx, async (tx) => {
    const { id } = await getReport(tx, deps, ref, null);
    if (!await store.decideReport(tx, id, writeActor(ctx.actor), { reason })) refuse('work_report_decided');
    await audit(deps, tx, ctx, 'work_report.rejected', ref, { reason });
    await announce(deps, tx, ctx.programId, 'work_report.rejected', ref);
    return null;
  });
}

type Asking = { readonly memberId: number | null };

/** Reports as the contract shows them; to the member without the names of staff. */
async function viewsOf(deps: Deps, ctx: Ctx, rows: readonly ReportRow[], { memberId }: Asking) {
  const { keys, types, names, numbers, events } = await deps.db.readProgram(ctx.programId, async (tx) => {
    const ids = rows.map((row) => row.memberId);
    const own = await deps.keyring.forProgram(ctx.programId);
    return { keys: own, types: await knownEventTypes(tx), names: await displayNames(tx, own, ids), numbers: await memberNumbers(tx, ids), events: await documentHeads(tx, rows.flatMap((row) => row.transactionId ?? [])) };
  });
  const actors = memberId === null ? await actorNames(deps, ctx, rows.flatMap(({ sentBy, decidedBy }) => [sentBy, decidedBy ?? 'system:'].map(readActor))) : null;
  return rows.map((row, at) => {
    const type = types.find((one) => one.code === row.type);
    const { fields, note } = keys.open<Typed>(sealedAt(row.id), row.sealed);
    return {
      id: refOf(deps, row.id), member: { id: deps.publicIds.encode('mem', row.memberId), number: numbers.get(row.memberId) ?? '', name: names.get(row.memberId) ?? null }, type: row.type, typeName: type?.words[ctx.language] ?? row.type,
      fields: Object.entries(fields).map(([key, value]) => ({ key, name: type?.fields.find((one) => one.key === key)?.words[ctx.language] ?? key, value })), note, pictures: row.pictures,
      state: events.get(row.transactionId ?? -1)?.isVoided ? 'voided' as const : row.state, sentAt: iso(row.sentAt), decidedAt: isoOrNull(row.decidedAt), reason: row.reason,
      transaction: row.transactionId === null ? null : deps.publicIds.encode('txn', row.transactionId), sentBy: actors?.[at * 2] ?? null, decidedBy: row.decidedBy === null ? null : actors?.[at * 2 + 1] ?? null,
    };
  });
}

/** One page of reports: of the program for staff, of the member for the member. */
export async function listReports(deps: Deps, ctx: Ctx, asking: Asking, query: { state?: ReportState | undefined; cursor?: string | undefined; limit: number }) {
  const rows = await deps.db.readProgram(ctx.programId, (tx) => store.listReports(tx, { state: query.state ?? null, memberId: asking.memberId }, readCursor(query.cursor), query.limit + 1));
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return { items: await viewsOf(deps, ctx, page, asking), next: rows.length > query.limit && last ? writeCursor({ at: last.sentAt, id: last.id }) : null };
}

export const readReport = async (deps: Deps, ctx: Ctx, ref: string, asking: Asking) =>
  (await viewsOf(deps, ctx, [await deps.db.readProgram(ctx.programId, (tx) => getReport(tx, deps, ref, asking.memberId))], asking))[0]!;

/** One picture, opened for the owner or for staff. Refuses `not_found`. */
export const readReportPicture = (deps: Deps, ctx: Ctx, ref: string, no: number, { memberId }: Asking) => deps.db.readProgram(ctx.programId, async (tx) => {
  const { id } = await getReport(tx, deps, ref, memberId);
  const found = await store.findPicture(tx, id, no) ?? refuse('not_found');
  const base64 = (await deps.keyring.forProgram(ctx.programId)).open<string>(pictureAt(id, no), found.sealed);
  return { type: (Object.keys(PICTURE_TYPES) as PictureType[]).find((type) => PICTURE_TYPES[type] === found.type)!, base64 };
});
