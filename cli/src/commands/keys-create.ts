import { permissionNames, type Permission } from '@wracam/contract';
import { createApiKey } from '@wracam/server/modules/access/index';
import { startProblem } from '@wracam/server/platform/start-problem';
import { Command } from 'commander';
import { programFor, withDeps } from '../deps.ts';
import { runCommand } from '../output.ts';

type Options = { program?: string; name: string; scopes: string; json?: boolean };

/** `wracam keys create`: an API key of one program; its secret is printed this once. */
export const addKeysCreate = (program: Command) => nounOf(program, 'keys', 'API keys').command('create')
  .description('make an API key of a program and print it; it is shown only now')
  .option('--program <code>', 'the program; may be left out when there is only one')
  .requiredOption('--name <name>', 'what the key is for, for example "till software"')
  .option('--scopes <list>', 'what it may do, with commas between', 'members.read,members.write,transactions.read,transactions.write,points.read,points.spend,rewards.read,orders.read,orders.write')
  .option('--json', 'one JSON object on standard output')
  .addHelpText('after', `\nScopes: ${permissionNames.join(', ')}; "all" stands for every one.`)
  .action((options: Options) => runCommand(options.json ?? false, (output) => withDeps(output, async ({ deps }) => {
    const scopes = scopesOf(options.scopes);
    const { id, code } = await programFor(deps, options.program);
    const { apiKey, secret } = await createApiKey(deps, id, { name: options.name, scopes });
    output.result({ program: code, id: deps.publicIds.encode('key', apiKey.id), name: apiKey.name, scopes, apiKey: secret }, `${secret}\nKeep it now: it is not shown again. It works for program ${code}.`);
  })));

/** Known scopes from a list with commas; a sentence that names the wrong ones otherwise. */
export function scopesOf(text: string): Permission[] {
  if (text.trim() === 'all') return [...permissionNames];
  const names = text.split(',').map((one) => one.trim()).filter(Boolean);
  const wrong = names.filter((name) => !permissionNames.some((known) => known === name));
  if (wrong.length > 0 || names.length === 0) throw startProblem(`Unknown scopes: ${wrong.join(', ') || 'none given'}. There are: ${permissionNames.join(', ')}.`);
  return permissionNames.filter((known) => names.includes(known));
}

/** The command group of a noun, made when its first verb is added. */
export const nounOf = (program: Command, noun: string, description: string): Command =>
  program.commands.find((one) => one.name() === noun) ?? program.command(noun).description(description);
