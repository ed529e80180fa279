import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = () => [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const run = (command, args) => spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;

/**
 * Path of a browser for the page tests: the one that CHROMIUM names, the system's, Debian's package where we may install it, else
 * Playwright's own download. Throws with one sentence when none can be had.
 */
export async function findChromium(say = console.log) {
  if (process.env.CHROMIUM && !existsSync(process.env.CHROMIUM)) throw new Error(`CHROMIUM names ${process.env.CHROMIUM}, which is not there: correct it or leave it out.`);
  const found = () => places().find((place) => place && existsSync(place));
  if (found()) return found();
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Installing a browser for the page tests (apt-get install chromium)');
    if (run('apt-get', ['update', '-qq'])) run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
    if (found()) return found();
  }
  say('Downloading a browser for the page tests (Playwright)');
  run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium']);
  const { chromium } = await import('playwright-core');
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  throw new Error('No browser for the page tests could be installed: install Chromium and set CHROMIUM to its path.');
}
