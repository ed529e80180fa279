import type { OwnNames } from '@wracam/engine/describe';
import type { Ruleset } from '@wracam/engine/rules';
import type { Language } from '@wracam/contract';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { listBadges } from '../badges/index.ts';
import { eventNames } from '../event-types/index.ts';
import { levelNames } from '../tiers/index.ts';

const NAMED_BY_CODE = /"event\.field\.|"member\.badge|"member\.tier"|"tierMultiplier"|"badge"|"of":\{"field"/;

/** What the program calls today what these rules know by codes: fields of its own events, badges, levels. Undefined where they know nothing so, or no ruleset decided. */
export async function ownNamesFor(deps: Deps, tx: ProgramTx, ruleset: Ruleset | null, language: Language): Promise<OwnNames | undefined> {
  if (ruleset === null || !NAMED_BY_CODE.test(JSON.stringify(ruleset.rules))) return undefined;
  const { fields, values } = await eventNames(tx);
  const badges = (await listBadges(tx)).flatMap(({ code, name }) => (code === null ? [] : [[code, name] as const]));
  return { ...(fields && { fields }), values: { ...values, 'member.badge': Object.fromEntries(badges), 'member.tier': Object.fromEntries(await levelNames(deps, tx, language)) } };
}
