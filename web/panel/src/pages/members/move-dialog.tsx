import { Select, Text } from '@mantine/core';
import { ConfirmDialog, DecimalInput, useLang, writePoints } from '@wracam/ui';
import { useState } from 'react';
import { useMovePoints } from '../../api/members.ts';
import { useProgram } from '../../api/program.tsx';
import type { Member } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { MemberPicker, type PickedMember } from '../sales/member-picker.tsx';

/** Moves points to another member, for the one who has them; only in wallets that let them be moved. */
export function MoveDialog({ member, opened, onClose }: { member: Member; opened: boolean; onClose: () => void }) {
  const w = useWords().member;
  const lang = useLang();
  const wallets = useProgram().wallets.filter((one) => one.transfers !== null);
  const [code, setCode] = useState(wallets[0]?.code ?? '');
  const [to, setTo] = useState<PickedMember | null>(null);
  const [points, setPoints] = useState<number | null>(null);
  const move = useMovePoints(member.id);
  const wallet = wallets.find((one) => one.code === code);
  if (!wallet) return null;
  const write = (count: number) => writePoints(count, wallet.forms, lang);
  const own = to?.id === member.id;
  const close = () => { setTo(null); setPoints(null); move.reset(); onClose(); };
  const confirm = () => to && points && move.mutate({ to: { number: to.number }, wallet: code, points }, { onSuccess: () => { toast(w.moved(write(points))); close(); } });
  const available = member.balances.find((balance) => balance.wallet === code)?.available ?? 0;
  return (
    <ConfirmDialog
      opened={opened} onClose={close} title={w.move} text={w.moveText} action={points ? w.doMove(write(points)) : w.move} busy={move.isPending} error={move.error}
      disabled={!to || own || !points} onConfirm={confirm}
    >
      {wallets.length > 1 && <Select label={w.wallet} allowDeselect={false} value={code} onChange={(value) => value && setCode(value)} data={wallets.map((one) => ({ value: one.code, label: one.name }))} />}
      <MemberPicker value={to} onChange={setTo} />
      {own && <Text size="sm" c="red">{w.moveOwn}</Text>}
      <DecimalInput key={code} decimals={wallet.forms.decimals ?? 0} label={w.howMany} description={w.moveLimits(write(available), write(wallet.transfers!.minPoints), write(wallet.transfers!.dayPoints))} value={points} onChange={setPoints} />
    </ConfirmDialog>
  );
}
