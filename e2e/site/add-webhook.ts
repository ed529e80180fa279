import { sql } from '@wracam/server/platform/sql';
import { PROGRAM, type Site } from './start-site.ts';

/** Another system that hears of rules: one notice that it took, one that was given up, one that it refuses just now. */
export async function addWebhook({ api, deps, programId }: Site): Promise<void> {
  const { webhook } = await api.addWebhook({ params: { program: PROGRAM }, body: { url: 'https://magazyn.example.pl/wracam/powiadomienia' } });
  const id = deps.publicIds.decode('whk', webhook.id)!;
  await deps.db.inProgram(programId, async (tx) => {
    await tx.run(sql`insert into webhook_delivery (program_id, id, webhook_id, event_id, state, tries, answer, at, tried_at)
      select o.program_id, o.id, ${id}, o.id, case row_number() over (order by o.id) when 1 then 'delivered' when 2 then 'failed' else 'queued' end, case row_number() over (order by o.id) when 2 then 10 else 1 end, case when row_number() over (order by o.id) = 1 then 'HTTP 204' else 'HTTP 503' end, o.at, o.at
      from outbox o where o.program_id = ${programId} and o.type = 'grant.given' order by o.id limit 3`);
    await tx.run(sql`update webhook set failing_since = ${new Date(tx.program.now)}, retry_at = ${new Date(tx.program.now)} where program_id = ${programId} and id = ${id}`);
  });
}
