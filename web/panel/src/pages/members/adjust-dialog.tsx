import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { ConfirmDialog, DecimalInput, useLang, writePoints } from '@wracam/ui';
import { useState } from 'react';
import { useAdjust, useReverse } from '../../api/members.ts';
import { useMembership, useProgram, useWallet } from '../../api/program.tsx';
import type { Member } from '../../api/shapes.ts';
import { toast, toastRefusal, toastUndo } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { useTelling } from './tell-ticks.tsx';

/** Adds or takes points by hand, always with a reason; can be taken back from the toast. */
export function AdjustDialog({ member, opened, onClose }: { member: Member; opened: boolean; onClose: () => void }) {
  const w = useWords();
  const lang = useLang();
  const { wallets } = useProgram();
  const { adjustLimit } = useMembership();
  const wallet = useWallet();
  const [code, setCode] = useState(wallets[0]?.code ?? '');
  const [take, setTake] = useState(false);
  const [points, setPoints] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const adjust = useAdjust(member.id);
  const reverse = useReverse();
  const { tell, writes, ticks, reset } = useTelling(member);
  const unit = wallet(code).forms;
  const written = points === null || points === 0 ? '' : writePoints(points, unit, lang);
  const confirm = () => adjust.mutate({ wallet: code, points: (points ?? 0) * (take ? -1 : 1), reason: reason.trim(), tell }, {
    onSuccess: ({ transfer }) => {
      setPoints(null);
      setReason('');
      reset();
      onClose();
      toastUndo(w.member.adjusted, w.shell.undo, () => void reverse.mutateAsync({ transfer: transfer.id, reason: w.member.adjustUndone, tell }).then(() => toast(w.member.reversedToast), toastRefusal));
    },
  });
  const over = adjustLimit !== null && (points ?? 0) > adjustLimit;
  const close = () => { adjust.reset(); onClose(); };
  const action = written === '' ? w.member.adjust : take ? w.member.doTake(written) : w.member.doGive(written);
  return (
    <ConfirmDialog opened={opened} onClose={close} title={w.member.adjust} action={action} harmful={take} onConfirm={confirm} busy={adjust.isPending} error={adjust.error} disabled={written === '' || over || reason.trim() === ''}>
      <SegmentedControl aria-label={w.member.adjustDirection} value={take ? 'take' : 'give'} onChange={(value) => setTake(value === 'take')} data={[{ value: 'give', label: w.member.give }, { value: 'take', label: w.member.take }]} />
      {wallets.length > 1 && <Select label={w.member.wallet} allowDeselect={false} value={code} onChange={(value) => value && setCode(value)} data={wallets.map((one) => ({ value: one.code, label: one.name }))} />}
      <DecimalInput key={code} decimals={unit.decimals ?? 0} label={w.member.howMany} description={adjustLimit === null ? undefined : w.member.adjustLimit(writePoints(adjustLimit, unit, lang))} error={over && w.member.overLimit(writePoints(adjustLimit, unit, lang))} value={points} onChange={setPoints} data-autofocus />
      <TextInput label={w.shell.reason} description={writes ? w.member.reasonTold : w.shell.reasonHint} value={reason} maxLength={300} onChange={(event) => setReason(event.currentTarget.value)} />
      {ticks}
    </ConfirmDialog>
  );
}
