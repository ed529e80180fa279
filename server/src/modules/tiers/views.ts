import type { Language } from '@wracam/contract';
import { formatDate } from '@wracam/engine/words';
import { grantOn } from '@wracam/engine/tiers/held';
import { levelName, measureText, nextSentence, keepSentence, periodText, untilSentence, type TierPhraseOptions } from '@wracam/engine/tiers/phrases';
import type { TierLadder, TierLevel } from '@wracam/engine/tiers/ladder';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { iso } from '../../platform/iso.ts';
import { newWorkingSet, readMembers } from '../ledger/index.ts';
import { unitOf, walletsOf, type Wallet } from '../programs/index.ts';
import { laddersOf } from './ladders.ts';
import { dateOf } from '@wracam/engine/calendar';
import { dayOf, heldOn, openStandings, progressNow, type ActivityOf } from './standings.ts';
import type { ChangeRow } from './store.ts';

export function phraseOptions(ladder: TierLadder, wallets: readonly Wallet[], currency: string, lang: Language): TierPhraseOptions {
  const { measure } = ladder;
  const wallet = (measure.kind === 'points' ? wallets.find((one) => one.code === measure.wallet) : undefined) ?? wallets[0]!;
  return { lang, currency, unit: unitOf(wallet, lang) };
}

const shown = (level: TierLevel, lang: Language) => ({ code: level.code, name: levelName(level, lang), color: level.color });
const benefitsOf = (level: TierLevel | null, lang: Language) => (level?.benefits ?? []).map((one) => ({ code: one.code, name: one[lang] }));

/** The standing of members, read as of now: nothing is locked and nothing is written. */
async function readNow(deps: Deps, tx: ProgramTx, memberId: number, activityOf: ActivityOf) {
  const ladders = await laddersOf(deps.db, tx);
  if (!ladders) return null;
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  await readMembers(tx, set, [memberId]);
  const standings = await openStandings(tx, ladders, [...set.members.values()], activityOf);
  const standing = standings.byMember.get(memberId);
  return standing ? { standings, standing, today: dayOf(tx.program.timeZone, tx.program.now) } : null;
}

export type LevelNow = { readonly code: string | null; readonly name: string | null };

/** The level a member has now. Null: no ladder is in force. */
export async function levelNow(deps: Deps, tx: ProgramTx, memberId: number, activityOf: ActivityOf, lang: Language): Promise<LevelNow | null> {
  const now = await readNow(deps, tx, memberId, activityOf);
  const held = now && heldOn(now.standings, now.standing, now.today);
  if (!held) return null;
  const level = held.ladder.ladder.levels[held.level];
  return { code: level?.code ?? null, name: level ? levelName(level, lang) : null };
}

/** What the levels that were ever published are called, by code, as the newest ladder names them. */
export async function levelNames(deps: Deps, tx: ProgramTx, lang: Language): Promise<ReadonlyMap<string, string>> {
  return new Map((await laddersOf(deps.db, tx) ?? []).flatMap(({ ladder }) => ladder.levels.map((level) => [level.code, levelName(level, lang)] as const)));
}

/** Level, progress and benefits in words. Null: no ladder is in force. */
export async function memberTierView(deps: Deps, tx: ProgramTx, memberId: number, activityOf: ActivityOf, lang: Language) {
  const now = await readNow(deps, tx, memberId, activityOf);
  const found = now && progressNow(now.standings, now.standing, now.today);
  if (!now || !found) return null;
  const { held: { ladder: { ladder }, level: at }, progress } = found;
  const options = phraseOptions(ladder, await walletsOf(tx), tx.program.currency, lang);
  const { level, since, until, granted, value, next, keep } = progress;
  const grant = grantOn(now.standing.given, now.today);
  return {
    level: level && shown(level, lang), since, until, granted, grant: grant && { level: grant.level, until: grant.until === null ? null : dateOf(grant.until) }, value,
    next: next && { level: shown(next.level, lang), need: next.need, value: next.value, missing: next.missing, by: next.by }, keep,
    sentences: { value: `${measureText(ladder.measure, value, options)} ${periodText(ladder, lang)}`, next: nextSentence(ladder, progress, options), keep: keepSentence(ladder, keep, options), until: untilSentence(progress, lang) },
    benefits: benefitsOf(level, lang),
    levels: ladder.levels.map((one, index) => ({ ...shown(one, lang), threshold: one.threshold, thresholdText: measureText(ladder.measure, one.threshold, options), reached: index <= at, benefits: benefitsOf(one, lang) })),
  };
}

const WHY = {
  started: { pl: 'Poziom z dotychczasowych zakupów', en: 'Level from purchases so far' }, reached: { pl: 'Próg osiągnięty', en: 'Threshold reached' }, returned: { pl: 'Zwrot obniżył wynik', en: 'A return lowered the measure' },
  ended: { pl: 'Okres poziomu minął', en: 'The level’s period is over' }, granted: { pl: 'Poziom przyznany ręcznie', en: 'Level granted by hand' }, revoked: { pl: 'Przyznany poziom odebrano', en: 'The grant was taken back' },
  repaired: { pl: 'Naprawa punktów zmieniła wynik', en: 'A repair of points changed the measure' },
} as const;

/** A change of a level in words: "Próg osiągnięty: Srebrny → Złoty, do 31 grudnia 2027". Names are those of its own version, if it is still known. */
export function changeView(row: ChangeRow, ladder: TierLadder | null, by: string | null, lang: Language) {
  const nameOf = (code: string | null) => (code === null ? (lang === 'pl' ? 'bez poziomu' : 'no level') : (ladder?.levels.find((one) => one.code === code)?.[lang] ?? code));
  const until = row.until === null ? '' : lang === 'pl' ? `, do ${formatDate(row.until, lang)}` : `, until ${formatDate(row.until, lang)}`;
  const step = row.fromLevel === row.toLevel ? nameOf(row.toLevel) : `${nameOf(row.fromLevel)} → ${nameOf(row.toLevel)}`;
  return { no: row.no, at: iso(row.at), reason: row.reason, from: row.fromLevel, to: row.toLevel, sentence: `${WHY[row.reason][lang]}: ${step}${until}`, until: row.until, by, note: row.note };
}
