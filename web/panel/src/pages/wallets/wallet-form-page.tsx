import { Button, Group, Paper, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { PageHeader, useLang, writeDate } from '@wracam/ui';
import { useState } from 'react';
import { useProgram } from '../../api/program.tsx';
import type { Wallet } from '../../api/shapes.ts';
import { useAddWallet, useChangeWallet, useWalletDetails } from '../../api/wallets.ts';
import { NotFound } from '../../shell/gates.tsx';
import { DraftFault, useDraft } from '../../shell/draft.tsx';
import { TextLink } from '../../shell/links.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { bodyOf, draftOf, emptyDraft, type WalletDraft } from './wallet-draft.ts';
import { ExpiryFields, PolicyFields } from './wallet-fields.tsx';
import { useWalletDifference, WalletChanges, WalletProposal, type When } from './wallet-change.tsx';
import { WalletPreview } from './wallet-preview.tsx';

const kinds = ['points', 'status', 'cashback', 'stamps'] as const;
const FORMS: Record<(typeof kinds)[number], Pick<WalletDraft, 'one' | 'few' | 'many' | 'fraction' | 'enOne' | 'enMany' | 'decimals'>> = {
  points: { one: 'punkt', few: 'punkty', many: 'punktów', fraction: 'punktu', enOne: '', enMany: '', decimals: 0 },
  status: { one: 'punkt statusowy', few: 'punkty statusowe', many: 'punktów statusowych', fraction: 'punktu statusowego', enOne: 'status point', enMany: 'status points', decimals: 0 },
  cashback: { one: 'złoty', few: 'złote', many: 'złotych', fraction: 'złotego', enOne: '', enMany: '', decimals: 2 },
  stamps: { one: 'pieczątka', few: 'pieczątki', many: 'pieczątek', fraction: 'pieczątki', enOne: 'stamp', enMany: 'stamps', decimals: 0 },
};

/** A new kind of points. */
export const NewWalletPage = () => <WalletForm wallet={undefined} start={{ ...emptyDraft, ...FORMS.points }} />;

/** A wallet to change. */
export function EditWalletPage() {
  const { wallet: code } = useParams({ from: '/$program/wallets/$wallet' });
  const wallet = useProgram().wallets.find((one) => one.code === code);
  return wallet ? <WalletForm key={wallet.code} wallet={wallet} start={draftOf(wallet)} /> : <NotFound />;
}

function WalletForm({ wallet, start }: { wallet: Wallet | undefined; start: WalletDraft }) {
  const { wallets: w, publishing } = useWords();
  const { code } = useProgram();
  const lang = useLang();
  const navigate = useNavigate();
  const form = useDraft(wallet?.revision ?? 1, start);
  const { typed: draft, set: setDraft } = form;
  const add = useAddWallet();
  const change = useChangeWallet();
  const set = (part: Partial<WalletDraft>) => setDraft({ ...draft, ...part });
  const body = bodyOf(draft);
  const [when, setWhen] = useState<When>({ on: '', despite: false });
  // Until the answer is there it is taken for used: then nothing is promised that is not so.
  const detail = useWalletDetails().data?.items.find((one) => one.code === wallet?.code);
  const promised = detail?.proposal?.waits === false && detail.proposal.changes.some((one) => one.verdict !== 'worse');
  const compare = useWalletDifference({ inUse: detail?.inUse ?? true, promised });
  const difference = wallet && body ? compare(wallet, { ...wallet, ...body, noticeDays: body.noticeDays ?? [], debtPolicy: body.debtPolicy ?? 'allow', pendingUntil: body.pendingUntil ?? 'days', transfers: body.transfers ?? null }, when) : null;
  const mayChange = !wallet || (difference !== null && difference.changes.length > 0 && (!difference.early || when.despite));
  const ready = body !== null && mayChange && (wallet !== undefined || /^[a-z][a-z0-9-]{0,39}$/.test(draft.code));
  const done = (message: string) => () => {
    toast(message);
    void navigate({ to: '/$program/wallets', params: { program: code } });
  };
  const save = () => {
    if (!ready) return;
    if (wallet) change.mutate({ wallet: wallet.code, revision: form.began.revision, ...body, ...(when.on !== '' && { inForceOn: when.on }), ...((difference?.early || difference?.promised) && when.despite && { despiteNotice: true }) }, { onSuccess: ({ proposal }) => done(!proposal ? w.saved : proposal.waits ? publishing.sent : w.planned(writeDate(proposal.inForceOn ?? '', lang)))() });
    else add.mutate({ code: draft.code, kind: draft.kind, ...body }, { onSuccess: done(w.added) });
  };
  return (
    <>
      <PageHeader title={wallet?.name ?? w.add} back={<TextLink to="/$program/wallets" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.title}</TextLink>} text={wallet && w.laterOnly} />
      {wallet && <WalletProposal code={wallet.code} />}
      <div className="panel-two">
        <Paper withBorder p="lg" component="form" onSubmit={(event) => { event.preventDefault(); save(); }}>
          <Stack gap="md">
            {!wallet && <Select label={w.kind} description={w.kindHints[draft.kind]} inputWrapperOrder={['label', 'input', 'description']} allowDeselect={false} value={draft.kind} data={kinds.map((kind) => ({ value: kind, label: w.kinds[kind] }))} onChange={(kind) => { const chosen = kinds.find((one) => one === kind) ?? 'points'; set({ kind: chosen, ...FORMS[chosen] }); }} />}
            {wallet && <Text size="sm" c="dimmed">{w.kindHints[wallet.kind]}</Text>}
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <TextInput label={w.name} maxLength={40} value={draft.name} onChange={(event) => set({ name: event.currentTarget.value })} />
              {!wallet && <TextInput label={w.code} description={w.codeHint} inputWrapperOrder={['label', 'input', 'description']} maxLength={40} value={draft.code} onChange={(event) => set({ code: event.currentTarget.value })} />}
            </SimpleGrid>
            <div role="group" aria-label={w.forms}>
              <Text size="sm" fw={500} mb={4}>{w.forms}</Text>
              <SimpleGrid cols={{ base: 2, xs: 4 }}>
                {(['one', 'few', 'many', 'fraction'] as const).map((form) => <TextInput key={form} label={w[form]} maxLength={30} value={draft[form]} onChange={(event) => set({ [form]: event.currentTarget.value })} />)}
              </SimpleGrid>
            </div>
            <div role="group" aria-label={w.englishForms}>
              <Text size="sm" fw={500} mb={4}>{w.englishForms}</Text>
              <SimpleGrid cols={2}>
                {(['enOne', 'enMany'] as const).map((form) => <TextInput key={form} label={w[form]} maxLength={30} value={draft[form]} onChange={(event) => set({ [form]: event.currentTarget.value })} />)}
              </SimpleGrid>
              <Text size="sm" c="dimmed" mt={4}>{w.englishFormsHint}</Text>
            </div>
            <Select label={w.decimals} description={w.decimalsHint} inputWrapperOrder={['label', 'input', 'description']} allowDeselect={false} value={String(draft.decimals)} data={['0', '1', '2']} onChange={(decimals) => set({ decimals: Number(decimals ?? 0) })} />
            <ExpiryFields draft={draft} set={set} />
            <PolicyFields draft={draft} set={set} />
            {difference && difference.changes.length > 0 && <WalletChanges difference={difference} when={when} onWhen={setWhen} />}
            <DraftFault draft={form} acts={[add, change]} />
            <Group><Button type="submit" size="md" disabled={!ready || form.outrun} loading={add.isPending || change.isPending}>{wallet ? w.save : w.add}</Button></Group>
          </Stack>
        </Paper>
        <WalletPreview draft={draft} />
      </div>
    </>
  );
}
