import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconShieldLock } from '@tabler/icons-react';
import { useLang, writeInstant } from '@wracam/ui';
import { useCan, useProgram } from '../../api/program.tsx';
import type { Member } from '../../api/shapes.ts';
import { useWords } from '../../words/words.tsx';
import { StepDialog } from './member-actions.tsx';

/** Spending is stopped: since when, what the control found, and the way out for whoever may take it. */
export function SuspensionNotice({ member }: { member: Member }) {
  const w = useWords().member;
  const lang = useLang();
  const { timeZone } = useProgram();
  const can = useCan();
  const [clearing, dialog] = useDisclosure();
  const { suspension } = member;
  // The dialog stays when the notice goes: it has to say that it is done.
  return (
    <>
      {suspension && <Alert color="red" variant="light" icon={<IconShieldLock aria-hidden />} title={w.suspended} mb="lg">
        <Stack gap="sm" align="flex-start">
          <Text size="sm">{w.suspendedText(suspension.at && writeInstant(suspension.at, timeZone, lang))}</Text>
          {suspension.found.length > 0 && (
            <div>
              <Text size="sm" fw={650}>{w.found}</Text>
              <List size="sm">{suspension.found.map((one, at) => <List.Item key={at}>{w.finding(one)}</List.Item>)}</List>
            </div>
          )}
          {can('points.clear') ? <Button onClick={dialog.open}>{w.clear}</Button> : <Text size="sm">{w.suspendedAsk}</Text>}
        </Stack>
      </Alert>}
      <StepDialog key={String(clearing)} member={member.id} step={clearing ? 'clearMember' : null} onClose={dialog.close} />
    </>
  );
}
