import type { PendingUntil, WalletExpiry } from '@wracam/engine/rules';
import { unitIn, type Lang, type UnitWords } from '@wracam/engine/words';
import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx, Tx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';

export type WordForms = UnitWords;
export type WalletKind = 'points' | 'status' | 'cashback' | 'stamps';
export type DebtPolicy = 'allow' | 'nextEarnings' | 'refuse';
/** The least points of one gift, and the most points and gifts of a sender's local day. */
export type TransferPolicy = { readonly minPoints: number; readonly dayPoints: number; readonly dayTimes: number };
export type Wallet = {
  readonly no: number; readonly code: string; readonly name: string; readonly kind: WalletKind; readonly forms: WordForms; readonly expiry: WalletExpiry;
  /** Days until new points may be used; with `pendingUntil` other than days the longest wait for it. */
  readonly pendingDays: number; readonly pendingUntil: PendingUntil; readonly debtLimit: number; readonly debtPolicy: DebtPolicy;
  readonly transfers: TransferPolicy | null; readonly noticeDays: readonly number[]; readonly revision: number;
};
/** A change that waits for another person, or for its day (`from`, null: at once when approved). */
type ProposedChange = { readonly change: Partial<Wallet>; readonly from: Instant | null; readonly by: string; readonly at: Instant; readonly despiteNotice?: boolean };
/** `over`: the planned change that stays promised as long as this one waits for another person. */
export type WalletProposal = ProposedChange & { readonly waits: boolean; readonly over?: WalletProposal | null };
export type ProposedWallet = Wallet & { readonly proposal: WalletProposal | null };
/** The wallet's unit in a language. */
export const unitOf = ({ forms }: Pick<Wallet, 'forms'>, lang: Lang): UnitWords => unitIn(forms, lang);

/** By role, in points; a role that is not there has no limit. */
export type DayLimits = { readonly manager?: number | null; readonly consultant?: number | null };

export type Program = {
  readonly id: number; readonly code: string; readonly name: string; readonly organisation: string; readonly currency: string; readonly timeZone: string;
  readonly test: boolean; readonly demo: boolean; readonly hidden: boolean; readonly brandColor: string; readonly termsVersion: number; readonly termsText: string; readonly startsAt: Instant;
  readonly secondPerson: boolean; readonly noticeDays: number; readonly adjustDayLimits: DayLimits;
};
export type NewProgramRow = Omit<Program, 'organisation' | 'hidden' | 'secondPerson' | 'noticeDays' | 'adjustDayLimits'> & { readonly organisationId: number; readonly dataKey: Buffer; readonly testNow: Instant | null; readonly createdAt: Instant };

export const insertOrganisation = (tx: Tx, id: number, name: string, at: Instant) =>
  tx.run(sql`insert into organisation (id, name, created_at) values (${id}, ${name}, ${new Date(at)})`);

export const findOrganisation = (tx: Tx, name: string) =>
  tx.maybe<{ id: number }>(sql`select id from organisation where name = ${name} order by id limit 1`);

export const insertProgram = (tx: Tx, row: NewProgramRow) => tx.run(sql`
  insert into program (id, organisation_id, code, name, currency, time_zone, test, demo, brand_color, terms_version, terms_text, test_now, data_key, starts_at, created_at)
  values (${row.id}, ${row.organisationId}, ${row.code}, ${row.name}, ${row.currency}, ${row.timeZone}, ${row.test}, ${row.demo}, ${row.brandColor}, ${row.termsVersion}, ${row.termsText},
    ${row.testNow === null ? null : new Date(row.testNow)}, ${row.dataKey}, ${new Date(row.startsAt)}, ${new Date(row.createdAt)})`);

/** Seen from inside the program, so the organisation's name is read on the platform by `findProgram`. */
export const getProgram = async (tx: ProgramTx): Promise<Omit<Program, 'organisation'>> => (await tx.maybe<Omit<Program, 'organisation'>>(sql`
  select id, code, name, currency, time_zone, test, demo, hidden, brand_color, terms_version, terms_text, starts_at, second_person, notice_days, adjust_day_limits from program where id = ${tx.program.id}`))!;

export const listPrograms = (tx: Tx) => tx.rows<Program>(sql`
  select p.id, p.code, p.name, o.name as organisation, p.currency, p.time_zone, p.test, p.demo, p.hidden, p.brand_color, p.terms_version, p.terms_text, p.starts_at, p.second_person, p.notice_days, p.adjust_day_limits
  from program p join organisation o on o.id = p.organisation_id order by p.id`);

export const findProgramByCode = (tx: Tx, code: string) => tx.maybe<{ id: number }>(sql`select id from program where code = ${code}`);
export const programExists = async (tx: Tx, id: number) => (await tx.maybe(sql`select 1 as one from program where id = ${id}`)) !== null;
export const organisationName = async (tx: Tx, programId: number) =>
  (await tx.maybe<{ name: string }>(sql`select o.name from program p join organisation o on o.id = p.organisation_id where p.id = ${programId}`))!.name;

/** The program's wallets in the order in which they were added; the first is the usual one. */
export const walletsOf = (tx: ProgramTx) => tx.rows<Wallet>(sql`
  select no, code, name, kind, forms, expiry, pending_days, pending_until, debt_limit, debt_policy, transfers, notice_days, revision from wallet where program_id = ${tx.program.id} order by no`);

const json = (value: object | null) => (value === null ? null : JSON.stringify(value));

/** The wallets with what is not in force yet. */
export const proposedWallets = (tx: ProgramTx) => tx.rows<ProposedWallet>(sql`
  select no, code, name, kind, forms, expiry, pending_days, pending_until, debt_limit, debt_policy, transfers, notice_days, revision, proposal from wallet where program_id = ${tx.program.id} order by no`);

/** Keeps a change for later, or (null) drops it; the wallet is as it was. */
export const saveProposal = (tx: ProgramTx, no: number, revision: number, proposal: WalletProposal | null) => tx.run(sql`
  update wallet set proposal = ${json(proposal)}, revision = ${revision} where program_id = ${tx.program.id} and no = ${no}`);

/** Under lock: two people who change a wallet at once do so one after the other. */
export const findWalletForUpdate = (tx: ProgramTx, code: string) => tx.maybe<ProposedWallet>(sql`
  select no, code, name, kind, forms, expiry, pending_days, pending_until, debt_limit, debt_policy, transfers, notice_days, revision, proposal from wallet where program_id = ${tx.program.id} and code = ${code} for update`);

/** A change ends what waited. */
export const saveWallet = (tx: ProgramTx, wallet: Wallet) => tx.run(sql`
  update wallet set name = ${wallet.name}, forms = ${json(wallet.forms)}, expiry = ${json(wallet.expiry)}, pending_days = ${wallet.pendingDays}, pending_until = ${wallet.pendingUntil},
    debt_limit = ${wallet.debtLimit}, debt_policy = ${wallet.debtPolicy}, transfers = ${json(wallet.transfers)}, notice_days = ${json(wallet.noticeDays)}, revision = ${wallet.revision}, proposal = null
  where program_id = ${tx.program.id} and no = ${wallet.no}`);

export const insertWallet = (tx: ProgramTx, wallet: Wallet) => tx.run(sql`
  insert into wallet (program_id, no, code, name, kind, forms, expiry, pending_days, pending_until, debt_limit, debt_policy, transfers, notice_days, revision)
  values (${tx.program.id}, ${wallet.no}, ${wallet.code}, ${wallet.name}, ${wallet.kind}, ${json(wallet.forms)}, ${json(wallet.expiry)}, ${wallet.pendingDays}, ${wallet.pendingUntil},
    ${wallet.debtLimit}, ${wallet.debtPolicy}, ${json(wallet.transfers)}, ${json(wallet.noticeDays)}, ${wallet.revision})`);

export type ProgramChange = { readonly name?: string | undefined; readonly brandColor?: string | undefined; readonly secondPerson?: boolean | undefined; readonly noticeDays?: number | undefined; readonly adjustDayLimits?: DayLimits | undefined };
export const saveSettings = (tx: ProgramTx, change: ProgramChange) => tx.run(sql`
  update program set name = coalesce(${change.name ?? null}, name), brand_color = coalesce(${change.brandColor ?? null}, brand_color),
    second_person = coalesce(${change.secondPerson ?? null}, second_person), notice_days = coalesce(${change.noticeDays ?? null}, notice_days),
    adjust_day_limits = coalesce(${json(change.adjustDayLimits ?? null)}::jsonb, adjust_day_limits) where id = ${tx.program.id}`);

/** Holds the settings until the end: nobody else changes them meanwhile. */
export const lockSettings = (tx: ProgramTx) => tx.run(sql`select 1 as one from program where id = ${tx.program.id} for no key update`);

export const hideProgram = (tx: ProgramTx) => tx.run(sql`update program set hidden = true where id = ${tx.program.id} and demo`);

/** Asks every booking to leave a note of the members it touches. True when that is new: publish a ruleset then, so that every process hears of it. */
export const followDocuments = async (tx: ProgramTx): Promise<boolean> => 1 === await tx.run(sql`update program set followed = true where id = ${tx.program.id} and not followed`);
export const isFollowed = async (tx: ProgramTx): Promise<boolean> => (await tx.maybe<{ followed: boolean }>(sql`select followed from program where id = ${tx.program.id}`))!.followed;

/** A change of wallets must be seen by every process that books: the number of the newest ruleset says when to look. What is published may name anew, too. */
export const bumpRuleset = (tx: ProgramTx, no: number) => tx.run(sql`update program set ruleset_no = ${no}, names_no = names_no + 1 where id = ${tx.program.id}`);

/** Something that rules know by a code is called otherwise from now on: the next transaction of every process looks again. */
export const namesChanged = (tx: ProgramTx) => tx.run(sql`update program set names_no = names_no + 1 where id = ${tx.program.id}`);
