import type { Instant } from '@wracam/engine/calendar';
import { act, audit } from '../../platform/act.ts';
import { isTaken, type ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { sql } from '../../platform/sql.ts';
import * as store from './store.ts';
import type { Wallet } from './store.ts';

export type NewProgram = {
  readonly code: string; readonly name: string; readonly organisation: string; readonly currency?: string; readonly timeZone?: string;
  readonly test?: boolean; readonly demo?: boolean; readonly brandColor?: string; readonly termsText?: string;
  /** The program's first instant: documents before it are refused, and a test program's clock starts here. */
  readonly startsAt?: Instant;
  readonly wallets?: readonly Wallet[];
};

export const POINTS_WALLET: Wallet = {
  no: 1, code: 'punkty', name: 'Punkty', forms: { one: 'punkt', few: 'punkty', many: 'punktów', fraction: 'punktu' },
  kind: 'points', expiry: { kind: 'months', months: 24, roundTo: 'monthEnd' }, pendingDays: 0, pendingUntil: 'days', debtLimit: 1_000_000, debtPolicy: 'allow', transfers: null, noticeDays: [], revision: 1,
};
const BRAND_COLOR = '#1f6f4a';
const TERMS = 'Regulamin programu. Punkty dostajesz za zakupy według zasad, które widzisz na swojej stronie. Punkty wymieniasz na nagrody z katalogu. Zwrot towaru cofa punkty za ten towar. Reklamacje rozpatrujemy w 14 dni.';

/** Makes a program with its wallets and, where there is none of the name, its organisation. Refuses `program_exists`. */
export async function createProgram(deps: Deps, input: NewProgram, prepare: (tx: ProgramTx) => Promise<void> = async () => {}): Promise<{ id: number; code: string }> {
  const [id, organisationId] = await deps.ids.take(2);
  const wallets = input.wallets ?? [POINTS_WALLET];
  try {
    await deps.db.onPlatform(async (tx) => {
      const now = (await tx.maybe<{ now: Instant }>(sql`select clock_timestamp() as now`))!.now;
      const organisation = await store.findOrganisation(tx, input.organisation) ?? { id: organisationId! };
      if (organisation.id === organisationId) await store.insertOrganisation(tx, organisationId, input.organisation, now);
      const startsAt = input.startsAt ?? Math.floor(now);
      await store.insertProgram(tx, {
        id: id!, organisationId: organisation.id, code: input.code, name: input.name, currency: input.currency ?? 'PLN', timeZone: input.timeZone ?? 'Europe/Warsaw',
        test: input.test ?? false, demo: input.demo ?? false, brandColor: input.brandColor ?? BRAND_COLOR, termsVersion: 1, termsText: input.termsText ?? TERMS,
        testNow: input.test ? startsAt : null, startsAt, createdAt: now, dataKey: deps.keyring.newDataKey(id!),
      });
    });
  } catch (error) {
    if (isTaken(error)) refuse('program_exists');
    throw error;
  }
  await deps.db.inProgram(id!, async (tx) => {
    for (const wallet of wallets) await store.insertWallet(tx, wallet);
    await prepare(tx);
  });
  return { id: id!, code: input.code };
}

/** Settings as the audit trail keeps them. None of them tells of a person. */
const settingsOf = ({ name, brandColor, secondPerson, noticeDays, adjustDayLimits: { manager, consultant } }: Omit<store.Program, 'organisation'>): Readonly<Record<string, string>> => ({
  name, brandColor, secondPerson: String(secondPerson), noticeDays: String(noticeDays), managerDayLimit: String(manager ?? ''), consultantDayLimit: String(consultant ?? ''),
});

/** Changes settings. Two people instead of one is a promise to others, so only those who manage access take it back; refuses `not_allowed`. */
export const changeProgram = (deps: Deps, ctx: Ctx, change: store.ProgramChange) => act(deps, ctx, async (tx) => {
  await store.lockSettings(tx); // what they were is what nobody else changes meanwhile
  const present = await store.getProgram(tx);
  if (change.secondPerson === false && present.secondPerson && !ctx.permissions.has('access.manage')) refuse('not_allowed', { permission: 'access.manage' });
  // Whoever is limited does not lift the limit.
  if (change.adjustDayLimits !== undefined && !ctx.permissions.has('access.manage')) refuse('not_allowed', { permission: 'access.manage' });
  await store.saveSettings(tx, change);
  const [before, after] = [settingsOf(present), settingsOf(await store.getProgram(tx))];
  await audit(deps, tx, ctx, 'program.changed', null, Object.fromEntries(Object.keys(after).filter((name) => before[name] !== after[name]).map((name) => [name, [before[name]!, after[name]!]])));
});

export const hideDemo = (deps: Deps, ctx: Ctx) => act(deps, ctx, async (tx) => {
  await store.hideProgram(tx);
  await audit(deps, tx, ctx, 'demo.hidden', null);
  return { done: true as const };
});

/** The program a code or public id names; null when there is none. */
export async function programIdOf(deps: Deps, ref: string): Promise<number | null> {
  const id = deps.publicIds.decode('prg', ref);
  return deps.db.onPlatform(async (tx) => {
    if (id !== null) return (await store.programExists(tx, id)) ? id : null;
    return (await store.findProgramByCode(tx, ref))?.id ?? null;
  });
}

/** The wallet of this code, or the program's first; refuses `wallet_unknown`. */
export function walletByCode(wallets: readonly Wallet[], code: string | undefined): Wallet {
  const wallet = code === undefined ? wallets[0] : wallets.find((one) => one.code === code);
  return wallet ?? refuse('wallet_unknown', { wallet: code ?? '' });
}

/** Refuses `wallet_not_spendable`: status points only count. */
export function assertSpendable(wallet: Pick<Wallet, 'kind' | 'name'>): void {
  if (wallet.kind === 'status') refuse('wallet_not_spendable', { wallet: wallet.name });
}
