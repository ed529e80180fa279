import type { Command } from 'commander';

/** `wracam start`, which is what `npm start` runs. */
export const addStart = (program: Command) => program.command('start')
  .description('run the server until Ctrl-C; settings come from the environment, see README')
  .action(async () => {
    const [{ startApp }, { runProcess }] = await Promise.all([import('@wracam/server/app'), import('@wracam/server/start-process')]);
    await runProcess(process.env, startApp);
  });
