import { createRequire } from 'node:module';
import path from 'node:path';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { beforeAll, describe, expect, it } from 'vitest';
import { root, sourceFiles } from './source-files.ts';

const rooms = ['engine', 'contract', 'sdk', 'server', 'web', 'cli'];
const config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as { forbidden: IForbiddenRuleType[]; options: Record<string, unknown> & { enhancedResolveOptions: object } };

async function look(forbidden: IForbiddenRuleType[], folders: string[] = rooms): Promise<ICruiseResult> {
  const { output } = await cruise(folders, { ...config.options, baseDir: root, ruleSet: { forbidden }, validate: true }, config.options.enhancedResolveOptions, { tsConfig: extractTSConfig(path.join(root, 'tsconfig.json')) });
  return output as ICruiseResult;
}

/** Imports that lead against the direction of the house, each caught by the rule beside it: a rule that catches nothing is no rule. */
const wrongWays = [
  ['floor-1-calls-down', 'server/src/modules/programs/actions.ts', 'server/src/modules/orders/index.ts'],
  ['floor-2-calls-down', 'server/src/modules/ledger/store.ts', 'server/src/modules/members/index.ts'],
  ['floor-6-calls-down', 'server/src/modules/earning/actions.ts', 'server/src/modules/rewards/index.ts'],
  ['floor-8-calls-down', 'server/src/modules/orders/actions.ts', 'server/src/modules/transactions/index.ts'],
  ['every-module-has-a-floor', 'server/src/modules/stray/index.ts', 'server/src/platform/db.ts'],
  ['modules-meet-at-the-door', 'server/src/modules/orders/actions.ts', 'server/src/modules/ledger/store.ts'],
  ['engine-is-pure', 'engine/src/decide.ts', 'server/src/platform/db.ts'],
  ['engine-is-pure', 'engine/src/decide.ts', 'fs'],
  ['contract-knows-zod-and-engine', 'contract/src/shapes.ts', 'server/src/app.ts'],
  ['core-decides', 'server/src/modules/orders/core.ts', 'server/src/platform/db.ts'],
  ['core-decides', 'server/src/modules/members/core.ts', 'server/src/modules/members/store.ts'],
  ['store-is-sql', 'server/src/modules/orders/store.ts', 'server/src/platform/http.ts'],
  ['actions-know-no-http', 'server/src/modules/orders/actions.ts', 'contract/src/rewards.ts'],
  ['actions-know-no-http', 'server/src/modules/ledger/actions/adjust.ts', 'server/src/platform/http.ts'],
  ['only-the-edge-knows-fastify', 'server/src/modules/orders/routes.ts', 'node_modules/fastify/fastify.js'],
  ['only-the-platform-knows-pg', 'server/src/modules/orders/store.ts', 'node_modules/pg/lib/index.js'],
  ['platform-is-below', 'server/src/platform/http.ts', 'server/src/modules/access/index.ts'],
  ['pages-use-the-api', 'web/panel/src/app.tsx', 'server/src/app.ts'],
  ['pages-do-not-share-insides', 'web/panel/src/app.tsx', 'web/portal/src/app.tsx'],
  ['sdk-stands-alone', 'sdk/src/client.ts', 'contract/src/index.ts'],
  ['product-does-not-need-tests', 'server/src/app.ts', 'server/src/testing/app.ts'],
] as const;

type Side = { path?: string | string[]; pathNot?: string | string[] };
const listed = (patterns: string | string[] | undefined) => (patterns === undefined ? [] : [patterns].flat());
/** How dependency-cruiser reads a rule: `$1` of `from` stands in the patterns of `to`. */
function catches(rule: { from: Side; to: Side }, from: string, to: string): boolean {
  const found = listed(rule.from.path).map((pattern) => new RegExp(pattern).exec(from)).find((match) => match !== null);
  if (rule.from.path !== undefined && !found) return false;
  if (listed(rule.from.pathNot).some((pattern) => new RegExp(pattern).test(from))) return false;
  const filled = (patterns: string | string[] | undefined) => listed(patterns).map((pattern) => new RegExp(pattern.replaceAll('$1', found?.[1] ?? '')));
  return (rule.to.path === undefined || filled(rule.to.path).some((pattern) => pattern.test(to))) && !filled(rule.to.pathNot).some((pattern) => pattern.test(to));
}

describe('who may import whom', () => {
  let seen: ICruiseResult;
  beforeAll(async () => { seen = await look(config.forbidden); }, 60_000);

  it('follows the table of the house: every violation says what to do instead', () => {
    const said = new Map(config.forbidden.map((rule) => [rule.name, rule.comment]));
    expect(seen.summary.violations.map((one) => `${one.from} -> ${one.to}: ${one.rule.name}: ${said.get(one.rule.name)}`)).toEqual([]);
  });

  it('is checked on every source file of ours, not on none', () => {
    const files = sourceFiles(rooms).filter((file) => /\.tsx?$/.test(file));
    const cruised = new Set(seen.modules.map((module) => module.source));
    expect(files.length).toBeGreaterThan(250);
    expect(files.filter((file) => !cruised.has(file))).toEqual([]);
  });

  it('sees through the workspaces: an import of @wracam/engine is an edge to its file', () => {
    const edges = (source: string) => seen.modules.find((module) => module.source === source)?.dependencies.map((one) => one.resolved) ?? [];
    expect(edges('server/src/modules/members/core.ts')).toContain('engine/src/calendar.ts');
    expect(edges('web/panel/src/api/client.ts')).toContain('sdk/src/index.ts');
    expect(edges('server/src/modules/orders/actions.ts')).toContain('server/src/modules/ledger/index.ts');
  });

  it('goes red on a real edge: forbidding one that exists is reported', async () => {
    const { summary } = await look([{ name: 'probe', severity: 'error', from: { path: '^server/src/modules/orders/actions\\.ts$' }, to: { path: '^server/src/modules/ledger/' } }], ['server/src/modules/orders']);
    expect(summary.violations.map((one) => one.rule.name)).toEqual(['probe']);
  }, 60_000);

  it.each(wrongWays)('%s catches %s -> %s', (name, from, to) => {
    expect(catches(config.forbidden.find((rule) => rule.name === name) as { from: Side; to: Side }, from, to)).toBe(true);
  });
});
