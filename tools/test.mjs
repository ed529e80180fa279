// npm test: installs and builds what is missing, then type check, lint and every test, and one summary at the end.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const began = Date.now();
const lines = [];
let passed = 0;
let failed = 0;

let checks;
try {
  install();
  // Each of the two keeps one core busy, and neither needs what is built.
  checks = Promise.all([step('Types', 'typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']), step('Lint', 'eslint/bin/eslint.js', ['.', '--max-warnings=0'])]);
  const { build } = await import('./build.mjs');
  const { findChromium } = await import('./chromium.mjs');
  await build();
  process.env.CHROMIUM = await findChromium();
} catch (error) {
  console.error(error.message);
  await checks;
  console.log(`\n${passed} passed, ${failed + 1} failed`);
  process.exit(1);
}

lines.push(...await checks);
await tests();

const seconds = Math.round((Date.now() - began) / 1000);
console.log(`\n${lines.join('\n')}\nTime: ${Math.floor(seconds / 60)} min ${seconds % 60} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** One check that either holds or not; its output is shown only when it does not. Gives its line of the summary. */
async function step(name, program, args) {
  const { code, output } = await run(program, args, 'pipe');
  if (code === 0) passed += 1;
  else { failed += 1; console.log(`${name}:\n${output}`); }
  return `${name}: ${code === 0 ? 'passed' : 'FAILED'}`;
}

async function tests() {
  const report = path.join(tmpdir(), `wracam-tests-${process.pid}.json`);
  const { code } = await run('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)], 'inherit');
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

function run(program, args, stdio) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join('node_modules', program), ...args], { stdio: stdio === 'pipe' ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
    let output = '';
    child.stdout?.on('data', (chunk) => { output += String(chunk); });
    child.stderr?.on('data', (chunk) => { output += String(chunk); });
    child.once('error', (error) => resolve({ code: 1, output: String(error) }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
