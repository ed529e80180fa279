import { Checkbox } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useCan } from '../../api/program.tsx';
import { useWebhooks } from '../../api/settings.ts';
import type { Member } from '../../api/shapes.ts';
import { useWords } from '../../words/words.tsx';

type Told = 'members' | 'systems';

/**
 * Whom a change of points by hand is told: the member unless somebody unticks it, for whose account it is, and other systems where there are any
 * and whoever sits here looks after them. `both`: another member's account changes with it, and neither is told unless it is ticked.
 */
export function useTelling(member: Member, both = false): { readonly tell: Told[]; readonly writes: boolean; readonly ticks: ReactElement; readonly reset: () => void } {
  const w = useWords();
  const manages = useCan()('access.manage');
  const webhooks = useWebhooks(manages).data?.items ?? [];
  const reachable = both || member.email !== null;
  const [byMail, setByMail] = useState<boolean | null>(null);
  const [bySystems, setBySystems] = useState(false);
  const writes = reachable && (byMail ?? !both);
  const ticks = (
    <>
      <Checkbox label={both ? w.member.tellBoth : w.member.tell} description={reachable ? undefined : w.member.tellNowhere} disabled={!reachable} checked={writes} onChange={(event) => setByMail(event.currentTarget.checked)} />
      {webhooks.some((one) => one.active) && <Checkbox label={w.repair.tell.systems} checked={bySystems} onChange={(event) => setBySystems(event.currentTarget.checked)} />}
    </>
  );
  return { tell: [...(writes ? ['members' as const] : []), ...(bySystems ? ['systems' as const] : [])], writes, ticks, reset: () => { setByMail(null); setBySystems(false); } };
}
