import type { TestApp } from './app.ts';
import { signedInStaff } from './signed-in.ts';

/** A program with a running rule (1 point for 10 zł) and people who may change rules. */
export async function publishingShop(app: TestApp, startsAt: number) {
  const shop = await app.program({ test: true, startsAt });
  const params = { program: shop.code };
  const people = { owner: await signedInStaff(app, shop, 'ola', 'owner'), marek: await signedInStaff(app, shop, 'marek'), ewa: await signedInStaff(app, shop, 'ewa') };
  const { items: [rule] } = await shop.api.listRules({ params });
  const definition = rule!.current!.definition;
  const read = () => shop.api.getRule({ params: { ...params, rule: rule!.id } });
  /** Changes the draft and gives the revision it has then. */
  const draft = async (part: object) => (await shop.api.changeRule({ params: { ...params, rule: rule!.id }, body: { revision: (await read()).revision, definition: { ...definition, ...part } } })).revision;
  return { shop, params, ...people, id: rule!.id, definition, read, draft, path: `/earning-rules/${rule!.id}` };
}
