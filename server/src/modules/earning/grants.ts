import type { ProgramTx } from '../../platform/db.ts';
import { readCursor, writeCursor } from '../../platform/cursor.ts';
import type { Deps } from '../../platform/deps.ts';
import { iso, isoOrNull } from '../../platform/iso.ts';
import { grantsOfDocument, memberGrants, type GrantRow } from './grants-store.ts';

const PAGE = 50;

/** A grant as the API shows it. */
function grantView(deps: Deps, { transactionId, rule, what, code, count, revoked, grantedAt, revokedAt }: GrantRow) {
  return {
    transaction: deps.publicIds.encode('txn', transactionId), rule, what, code, count, kept: count - revoked, state: revoked < count ? 'granted' as const : 'revoked' as const,
    grantedAt: iso(grantedAt), revokedAt: isoOrNull(revokedAt),
  };
}

/** What a member is glad to find; tags sort members for the organiser, messages and calls were sent already. */
export const SHOWN_TO_MEMBERS = ['coupon', 'badge', 'ticket'];

/** A page never ends between what a document and what a repair gave by the same rule: the place in the list could not tell them apart. */
function lastOfPage(rows: readonly GrantRow[], limit: number): GrantRow | undefined {
  const next = rows[limit];
  const page = rows.slice(0, limit);
  return next === undefined ? page.at(-1) : page.findLast((row) => row.transactionId !== next.transactionId || row.ruleId !== next.ruleId) ?? page.at(-1);
}

/** A member's grants of some kinds (null: of all), newest first. */
export async function listGrants(deps: Deps, tx: ProgramTx, memberId: number, query: { cursor?: string | undefined; limit?: number | undefined }, kinds: readonly string[] | null = null) {
  const limit = query.limit ?? PAGE;
  const place = readCursor(query.cursor);
  const rows = await memberGrants(tx, memberId, place && { transactionId: place.id, ruleId: place.at }, limit + 1, kinds);
  const last = lastOfPage(rows, limit);
  return { items: rows.slice(0, last === undefined ? limit : rows.indexOf(last) + 1).map((row) => grantView(deps, row)), next: rows.length > limit && last ? writeCursor({ at: last.ruleId, id: last.transactionId }) : null };
}

/** What a document granted, as it stands now. */
export const grantViewsOf = async (deps: Deps, tx: ProgramTx, transactionId: number) => (await grantsOfDocument(tx, transactionId)).map((row) => grantView(deps, row));
