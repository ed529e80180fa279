import { Alert, Button, Checkbox, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { addDays } from '@wracam/engine/calendar';
import { mayWorsen, worseSentence, type RuleChangeLine } from '@wracam/engine/rule-difference';
import { diffWallet, type WalletPolicies } from '@wracam/engine/wallet-difference';
import { ErrorNotice, problemOf, useLang, writeDate, writeInstant } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import type { Answer, Wallet } from '../../api/shapes.ts';
import { useWalletDetails, useWalletStep } from '../../api/wallets.ts';
import { useToday } from '../../shell/clock.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { ChangeLines } from '../rules/publication.tsx';

type Detail = Answer<'listWallets'>['items'][number];
/** From when a change shall be in force ('' : at once), and whether a shorter notice is meant. */
export type When = { on: string; despite: boolean };

/** What a change of a wallet does, by the engine's own comparison; `early`: members may get less before the program's notice is over. A wallet that nobody uses yet (`inUse`) takes nothing from anybody. `promised`: a planned change for the better ends with this one. */
export function useWalletDifference({ inUse, promised }: { inUse: boolean; promised: boolean }): (before: Wallet, after: WalletPolicies, when: When) => { changes: RuleChangeLine[]; worse: boolean; inUse: boolean; earliestOn: string; early: boolean; promised: boolean } {
  const lang = useLang();
  const { noticeDays } = useProgram();
  const today = useToday();
  return (before, after, { on }) => {
    const changes = diffWallet(before, after, { lang, today });
    const earliestOn = addDays(today, noticeDays);
    const worse = mayWorsen(changes);
    const soon = inUse && noticeDays > 0 && (on === '' || on < earliestOn);
    return { changes, worse, inUse, earliestOn, early: worse && soon, promised };
  };
}

type ChangesProps = { difference: ReturnType<ReturnType<typeof useWalletDifference>>; when: When; onWhen: (when: When) => void };

/** Shown before saving: what will be different, who may get less, and from when. */
export function WalletChanges({ difference: { changes, worse, inUse, earliestOn, early, promised }, when, onWhen }: ChangesProps) {
  const w = useWords().publishing;
  const lang = useLang();
  const { noticeDays, secondPerson } = useProgram();
  const sentence = worseSentence(changes, lang);
  return (
    <Stack gap="sm" component="section" aria-label={w.changes}>
      <Title order={2} size="h3">{w.changes}</Title>
      <ChangeLines changes={changes} />
      {worse && !inUse && <Text size="sm" c="dimmed">{w.unused}</Text>}
      {worse && inUse && <Text size="sm">{sentence} {w.notice(noticeDays, writeDate(earliestOn, lang))} {secondPerson && w.second}</Text>}
      {!worse && <Text size="sm" c="dimmed">{w.harmless}</Text>}
      <TextInput type="date" label={w.from} description={w.fromHint} maw={260} value={when.on} onChange={(event) => onWhen({ ...when, on: event.currentTarget.value })} />
      {promised && <Text size="sm">{w.walletPromised}</Text>}
      {(early || promised) && <Checkbox label={w.despiteChange} checked={when.despite} onChange={(event) => onWhen({ ...when, despite: event.currentTarget.checked })} />}
    </Stack>
  );
}

/** A change that is not in force yet, and what can be done about it. */
export function WalletProposal({ code }: { code: string }) {
  const wallet = useWalletDetails().data?.items.find((one) => one.code === code);
  return wallet?.proposal ? <Proposed wallet={wallet} proposal={wallet.proposal} /> : null;
}

function Proposed({ wallet, proposal }: { wallet: Detail; proposal: NonNullable<Detail['proposal']> }) {
  const w = useWords().publishing;
  const lang = useLang();
  const can = useCan();
  const { timeZone } = useProgram();
  const step = useWalletStep(wallet.code);
  const [despite, setDespite] = useState(false);
  const take = (name: 'approveWallet' | 'declineWallet', said: string) => () => step.mutate({ step: name, revision: wallet.revision, despiteNotice: despite }, { onSuccess: ({ proposal: left }) => toast(left?.waits ? w.sent : said) });
  return (
    <Alert variant="light" mb="lg" title={proposal.waits ? w.walletWaits : w.walletPlanned(writeDate(proposal.inForceOn ?? '', lang))}>
      <Stack gap="sm">
        <Text size="sm">{w.proposed(proposal.by, writeInstant(proposal.at, timeZone, lang))} {proposal.waits && proposal.inForceOn && w.walletFrom(writeDate(proposal.inForceOn, lang))}</Text>
        <Paper withBorder p="md"><ChangeLines changes={proposal.changes} /></Paper>
        {step.error && <ErrorNotice error={step.error} />}
        {!proposal.waits && problemOf(step.error)?.code === 'notice_too_short' && <Checkbox label={w.despiteChange} checked={despite} onChange={(event) => setDespite(event.currentTarget.checked)} />}
        {can('settings.write') && (
          <Group>
            {proposal.waits && !proposal.yours && <Button loading={step.isPending} onClick={take('approveWallet', w.approved)}>{w.approve}</Button>}
            <Button variant="default" disabled={step.isPending} onClick={take('declineWallet', w.walletDropped)}>{!proposal.waits ? w.drop : proposal.yours ? w.takeBack : w.decline}</Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
