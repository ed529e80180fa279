import type { Language, Permission } from '@wracam/contract';
import type { Db } from './db.ts';
import type { Ids, PublicIds } from './ids.ts';
import type { Keyring } from './keyring.ts';
import type { Logger } from './log.ts';
import type { Mailer } from './mail.ts';
import type { Reach } from './web-call.ts';

/** What every action may use; made once, in app.ts. */
export type Deps = {
  readonly db: Db;
  /** The connections of the booking path: prepared statements that stay index probes at every size. */
  readonly hotDb: Db;
  readonly ids: Ids; readonly publicIds: PublicIds; readonly keyring: Keyring; readonly log: Logger; readonly mailer: Mailer | null;
  /** Where people reach this installation, without a slash at the end. */
  readonly publicUrl: string;
  /** Where webhooks may lead. */
  readonly webhooks: Reach;
};

export type Actor = { readonly kind: 'staff' | 'key' | 'member' | 'system'; readonly id: number | null };
/** Who asks, for which program, in which language; and the key that makes a repeat harmless. */
export type Ctx = {
  readonly programId: number; readonly actor: Actor; readonly permissions: ReadonlySet<Permission>; readonly language: Language; readonly requestId: string;
  /** Largest manual adjustment of this staff member; null: no limit. */
  readonly adjustLimit: number | null;
  /** The most this staff member adjusts in a day, in all; null: no limit. */
  readonly adjustDayLimit: number | null;
  /** The signed-in member, for the portal's operations. */
  readonly memberId: number | null;
  readonly idempotency: Idempotency | null;
};
export type Idempotency = { readonly scope: Buffer; readonly key: string; readonly bodyHash: Buffer };

/** The context of work that nobody asked for: jobs, imports, the demo. */
export const systemCtx = (programId: number, language: Language = 'pl'): Ctx =>
  ({ programId, actor: { kind: 'system', id: null }, permissions: new Set(), language, requestId: 'system', adjustLimit: null, adjustDayLimit: null, memberId: null, idempotency: null });
