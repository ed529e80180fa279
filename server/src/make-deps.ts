import type { Config } from './platform/config.ts';
import { connect } from './platform/db.ts';
import type { Deps } from './platform/deps.ts';
import { idCounter, makeIds, makePublicIds, type IdCounter } from './platform/ids.ts';
import { makeKeyring } from './platform/keyring.ts';
import type { Logger } from './platform/log.ts';
import { makeMailer } from './platform/mail.ts';
import type { Reach } from './platform/web-call.ts';
import { readInstallation } from './setup.ts';

export type MadeDeps = { readonly deps: Deps; readonly close: () => Promise<void> };
export type DepsInput = { readonly appUrl: string; /** One for all threads of a process; default: its own. */ readonly counter?: IdCounter; readonly masterKey: string; readonly log: Logger; readonly publicUrl: string; readonly smtpUrl?: string | undefined; readonly mailFrom?: string | undefined; readonly webhooks?: Reach | undefined };

export const depsInput = (config: Config & { masterKey: string }, appUrl: string, log: Logger): DepsInput =>
  ({ appUrl, counter: idCounter(), masterKey: config.masterKey, log, publicUrl: config.publicUrl, smtpUrl: config.smtpUrl, mailFrom: config.mailFrom, webhooks: config.webhooks });

/** Connections, keys and ids: everything that actions use, for a server, a command or a test. */
export async function makeDeps({ appUrl, counter, masterKey, log, publicUrl, smtpUrl, mailFrom, webhooks = 'public' }: DepsInput): Promise<MadeDeps> {
  const db = connect(appUrl, log, { applicationName: 'wracam' });
  const hotDb = connect(appUrl, log, { applicationName: 'wracam-booking', max: 6, indexProbesOnly: true });
  // Ids and keys are asked for in the middle of transactions. From a pool that these have used up, each would wait for one of the others to end.
  const asideDb = connect(appUrl, log, { applicationName: 'wracam-aside', max: 2 });
  const mailer = smtpUrl ? makeMailer(smtpUrl, mailFrom ?? `wracam@${new URL(publicUrl).hostname}`) : null;
  const close = async () => { mailer?.close(); await Promise.all([db.close(), hotDb.close(), asideDb.close()]); };
  try {
    const { idKey } = await readInstallation(db);
    return { close, deps: { db, hotDb, ids: makeIds(asideDb, counter), publicIds: makePublicIds(idKey), keyring: makeKeyring(asideDb, Buffer.from(masterKey, 'hex')), log, mailer, publicUrl, webhooks } };
  } catch (error) {
    await close();
    throw error;
  }
}
