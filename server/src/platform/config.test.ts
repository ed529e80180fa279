import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { isStartProblem } from './start-problem.ts';

function problemOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (isStartProblem(error)) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('settings', () => {
  it('an empty environment gives a process that does everything on port 3000 with the embedded database', () => {
    expect(readConfig({ PATH: '/bin' })).toMatchObject({
      role: 'all', port: 3000, databaseUrl: undefined, demo: 'cafe', publicUrl: 'http://localhost:3000', dataDir: expect.stringMatching(/^\/.*data$/),
    });
  });
  it('an empty value counts as not set', () => {
    expect(readConfig({ PORT: '', WRACAM_DEMO: ' ', DATABASE_URL: '' })).toMatchObject({ port: 3000, demo: 'cafe', databaseUrl: undefined });
  });
  it('every setting is taken over', () => {
    expect(readConfig({
      PORT: '8080', DATABASE_URL: 'postgres://boss:s@db:5432/wracam', WRACAM_ROLE: 'worker', WRACAM_DEMO: 'none', WRACAM_DATA: '/srv/wracam',
      WRACAM_PUBLIC_URL: 'https://punkty.pl/', WRACAM_SMTP_URL: 'smtp://mail:25', WRACAM_MAIL_FROM: 'Punkty <p@punkty.pl>', WRACAM_HOST: '127.0.0.1', WRACAM_PROCESSES: '4', WRACAM_PROXIES: '10.0.0.2, fd00::/8', WRACAM_WEBHOOKS: 'private',
    })).toEqual({
      port: 8080, databaseUrl: 'postgres://boss:s@db:5432/wracam', appUrl: undefined, role: 'worker', processes: 4, demo: 'none', dataDir: '/srv/wracam',
      publicUrl: 'https://punkty.pl', smtpUrl: 'smtp://mail:25', mailFrom: 'Punkty <p@punkty.pl>', host: '127.0.0.1', masterKey: undefined, proxies: ['10.0.0.2', 'fd00::/8'], webhooks: 'private',
    });
  });
  it.each([
    [{ PORT: '3000x' }, /^PORT is "3000x": set it to a whole number from 0 to 65535/],
    [{ PORT: '65536' }, /^PORT is "65536"/],
    [{ PORT: '-1' }, /^PORT is "-1"/],
    [{ WRACAM_ROLE: 'boss' }, /^WRACAM_ROLE is "boss": set it to one of all, api, worker/],
    [{ WRACAM_PROCESSES: '0' }, /^WRACAM_PROCESSES is "0": set it to a whole number from 1 to 64/],
    [{ WRACAM_PROCESSES: 'many' }, /^WRACAM_PROCESSES is "many"/],
    [{ WRACAM_DEMO: 'shop' }, /^WRACAM_DEMO is "shop": set it to one of cafe, none/],
    [{ WRACAM_DTA: './x' }, /^WRACAM_DTA is not a setting of Wracam: .*WRACAM_DATA/],
    [{ DATABASE_URL: 'mysql://a@b/c' }, /^DATABASE_URL is not an address .* postgres:\/\/user/],
    [{ DATABASE_URL: 'postgres://u:hush@host' }, /^DATABASE_URL must end with the name of a database/],
    [{ WRACAM_PUBLIC_URL: 'punkty.pl' }, /^WRACAM_PUBLIC_URL is not an address/],
    [{ WRACAM_SMTP_URL: 'http://x' }, /^WRACAM_SMTP_URL is not an address/],
    [{ WRACAM_MAIL_FROM: 'nobody' }, /^WRACAM_MAIL_FROM is "nobody"/],
    [{ WRACAM_MASTER_KEY: 'abc' }, /^WRACAM_MASTER_KEY must be 64 hexadecimal digits/],
    [{ WRACAM_HOST: 'a b' }, /^WRACAM_HOST is "a b"/],
  ])('%j is answered with one sentence that says what to do', (env, sentence) => {
    const problem = problemOf(env as unknown as Record<string, string>);
    expect(problem).toMatch(sentence);
    expect(problem).not.toContain('\n');
    expect(problem).not.toContain('hush');
  });
});
