import { GRANT_KINDS, type GrantKind } from '../grants.ts';
import { phrasesOf } from '../phrases.ts';
import type { Minor, RateRounding } from '../points.ts';
import type { Effect, TierFactor } from '../rules.ts';
import { formatMoneyShort, formatPoints, type Lang, type UnitWords } from '../words.ts';
import { piecesReader, RATE_ROUNDINGS, type Form, type Numbers } from './gives.ts';
import { moneyReader, numberReader, pattern, quoted, remembering, type Reader } from './scan.ts';
import type { Sample } from './template.ts';
import type { Tongue } from './test-phrases.ts';

/** A name that no program has, in place of which any is read. */
const NAME = 'qqnameqq';
const COUNT = 17;
const MINOR = 1900;
const inQuotes: Readonly<Record<Lang, string>> = { pl: `„${NAME}”`, en: `“${NAME}”` };
const TIMES: Readonly<Record<Lang, string>> = { pl: ' razy ', en: ' times ' };
/** What a message is known by when a sentence made it: its words are the form's to ask for. */
const MESSAGE_CODE = 'wiadomosc';

/** "„srebro” razy 1,5, „zloto” razy 2". */
function tiersReader(lang: Lang): Reader<TierFactor[]> {
  const [times, comma, size] = [pattern(TIMES[lang], () => true), pattern(', ', () => true), numberReader(lang, 2)];
  const one: Reader<TierFactor> = (spoken, at) => {
    const tier = quoted(spoken, at);
    const then = tier && times(spoken, tier.end);
    const hundredths = then && size(spoken, then.end);
    return hundredths && { value: { tier: tier!.value, hundredths: hundredths.value }, end: hundredths.end };
  };
  return (spoken, at) => {
    const first = one(spoken, at);
    if (first === null) return null;
    const tiers = [first.value];
    let { end } = first;
    for (;;) {
      const next = comma(spoken, end);
      const more = next && one(spoken, next.end);
      if (more === null) return { value: tiers, end };
      tiers.push(more.value);
      ({ end } = more);
    }
  };
}

function grantForms(what: Exclude<GrantKind, 'message'>, tongue: Tongue, unit: UnitWords, money: Sample): Form[] {
  const pieces: Sample = { words: formatPoints(COUNT, unit, tongue.lang), read: remembering(piecesReader(tongue, [unit])) };
  const name: Sample = { words: inQuotes[tongue.lang], read: quoted };
  const form = (perMinor: Minor | null, values: readonly Sample[], minorOf: (numbers: Numbers) => Minor | null): Form =>
    ({ sample: { kind: 'grant', what, code: NAME, count: COUNT, perMinor }, values, make: (numbers, [, code]) => ({ kind: 'grant', what, code: String(code), count: numbers[0]!, perMinor: minorOf(numbers) }) });
  // A hundred grosze have a word of their own.
  return [form(null, [pieces, name], () => null), form(MINOR, [pieces, name, money], (numbers) => numbers[2]!), form(100, [pieces, name], () => 100)];
}

/** Effects whose sentence names something: a level, a thing that is given, a message, a field of an event. */
export function namedForms(tongue: Tongue, points: Sample): Form[] {
  const { lang, currency } = tongue;
  const name: Sample = { words: inQuotes[lang], read: quoted };
  const money: Sample = { words: formatMoneyShort(MINOR, currency, lang), read: moneyReader(lang, currency) };
  const ofField = (rounding: RateRounding, per: 'transaction' | 'line'): Form => ({
    sample: { kind: 'perUnit', points: COUNT, perThousandths: 23_000, rounding, per, of: { field: NAME } }, values: [points, { words: '23', read: numberReader(lang, 3) }, name],
    make: ([n, units], [,, field]) => ({ kind: 'perUnit', points: n!, perThousandths: units!, rounding, per, of: { field: String(field) } }),
  });
  const message: Effect = { kind: 'grant', what: 'message', code: MESSAGE_CODE, count: 1, message: { pl: { subject: NAME, text: NAME } } };
  return [
    { sample: { kind: 'tierMultiplier', tiers: [{ tier: NAME, hundredths: COUNT * 100 }] }, values: [{ words: `${inQuotes[lang]}${TIMES[lang]}${COUNT}`, read: tiersReader(lang) }], make: (_, [tiers]) => ({ kind: 'tierMultiplier', tiers: tiers as TierFactor[] }) },
    ...GRANT_KINDS.flatMap((what) => (what === 'message' ? [] : grantForms(what, tongue, phrasesOf(lang).grantUnit(what), money))),
    { sample: message, values: [name], make: (_, [subject]) => ({ ...message, message: { pl: { subject: String(subject), text: String(subject) } } }) },
    ...RATE_ROUNDINGS.flatMap((rounding) => [ofField(rounding, 'transaction'), ofField(rounding, 'line')]),
  ];
}
