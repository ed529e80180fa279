import type { Instant } from '@wracam/engine/calendar';
import type { FieldKind } from '@wracam/engine/event-types';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';

/** A field as the organiser wrote it: one name for every language. */
export type OwnField = {
  readonly key: string; readonly kind: FieldKind; readonly name: string; readonly required: boolean;
  readonly options?: readonly { readonly value: string; readonly name: string }[] | undefined; readonly min?: number | undefined; readonly max?: number | undefined;
};
export type OwnType = { readonly code: string; readonly name: string; readonly reason: string; readonly fields: readonly OwnField[]; /** Members may report it with pictures. */ readonly reported: boolean; readonly revision: number; readonly retiredAt: Instant | null };

export const listTypes = (tx: ProgramTx) => tx.rows<OwnType>(sql`
  select code, name, reason, fields, reported, revision, retired_at from event_type where program_id = ${tx.program.id} order by name, code`);

export const findTypeForUpdate = (tx: ProgramTx, code: string) => tx.maybe<OwnType>(sql`
  select code, name, reason, fields, reported, revision, retired_at from event_type where program_id = ${tx.program.id} and code = ${code} order by code for no key update`);

/** False when the code is taken. */
export const insertType = async (tx: ProgramTx, type: Omit<OwnType, 'revision' | 'retiredAt'>) => 1 === await tx.run(sql`
  insert into event_type (program_id, code, name, reason, fields, reported, revision, changed_at)
  values (${tx.program.id}, ${type.code}, ${type.name}, ${type.reason}, ${JSON.stringify(type.fields)}, ${type.reported}, 1, ${new Date(tx.program.now)}) on conflict do nothing`);

export const saveType = (tx: ProgramTx, type: OwnType) => tx.run(sql`
  update event_type set name = ${type.name}, reason = ${type.reason}, fields = ${JSON.stringify(type.fields)}, reported = ${type.reported}, revision = ${type.revision},
    retired_at = ${type.retiredAt === null ? null : new Date(type.retiredAt)}, changed_at = ${new Date(tx.program.now)}
  where program_id = ${tx.program.id} and code = ${type.code}`);
