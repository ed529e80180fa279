import type { Ctx, Deps } from '../../platform/deps.ts';
import { readCursor, writeCursor } from '../../platform/cursor.ts';
import { nameIn } from './core.ts';
import { openPerson } from './staff.ts';
import * as store from './store.ts';

const WORDS = { pl: { key: 'Klucz', member: 'Uczestnik', system: 'System' }, en: { key: 'Key', member: 'Member', system: 'System' } } as const;

/** One page of what staff and keys changed, newest first, with the names of those who did it. */
export async function listAudit(deps: Deps, ctx: Ctx, page: { cursor?: string | undefined; limit: number }) {
  const after = readCursor(page.cursor);
  const rows = await deps.db.readProgram(ctx.programId, (tx) => store.listAudit(tx, after, page.limit + 1));
  const shown = rows.slice(0, page.limit);
  const staffIds = [...new Set(shown.flatMap((row) => (row.actorKind === 'staff' && row.actorId !== null ? [row.actorId] : [])))];
  const { staff, keys } = await deps.db.onPlatform(async (tx) => ({ staff: await store.staffByIds(tx, staffIds), keys: await store.listApiKeys(tx, ctx.programId) }));
  const names = new Map(staff.map((row) => [row.id, nameIn(openPerson(deps, row), ctx.programId)]));
  const keyNames = new Map(keys.map((key) => [key.id, key.name]));
  const words = WORDS[ctx.language];
  const actorOf = ({ actorKind, actorId }: store.AuditRow): string => {
    if (actorKind === 'staff') return names.get(actorId!) ?? '';
    if (actorKind === 'key') return `${words.key} ${keyNames.get(actorId!) ?? ''}`.trim();
    return actorKind === 'member' ? words.member : words.system;
  };
  const items = shown.map((row) => ({ id: row.id, at: row.at, actor: actorOf(row), action: row.action, subject: row.subject, details: row.details }));
  return { items, next: rows.length > page.limit ? writeCursor(shown.at(-1)!) : null };
}
