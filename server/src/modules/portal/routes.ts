import { localDate, type Instant } from '@wracam/engine/calendar';
import { tellOpenly } from '@wracam/engine/open-words';
import type { RuleDefinition } from '@wracam/engine/rules';
import { route, type Route } from '../../platform/http.ts';
import { eventNames } from '../event-types/index.ts';
import { rulesetsOf, SHOWN_TO_MEMBERS, stopsPlanned } from '../earning/index.ts';
import { getProgram, unitOf, walletView, walletsOf } from '../programs/index.ts';
import { listOffered } from '../rewards/index.ts';
import { levelNames } from '../tiers/index.ts';

/** A rule that is planned to stop, with the last day on which it works for its last one: so members read of it before. */
function untilStop(definition: RuleDefinition, stopsAt: Instant | undefined, timeZone: string): RuleDefinition {
  if (stopsAt === undefined) return definition;
  const last = localDate(timeZone, stopsAt - 1);
  const { until } = definition.schedule;
  return { ...definition, schedule: { ...definition.schedule, until: until !== null && until < last ? until : last } };
}

/** What anybody may know of a program: its look, its terms, how points arise and what they buy. */
export const portalRoutes: readonly Route[] = [
  route('getPortal', (deps, { ctx }) => deps.db.readProgram(ctx.programId, async (tx) => {
    const program = await getProgram(tx);
    const wallets = await walletsOf(tx);
    const ruleset = (await rulesetsOf(deps.db, tx, [tx.program.now])).at(tx.program.now)?.ruleset ?? null;
    const names = await eventNames(tx);
    const today = localDate(program.timeZone, tx.program.now);
    const running = (ruleset?.rules ?? []).filter(({ definition: { schedule } }) => (schedule.from === null || schedule.from <= today) && (schedule.until === null || schedule.until >= today));
    // What is written to members or to other systems is nothing that anybody collects.
    const offered = running.filter(({ definition: { effect } }) => effect.kind !== 'grant' || SHOWN_TO_MEMBERS.includes(effect.what));
    const stops = await stopsPlanned(tx);
    const said = offered.map(({ ruleId, definition: published }) => {
      const definition = untilStop(published, stops.get(ruleId), program.timeZone);
      const wallet = wallets.find((one) => one.code === definition.wallet);
      const unit = wallet && unitOf(wallet, ctx.language);
      return { limited: published.schedule.until !== null || definition.effect.kind === 'multiplier', name: definition.name, sentence: tellOpenly(definition, { names, lang: ctx.language, currency: program.currency, ...(ruleset?.eventReasons ? { eventReasons: ruleset.eventReasons } : {}), ...(unit ? { unit } : {}) }) };
    });
    return {
      code: program.code, name: program.name, brandColor: program.brandColor, currency: program.currency, timeZone: program.timeZone, termsVersion: program.termsVersion, termsText: program.termsText,
      wallets: wallets.map(walletView), rewards: await listOffered(deps, tx), levels: [...await levelNames(deps, tx, ctx.language)].map(([code, name]) => ({ code, name })), earning: said.map(({ name, sentence }) => ({ name, sentence })), promotion: said.find((one) => one.limited)?.sentence ?? null,
    };
  })),
];
