import { Alert, Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core';
import { IconWand } from '@tabler/icons-react';
import { localDate } from '@wracam/engine/calendar';
import { leavesOf, type Condition } from '@wracam/engine/conditions';
import type { RuleDefinition } from '@wracam/engine/rules';
import { otherWay, type OtherWay } from '@wracam/engine/say/other-ways';
import { sayRule, SENTENCE_MAX, type KnownNames, type SaidRule, type Understood } from '@wracam/engine/say/say-rule';
import { walletSaid } from '@wracam/engine/say/which-wallet';
import { useLang } from '@wracam/ui';
import { useRef, useState, type Ref } from 'react';
import { useDocumentValues } from '../../api/document-values.ts';
import { useProgram, useWallet } from '../../api/program.tsx';
import { useRules } from '../../api/rules.ts';
import { useSegments } from '../../api/segments.ts';
import { useLevels } from '../../api/tiers.ts';
import { useProgramNow } from '../../shell/clock.ts';
import { TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';
import { toEngine } from './definition.ts';
import { useTellRule } from './tell-rule.ts';
import { useEventReasons } from './trigger-fields.tsx';

type Answered = { readonly understood: Understood; readonly wallet: string; /** Whether the form has it. */ readonly taken: boolean };

/**
 * Makes a rule of a sentence and says it back; the form below keeps it, and nothing is saved yet. A rule of only a part of the sentence may give
 * more than was meant, so the form takes that only when somebody asks for it.
 */
export function SayRule({ value, onChange }: { value: RuleDefinition; onChange: (value: RuleDefinition) => void }) {
  const w = useWords();
  const lang = useLang();
  const { currency, timeZone, wallets } = useProgram();
  const now = useProgramNow();
  const known = useKnownNames();
  const eventReasons = useEventReasons();
  const tell = useTellRule();
  const [sentence, setSentence] = useState('');
  const [answered, setAnswered] = useState<Answered | null>(null);
  const told = useRef<HTMLDivElement>(null);
  const walletOf = useWallet();
  // A sentence about purchases takes an event chosen earlier away.
  const { trigger: _, afterMultipliers: __, ...rest } = value;
  const made = (rule: SaidRule, wallet: string): RuleDefinition => ({ ...rest, wallet, ...rule });
  const read = () => {
    if (sentence.trim() === '') return;
    const wallet = walletSaid(sentence, wallets.map(({ code }) => ({ code, unit: walletOf(code).forms })), value.wallet);
    const { forms: unit } = walletOf(wallets.find(({ code }) => code === wallet)?.code);
    const understood = sayRule(sentence, { lang, currency, unit, today: localDate(timeZone, now()), known, eventReasons });
    const taken = understood.rule !== null && !understood.mayGiveMore;
    setAnswered({ understood, wallet, taken });
    if (understood.rule && taken) onChange(made(understood.rule, wallet));
  };
  const take = ({ understood, wallet }: Answered) => {
    if (understood.rule === null) return;
    setAnswered({ understood, wallet, taken: true });
    onChange(made(understood.rule, wallet));
    // The button goes, and whoever pressed it reads on from what it did.
    told.current?.focus();
  };
  return (
    <Paper withBorder p="lg" mb="lg" component="section">
      <form noValidate onSubmit={(event) => { event.preventDefault(); read(); }}>
        <Stack gap="sm">
          <Group align="end" gap="sm" wrap="wrap">
            {/* As tall as the sentence, so that a phone shows it whole too; still one line of words, which Enter sends. */}
            <Textarea
              flex={1} miw={220} label={w.say.label} description={w.say.hint} placeholder={w.say.placeholder} maxLength={SENTENCE_MAX} autosize minRows={1} maxRows={8} enterKeyHint="go"
              value={sentence} onChange={(event) => setSentence(event.currentTarget.value.replace(/\s*\n\s*/g, ' '))}
              onKeyDown={(event) => { if (event.key !== 'Enter' || event.nativeEvent.isComposing) return; event.preventDefault(); event.currentTarget.form?.requestSubmit(); }}
            />
            <Button type="submit" variant="light" leftSection={<IconWand size={16} aria-hidden />} disabled={sentence.trim() === ''}>{w.say.read}</Button>
          </Group>
          <div role="status">{answered && <Answer {...answered} told={told} said={answered.understood.rule && tell({ ...made(answered.understood.rule, answered.wallet), expiry: answered.understood.rule.expiry ?? { kind: 'wallet' } })} onTake={() => take(answered)} />}</div>
        </Stack>
      </form>
    </Paper>
  );
}

function Answer({ understood, taken, said, told, onTake }: Answered & { said: string | null; told: Ref<HTMLDivElement>; onTake: () => void }) {
  const w = useWords();
  const missed = understood.unknown.filter((word) => word !== '+');
  const other = otherWay(missed);
  const names = missed.map(w.say.quoted).join(', ');
  return (
    <Stack gap="xs" ref={told} tabIndex={-1} style={{ outline: 'none' }}>
      {said === null ? <Alert color="amber" title={w.say.nothing}>{w.say.nothingText}</Alert> : taken && <Alert color="forest" title={w.say.understood}><Text size="sm">{said}</Text></Alert>}
      {missed.length > 0 && <Alert color="amber" title={said === null || taken ? w.say.missed : w.say.missedHeld}>{names}</Alert>}
      {other && <DoneOtherwise way={other} />}
      {said !== null && !taken && (
        <Alert color="gray" title={w.say.onlyPart}>
          <Text size="sm">{said}</Text>
          <Text size="sm" c="dimmed" mt={4}>{w.say.onlyPartText}</Text>
          <Button variant="default" size="xs" mt="xs" onClick={onTake}>{w.say.take}</Button>
        </Alert>
      )}
      {understood.guessed.length > 0 && <Alert color="amber" title={w.say.guessed(understood.guessed.map(w.say.quoted).join(', '))}>{w.say.guessedText}</Alert>}
      {understood.unknown.length > missed.length && <Alert color="amber" title={w.say.second}>{w.say.secondText}</Alert>}
    </Stack>
  );
}

/** No rule does it, and other parts of the program do: how, and the way there. */
function DoneOtherwise({ way }: { way: OtherWay }) {
  const w = useWords();
  const { code } = useProgram();
  return (
    <Alert color="forest" title={way.kind === 'free' ? w.say.free : w.say.everyNth(way.n)}>
      <Text size="sm">{way.kind === 'free' ? w.say.freeText : w.say.everyNthText(way.n)}</Text>
      <Group gap="md" mt={6}>
        <TextLink to="/$program/wallets/new" params={{ program: code }}>{w.say.freeWallet}</TextLink>
        {way.kind === 'free'
          ? <TextLink to="/$program/rewards/new" params={{ program: code }}>{w.say.freeReward}</TextLink>
          : <TextLink to="/$program/goals/new/$kind" params={{ program: code, kind: 'threshold' }}>{w.say.everyNthGoal}</TextLink>}
      </Group>
    </Alert>
  );
}

/** Names that the program's own documents, rules, levels and segments use. */
function useKnownNames(): KnownNames {
  const list = useRules();
  const levels = useLevels();
  const segments = useSegments().data?.items ?? [];
  const w = useWords();
  const carried = useDocumentValues();
  // Sample words are for a program that has sold nothing yet: next to real ones they would be a category that nothing is of.
  const categories = carried('line.category');
  const texts = { 'line.category': categories.length > 0 ? [...categories] : Object.values(w.rule.sampleCategories), 'line.brand': [...carried('line.brand')], 'transaction.store': [...carried('transaction.store')], 'transaction.channel': [...carried('transaction.channel')] };
  const definitions = (list.data?.items ?? []).flatMap((rule) => [rule.draft, rule.current?.definition ?? null]).filter((one) => one !== null).map(toEngine);
  const trees = definitions.flatMap((one) => [one.when, one.lines]).filter((tree): tree is Condition => tree !== null);
  for (const { leaf } of trees.flatMap((tree) => leavesOf(tree))) {
    if (!(leaf.attribute in texts)) continue;
    texts[leaf.attribute as keyof typeof texts].push(...(Array.isArray(leaf.value) ? leaf.value : [leaf.value]).filter((one) => typeof one === 'string'));
  }
  return {
    categories: [...new Set(texts['line.category'])], brands: [...new Set(texts['line.brand'])], stores: [...new Set(texts['transaction.store'])], channels: [...new Set(texts['transaction.channel'])],
    levels: levels.map(({ value: code, label: name }) => ({ code, name })), segments: segments.filter((one) => !one.archived).map(({ name }) => name),
  };
}
