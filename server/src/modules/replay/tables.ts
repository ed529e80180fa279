import type { Language } from '@wracam/contract';
import { csvCell, type Cell } from '../../platform/csv-cell.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import * as store from './store.ts';
import { detailView, withNames } from './views.ts';

export type TableName = 'months' | 'rules' | 'members' | 'segments' | 'thresholds' | 'levels';

/** Rows of one file: what a spreadsheet opens without complaint. */
const ROWS_MAX = 20_000;

const WORDS = {
  pl: {
    files: { months: 'miesiace', rules: 'zasady', members: 'uczestnicy', segments: 'grupy', thresholds: 'progi', levels: 'poziomy' },
    months: ['miesiąc', 'naliczone dziś', 'naliczone po zmianie', 'wygasłe dziś', 'wygasłe po zmianie', 'do wykorzystania dziś', 'do wykorzystania po zmianie'],
    rules: ['zasada', 'punkty dziś', 'punkty po zmianie', 'dokumenty dziś', 'dokumenty po zmianie', 'obcięte limitem dziś', 'obcięte limitem po zmianie'],
    members: ['uczestnik', 'nazwa', 'punkty dziś', 'punkty po zmianie', 'różnica'],
    segments: ['podział', 'grupa', 'uczestnicy', 'punkty dziś', 'punkty po zmianie'],
    thresholds: ['cena', 'podział', 'grupa', 'uczestnicy', 'stać dziś', 'stać po zmianie', 'dopiero po zmianie', 'tylko dziś'],
    levels: ['podział', 'grupa', 'poziom dziś', 'poziom po zmianie', 'uczestnicy'],
    all: 'wszyscy',
  },
  en: {
    files: { months: 'months', rules: 'rules', members: 'members', segments: 'groups', thresholds: 'thresholds', levels: 'levels' },
    months: ['month', 'earned now', 'earned after', 'expired now', 'expired after', 'outstanding now', 'outstanding after'],
    rules: ['rule', 'points now', 'points after', 'documents now', 'documents after', 'cut by limits now', 'cut by limits after'],
    members: ['member', 'name', 'points now', 'points after', 'difference'],
    segments: ['by', 'group', 'members', 'points now', 'points after'],
    thresholds: ['price', 'by', 'group', 'members', 'afford now', 'afford after', 'only after', 'only now'],
    levels: ['by', 'group', 'level now', 'level after', 'members'],
    all: 'everybody',
  },
} as const satisfies Record<Language, { files: Record<TableName, string>; all: string } & Record<TableName, readonly string[]>>;

/** One table of a result as CSV. A replay without a result gives a header alone. Refuses `not_found`. */
export async function tableOf(deps: Deps, ctx: Ctx, id: number, table: TableName): Promise<{ fileName: string; text: string }> {
  const words = WORDS[ctx.language];
  const { result } = await detailView(deps, ctx, id);
  const rows = result === null ? [] : table === 'members' ? await memberRows(deps, ctx, id) : ROWS[table](result, words.all);
  return { fileName: `wracam-${words.files[table]}.csv`, text: [[...words[table]], ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n').concat('\r\n') };
}

type Result = NonNullable<Awaited<ReturnType<typeof detailView>>['result']>;
const ROWS: { readonly [T in Exclude<TableName, 'members'>]: (result: Result, all: string) => Cell[][] } = {
  months: ({ months }) => months.map(({ month, now, draft }) => [month, now.earned, draft.earned, now.expired, draft.expired, now.outstanding, draft.outstanding]),
  rules: ({ rules }) => rules.map(({ name, now, draft }) => [name, now.points, draft.points, now.documents, draft.documents, now.cut, draft.cut]),
  segments: ({ segments }) => segments.map(({ by, value, members, now, draft }) => [by, value, members, now, draft]),
  thresholds: ({ thresholds }, all) => thresholds.flatMap(({ points, segments, ...sum }) =>
    [{ by: all, value: all, members: null, ...sum }, ...segments].map(({ by, value, members, now, draft, up, down }): Cell[] => [points, by, value, members, now, draft, up, down])),
  levels: ({ levels }, all) => {
    const nameOf = (code: string | null) => levels!.order.find((one) => one.code === code)!.name;
    return levels === null ? [] : [{ by: all, value: all, moves: levels.moves }, ...levels.segments].flatMap(({ by, value, moves }) => moves.map(({ from, to, members }): Cell[] => [by, value, nameOf(from), nameOf(to), members]));
  },
};

const memberRows = (deps: Deps, ctx: Ctx, id: number) => deps.db.readProgram(ctx.programId, async (tx) =>
  (await withNames(deps, tx, await store.topMembers(tx, id, ROWS_MAX))).map(({ memberId, name, now, draft }): Cell[] => [deps.publicIds.encode('mem', memberId), name, now, draft, draft - now]));
