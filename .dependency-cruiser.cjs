// Who may import whom: the table of the house. `tools/rules/imports.test.ts` runs it; by hand: npx depcruise engine contract sdk server web cli.

/** Modules of the server from low to high: a call goes strictly down, through the door of the lower one. A new module takes its place here. */
const FLOORS = [
  ['programs'],
  ['messages', 'ledger'],
  ['access'],
  ['members', 'event-types', 'product-sets'],
  ['segments'],
  ['earning', 'tiers', 'rewards'],
  ['badges'],
  ['transactions', 'orders'],
  ['events'],
  ['targets'],
  ['goals'],
  ['portal', 'reports', 'connectors', 'replay', 'webhooks'],
  ['repairs'],
  ['demo'],
];

const MODULE = '^server/src/modules';
const TESTS = '\\.test\\.tsx?$|/testing/|^server/scenarios/|^server/src/contract-tests/';
const KNOWN_MODULES = FLOORS.flat().join('|');

const floors = FLOORS.map((modules, floor) => ({
  name: `floor-${floor + 1}-calls-down`,
  comment: `${modules.join(' and ')}: call only modules of lower floors; what is needed from above comes as a parameter, what is told to those above goes through the outbox.`,
  severity: 'error',
  from: { path: `${MODULE}/(${modules.join('|')})/`, pathNot: TESTS },
  to: { path: `${MODULE}/`, pathNot: [`${MODULE}/$1/`, ...(floor > 0 ? [`${MODULE}/(${FLOORS.slice(0, floor).flat().join('|')})/`] : [])] },
}));

module.exports = {
  forbidden: [
    ...floors,
    {
      name: 'every-module-has-a-floor', comment: 'Give the new module its floor in .dependency-cruiser.cjs.', severity: 'error',
      from: { path: `${MODULE}/`, pathNot: `${MODULE}/(${KNOWN_MODULES})/` }, to: {},
    },
    {
      name: 'modules-meet-at-the-door', comment: 'Another module is reached through its index.ts; add what you need to that door.', severity: 'error',
      from: { path: `${MODULE}/([^/]+)/`, pathNot: TESTS },
      to: { path: `${MODULE}/`, pathNot: [`${MODULE}/$1/`, `${MODULE}/[^/]+/index\\.ts$`] },
    },
    {
      name: 'engine-is-pure', comment: 'The engine runs in the browser and in replay: no I/O, no server, no contract. Pass facts in.', severity: 'error',
      from: { path: '^engine/src', pathNot: TESTS }, to: { pathNot: ['^engine/src', 'node_modules/temporal-polyfill'] },
    },
    {
      name: 'contract-knows-zod-and-engine', comment: 'The contract is a promise, not a program.', severity: 'error',
      from: { path: '^contract/src', pathNot: TESTS }, to: { pathNot: ['^contract/src', '^engine/src', 'node_modules/zod'] },
    },
    {
      name: 'core-decides', comment: 'core.ts decides from plain data: engine and own core only; vocabularies of the contract as types.', severity: 'error',
      from: { path: `${MODULE}/([^/]+)/core(/|\\.ts$)`, pathNot: TESTS },
      to: { pathNot: ['^engine/src', `${MODULE}/$1/core(/|\\.ts$)`, '^contract/src/index\\.ts$'] },
    },
    {
      name: 'core-and-store-take-types-of-the-contract', comment: 'Of the contract, core and store may name a role or a language; they never run it.', severity: 'error',
      from: { path: `${MODULE}/[^/]+/(core|store)(/|\\.ts$)`, pathNot: TESTS }, to: { path: '^contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'store-is-sql', comment: 'store.ts holds statements: engine, own module, the database. Types of a lower door are fine.', severity: 'error',
      from: { path: `${MODULE}/([^/]+)/store(/|\\.ts$)`, pathNot: TESTS },
      to: { pathNot: ['^engine/src', `${MODULE}/$1/`, '^server/src/platform/(db|sql|binary-arrays)\\.ts$', '^contract/src/index\\.ts$', `${MODULE}/[^/]+/index\\.ts$`] },
    },
    {
      name: 'store-asks-nobody', comment: 'A store reads its own tables; facts of others are gathered by the action.', severity: 'error',
      from: { path: `${MODULE}/([^/]+)/store(/|\\.ts$)`, pathNot: TESTS },
      to: { path: `${MODULE}/`, pathNot: `${MODULE}/$1/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'actions-know-no-http', comment: 'Shapes and HTTP stay in routes.ts; of the contract, actions use codes and words of refusals, permissions and languages.', severity: 'error',
      from: { path: `${MODULE}/[^/]+/(actions(/|\\.ts$)|jobs(/|\\.ts$))`, pathNot: TESTS },
      to: { path: ['^contract/src/(?!index\\.ts$)', 'node_modules/fastify', '^server/src/platform/http\\.ts$'] },
    },
    {
      name: 'only-the-edge-knows-fastify', comment: 'Fastify is known to platform/http.ts and to what composes the server.', severity: 'error',
      from: { path: '^(server|cli)/', pathNot: ['^server/src/platform/(http|security-headers)\\.ts$', '^server/src/(app|pages|api-docs)\\.ts$', TESTS] }, to: { path: 'node_modules/(fastify|@fastify)' },
    },
    {
      // The owner's command that purges a demo works on a connection of the owner, past the application's role.
      name: 'only-the-platform-knows-pg', comment: 'Connections are handed out by platform/db.ts alone: it sets the program.', severity: 'error',
      from: { path: '^(server|cli)/', pathNot: ['^server/src/platform/', '^server/src/demo/purge\\.ts$', TESTS] }, to: { path: 'node_modules/pg(-|/)' },
    },
    {
      name: 'platform-is-below', comment: 'The platform serves all modules and knows none.', severity: 'error',
      from: { path: '^server/src/platform/', pathNot: TESTS }, to: { path: ['^server/src/modules/', '^server/src/[^/]+\\.ts$'] },
    },
    {
      name: 'pages-use-the-api', comment: 'Panel, portal and till live on sdk, contract, engine and web/ui.', severity: 'error',
      from: { path: '^web/', pathNot: '\\.test\\.tsx?$' }, to: { path: ['^server/', '^cli/', '^bench/', '^e2e/'] },
    },
    {
      name: 'pages-do-not-share-insides', comment: 'What two pages share belongs into web/ui.', severity: 'error',
      from: { path: '^web/([^/]+)/' }, to: { path: '^web/', pathNot: ['^web/$1/', '^web/ui/'] },
    },
    {
      name: 'ui-fetches-nothing', comment: 'web/ui draws; pages fetch.', severity: 'error', from: { path: '^web/ui/' }, to: { path: ['^sdk/', '^web/(panel|portal|till)/'] },
    },
    {
      name: 'sdk-stands-alone', comment: 'The SDK is given to integrators: it depends on nothing of ours.', severity: 'error',
      from: { path: '^sdk/src', pathNot: TESTS }, to: { pathNot: '^sdk/src' },
    },
    {
      name: 'product-does-not-need-tests', comment: 'Code that runs in production imports no test code.', severity: 'error',
      from: { path: '^(server|cli|engine|contract|sdk|web)/', pathNot: TESTS }, to: { path: ['/testing/', '\\.test\\.tsx?$', '^bench/', '^e2e/'] },
    },
    { name: 'everything-resolves', comment: 'An import that resolves to nothing.', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' }, tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' }, exclude: { path: '(^|/)(dist|public)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], mainFields: ['module', 'main', 'types'] },
  },
};
