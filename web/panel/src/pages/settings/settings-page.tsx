import { Tabs } from '@mantine/core';
import type { Permission } from '@wracam/contract';
import { useNavigate, useParams } from '@tanstack/react-router';
import { PageHeader } from '@wracam/ui';
import type { ComponentType } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import { SectionTabs } from '../../shell/section-tabs.tsx';
import { useWords } from '../../words/words.tsx';
import { AuditSection } from './audit-section.tsx';
import { KeysSection } from './keys-section.tsx';
import { ProgramSection } from './program-section.tsx';
import { ReferralsSection } from './referrals-section.tsx';
import { StaffSection } from './staff-section.tsx';
import { WebhooksSection } from './webhooks-section.tsx';

const sections = [
  { name: 'program', needs: 'settings.read', show: ProgramSection },
  { name: 'referrals', needs: 'events.read', show: ReferralsSection },
  { name: 'staff', needs: 'access.manage', show: StaffSection },
  { name: 'keys', needs: 'access.manage', show: KeysSection },
  { name: 'webhooks', needs: 'access.manage', show: WebhooksSection },
  { name: 'audit', needs: 'audit.read', show: AuditSection },
] as const satisfies readonly { name: string; needs: Permission; show: ComponentType }[];

/** Settings by section; each has its address, and only those the person may see are shown. */
export function SettingsPage() {
  const { section } = useParams({ from: '/$program/settings/$section' });
  const { code } = useProgram();
  const can = useCan();
  const navigate = useNavigate();
  const w = useWords().settings;
  const shown = sections.filter((one) => can(one.needs));
  const current = shown.find((one) => one.name === section) ?? shown[0];
  if (!current) return null;
  return (
    <>
      <PageHeader title={w.title} />
      <Tabs value={current.name} onChange={(name) => name && void navigate({ to: '/$program/settings/$section', params: { program: code, section: name } })} keepMounted={false}>
        <SectionTabs label={w.sectionsLabel} chosen={current.name} sections={shown.map(({ name }) => ({ value: name, name: w.sections[name] }))} />
        {shown.map((one) => <Tabs.Panel key={one.name} value={one.name}><one.show /></Tabs.Panel>)}
      </Tabs>
    </>
  );
}
