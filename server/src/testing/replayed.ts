import type { Deps } from '../platform/deps.ts';
import { makeMachine, planOf, type ReplayWish } from '../modules/replay/index.ts';
import { documentRows, type RawDocument } from '../modules/transactions/index.ts';
import { askedOf } from '../modules/replay/run.ts';
import { feedOf } from '../modules/replay/sources.ts';

const CHUNK = 5_000;
/** An account with its lots as text, so that two of them are compared at one look. */
export type AccountText = string;

/**
 * The whole history of a program booked again, by default under the rules of then: what the machine says, and every account with its lots (those
 * that went the general way; with `byKernel` false that is everybody).
 */
export async function replayed(deps: Deps, programId: number, wish: Partial<ReplayWish> = {}, byKernel = false) {
  const plan = await deps.db.readProgram(programId, (tx) => planOf(tx, { from: '1990-01-02', until: '2999-01-01', wallet: 'punkty', costPer100Minor: 0, changes: [], ...wish }, [50, 100, 400]));
  const machine = makeMachine(plan, { byKernel });
  for await (const part of feedOf(deps, programId, plan.stretch.until, askedOf(plan))) machine.feed(part);
  const total = machine.start();
  let asked = 0;
  for (let ids = machine.next(CHUNK); ids.length > 0; ids = machine.next(CHUNK)) {
    asked += ids.length;
    const rows = new Map((await deps.db.readProgram(programId, (tx) => documentRows(tx, ids))).map((row): [number, RawDocument] => [row[0], row]));
    machine.book(ids.map((id) => rows.get(id)!));
  }
  const result = machine.finish();
  const accounts = [...machine.then.work.set.accounts.values()].map((one): AccountText => JSON.stringify({
    member: one.memberId, wallet: one.walletNo, available: one.available, pending: one.pending, held: one.held, debt: one.debt, transfers: one.seq,
    lots: [...one.lots.values()].map((lot) => [lot.seq, lot.points, lot.remaining, lot.expired, lot.pending, lot.expiresAt]),
  }));
  return { total, result, accounts: accounts.sort(), generally: machine.then.work.set.members.size, askedTwice: asked - total };
}

type Ask = <T extends Record<string, unknown>>(text: string, values: unknown[]) => Promise<T[]>;

/** The same of the ledger as it is stored. */
export async function storedAccounts(ask: Ask, programId: number): Promise<AccountText[]> {
  const rows = await ask<{ member: string; wallet: number; available: string; pending: string; held: string; debt: string; transfers: number; lots: [number, number, number, number, boolean, number | null][] | null }>(`
    select a.member_id as member, a.wallet_no as wallet, available, pending, held, debt, seq as transfers,
      (select json_agg(json_build_array(l.seq, l.points, l.remaining, l.expired, l.pending, (extract(epoch from l.expires_at) * 1000)::int8) order by l.seq) from lot l where l.program_id = $1 and l.member_id = a.member_id and l.wallet_no = a.wallet_no) as lots
    from account a where a.program_id = $1 and a.seq > 0`, [programId]);
  return rows.map((row) => JSON.stringify({
    member: Number(row.member), wallet: row.wallet, available: Number(row.available), pending: Number(row.pending), held: Number(row.held), debt: Number(row.debt), transfers: row.transfers, lots: row.lots ?? [],
  })).sort();
}
