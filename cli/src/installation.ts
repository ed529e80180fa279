import { lastAddress } from '@wracam/server/first-run';
import { readConfig, type Config } from '@wracam/server/platform/config';
import { openServerForCommand } from '@wracam/server/platform/open-database';
import { loadSecrets, type Secrets } from '@wracam/server/platform/secrets';

/** What a command that works on the database itself gets. */
export interface Installation {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly adminUrl: string;
}

/**
 * Opens the installation that the environment names, for as long as `work` takes: the server of DATABASE_URL, the embedded one that
 * runs on the data folder, or that one started for the moment. The same settings as for `npm start` apply.
 */
export async function withInstallation<T>(say: (line: string) => void, work: (installation: Installation) => Promise<T>): Promise<T> {
  const config = await reachedAt(readConfig(process.env));
  const secrets = await loadSecrets(config.dataDir, config.masterKey);
  const server = await openServerForCommand(config, secrets, say);
  try {
    return await work({ config, secrets, adminUrl: server.adminUrl });
  } finally {
    await server.close();
  }
}

/** Links of a command lead where the server was reached last, unless the environment says where it is. */
export async function reachedAt(config: Config, env: NodeJS.ProcessEnv = process.env): Promise<Config> {
  const told = [env['PORT'], env['WRACAM_PUBLIC_URL']].some((value) => value !== undefined && value.trim() !== '');
  return { ...config, publicUrl: (told ? undefined : await lastAddress(config.dataDir)) ?? config.publicUrl };
}
