// npm test: installs and builds what is missing, then type check, lint and every test, and one summary at the end.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';

/** A third of a core where every core is wanted: the checks are long done before the last test, and no test waits for them. */
const YIELDING = 5;

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const began = Date.now();
const lines = [];
let passed = 0;
let failed = 0;

let checks;
try {
  install();
  checks = run('tools/check.mjs', [], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], yields: true });
  const { build } = await import('./build.mjs');
  const { findChromium } = await import('./chromium.mjs');
  await build();
  process.env.CHROMIUM = await findChromium();
} catch (error) {
  console.error(error.message);
  if (checks) countChecks(await checks);
  console.log(`\n${passed} passed, ${failed + 1} failed`);
  process.exit(1);
}

await tests();
countChecks(await checks);

const seconds = Math.round((Date.now() - began) / 1000);
console.log(`\n${lines.join('\n')}\nTime: ${Math.floor(seconds / 60)} min ${seconds % 60} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Types and lint, each of which holds or not; what they found is shown here, where a person looks. */
function countChecks({ code, output, message }) {
  if (code !== 0) console.log(`\n${output}`);
  for (const [name, faults] of Object.entries(message ?? { 'Types and lint': 'they broke off' })) {
    if (faults === '') passed += 1;
    else failed += 1;
    lines.push(`${name}: ${faults === '' ? 'passed' : 'FAILED'}`);
  }
}

async function tests() {
  const report = path.join(tmpdir(), `wracam-tests-${process.pid}.json`);
  const { code } = await run('node_modules/vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)], { stdio: 'inherit' });
  let seen = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  try { seen = JSON.parse(readFileSync(report, 'utf8')); } catch { /* counted as a failure below */ }
  rmSync(report, { force: true });
  // A test that was left out proves nothing, and a run that broke outside a test failed even if every test passed.
  const left = seen.numPendingTests + seen.numTodoTests;
  const broken = seen.numFailedTests + left;
  passed += seen.numPassedTests;
  failed += broken > 0 || code === 0 ? broken : 1;
  lines.push(`Tests: ${seen.numPassedTests} passed, ${seen.numFailedTests} failed, ${left} left out${code !== 0 && broken === 0 ? ', and the run itself FAILED' : ''}`);
}

/** Runs a script of Node to its end: its code, what it wrote and what it sent. One that `yields` lets the others go first where all of them want a core. */
function run(script, args, { stdio, yields = false }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], { stdio });
    if (yields) setPriority(child.pid, YIELDING);
    let output = '';
    let message;
    child.stdout?.on('data', (chunk) => { output += String(chunk); });
    child.stderr?.on('data', (chunk) => { output += String(chunk); });
    child.once('message', (sent) => { message = sent; });
    child.once('error', (error) => resolve({ code: 1, output: String(error) }));
    child.once('close', (code) => resolve({ code: code ?? 1, output, message }));
  });
}
