import { Button, Select, TextInput } from '@mantine/core';
import type { Member, Recipient, Wallet } from '@wracam/sdk';
import { DecimalInput } from '@wracam/ui/decimal-input.tsx';
import { useLang } from '@wracam/ui/lang.tsx';
import { useState } from 'react';
import { Link } from 'wouter';
import { useFindRecipient, useGivePoints } from '../../api/me.ts';
import { useProgram } from '../../api/program.tsx';
import { writePoints } from '../../points/points-words.ts';
import { Notice } from '../../shell/notice.tsx';
import { useArrival } from '../../shell/arrival.ts';
import { usePlaces } from '../../shell/places.ts';
import { SignedIn } from '../../shell/signed-in.tsx';
import { Page } from '../../shell/page.tsx';
import { useWords } from '../../words/words.ts';
import { ClosedWay } from './closed-way.tsx';

/** Points for another member: whom and how many, then the question with the receiver's initials, then what is left. */
export function GivePage() {
  const program = useProgram();
  const { give } = useWords();
  const wallets = program.wallets.filter((wallet) => wallet.transfers !== null);
  return (
    <Page title={give.title} text={wallets.length > 0 && give.text}>
      {wallets.length === 0 && <ClosedWay text={give.closed} />}
      {wallets.length > 0 && <SignedIn>{(me) => <Give me={me} wallets={wallets} />}</SignedIn>}
    </Page>
  );
}

type Gift = { wallet: Wallet; points: number; recipient: Recipient };

function Give({ me, wallets }: { me: Member; wallets: readonly Wallet[] }) {
  const [gift, setGift] = useState<Gift | null>(null);
  const [typed, setTyped] = useState('');
  const send = useGivePoints(); // here, so that a gift whose answer was lost keeps its key when the member looks at the form again
  const back = () => { setGift(null); send.reset(); };
  if (gift) return <Question gift={gift} send={send} onBack={back} onAnother={() => { back(); setTyped(''); }} />;
  return <GiveForm me={me} wallets={wallets} typed={typed} onType={setTyped} onAsk={setGift} />;
}

type FormProps = { me: Member; wallets: readonly Wallet[]; typed: string; onType: (text: string) => void; onAsk: (gift: Gift) => void };

function GiveForm({ me, wallets, typed, onType, onAsk }: FormProps) {
  const { give } = useWords();
  const lang = useLang();
  const find = useFindRecipient();
  const [code, setCode] = useState(wallets[0]!.code);
  const [points, setPoints] = useState<number | null>(null);
  const [tried, setTried] = useState(false);
  const wallet = wallets.find((one) => one.code === code)!;
  const policy = wallet.transfers!;
  const write = (count: number) => writePoints(count, wallet.forms, lang);
  const available = me.balances.find((balance) => balance.wallet === code)?.available ?? 0;
  const fault = points === null || points === 0 ? give.howManyFault : points < policy.minPoints ? give.tooFew(write(policy.minPoints)) : points > available ? give.tooMany(write(available)) : null;
  const submit = () => {
    setTried(true);
    if (typed.trim() === '' || points === null || fault !== null) return;
    find.mutate(typed.trim(), { onSuccess: (recipient) => onAsk({ wallet, points, recipient }) });
  };
  return (
    <form className="panel stack" noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
      {/* What is asked about stays as it is until the answer: a question about somebody else than the form names would be answered without reading it. */}
      {wallets.length > 1 && <Select label={give.wallet} size="md" readOnly={find.isPending} allowDeselect={false} value={code} data={wallets.map((one) => ({ value: one.code, label: one.name }))} onChange={(value) => value && setCode(value)} />}
      <TextInput
        label={give.to} description={give.toHint} size="md" autoComplete="off" spellCheck={false} maxLength={100} value={typed} readOnly={find.isPending}
        error={tried && typed.trim() === '' ? give.toFault : undefined} onChange={(event) => { onType(event.currentTarget.value); find.reset(); }}
      />
      <DecimalInput
        key={code} decimals={wallet.forms.decimals ?? 0} label={give.howMany} description={give.limits(write(available), write(policy.minPoints), write(policy.dayPoints))} size="md"
        value={points} readOnly={find.isPending} error={tried && fault !== null ? fault : undefined} onChange={setPoints}
      />
      {find.isError && <Notice error={find.error} />}
      <Button type="submit" size="md" fullWidth loading={find.isPending}>{give.next}</Button>
    </form>
  );
}

function Question({ gift, send, onBack, onAnother }: { gift: Gift; send: ReturnType<typeof useGivePoints>; onBack: () => void; onAnother: () => void }) {
  const { give } = useWords();
  const lang = useLang();
  const to = usePlaces();
  const title = useArrival(send.data);
  const { wallet, points, recipient } = gift;
  const write = (count: number) => writePoints(count, wallet.forms, lang);
  if (send.data) {
    const left = send.data.balances.find((balance) => balance.wallet === wallet.code)?.available ?? 0;
    return (
      <div className="panel stack" role="status">
        <h2 ref={title} tabIndex={-1} className="panel-title">{give.done(write(points))}</h2>
        <p>{give.left(write(left))}</p>
        <p><Link className="text-link" href={to.history}>{give.history}</Link></p>
        <Button variant="default" size="md" fullWidth onClick={onAnother}>{give.another}</Button>
      </div>
    );
  }
  return (
    <div className="panel stack">
      <h2 ref={title} tabIndex={-1} className="panel-title">{give.question(write(points))}</h2>
      <p>{give.receiver(recipient.name ?? give.nameless, recipient.numberEnd)}</p>
      <p>{give.noWayBack}</p>
      {send.isError && <Notice error={send.error} />}
      <Button size="md" fullWidth loading={send.isPending} onClick={() => send.mutate({ to: recipient.to, wallet: wallet.code, points })}>{give.send(write(points))}</Button>
      <Button variant="default" size="md" fullWidth disabled={send.isPending} onClick={onBack}>{give.back}</Button>
    </div>
  );
}
