import { findStaffForLink, issueSignInLink } from '@wracam/server/modules/access/index';
import { startProblem } from '@wracam/server/platform/start-problem';
import type { Command } from 'commander';
import { programFor, withDeps } from '../deps.ts';
import { runCommand } from '../output.ts';
import { nounOf } from './keys-create.ts';

type Options = { program?: string; email?: string; json?: boolean };

/** `wracam staff link`: a new way into the panel when the first link is used up and no mail arrives. Whoever may run it owns the machine. */
export const addStaffLink = (program: Command) => nounOf(program, 'staff', 'people who sign in to the panel').command('link')
  .description('make a new one-time link to the panel, for an owner who cannot get a code by mail')
  .option('--program <code>', 'a program of that person; may be left out when there is only one')
  .option('--email <address>', 'whose link; otherwise the first owner of the program')
  .option('--json', 'one JSON object on standard output')
  .action((options: Options) => runCommand(options.json ?? false, (output) => withDeps(output, async ({ deps }) => {
    const { id, code } = await programFor(deps, options.program);
    const found = await findStaffForLink(deps, id, options.email);
    if (!found) throw startProblem(`Nobody${options.email === undefined ? '' : ` with the address ${options.email}`} may sign in to program ${code}: check --program and --email.`);
    const signInUrl = await issueSignInLink(deps, found.staffId);
    output.result({ program: code, email: found.email, signInUrl }, `Sign in to the panel as ${found.email} once with this link (24 h): ${signInUrl}`);
  })));
