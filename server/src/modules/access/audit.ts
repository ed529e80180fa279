import { readActor, wroteIt } from '../../platform/actor.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { readCursor, writeCursor } from '../../platform/cursor.ts';
import { nameIn } from './core.ts';
import { openPerson } from './staff.ts';
import * as store from './store.ts';

const WORDS = { pl: { key: 'Klucz', member: 'Uczestnik', system: 'System' }, en: { key: 'Key', member: 'Member', system: 'System' } } as const;

/** Who stands behind each actor, in words: a person's name in this program, a key's name. */
export async function actorNames(deps: Deps, ctx: Pick<Ctx, 'programId' | 'language'>, actors: readonly { readonly kind: string; readonly id: number | null }[]): Promise<string[]> {
  const staffIds = [...new Set(actors.flatMap(({ kind, id }) => (kind === 'staff' && id !== null ? [id] : [])))];
  const { staff, keys } = await deps.db.onPlatform(async (tx) => ({ staff: await store.staffByIds(tx, staffIds), keys: await store.listApiKeys(tx, ctx.programId) }));
  const names = new Map(staff.map((row) => [row.id, nameIn(openPerson(deps, row), ctx.programId)]));
  const keyNames = new Map(keys.map((key) => [key.id, key.name]));
  const words = WORDS[ctx.language];
  return actors.map(({ kind, id }) => {
    if (kind === 'staff') return names.get(id!) ?? '';
    if (kind === 'key') return `${words.key} ${keyNames.get(id!) ?? ''}`.trim();
    return kind === 'member' ? words.member : words.system;
  });
}

type Published = { readonly proposal: { readonly by: string } | null; readonly versions: readonly { readonly publishedBy: string }[] };

type Named<Thing extends Published> = Omit<Thing, 'proposal'> & { readonly proposal: (NonNullable<Thing['proposal']> & { readonly yours: boolean }) | null };

/** What is published, with the names of those who proposed and published it, and whether whoever asks is the one who proposed. */
export async function withPublishers<Thing extends Published>(deps: Deps, ctx: Pick<Ctx, 'programId' | 'language' | 'actor'>, things: readonly Thing[]): Promise<Named<Thing>[]> {
  const written = things.flatMap(({ proposal, versions }) => [proposal?.by ?? 'system:', ...versions.map((one) => one.publishedBy)]);
  const names = await actorNames(deps, ctx, written.map(readActor));
  return things.map((thing) => {
    const by = names.shift()!;
    return { ...thing, proposal: thing.proposal && { ...thing.proposal, by, yours: wroteIt(ctx.actor, thing.proposal.by) }, versions: thing.versions.map((one) => ({ ...one, publishedBy: names.shift()! })) };
  });
}

/** One page of what staff and keys changed, newest first, with the names of those who did it. */
export async function listAudit(deps: Deps, ctx: Ctx, page: { cursor?: string | undefined; limit: number }) {
  const after = readCursor(page.cursor);
  const rows = await deps.db.readProgram(ctx.programId, (tx) => store.listAudit(tx, after, page.limit + 1));
  const shown = rows.slice(0, page.limit);
  const names = await actorNames(deps, ctx, shown.map((row) => ({ kind: row.actorKind, id: row.actorId })));
  const items = shown.map((row, at) => ({ id: row.id, at: row.at, actor: names[at]!, action: row.action, subject: row.subject, details: row.details }));
  return { items, next: rows.length > page.limit ? writeCursor(shown.at(-1)!) : null };
}
