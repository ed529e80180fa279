import { withdrawnBy } from '@wracam/engine/in-force';
import type { NewVersion } from './named-publications.ts';
import type { Proposal } from './publications.ts';
import { iso, isoOrNull } from '../../platform/iso.ts';


/** What waits for another person, as the contract shows it; who proposed it still as it is written. */
export const proposalView = ({ version, inForceFrom, by, at }: Proposal) => ({ version, inForceFrom: isoOrNull(inForceFrom), by, at: iso(at) });

/** When a version was published and by whom (as it is written), from when it is in force, and which one took its place before that; `all`: in the order of publication. */
export const versionView = <V extends NewVersion>(one: V, all: readonly V[]) => ({
  version: one.version, publishedAt: iso(one.publishedAt), publishedBy: one.publishedBy, inForceFrom: iso(one.inForceFrom), withdrawnBy: withdrawnBy(all, one)?.version ?? null,
});
