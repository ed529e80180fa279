import { Tabs } from '@mantine/core';
import type { Permission } from '@wracam/contract';
import { useNavigate, useParams } from '@tanstack/react-router';
import { PageHeader } from '@wracam/ui';
import type { ComponentType } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import { SectionTabs } from '../../shell/section-tabs.tsx';
import { useWords } from '../../words/words.tsx';
import { CodesSection } from './codes-section.tsx';
import { ReportsSection } from './reports-section.tsx';
import { TypesSection } from './types-section.tsx';

const sections = [
  { name: 'types', needs: 'rules.read', show: TypesSection },
  { name: 'reports', needs: 'events.read', show: ReportsSection },
  { name: 'codes', needs: 'events.read', show: CodesSection },
] as const satisfies readonly { name: string; needs: Permission; show: ComponentType }[];

/** What earns points besides purchases, by section; each has its address. */
export function EventsPage() {
  const { section } = useParams({ from: '/$program/events/$section' });
  const { code } = useProgram();
  const can = useCan();
  const navigate = useNavigate();
  const w = useWords().events;
  const shown = sections.filter((one) => can(one.needs));
  const current = shown.find((one) => one.name === section) ?? shown[0];
  if (!current) return null;
  return (
    <>
      <PageHeader title={w.title} text={w.text} />
      <Tabs value={current.name} onChange={(name) => name && void navigate({ to: '/$program/events/$section', params: { program: code, section: name } })} keepMounted={false}>
        <SectionTabs label={w.sectionsLabel} chosen={current.name} sections={shown.map(({ name }) => ({ value: name, name: w.sections[name] }))} />
        {shown.map((one) => <Tabs.Panel key={one.name} value={one.name}><one.show /></Tabs.Panel>)}
      </Tabs>
    </>
  );
}
