import { sql } from '@wracam/server/platform/sql';
import type { Site } from './start-site.ts';

/** Leaves a member as the nightly control does when the books disagree. */
export async function stopSpending({ deps, programId }: Site, member: string): Promise<void> {
  const id = deps.publicIds.decode('mem', member)!;
  await deps.db.inProgram(programId, async (tx) => {
    await tx.run(sql`update member_ledger set suspended = true where program_id = ${programId} and member_id = ${id}`);
    await tx.run(sql`insert into audit_difference (program_id, member_id, wallet_no, found_at, details)
      values (${programId}, ${id}, 1, ${new Date(tx.program.now)}, '["available differs from the usable lots", "lot 1 differs from its transfers"]')`);
  });
}
