// Types and lint by one reading of the source: most of the linter's time would go into working out once more what the compiler knows.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import ts from 'typescript';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const program = readSource();
const found = { Types: typeFaults(), Lint: await lintFaults() };
for (const [name, faults] of Object.entries(found)) console.log(faults === '' ? `${name}: passed` : `${faults}\n${name}: FAILED`);
process.send?.(found);
process.exitCode = Object.values(found).every((faults) => faults === '') ? 0 : 1;

/** Everything that tsconfig.json names. Throws when that file cannot be read. */
function readSource() {
  const refuse = ({ messageText }) => { throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n')); };
  const { fileNames, options, errors } = ts.getParsedCommandLineOfConfigFile(path.join(root, 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: refuse });
  errors.forEach(refuse);
  return ts.createProgram({ rootNames: fileNames, options, host: ts.createCompilerHost(options, true) }); // the linter walks up from a node, too
}

/** What the compiler refuses, as text; empty when nothing. */
function typeFaults() {
  return ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), { getCurrentDirectory: () => root, getCanonicalFileName: (name) => name, getNewLine: () => '\n' }).trim();
}

/** What the linter finds, warnings too, as text; empty when nothing. */
async function lintFaults() {
  const eslint = new ESLint({ cwd: root, overrideConfig: [{ files: ['**/*.{ts,tsx}'], languageOptions: { parserOptions: { projectService: false, programs: [program] } } }] });
  const results = await eslint.lintFiles(['.']);
  return String(await (await eslint.loadFormatter('stylish')).format(results)).trim();
}
