import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBolt, IconDots, IconLock, IconLockOpen, IconPlus, IconUserOff } from '@tabler/icons-react';
import { ConfirmDialog } from '@wracam/ui';
import { useState } from 'react';
import { useMemberStep, type MemberStep } from '../../api/members.ts';
import { useCan, useProgram } from '../../api/program.tsx';
import type { Member } from '../../api/shapes.ts';
import { ButtonLink } from '../../shell/links.tsx';
import { toast, toastRefusal, toastUndo } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { RecordDialog } from '../events/record-dialog.tsx';
import { AdjustDialog } from './adjust-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';

/** What can be done with a member, by what the person may do and where the member stands. */
export function MemberActions({ member }: { member: Member }) {
  const w = useWords();
  const { code, wallets } = useProgram();
  const can = useCan();
  const [adjusting, adjust] = useDisclosure();
  const [moving, move] = useDisclosure();
  const [recording, record] = useDisclosure();
  const [step, setStep] = useState<MemberStep | null>(null);
  if (member.state === 'closed') return null;
  const active = member.state === 'active';
  return (
    <>
      {active && can('transactions.write') && (
        <ButtonLink to="/$program/sales/new" params={{ program: code }} search={{ member: member.id }} leftSection={<IconPlus size={16} aria-hidden />}>{w.shell.addSale}</ButtonLink>
      )}
      {active && can('orders.write') && <ButtonLink variant="default" to="/$program/orders/new" params={{ program: code }} search={{ member: member.id }}>{w.member.newOrder}</ButtonLink>}
      {active && can('points.adjust') && <Button variant="default" onClick={adjust.open}>{w.member.adjust}</Button>}
      {active && can('points.adjust') && wallets.some((wallet) => wallet.transfers !== null) && <Button variant="default" onClick={move.open}>{w.member.move}</Button>}
      {can('members.write') && (
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon variant="default" size={36} aria-label={w.member.moreActions}><IconDots size={18} aria-hidden /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            {active && can('events.write') && <Menu.Item leftSection={<IconBolt size={16} aria-hidden />} onClick={record.open}>{w.events.record}</Menu.Item>}
            {active
              ? <Menu.Item leftSection={<IconLock size={16} aria-hidden />} onClick={() => setStep('blockMember')}>{w.member.block}</Menu.Item>
              : <Menu.Item leftSection={<IconLockOpen size={16} aria-hidden />} onClick={() => setStep('unblockMember')}>{w.member.unblock}</Menu.Item>}
            <Menu.Item color="red" leftSection={<IconUserOff size={16} aria-hidden />} onClick={() => setStep('closeMember')}>{w.member.close}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {recording && <RecordDialog member={member.id} onClose={record.close} />}
      <MoveDialog member={member} opened={moving} onClose={move.close} />
      <AdjustDialog member={member} opened={adjusting} onClose={adjust.close} />
      <StepDialog key={step} member={member.id} step={step} onClose={() => setStep(null)} />
    </>
  );
}

/** Asks for the reason of a step and takes it. */
export function StepDialog({ member, step, onClose }: { member: string; step: MemberStep | null; onClose: () => void }) {
  const w = useWords();
  const [reason, setReason] = useState('');
  const change = useMemberStep(member);
  const words = {
    blockMember: { title: w.member.block, text: w.member.blockText, done: w.member.blocked },
    unblockMember: { title: w.member.unblock, text: w.member.unblockText, done: w.member.unblocked },
    clearMember: { title: w.member.clear, text: w.member.clearText, done: w.member.cleared },
    closeMember: { title: w.member.close, text: w.member.closeText, done: w.member.closed },
  }[step ?? 'blockMember'];
  const confirm = () => step && change.mutate({ step, reason: reason.trim() }, {
    onSuccess: () => {
      if (step === 'blockMember') toastUndo(words.done, w.shell.undo, () => void change.mutateAsync({ step: 'unblockMember', reason: w.member.undoBlock }).then(() => toast(w.member.unblocked), toastRefusal));
      else toast(words.done);
      onClose();
    },
  });
  return (
    <ConfirmDialog opened={step !== null} onClose={onClose} title={words.title} text={words.text} action={words.title} harmful={step === 'blockMember' || step === 'closeMember'} onConfirm={confirm} busy={change.isPending} error={change.error} disabled={reason.trim() === ''}>
      <TextInput label={w.shell.reason} description={w.shell.reasonHint} value={reason} maxLength={300} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
    </ConfirmDialog>
  );
}
