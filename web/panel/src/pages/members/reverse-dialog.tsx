import { TextInput } from '@mantine/core';
import { ConfirmDialog, useLang, writePoints } from '@wracam/ui';
import { useState } from 'react';
import { useReverse } from '../../api/members.ts';
import { useWallet } from '../../api/program.tsx';
import type { HistoryEntry } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';

/** Takes an adjustment back by an opposite entry, with a reason. */
export function ReverseDialog({ entry, onClose }: { entry: HistoryEntry | null; onClose: () => void }) {
  const w = useWords();
  const lang = useLang();
  const wallet = useWallet();
  const [reason, setReason] = useState('');
  const reverse = useReverse();
  const confirm = () => entry && reverse.mutate({ transfer: entry.id, reason: reason.trim() }, {
    onSuccess: () => {
      toast(w.member.reversedToast);
      setReason('');
      onClose();
    },
  });
  const amount = entry ? writePoints(entry.points, wallet(entry.wallet).forms, lang, true) : '';
  return (
    <ConfirmDialog opened={entry !== null} onClose={onClose} title={`${w.member.reverse}: ${amount}`} text={w.member.reverseText} action={w.member.reverse} onConfirm={confirm} busy={reverse.isPending} error={reverse.error} disabled={reason.trim() === ''}>
      <TextInput label={w.shell.reason} description={w.shell.reasonHint} value={reason} maxLength={300} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
    </ConfirmDialog>
  );
}
