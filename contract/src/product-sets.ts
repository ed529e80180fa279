import { z } from 'zod';
import { SET_CODES_MAX, SET_NAME_MAX } from '@wracam/engine/set-reference';
import { versionShape, waitingPublication } from './rules.ts';
import { instant, named, productSetId, text } from './shapes.ts';

/** A rule names a set by its name, so the name stays; `#` parts it from the version. */
const name = z.string().trim().min(1).max(SET_NAME_MAX).regex(/^[^\p{Cc}#]*$/u, 'no control characters and no #');
/** Article codes; a set of all of them must also fit the largest body, 4 MB: send the rest with `keep`. */
const codes = z.array(text(80)).min(1).max(SET_CODES_MAX);

/** `version` and `size`: of the codes that are in force now. A list tells every version too; there are few. */
export const productSet = named('ProductSet', z.object({
  id: productSetId, name: z.string(), version: z.int(), size: z.int(), revision: z.int(), changedAt: instant, draft: z.object({ size: z.int() }).nullable(), proposal: waitingPublication,
  versions: z.array(z.object({ ...versionShape, size: z.int() })),
}));
export const productSetList = named('ProductSetList', z.object({ items: z.array(productSet) }));
export const newProductSet = named('NewProductSet', z.strictObject({ name, codes }));
/** `revision` is the one that was read. `keep`: the codes join those of the draft, or of what is in force, instead of replacing them. */
export const productSetChange = named('ProductSetChange', z.strictObject({ revision: z.int().min(1), codes, keep: z.boolean().optional() }));
export const productSetCodesQuery = z.strictObject({ version: z.union([z.literal('draft'), z.coerce.number().int().min(1).max(9_999_999)]).optional() });
/** `version` null: the draft. */
export const productSetCodes = named('ProductSetCodes', z.object({ version: z.int().nullable(), codes: z.array(z.string()) }));
