import { permissionNames } from '@wracam/contract';
import { isTimeZone } from '@wracam/engine/calendar';
import { createApiKey, createStaff, issueSignInLink } from '@wracam/server/modules/access/index';
import { setUpProgram } from '@wracam/server/setup';
import { startProblem } from '@wracam/server/platform/start-problem';
import type { Command } from 'commander';
import { withDeps } from '../deps.ts';
import { runCommand } from '../output.ts';
import { nounOf } from './keys-create.ts';

const NAME_MAX = 80;

export type Options = { name: string; organisation: string; currency: string; timeZone: string; test: boolean; startsAt?: string; ownerEmail: string; json?: boolean };

/** `wracam programs create`: a program ready to book, its owner's sign-in link and an API key. */
export const addProgramsCreate = (program: Command) => nounOf(program, 'programs', 'loyalty programs').command('create')
  .description('make a program with a wallet, a first rule, an owner and an API key')
  .argument('<code>', 'short name in addresses: small letters, digits and hyphens')
  .requiredOption('--name <name>', 'what members read')
  .option('--organisation <name>', 'whose program it is; made when there is none of this name', 'Moja firma')
  .option('--currency <code>', 'three letters', 'PLN')
  .option('--time-zone <zone>', 'where its days begin', 'Europe/Warsaw')
  .option('--test', 'for rehearsals: keys wk_test_… and a clock of its own that you move', false)
  .option('--starts-at <instant>', 'first instant of the program (test: where its clock starts), for example 2026-01-01T08:00:00Z')
  .option('--owner-email <address>', 'who signs in by the link', 'wlasciciel@wracam.local')
  .option('--json', 'one JSON object on standard output')
  .action((code: string, options: Options) => runCommand(options.json ?? false, (output) => withDeps(output, async ({ deps }) => {
    const fault = faultOf(code, options);
    if (fault !== null) throw startProblem(fault);
    const startsAt = options.startsAt === undefined ? undefined : Date.parse(options.startsAt);
    const made = await setUpProgram(deps, {
      code, name: options.name, organisation: options.organisation, currency: options.currency, timeZone: options.timeZone, test: options.test, ...(startsAt === undefined ? {} : { startsAt }),
    });
    const staffId = await createStaff(deps, made.id, { name: 'Właściciel', email: options.ownerEmail, role: 'owner' });
    const { secret } = await createApiKey(deps, made.id, { name: 'first key', scopes: [...permissionNames] });
    const signInUrl = await issueSignInLink(deps, staffId);
    const portalUrl = `${deps.publicUrl}/p/${code}`;
    output.result(
      { program: code, id: deps.publicIds.encode('prg', made.id), test: options.test, apiKey: secret, signInUrl, portalUrl, apiUrl: `${deps.publicUrl}/api/v1` },
      `Program ${code} is ready.\nAPI key (shown only now): ${secret}\nPortal: ${portalUrl}\nSign in to the panel once with this link (24 h): ${signInUrl}`,
    );
  })));

/** What is wrong with what was asked for, as one sentence that says what to give; null: nothing. */
export function faultOf(code: string, { name, organisation, currency, timeZone, ownerEmail, startsAt, test }: Options, now = Date.now()): string | null {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(code)) return `The code ${code} will not do: small letters, digits and hyphens between them, 40 at most.`;
  if (name.trim() === '' || name.length > NAME_MAX) return `The name will not do: members read it, so give 1 to ${NAME_MAX} letters.`;
  if (organisation.trim() === '' || organisation.length > NAME_MAX) return `The organisation will not do: give 1 to ${NAME_MAX} letters.`;
  if (!Intl.supportedValuesOf('currency').includes(currency)) return `${currency} is no currency: give three capital letters such as PLN.`;
  if (!isTimeZone(timeZone)) return `${timeZone} is no time zone: give one such as Europe/Warsaw.`;
  // Codes for signing in go there.
  if (!/^[^\s@]+@[^\s@]+$/.test(ownerEmail)) return `${ownerEmail} is no e-mail address: give the one with which the owner will sign in.`;
  if (startsAt === undefined) return null;
  if (Number.isNaN(Date.parse(startsAt))) return `${startsAt} is no instant: write it as 2026-01-01T08:00:00Z.`;
  return !test && Date.parse(startsAt) > now ? `${startsAt} is still to come: a program starts when it is made, or earlier; only one for rehearsals (--test) has a clock of its own.` : null;
}
