import { createStaff, openSession } from '../modules/access/index.ts';
import type { TestApp } from './app.ts';

type Person = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: Record<string, never> & { code?: string } }>;

/** A program with a running rule (1 point for 10 zł) and people who may change rules. */
export async function publishingShop(app: TestApp, startsAt: number) {
  const shop = await app.program({ test: true, startsAt });
  const params = { program: shop.code };
  const person = async (role: 'owner' | 'manager', name: string): Promise<Person> => {
    const id = await createStaff(app.deps, shop.id, { name, email: `${name}@${shop.code}.example`, role });
    const { token } = await openSession(app.deps, 'staff', { staffId: id }, null);
    return async (method, path, body) => {
      const answer = await app.server.inject({ method: method as 'GET', url: `/api/v1/programs/${shop.code}${path}`, headers: { cookie: `wracam_staff=${token}`, origin: 'http://localhost:3000', 'accept-language': 'pl', ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { payload: JSON.stringify(body) } : {}) });
      return { status: answer.statusCode, body: JSON.parse(answer.body) };
    };
  };
  const people = { owner: await person('owner', 'ola'), marek: await person('manager', 'marek'), ewa: await person('manager', 'ewa') };
  const { items: [rule] } = await shop.api.listRules({ params });
  const definition = rule!.current!.definition;
  const read = () => shop.api.getRule({ params: { ...params, rule: rule!.id } });
  /** Changes the draft and gives the revision it has then. */
  const draft = async (part: object) => (await shop.api.changeRule({ params: { ...params, rule: rule!.id }, body: { revision: (await read()).revision, definition: { ...definition, ...part } } })).revision;
  return { shop, params, ...people, id: rule!.id, definition, read, draft, path: `/earning-rules/${rule!.id}` };
}
