import { asAdmin, quote } from '../platform/roles.ts';

/** Tables in which any of the words can be read: as text, or as bytes written as they are. Sealed and hashed columns show nothing. */
export const tablesThatShow = (adminUrl: string, words: readonly string[]): Promise<string[]> => asAdmin(adminUrl, async (client) => {
  const { rows } = await client.query<{ name: string }>(`select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1`);
  const needles = words.flatMap((word) => [word, Buffer.from(word).toString('hex')]).map((one) => one.toLowerCase());
  const showing: string[] = [];
  for (const { name } of rows) {
    const text = (await client.query<{ row: string }>(`select t::text as row from ${quote(name)} t`)).rows.map(({ row }) => row.toLowerCase()).join('\n');
    if (needles.some((needle) => text.includes(needle))) showing.push(name);
  }
  return showing;
});
