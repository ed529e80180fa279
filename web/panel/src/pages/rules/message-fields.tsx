import { Button, Group, Paper, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { MESSAGE_FACTS, MESSAGE_TEXT_MAX, PLACEHOLDERS, SUBJECT_MAX, writeMessage, type MessageText, type RuleMessage } from '@wracam/engine/rule-message';
import type { Effect } from '@wracam/engine/rules';
import { useLang, writePoints, type Lang } from '@wracam/ui';
import { useRef } from 'react';
import { useWallet } from '../../api/program.tsx';
import { useWords } from '../../words/words.tsx';

type Grant = Extract<Effect, { kind: 'grant' }>;
/** What the example member got and has. */
const SAMPLE = { points: 12, balance: 137 };
const EMPTY: MessageText = { subject: '', text: '' };

/** The words of a rule's message, with the fields that are filled in for each member, and how it will read. */
export function MessageFields({ effect, ruleName, wallet, onChange, at }: { effect: Grant; ruleName: string; wallet: string; onChange: (effect: Effect) => void; at: (field: string) => string | undefined }) {
  const w = useWords().rule;
  const message: RuleMessage = effect.message ?? { pl: EMPTY };
  const set = (change: Partial<RuleMessage>) => onChange({ ...effect, message: { ...message, ...change } });
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">{w.messageHint}</Text>
      <Words lang="pl" value={message.pl} onChange={(pl) => set({ pl })} at={at} />
      <Switch label={w.messageEnglish} checked={Boolean(message.en)} onChange={(event) => set({ en: event.currentTarget.checked ? EMPTY : null })} />
      {message.en && <Words lang="en" value={message.en} onChange={(en) => set({ en })} at={at} />}
      <Shown message={message} ruleName={ruleName} wallet={wallet} />
    </Stack>
  );
}

function Words({ lang, value, onChange, at }: { lang: Lang; value: MessageText; onChange: (value: MessageText) => void; at: (field: string) => string | undefined }) {
  const w = useWords().rule;
  const area = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string) => {
    const { selectionStart: from, selectionEnd: to } = area.current ?? { selectionStart: value.text.length, selectionEnd: value.text.length };
    onChange({ ...value, text: `${value.text.slice(0, from)}{${name}}${value.text.slice(to)}` });
    area.current?.focus();
  };
  return (
    <Stack gap="xs">
      <TextInput label={w.messageSubject[lang]} maxLength={SUBJECT_MAX} value={value.subject} error={at(`message/${lang}/subject`)} onChange={(event) => onChange({ ...value, subject: event.currentTarget.value })} />
      <Textarea ref={area} label={w.messageText[lang]} autosize minRows={4} maxRows={14} maxLength={MESSAGE_TEXT_MAX} value={value.text} error={at(`message/${lang}/text`)} onChange={(event) => onChange({ ...value, text: event.currentTarget.value })} />
      <Group gap="xs">
        <Text size="sm" c="dimmed">{w.messageInsert}</Text>
        {MESSAGE_FACTS.map((fact) => <Button key={fact} size="compact-sm" variant="light" onClick={() => insert(PLACEHOLDERS[lang][fact])}>{w.messageFacts[fact]}</Button>)}
      </Group>
    </Stack>
  );
}

function Shown({ message, ruleName, wallet }: { message: RuleMessage; ruleName: string; wallet: string }) {
  const w = useWords().rule;
  const lang = useLang();
  const unit = useWallet()(wallet).forms;
  const { subject, text } = writeMessage(message, lang, { firstName: 'Anna', points: writePoints(SAMPLE.points, unit, lang), balance: writePoints(SAMPLE.balance, unit, lang), rule: ruleName.trim() || w.new });
  if (subject === '' && text.trim() === '') return null;
  return (
    <Paper withBorder p="md" component="section" aria-label={w.messageShown}>
      <Text size="sm" c="dimmed" mb={4}>{w.messageShown}</Text>
      <Text fw={650} style={{ overflowWrap: 'anywhere' }}>{subject}</Text>
      <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</Text>
    </Paper>
  );
}
