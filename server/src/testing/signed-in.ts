import type { Role } from '@wracam/contract';
import { createStaff, openSession } from '../modules/access/index.ts';
import type { TestAnswer, TestApp, TestProgram } from './app.ts';

/** A request under the program's path, as the browser of somebody who is signed in sends it. */
export type SignedIn = (method: string, path: string, body?: unknown) => Promise<TestAnswer>;

const ORIGIN = 'http://localhost:3000';
const asking = (shop: TestProgram, cookie: string): SignedIn => (method, path, body) => shop.call(method, path, body, { authorization: '', origin: ORIGIN, cookie, 'accept-language': 'pl' });

/** Somebody new of the program's team, signed in to the panel. */
export async function signedInStaff(app: TestApp, shop: TestProgram, name: string, role: Role = 'manager'): Promise<SignedIn> {
  const staffId = await createStaff(app.deps, shop.id, { name, email: `${name}@${shop.code}.example`, role });
  return asking(shop, `wracam_staff=${(await openSession(app.deps, 'staff', { staffId }, null)).token}`);
}

/** A member of the program, signed in to the portal. */
export async function signedInMember(app: TestApp, shop: TestProgram, id: string): Promise<SignedIn> {
  const memberId = app.deps.publicIds.decode('mem', id)!;
  return asking(shop, `wracam_member=${(await openSession(app.deps, 'member', { programId: shop.id, memberId }, null)).token}`);
}
