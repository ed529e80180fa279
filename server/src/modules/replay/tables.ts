import type { Language } from '@wracam/contract';
import { csvCell, type Cell } from '../../platform/csv-cell.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import type { Segment } from './member-segments.ts';
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
    by: { kind: 'rodzaj', membership: 'staż', segment: 'segment' },
    groups: { person: 'osoby', company: 'firmy', underMonth: 'w programie krócej niż miesiąc', underYear: 'w programie od miesiąca do roku', longer: 'w programie rok lub dłużej' },
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
    by: { kind: 'kind', membership: 'membership', segment: 'segment' },
    groups: { person: 'persons', company: 'companies', underMonth: 'less than a month in the program', underYear: 'a month to a year in the program', longer: 'a year or longer in the program' },
  },
} as const satisfies Record<Language, { files: Record<TableName, string>; all: string; by: Record<Segment['by'], string>; groups: Readonly<Record<string, string>> } & Record<TableName, readonly string[]>>;
type Words = (typeof WORDS)[Language];

/** A part of the members in words; the program's own segments have their names. */
const named = ({ by, groups }: Words, one: Segment): [string, string] => [by[one.by], one.by === 'segment' ? one.value : (groups as Readonly<Record<string, string>>)[one.value] ?? one.value];

/** One table of a result as CSV. A replay without a result gives a header alone. Refuses `not_found`. */
export async function tableOf(deps: Deps, ctx: Ctx, id: number, table: TableName): Promise<{ fileName: string; text: string }> {
  const words = WORDS[ctx.language];
  const { result } = await detailView(deps, ctx, id);
  const rows = result === null ? [] : table === 'members' ? await memberRows(deps, ctx, id) : ROWS[table](result, words);
  return { fileName: `wracam-${words.files[table]}.csv`, text: [[...words[table]], ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n').concat('\r\n') };
}

type Result = NonNullable<Awaited<ReturnType<typeof detailView>>['result']>;
const ROWS: { readonly [T in Exclude<TableName, 'members'>]: (result: Result, words: Words) => Cell[][] } = {
  months: ({ months }) => months.map(({ month, now, draft }) => [month, now.earned, draft.earned, now.expired, draft.expired, now.outstanding, draft.outstanding]),
  rules: ({ rules }) => rules.map(({ name, now, draft }) => [name, now.points, draft.points, now.documents, draft.documents, now.cut, draft.cut]),
  segments: ({ segments }, words) => segments.map(({ members, now, draft, ...one }) => [...named(words, one), members, now, draft]),
  thresholds: ({ thresholds }, words) => thresholds.flatMap(({ points, segments, ...sum }) =>
    [{ name: [words.all, words.all], members: null, ...sum }, ...segments.map((one) => ({ ...one, name: named(words, one) }))].map(({ name, members, now, draft, up, down }): Cell[] => [points, ...name, members, now, draft, up, down])),
  levels: ({ levels }, words) => {
    const nameOf = (code: string | null) => levels!.order.find((one) => one.code === code)!.name;
    return levels === null ? [] : [{ name: [words.all, words.all], moves: levels.moves }, ...levels.segments.map((one) => ({ name: named(words, one), moves: one.moves }))].flatMap(({ name, moves }) => moves.map(({ from, to, members }): Cell[] => [...name, nameOf(from), nameOf(to), members]));
  },
};

const memberRows = (deps: Deps, ctx: Ctx, id: number) => deps.db.readProgram(ctx.programId, async (tx) =>
  (await withNames(deps, tx, await store.topMembers(tx, id, ROWS_MAX))).map(({ memberId, name, now, draft }): Cell[] => [deps.publicIds.encode('mem', memberId), name, now, draft, draft - now]));
