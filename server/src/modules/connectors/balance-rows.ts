import { hash } from 'node:crypto';
import { isLocalDate, type LocalDate } from '@wracam/engine/calendar';
import { keyText, normalPhone, pointerKey, type Key } from '../members/index.ts';
import type { ProgramKeys } from '../../platform/keyring.ts';
import { startProblem } from '../../platform/start-problem.ts';
import type { CsvRow } from './csv-file.ts';

/** Columns of a file of opening balances; the first five say who it is, and one of them must be there. */
export const BALANCE_COLUMNS = ['number', 'card', 'external_id', 'phone', 'email', 'first_name', 'last_name', 'wallet', 'points', 'expires_on'] as const;
type Column = (typeof BALANCE_COLUMNS)[number];
const POINTS_MAX = 1_000_000_000;

/** One lot. `expiresOn`: a date, 'never', or null: as the wallet says. */
export type BalanceRow = { readonly no: number; readonly wallet: string | undefined; readonly points: number; readonly expiresOn: LocalDate | 'never' | null };
/** A member with all their lots, under the identifiers that the rows give. */
export type BalanceMember = {
  readonly keys: Key[]; readonly number?: string; readonly card?: string; readonly externalId?: string; readonly phone?: string; readonly email?: string; readonly firstName?: string; readonly lastName?: string; readonly rows: BalanceRow[];
};
export type BalanceFault = { readonly row: number; readonly fault: string };

/** Puts rows together by member, in the order of the file, with everything that is wrong with them. Throws a start problem for a header that names nobody. */
export async function readBalances(keys: ProgramKeys, header: readonly string[], rows: AsyncIterable<CsvRow>, wallets: readonly string[], today: LocalDate): Promise<{ members: BalanceMember[]; faults: BalanceFault[]; rows: number }> {
  const names = header.map((name) => name.trim().toLowerCase());
  const unknown = names.filter((name) => !BALANCE_COLUMNS.some((known) => known === name));
  if (unknown.length > 0) throw startProblem(`Unknown columns: ${unknown.join(', ')}. There are: ${BALANCE_COLUMNS.join(', ')}.`);
  if (!names.includes('points') || !BALANCE_COLUMNS.slice(0, 5).some((name) => names.includes(name))) throw startProblem(`The file needs a column points and one of ${BALANCE_COLUMNS.slice(0, 5).join(', ')}.`);
  const members: BalanceMember[] = [];
  const faults: BalanceFault[] = [];
  const byKey = new Map<string, BalanceMember>();
  let count = 0;
  for await (const { no, fields } of rows) {
    count += 1;
    const text = (name: Column) => fields[names.indexOf(name)]?.trim() || undefined;
    const add = (fault: string) => { faults.push({ row: no, fault }); };
    const points = text('points') ?? '';
    const expires = text('expires_on') ?? null;
    const phone = text('phone');
    if (!/^\d{1,10}$/.test(points) || Number(points) < 1 || Number(points) > POINTS_MAX) { add(`points must be a whole number from 1 to ${POINTS_MAX}: ${points || 'nothing'}`); continue; }
    if (expires !== null && expires !== 'never' && !isLocalDate(expires)) { add(`expires_on is no date: ${expires}`); continue; }
    if (expires !== null && expires !== 'never' && expires < today) { add(`these points expired on ${expires}`); continue; }
    if (text('wallet') !== undefined && !wallets.includes(text('wallet')!)) { add(`there is no wallet ${text('wallet')}: ${wallets.join(', ')}`); continue; }
    if (phone !== undefined && normalPhone(phone) === null) { add('phone is no number that can be called'); continue; }
    const given = { number: text('number'), card: text('card'), externalId: text('external_id'), phone, email: text('email') };
    const own = (Object.keys(given) as (keyof typeof given)[]).flatMap((name) => { const key = given[name] === undefined ? null : pointerKey(keys, { [name]: given[name] }); return key ? [key] : []; });
    if (own.length === 0) { add('nothing says whose points these are'); continue; }
    const found = new Set(own.flatMap((key) => byKey.get(keyText(key)) ?? []));
    if (found.size > 1) { add('its identifiers stand for two members of this file'); continue; }
    let [member] = found;
    if (!member) members.push(member = { keys: [], rows: [], ...defined({ ...given, firstName: text('first_name'), lastName: text('last_name') }) });
    for (const key of own) if (!byKey.has(keyText(key))) { byKey.set(keyText(key), member); member.keys.push(key); }
    member.rows.push({ no, wallet: text('wallet'), points: Number(points), expiresOn: expires });
  }
  return { members, faults, rows: count };
}

const nameOf = (member: BalanceMember) => member.keys.map(keyText).sort()[0]!;

/** The members in an order of their own, whatever the order of the rows: a load that was cut off goes on in the same place. */
export const inOrder = (members: readonly BalanceMember[]): BalanceMember[] => members.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));

/** A hash of who gets what. Saved again, sorted or with other columns, a file still gives the same and is known as the one that was loaded. */
export const contentOf = (members: readonly BalanceMember[]): Buffer =>
  hash('sha256', JSON.stringify(inOrder(members).map((member) => [member.keys.map(keyText).sort(), member.rows.map((row) => `${row.wallet ?? ''}|${row.points}|${row.expiresOn ?? ''}`).sort()])), 'buffer');

const defined = <T extends Record<string, string | undefined>>(values: T) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: string };
