import type { Language } from '@wracam/contract';
import { csvCell, type Cell } from '../../platform/csv-cell.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import * as store from './store.ts';
import { detailView, withNames } from './views.ts';

export type TableName = 'months' | 'rules' | 'members' | 'segments';

/** Rows of one file: what a spreadsheet opens without complaint. */
const ROWS_MAX = 20_000;

const WORDS = {
  pl: {
    files: { months: 'miesiace', rules: 'zasady', members: 'uczestnicy', segments: 'grupy' },
    months: ['miesiąc', 'naliczone dziś', 'naliczone po zmianie', 'wygasłe dziś', 'wygasłe po zmianie', 'do wykorzystania dziś', 'do wykorzystania po zmianie'],
    rules: ['zasada', 'punkty dziś', 'punkty po zmianie', 'dokumenty dziś', 'dokumenty po zmianie', 'obcięte limitem dziś', 'obcięte limitem po zmianie'],
    members: ['uczestnik', 'nazwa', 'punkty dziś', 'punkty po zmianie', 'różnica'],
    segments: ['podział', 'grupa', 'uczestnicy', 'punkty dziś', 'punkty po zmianie'],
  },
  en: {
    files: { months: 'months', rules: 'rules', members: 'members', segments: 'groups' },
    months: ['month', 'earned now', 'earned after', 'expired now', 'expired after', 'outstanding now', 'outstanding after'],
    rules: ['rule', 'points now', 'points after', 'documents now', 'documents after', 'cut by limits now', 'cut by limits after'],
    members: ['member', 'name', 'points now', 'points after', 'difference'],
    segments: ['by', 'group', 'members', 'points now', 'points after'],
  },
} as const satisfies Record<Language, { files: Record<TableName, string> } & Record<TableName, readonly string[]>>;

/** One table of a result as CSV. A replay without a result gives a header alone. Refuses `not_found`. */
export async function tableOf(deps: Deps, ctx: Ctx, id: number, table: TableName): Promise<{ fileName: string; text: string }> {
  const words = WORDS[ctx.language];
  const { result } = await detailView(deps, ctx, id);
  const rows: Cell[][] = result === null ? [] : table === 'months' ? result.months.map(({ month, now, draft }) => [month, now.earned, draft.earned, now.expired, draft.expired, now.outstanding, draft.outstanding])
    : table === 'rules' ? result.rules.map(({ name, now, draft }) => [name, now.points, draft.points, now.documents, draft.documents, now.cut, draft.cut])
      : table === 'segments' ? result.segments.map(({ by, value, members, now, draft }) => [by, value, members, now, draft])
        : await memberRows(deps, ctx, id);
  return { fileName: `wracam-${words.files[table]}.csv`, text: [[...words[table]], ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n').concat('\r\n') };
}

const memberRows = (deps: Deps, ctx: Ctx, id: number) => deps.db.readProgram(ctx.programId, async (tx) =>
  (await withNames(deps, tx, await store.topMembers(tx, id, ROWS_MAX))).map(({ memberId, name, now, draft }): Cell[] => [deps.publicIds.encode('mem', memberId), name, now, draft, draft - now]));
