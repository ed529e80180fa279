import { Text, Title } from '@mantine/core';
import { DataTable } from '@wracam/ui';
import type { Repair, RepairResult } from '../../api/shapes.ts';
import { useWords } from '../../words/words.tsx';

/** Coupons, badges, draw tickets and tags that follow the right rules. */
export function Grants({ repair, result: { grants } }: { repair: Repair; result: RepairResult }) {
  const words = useWords();
  const w = words.repair;
  if (grants.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h3" mb="xs">{w.grants}</Title>
      <Text mb="md" maw={720}>{repair.state === 'ready' ? w.grantsText : w.grantsDone}</Text>
      <DataTable label={w.grants} rows={grants} rowKey={(one) => `${one.what}:${one.code}`} columns={[
        { key: 'what', header: w.grantWhat, phone: 'title', render: (one) => `${words.rule.grants[one.what]} „${one.code}”` },
        { key: 'members', header: w.grantMembers, number: true, phone: 'side', render: (one) => one.members },
        { key: 'given', header: w.grantGiven, number: true, render: (one) => one.given },
        { key: 'taken', header: w.grantTaken, number: true, render: (one) => one.taken },
        { key: 'kept', header: w.grantKept, number: true, render: (one) => one.kept },
      ]} />
    </section>
  );
}
