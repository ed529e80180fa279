import { localDate } from '@wracam/engine/calendar';
import { nameDayOf } from '@wracam/engine/name-days';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ProgramKeys } from '../../platform/keyring.ts';
import { openProfile } from './profile.ts';
import * as store from './day-store.ts';

/** Days of a member that come back every year. */
export const DAY_KINDS = ['birthday', 'name-day', 'anniversary'] as const;
export type DayKind = (typeof DAY_KINDS)[number];

// A keyed hash of the kind and the day: nobody reads a birthday from the database, and nobody's profile is opened to look for one.
const tokenOf = (keys: ProgramKeys, kind: DayKind, monthDay: string) => keys.index('member day', `${kind}:${monthDay}`);

/** Profiles opened in one transaction. */
const INDEX_BATCH = 500;

/**
 * Writes the days of members who have none yet: those who joined, were loaded, or changed their profile since the last time. Programs that
 * ask for no such day never come here, so joining and importing pay nothing.
 */
export async function indexDays(deps: Deps, programId: number): Promise<void> {
  const keys = await deps.keyring.forProgram(programId);
  for (let found = INDEX_BATCH; found === INDEX_BATCH;) {
    found = await deps.db.inProgram(programId, async (tx) => {
      const rows = await store.membersWithoutDays(tx, INDEX_BATCH);
      await store.insertDays(tx, rows.flatMap((row) => {
        const { birthDate, firstName } = openProfile(keys, row);
        const nameDay = firstName === null || row.kind !== 1 ? null : nameDayOf(firstName, birthDate);
        const days: [DayKind, string | null][] = [['birthday', birthDate?.slice(5) ?? null], ['name-day', nameDay], ['anniversary', localDate(tx.program.timeZone, row.joinedAt).slice(5)]];
        return days.flatMap(([kind, day]) => (day === null ? [] : [{ memberId: row.id, token: tokenOf(keys, kind, day) }]));
      }));
      return rows.length;
    });
  }
}

/** Members who have one of these days (MM-DD), with the instant when they joined. */
export async function membersOnDays(deps: Deps, tx: ProgramTx, kind: DayKind, monthDays: readonly string[]): Promise<{ id: number; joinedAt: number }[]> {
  const keys = await deps.keyring.forProgram(tx.program.id);
  return store.membersByDays(tx, monthDays.map((day) => tokenOf(keys, kind, day)));
}

/** What every nightly look needs to know again of a member whose name or birth date changed. */
export const forgetDays = store.removeDays;
