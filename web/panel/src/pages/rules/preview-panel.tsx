import { Checkbox, Divider, Group, NumberInput, Paper, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { localDate } from '@wracam/engine/calendar';
import { segmentsIn } from '@wracam/engine/segments';
import { formatMoney } from '@wracam/engine/words';
import type { RuleDefinition } from '@wracam/engine/rules';
import { MoneyInput, PointsAmount, PointsInput, QuantityInput, SkeletonList, useLang, writePoints } from '@wracam/ui';
import { useMemo, useState } from 'react';
import { useProgram, useWallet } from '../../api/program.tsx';
import { useRules } from '../../api/rules.ts';
import { useSegments } from '../../api/segments.ts';
import { useProgramNow } from '../../shell/clock.ts';
import { useWords } from '../../words/words.tsx';
import { EventFields, useEventSample } from './event-preview.tsx';
import { engineCondition } from './definition.ts';
import { badgesIn, previewRuleset, tryRule, type KnownSegments, type Sample, type Tried } from './preview.ts';
import { isOnReturn } from './return-trigger.ts';
import { useOwnNames, useTellRule } from './tell-rule.ts';
import { useEventReasons, useTriggerType } from './trigger-fields.tsx';

const BADGE_DAYS_MAX = 3650;

/** A visitor who is no newcomer and has no birthday today. */
const ordinary = { first: false, birthday: false };

function useSamples(): Sample[] {
  const w = useWords().rule;
  const now = useProgramNow();
  const [at] = useState(now);
  const c = w.sampleCategories;
  return [
    { id: 'coffee', name: w.samples.coffee, at, ...ordinary, lines: [{ name: 'Latte', category: c.coffee, amountMinor: 1650 }] },
    { id: 'cake', name: w.samples.cake, at, ...ordinary, lines: [{ name: 'Cappuccino', category: c.coffee, amountMinor: 3200, quantity: 2000 }, { name: 'Sernik', category: c.cake, amountMinor: 2540 }] },
    { id: 'big', name: w.samples.big, at, ...ordinary, lines: [{ name: 'Tort', category: c.cake, amountMinor: 24000 }] },
    { id: 'first', name: w.samples.first, at, first: true, birthday: false, lines: [{ name: 'Espresso', category: c.coffee, amountMinor: 1100 }, { name: 'Rogalik', category: c.bakery, amountMinor: 890 }] },
  ];
}

type Own = { amountMinor: number | null; category: string; quantity: number | null; /** null: the first that the rule names. */ tier: string | null; field: number | null; when: string; first: boolean; birthday: boolean };

/** What the rule says in one sentence and what it would give for a few baskets, decided here by the engine itself. */
export function PreviewPanel({ definition, ruleId, valid }: { definition: RuleDefinition; ruleId: string | undefined; valid: boolean }) {
  const words = useWords();
  const w = words.rule;
  const lang = useLang();
  const program = useProgram();
  const rules = useRules();
  const unit = useWallet()(definition.wallet).forms;
  const samples = useSamples();
  const now = useProgramNow();
  const [own, setOwn] = useState<Own>({ amountMinor: 5000, category: '', quantity: 1000, tier: null, field: 1, when: '', first: false, birthday: false });
  const { effect } = definition;
  const field = effect.kind === 'perUnit' ? effect.of?.field : undefined;
  const tier = effect.kind === 'tierMultiplier' ? own.tier ?? effect.tiers[0]?.tier ?? '' : '';
  const ownSample: Sample = {
    ...(field && { field: { name: field, value: own.field ?? 0 } }),
    id: 'own', name: w.own, first: own.first, birthday: own.birthday, at: own.when === '' ? samples[0]?.at ?? now() : Date.parse(own.when),
    lines: [{ name: '', category: own.category.trim(), amountMinor: own.amountMinor ?? 0, quantity: own.quantity ?? 0 }],
  };
  const onEvent = definition.trigger?.kind === 'event';
  const type = useTriggerType(definition);
  const reasons = useEventReasons();
  const tell = useTellRule();
  // Made anew at every drawing: held by what it says.
  const ownNames = useOwnNames();
  const namesText = JSON.stringify(ownNames);
  const names = useMemo(() => JSON.parse(namesText) as typeof ownNames, [namesText]);
  const event = useEventSample(type, definition, localDate(program.timeZone, samples[0]?.at ?? now()), samples[0]?.at ?? now(), isOnReturn(definition) ? words.events.sampleReturn : words.events.sample);
  const segments = useKnownSegments();
  const asksSegment = segmentsIn(definition).length > 0;
  const [inSegment, setInSegment] = useState(false);
  const asked = badgesIn(definition);
  const [badgeDays, setBadgeDays] = useState<number | null>(null);
  const member = { tier, ...(badgeDays !== null && { badges: { codes: asked, days: badgeDays } }) };
  const tried = useMemo((): Tried[] | null => {
    if (!valid || !rules.data || (onEvent && !type)) return null;
    try {
      return tryRule(previewRuleset(program, rules.data, definition, ruleId, reasons, segments, inSegment), onEvent ? [{ ...event.sample, ...member }] : [...samples.map((sample) => ({ ...sample, ...member })), { ...ownSample, ...member }], program, lang, names);
    } catch (error) {
      // The rule alone is right, but together with the others it may leave the safe numbers: then there is nothing to show.
      if (error instanceof RangeError) return null;
      throw error;
    }
  }, [definition, rules.data, valid, lang, own, program, ruleId, type, event.values, segments, inSegment, badgeDays, names]);
  return (
    <Stack gap="md">
      <Paper withBorder p="lg" component="section">
        <Title order={2} size="h3" mb="xs">{w.sentence}</Title>
        <Text>{valid ? tell(definition) : w.previewOff}</Text>
      </Paper>
      <Paper withBorder p="lg" component="section" aria-live="polite">
        <Title order={2} size="h3">{w.preview}</Title>
        <Text size="sm" c="dimmed" mb="md">{w.previewText}</Text>
        {valid && !rules.data && <SkeletonList rows={3} />}
        {asksSegment && <Checkbox mb="md" label={words.segments.pretend} checked={inSegment} onChange={(event) => setInSegment(event.currentTarget.checked)} />}
        {asked.length > 0 && <PretendBadges days={badgeDays} onChange={setBadgeDays} />}
        <Stack gap="md">
          {tried && onEvent && <Result sample={event.sample} tried={tried[0]} unit={unit} currency={program.currency} />}
          {tried && type && <EventFields type={type} values={event.values} onChange={event.set} />}
          {tried && !onEvent && samples.map((sample, at) => <Result key={sample.id} sample={sample} tried={tried[at]} unit={unit} currency={program.currency} />)}
          {tried && !onEvent && <Divider />}
          {tried && !onEvent && <Result sample={ownSample} tried={tried.at(-1)} unit={unit} currency={program.currency} />}
          {!onEvent && <OwnBasket own={own} onChange={setOwn} effect={effect} />}
        </Stack>
      </Paper>
    </Stack>
  );
}

/** Days for which the sample members have had the badges that the rule asks for; null: they have none. */
function PretendBadges({ days, onChange }: { days: number | null; onChange: (days: number | null) => void }) {
  const w = useWords().rule;
  return (
    <Group mb="md" align="center">
      <Checkbox label={w.pretendBadges} checked={days !== null} onChange={(event) => onChange(event.currentTarget.checked ? 0 : null)} />
      {days !== null && <NumberInput aria-label={w.badgeDays} w={130} size="xs" min={0} max={BADGE_DAYS_MAX} allowDecimal={false} allowNegative={false} value={days} prefix={w.badgeDaysBefore} suffix={w.badgeDaysAfter} onChange={(next) => onChange(Number(next) || 0)} />}
    </Group>
  );
}

/** What the program's segments stand for now. */
function useKnownSegments(): KnownSegments {
  const { data } = useSegments();
  return useMemo(() => new Map((data?.items ?? []).map((one) => [one.name, { version: one.version, condition: engineCondition(one.condition) }])), [data]);
}

/** A basket of one's own to try the rule on. */
function OwnBasket({ own, onChange, effect }: { own: Own; onChange: (own: Own) => void; effect: RuleDefinition['effect'] }) {
  const w = useWords().rule;
  const field = effect.kind === 'perUnit' ? effect.of?.field : undefined;
  return (
    <>
      <SimpleGrid cols={2} spacing="sm">
        <MoneyInput label={w.ownAmount} value={own.amountMinor} onChange={(amountMinor) => onChange({ ...own, amountMinor })} />
        <TextInput label={w.ownCategory} value={own.category} maxLength={80} onChange={(event) => onChange({ ...own, category: event.currentTarget.value })} />
        {effect.kind === 'perUnit' && !field && <QuantityInput label={w.ownQuantity} value={own.quantity} onChange={(quantity) => onChange({ ...own, quantity })} />}
        {field && <PointsInput label={w.ownField(field)} value={own.field} onChange={(value) => onChange({ ...own, field: value })} />}
        {effect.kind === 'tierMultiplier' && <TierField tiers={effect.tiers.map((one) => one.tier)} value={own.tier} onChange={(tier) => onChange({ ...own, tier })} />}
      </SimpleGrid>
      <TextInput type="datetime-local" label={w.ownWhen} value={own.when} onChange={(event) => onChange({ ...own, when: event.currentTarget.value })} />
      <Checkbox label={w.ownFirst} checked={own.first} onChange={(event) => onChange({ ...own, first: event.currentTarget.checked })} />
      <Checkbox label={w.ownBirthday} checked={own.birthday} onChange={(event) => onChange({ ...own, birthday: event.currentTarget.checked })} />
    </>
  );
}

/** The tier of the member who buys; empty: none. */
function TierField({ tiers, value, onChange }: { tiers: readonly string[]; value: string | null; onChange: (tier: string) => void }) {
  const w = useWords().rule;
  const known = [...new Set(tiers.filter((tier) => tier !== ''))];
  return <Select label={w.ownTier} placeholder={w.noTier} clearable value={value === null ? known[0] ?? null : value || null} data={known} onChange={(tier) => onChange(tier ?? '')} />;
}

type ResultProps = { sample: Sample; tried: Tried | undefined; unit: Parameters<typeof writePoints>[1]; currency: string };

function Result({ sample, tried, unit, currency }: ResultProps) {
  const w = useWords().rule;
  const lang = useLang();
  const total = sample.event ? sample.event.worthMinor : sample.lines.reduce((sum, line) => sum + line.amountMinor, 0);
  if (!tried) return null;
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" align="baseline">
        <Text fw={650}>{sample.name}{(!sample.event || total > 0) && `, ${formatMoney(total, currency, lang)}`}</Text>
        {tried.points > 0 ? <PointsAmount points={tried.points} unit={tried.pieces ?? unit} signed /> : <Text c="dimmed">0</Text>}
      </Group>
      <Text size="sm" c="dimmed">
        {tried.reason}
        {tried.together > tried.points && ` ${w.together(writePoints(tried.together, unit, lang))}`}
      </Text>
    </div>
  );
}
