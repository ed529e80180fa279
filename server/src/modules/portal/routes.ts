import { describeRule } from '@wracam/engine/describe';
import { localDate } from '@wracam/engine/calendar';
import { route, type Route } from '../../platform/http.ts';
import { eventNames } from '../event-types/index.ts';
import { rulesetsOf, SHOWN_TO_MEMBERS } from '../earning/index.ts';
import { getProgram, unitOf, walletView, walletsOf } from '../programs/index.ts';
import { listOffered } from '../rewards/index.ts';
import { levelNames } from '../tiers/index.ts';

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
    const said = offered.map(({ definition }) => {
      const wallet = wallets.find((one) => one.code === definition.wallet);
      const unit = wallet && unitOf(wallet, ctx.language);
      return { limited: definition.schedule.until !== null || definition.effect.kind === 'multiplier', sentence: describeRule(definition, { open: true, names, lang: ctx.language, currency: program.currency, ...(ruleset?.eventReasons ? { eventReasons: ruleset.eventReasons } : {}), ...(unit ? { unit } : {}) }) };
    });
    return {
      code: program.code, name: program.name, brandColor: program.brandColor, currency: program.currency, timeZone: program.timeZone, termsVersion: program.termsVersion, termsText: program.termsText,
      wallets: wallets.map(walletView), rewards: await listOffered(deps, tx), levels: [...await levelNames(deps, tx, ctx.language)].map(([code, name]) => ({ code, name })), earning: said.map((one) => one.sentence), promotion: said.find((one) => one.limited)?.sentence ?? null,
    };
  })),
];
