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
  const isGift = entry?.kind === 'move';
  const [reason, setReason] = useState('');
  const reverse = useReverse();
  const { tell, writes, ticks, reset } = useTelling(member, isGift);
  const confirm = () => entry && reverse.mutate({ transfer: entry.id, reason: reason.trim(), tell }, {
    onSuccess: () => {
      toast(isGift ? w.member.giftReversed : w.member.reversedToast);
      setReason('');
      reset();
      onClose();
    },
  });
  const action = isGift ? w.member.reverseGift : w.member.reverse;
  const amount = entry ? writePoints(entry.points, wallet(entry.wallet).forms, lang, true) : '';
  return (
    <ConfirmDialog opened={entry !== null} onClose={onClose} title={`${action}: ${amount}`} text={isGift ? w.member.reverseGiftText : w.member.reverseText} action={action} onConfirm={confirm} busy={reverse.isPending} error={reverse.error} disabled={reason.trim() === ''}>
      <TextInput label={w.shell.reason} description={writes ? w.member.reasonTold : w.shell.reasonHint} value={reason} maxLength={300} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
      {ticks}
    </ConfirmDialog>
  );
}
