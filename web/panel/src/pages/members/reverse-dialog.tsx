import { TextInput } from '@mantine/core';
import { ConfirmDialog, useLang, writePoints } from '@wracam/ui';
import { useState } from 'react';
import { useReverse } from '../../api/members.ts';
import { useWallet } from '../../api/program.tsx';
import type { HistoryEntry, Member } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { useTelling } from './tell-ticks.tsx';

/** Takes an adjustment or a gift back by an opposite entry, with a reason. */
export function ReverseDialog({ member, entry, onClose }: { member: Member; entry: HistoryEntry | null; onClose: () => void }) {
  const w = useWords();
  const lang = useLang();
  const wallet = useWallet();
  const [reason, setReason] = useState('');
  const reverse = useReverse();
  const { tell, writes, ticks, reset } = useTelling(member, entry?.kind === 'move');
  const confirm = () => entry && reverse.mutate({ transfer: entry.id, reason: reason.trim(), tell }, {
    onSuccess: () => {
      toast(w.member.reversedToast);
      setReason('');
      reset();
      onClose();
    },
  });
  const amount = entry ? writePoints(entry.points, wallet(entry.wallet).forms, lang, true) : '';
  return (
    <ConfirmDialog opened={entry !== null} onClose={onClose} title={`${w.member.reverse}: ${amount}`} text={w.member.reverseText} action={w.member.reverse} onConfirm={confirm} busy={reverse.isPending} error={reverse.error} disabled={reason.trim() === ''}>
      <TextInput label={w.shell.reason} description={writes ? w.member.reasonTold : w.shell.reasonHint} value={reason} maxLength={300} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
      {ticks}
    </ConfirmDialog>
  );
}
