import { Alert, List, Text } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useLang, writeInstant } from '@wracam/ui';
import type { ReactNode } from 'react';
import { useGoals } from '../../api/goals.ts';
import { useProductSets } from '../../api/product-sets.ts';
import { useCan, useProgram } from '../../api/program.tsx';
import { useRepairs } from '../../api/repairs.ts';
import { useBase, useRules } from '../../api/rules.ts';
import { useSegments } from '../../api/segments.ts';
import { useTiers } from '../../api/tiers.ts';
import { useWalletDetails } from '../../api/wallets.ts';
import { TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';

type Proposal = { readonly by: string; readonly at: string; readonly yours: boolean };
type Waiting = { readonly key: string; readonly link: ReactNode; readonly proposal: Proposal };

/** What others propose and wait for this person to agree to: nobody would open every rule to find out. Only where the program asks for two people. */
export function WaitingChanges() {
  const { secondPerson } = useProgram();
  const can = useCan();
  return (
    <>
      {secondPerson && can('rules.write') && <WaitingPublications />}
      {secondPerson && can('settings.write') && <WaitingWallets />}
      {secondPerson && can('points.repair') && <WaitingRepairs />}
    </>
  );
}

const wait = <One extends { readonly proposal: Proposal | null }>(list: readonly One[] | undefined, of: (one: One) => { key: string; link: ReactNode }): Waiting[] =>
  (list ?? []).flatMap((one) => (one.proposal && !one.proposal.yours ? [{ ...of(one), proposal: one.proposal }] : []));

function WaitingPublications() {
  const w = useWords();
  const { code: program } = useProgram();
  const { waits } = w.today;
  const params = { program };
  const [base, tiers] = [useBase().data, useTiers().data];
  return (
    <WaitingList
      title={waits.changes}
      items={[
        ...wait(useRules().data?.items, ({ id, name }) => ({ key: id, link: <TextLink to="/$program/rules/$rule" params={{ program, rule: id }}>{waits.rule(name)}</TextLink> })),
        ...wait(base && [base], () => ({ key: 'base', link: <TextLink to="/$program/rules/base" params={params}>{w.rules.baseTitle}</TextLink> })),
        ...wait(tiers && [tiers], () => ({ key: 'tiers', link: <TextLink to="/$program/tiers" params={params}>{w.tiers.title}</TextLink> })),
        ...wait([...useGoals('threshold').data?.items ?? [], ...useGoals('challenge').data?.items ?? []], ({ id, name }) => ({ key: id, link: <TextLink to="/$program/goals/of/$goal" params={{ program, goal: id }}>{waits.goal(name)}</TextLink> })),
        ...wait(useSegments().data?.items, ({ id, name }) => ({ key: id, link: <TextLink to="/$program/segments/$segment" params={{ program, segment: id }}>{waits.segment(name)}</TextLink> })),
        ...wait(useProductSets().data?.items, ({ id, name }) => ({ key: id, link: <TextLink to="/$program/product-sets" params={params}>{waits.set(name)}</TextLink> })),
      ]}
    />
  );
}

function WaitingWallets() {
  const { waits } = useWords().today;
  const { code: program } = useProgram();
  const list = useWalletDetails().data?.items.filter((one) => one.proposal?.waits);
  return <WaitingList title={waits.wallets} items={wait(list, ({ code, name }) => ({ key: code, link: <TextLink to="/$program/wallets" params={{ program }}>{waits.wallet(name)}</TextLink> }))} />;
}

function WaitingRepairs() {
  const { waits } = useWords().today;
  const { code: program } = useProgram();
  return (
    <WaitingList
      title={waits.repairs}
      items={wait(useRepairs().data?.items, ({ id, rule, proposal }) => ({ key: id, link: <TextLink to="/$program/repairs/$repair" params={{ program, repair: id }}>{waits[proposal?.step === 'undo' ? 'undo' : 'repair'](rule.name)}</TextLink> }))}
    />
  );
}

function WaitingList({ title, items }: { title: string; items: readonly Waiting[] }) {
  const { proposed } = useWords().publishing;
  const { timeZone } = useProgram();
  const lang = useLang();
  if (items.length === 0) return null;
  return (
    <Alert variant="light" mb="md" icon={<IconUserCheck aria-hidden />} title={title}>
      <List spacing={4}>
        {items.map(({ key, link, proposal }) => <List.Item key={key}>{link} <Text span size="sm" c="dimmed">{proposed(proposal.by, writeInstant(proposal.at, timeZone, lang))}</Text></List.Item>)}
      </List>
    </Alert>
  );
}
