import { Autocomplete, Group, MultiSelect, Select, TagsInput, TextInput } from '@mantine/core';
import type { Attribute } from '@wracam/engine/attributes';
import type { Operator, OperatorValue } from '@wracam/engine/operators';
import { readReference } from '@wracam/engine/set-reference';
import { MoneyInput, PointsInput, QuantityInput, useLang } from '@wracam/ui';
import { CIRCLE_NAME_MAX, useCircleChoice } from '../../api/circles.ts';
import { useDocumentValues } from '../../api/document-values.ts';
import { useCodeBatches, useEventTypes } from '../../api/events.ts';
import { useTargets } from '../../api/targets.ts';
import { useBadges } from '../../api/goals.ts';
import { useMemberGroups } from '../../api/members.ts';
import { useProductSets } from '../../api/product-sets.ts';
import { useSegments } from '../../api/segments.ts';
import { useLevels } from '../../api/tiers.ts';
import { useWords } from '../../words/words.tsx';
import { OFFERED_MAX, SpellingHint } from './spelling-hint.tsx';

type ValueFieldProps = { attribute: Attribute; operator: Operator; value: OperatorValue; onChange: (value: OperatorValue) => void; error?: string };

/** The field that fits what an attribute is and what an operator takes; nothing for yes-or-no tests. */
export function ValueField(props: ValueFieldProps) {
  const { attribute, operator } = props;
  if (operator.takes === 'nothing') return null;
  if (operator.takes === 'set') return <SetChoice {...props} />;
  if (operator.takes === 'segment') return <SegmentChoice {...props} />;
  if (attribute.options) return operator.takes === 'many' ? <ManyOptions {...props} /> : <OneOption {...props} />;
  if (attribute.code === 'member.tier') return <LevelChoice {...props} />;
  if (attribute.code === 'member.badge') return <BadgesChoice {...props} />;
  if (attribute.code.startsWith(EVENT_FIELD) && operator.takes !== 'range') return <EventFieldChoice {...props} />;
  if (operator.takes === 'many') return attribute.code === 'member.group' ? <ManyGroups {...props} /> : attribute.code === 'member.company' ? <ManyCompanies {...props} /> : <ManyTexts {...props} />;
  if (attribute.code === 'member.company') return <OneCompany {...props} />;
  if (operator.takes === 'range') return <Range {...props} />;
  return attribute.type === 'text' ? <DocumentText {...props} /> : <One {...props} />;
}

function OneOption({ attribute, value, onChange, error }: ValueFieldProps) {
  const w = useWords().condition;
  const lang = useLang();
  return (
    <Select
      aria-label={w.value}
      allowDeselect={false}
      value={String(value)}
      error={error}
      data={attribute.options?.map((option) => ({ value: String(option.value), label: option.words[lang] })) ?? []}
      onChange={(text) => onChange(attribute.options?.find((option) => String(option.value) === text)?.value ?? null)}
    />
  );
}

function ManyOptions({ attribute, value, onChange, error }: ValueFieldProps) {
  const w = useWords().condition;
  const lang = useLang();
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const pick = (texts: readonly string[]): OperatorValue => {
    const values = attribute.options?.filter((option) => texts.includes(String(option.value))).map((option) => option.value) ?? [];
    const numbers = values.filter((one) => typeof one === 'number');
    return numbers.length === values.length ? numbers : values.map(String);
  };
  return (
    <MultiSelect
      aria-label={w.value}
      value={chosen}
      error={error}
      data={attribute.options?.map((option) => ({ value: String(option.value), label: option.words[lang] })) ?? []}
      onChange={(texts) => onChange(pick(texts))}
    />
  );
}

const EVENT_FIELD = 'event.field.';
type Known = { readonly value: string; readonly label: string };

/** Levels by their names; free text while the program has none. */
function LevelChoice(props: ValueFieldProps) {
  return <KnownValues {...props} known={useLevels()} />;
}

/** What a field of an event may be: the options of its type, the batches of codes or the sales targets that there are. */
function EventFieldChoice(props: ValueFieldProps) {
  const key = props.attribute.code.slice(EVENT_FIELD.length);
  const fields = (useEventTypes().data?.items ?? []).flatMap((type) => type.fields.filter((field) => field.key === key).map((field) => ({ type, field })));
  const batches = useCodeBatches().data?.items ?? [];
  const options = fields.flatMap(({ field }) => field.options ?? []).map((option): Known => ({ value: option.value, label: option.name }));
  const labels = fields.some(({ type }) => type.code === 'code') && key === 'batch' ? batches.map((batch): Known => ({ value: batch.label, label: batch.label })) : [];
  const targets = useTargets(key === 'target').data?.items ?? [];
  const reachable = targets.map((target): Known => ({ value: target.code, label: `${target.definition.name} (${target.code})` }));
  return <KnownValues {...props} known={[...new Map([...options, ...labels, ...reachable].map((one) => [one.value, one])).values()]} />;
}

/** A choice of values that there are; one that the rule names and that is gone stays readable. Free text where none are known, or where the value is no text. */
function KnownValues({ known, ...props }: ValueFieldProps & { known: readonly Known[] }) {
  const w = useWords().condition;
  const { operator, value, onChange, error } = props;
  const texts = Array.isArray(value) ? value.map(String) : typeof value === 'string' && value !== '' ? [value] : [];
  if (known.length === 0 || operator.compares === 'numbers' || operator.compares === 'dates') return operator.takes === 'many' ? <ManyTexts {...props} /> : <One {...props} />;
  const data = [...known, ...texts.filter((text) => known.every((one) => one.value !== text)).map((text) => ({ value: text, label: text }))];
  return operator.takes === 'many'
    ? <MultiSelect aria-label={w.value} searchable value={texts} error={error} data={data} onChange={onChange} />
    : <Select aria-label={w.value} searchable allowDeselect={false} value={texts[0] ?? null} error={error} data={data} onChange={(text) => onChange(text ?? '')} />;
}

/** Groups that members are in already; a new name may be typed before anybody is in it. */
function ManyGroups(props: ValueFieldProps) {
  return <ManyTexts {...props} known={useMemberGroups().data?.items.map((group) => group.name) ?? []} />;
}

/** Badges that rules can name, by their names; one that the rule names and that is gone stays readable. */
function useNamedBadges(chosen: readonly string[]): readonly Known[] {
  const known = (useBadges().data?.items ?? []).flatMap(({ code, name }): Known[] => (code === null ? [] : [{ value: code, label: `${name} (${code})` }]));
  return [...known, ...chosen.filter((code) => code !== '' && known.every((one) => one.value !== code)).map((code) => ({ value: code, label: code }))];
}

function BadgesChoice({ value, onChange, error }: ValueFieldProps) {
  const w = useWords().condition;
  const chosen = Array.isArray(value) ? value.map(String) : [];
  return <MultiSelect aria-label={w.badges} placeholder={chosen.length === 0 ? w.badges : ''} nothingFoundMessage={w.noBadges} searchable value={chosen} error={error} data={[...useNamedBadges(chosen)]} onChange={onChange} />;
}

/** The badge whose days a test counts. */
export function BadgeOfDays({ code, onChange }: { code: string; onChange: (code: string) => void }) {
  const w = useWords().condition;
  return <Select aria-label={w.badge} placeholder={w.badge} nothingFoundMessage={w.noBadges} searchable allowDeselect={false} value={code === '' ? null : code} data={[...useNamedBadges([code])]} onChange={(next) => onChange(next ?? '')} />;
}

/** The badge that a rule gives, by its name. */
export function GivenBadge({ code, error, onChange }: { code: string; error: string | undefined; onChange: (code: string) => void }) {
  const { condition, rule } = useWords();
  const nameless = useBadges().data?.items.some((badge) => badge.code === null) ?? false;
  return (
    <Select
      label={rule.grants.badge} description={nameless && rule.badgeWithoutCode} placeholder={condition.badge} nothingFoundMessage={condition.noBadges} searchable allowDeselect={false} error={error}
      value={code === '' ? null : code} data={[...useNamedBadges([code])]} onChange={(next) => onChange(next ?? '')}
    />
  );
}

const useCompanies = () => useCircleChoice('company').data?.items.map((one) => one.name) ?? [];

function ManyCompanies(props: ValueFieldProps) {
  return <ManyTexts {...props} known={useCompanies()} />;
}

/** A company of the list; a name that is not on it yet may be typed. */
function OneCompany({ value, onChange, error }: ValueFieldProps) {
  const w = useWords().condition;
  return <Autocomplete aria-label={w.value} data={useCompanies()} value={typeof value === 'string' ? value : ''} maxLength={CIRCLE_NAME_MAX} error={error} onChange={onChange} />;
}

/** A set of articles by its name; a rule published earlier may name an exact version. */
function SetChoice(props: ValueFieldProps) {
  return <NameChoice {...props} words={useWords().productSets} names={useProductSets().data?.items.map((set) => set.name)} chosen={typeof props.value === 'string' ? readReference(props.value).name : ''} />;
}

/** A segment by its name; one that is archived stays readable where a rule names it. */
function SegmentChoice(props: ValueFieldProps) {
  const offered = useSegments().data?.items.filter((one) => !one.archived || one.name === props.value);
  return <NameChoice {...props} words={useWords().segments} names={offered?.map((one) => one.name)} chosen={typeof props.value === 'string' ? props.value : ''} />;
}

type NameChoiceProps = Pick<ValueFieldProps, 'onChange' | 'error'> & { words: { readonly choose: string; readonly none: string }; names: readonly string[] | undefined; chosen: string };

function NameChoice({ words: w, names, chosen, onChange, error }: NameChoiceProps) {
  return (
    <Select
      aria-label={w.choose} placeholder={w.choose} nothingFoundMessage={w.none} searchable allowDeselect={false}
      value={chosen === '' ? null : chosen} error={error} data={[...(names ?? [])]} onChange={(name) => onChange(name ?? '')}
    />
  );
}

function ManyTexts({ attribute, value, onChange, error, known }: ValueFieldProps & { known?: readonly string[] }) {
  const w = useWords().condition;
  const carried = useDocumentValues()(attribute.code);
  const texts = Array.isArray(value) ? value.map(String) : [];
  return (
    <div>
      <TagsInput aria-label={w.value} placeholder={texts.length === 0 ? w.many : ''} data={[...(known ?? carried)]} limit={OFFERED_MAX} value={texts} error={error} onChange={onChange} />
      <SpellingHint texts={texts} known={carried} onTake={(typed, meant) => onChange([...new Set(texts.map((one) => (one === typed ? meant : one)))])} />
    </div>
  );
}

/** A text that documents carry: their values are offered, any other may be typed. Whoever tests the beginning of a text or a part of it means no whole value. */
function DocumentText({ attribute, operator, value, onChange, error }: ValueFieldProps) {
  const w = useWords().condition;
  const carried = useDocumentValues()(attribute.code);
  const text = typeof value === 'string' ? value : '';
  const whole = operator.compares === 'anything';
  return (
    <div>
      <Autocomplete aria-label={w.value} data={whole ? [...carried] : []} limit={OFFERED_MAX} value={text} maxLength={200} error={error} onChange={onChange} />
      {whole && <SpellingHint texts={[text]} known={carried} onTake={(_, meant) => onChange(meant)} />}
    </div>
  );
}

function Range(props: ValueFieldProps) {
  const w = useWords().condition;
  const [from, to] = Array.isArray(props.value) ? props.value : [];
  const dates = props.operator.compares === 'dates';
  const set = (next: readonly (OperatorValue | undefined)[]) =>
    props.onChange(dates ? next.map((one) => String(one ?? '')) : next.map((one) => Number(one ?? 0)));
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <One {...props} label={w.from} value={from ?? null} onChange={(next) => set([next, to])} />
      <One {...props} label={w.to} value={to ?? null} onChange={(next) => set([from, next])} error={undefined} />
    </Group>
  );
}

function One({ attribute, operator, value, onChange, error, label }: ValueFieldProps & { label?: string }) {
  const w = useWords().condition;
  const name = label ?? w.value;
  const shared = { 'aria-label': name, placeholder: label, error };
  const number = typeof value === 'number' ? value : null;
  const setNumber = (next: number | null) => onChange(next ?? 0);
  if (attribute.type === 'money') return <MoneyInput {...shared} value={number} onChange={setNumber} />;
  if (attribute.type === 'quantity') return <QuantityInput {...shared} value={number} onChange={setNumber} />;
  if (attribute.type === 'number' || (operator.compares === 'numbers' && attribute.type !== 'time')) return <PointsInput {...shared} value={number} onChange={setNumber} />;
  if (attribute.type === 'time') return <TimeInput {...shared} value={number} onChange={setNumber} />;
  const text = typeof value === 'string' ? value : '';
  return (
    <TextInput
      {...shared}
      type={operator.compares === 'dates' || attribute.type === 'date' ? 'date' : 'text'}
      value={text}
      maxLength={200}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

type TimeInputProps = { 'aria-label': string; placeholder: string | undefined; error: string | undefined; value: number | null; onChange: (value: number | null) => void };

/** A time of day as minutes since midnight. */
function TimeInput({ value, onChange, ...shared }: TimeInputProps) {
  const two = (n: number) => String(n).padStart(2, '0');
  return (
    <TextInput
      {...shared}
      type="time"
      value={value === null ? '' : `${two(Math.floor(value / 60) % 24)}:${two(value % 60)}`}
      onChange={(event) => {
        const [hour = Number.NaN, minute = Number.NaN] = event.currentTarget.value.split(':').map(Number);
        onChange(Number.isNaN(hour + minute) ? null : hour * 60 + minute);
      }}
    />
  );
}
