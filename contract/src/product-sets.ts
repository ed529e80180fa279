import { z } from 'zod';
import { SET_CODES_MAX, SET_NAME_MAX } from '@wracam/engine/set-reference';
import { instant, named, productSetId, text } from './shapes.ts';

/** A rule names a set by its name, so the name stays; `#` parts it from the version. */
const name = z.string().trim().min(1).max(SET_NAME_MAX).regex(/^[^\p{Cc}#]*$/u, 'no control characters and no #');
/** Article codes; a set of all of them must also fit the largest body, 4 MB: send the rest with `keep`. */
const codes = z.array(text(80)).min(1).max(SET_CODES_MAX);

const version = z.object({ version: z.int(), size: z.int(), madeAt: instant, madeBy: z.string() });
export const productSet = named('ProductSet', z.object({ id: productSetId, name: z.string(), version: z.int(), size: z.int(), changedAt: instant }));
export const productSetList = named('ProductSetList', z.object({ items: z.array(productSet) }));
export const productSetDetail = named('ProductSetDetail', productSet.extend({ versions: z.array(version) }));
export const newProductSet = named('NewProductSet', z.strictObject({ name, codes }));
/**
 * `version` is the one that was read. `keep`: the codes join those that are there instead of replacing them. `despiteNotice`: people know that members
 * may get less of a running rule at once, with less notice than the program gives.
 */
export const productSetChange = named('ProductSetChange', z.strictObject({ version: z.int().min(1), codes, keep: z.boolean().optional(), despiteNotice: z.boolean().optional() }));
export const productSetCodesQuery = z.strictObject({ version: z.coerce.number().int().min(1).max(9_999_999).optional() });
export const productSetCodes = named('ProductSetCodes', z.object({ version: z.int(), codes: z.array(z.string()) }));
