import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Two files at a time also on two cores, where vitest would take one: half of a file's time is the database's. */
const node = { environment: 'node' as const, testTimeout: 20_000, hookTimeout: 60_000, maxWorkers: Math.max(2, availableParallelism() - 1) };

// Pure packages start without a database; `server`, `cli` and `bench` share one embedded PostgreSQL per run.
export default defineConfig({
  test: {
    projects: [
      { test: { ...node, name: 'pure', include: ['{engine,contract,sdk,web,tools}/**/*.test.{ts,tsx}'] } },
      {
        test: {
          ...node, name: 'server', include: ['{server,cli,bench}/**/*.test.ts'], globalSetup: ['server/src/testing/global-setup.ts'],
        },
      },
      {
        test: {
          ...node, name: 'e2e', include: ['e2e/**/*.test.ts'], testTimeout: 900_000, hookTimeout: 180_000, fileParallelism: false,
          globalSetup: ['server/src/testing/global-setup.ts'],
        },
      },
    ],
  },
});
