import { availableParallelism } from 'node:os';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** Two files at a time also on two cores, where vitest would take one: half of a file's time is the database's or the browser's. */
const node = { environment: 'node' as const, testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: Math.max(2, availableParallelism() - 1) };
/** These take minutes; begun last, they would leave the other cores waiting for them. */
const LONGEST = ['e2e/pages.test.ts', 'server/src/modules/replay/levels.test.ts', 'server/src/demo/demo.test.ts', 'bench/prove.test.ts'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => LONGEST.findIndex((one) => moduleId.endsWith(one)) + 1 || Infinity;
    return (await super.sort(files)).sort((a, b) => Math.sign(place(a) - place(b)) || 0);
  }
}

// Pure packages start without a database; `server`, `cli` and `bench` share one embedded PostgreSQL per run. The files of each project share modules too,
// because reading the whole product anew takes longer than most files do; what the product remembers hangs on a file's own database.
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...node, name: 'pure', isolate: false, include: ['{engine,contract,sdk,web,tools}/**/*.test.{ts,tsx}'] } },
      {
        test: {
          ...node, name: 'server', include: ['{server,cli,bench}/**/*.test.ts'], isolate: false, globalSetup: ['server/src/testing/global-setup.ts'],
        },
      },
      {
        test: {
          ...node, name: 'e2e', include: ['e2e/**/*.test.ts'], isolate: false, testTimeout: 900_000, hookTimeout: 180_000,
          maxConcurrency: 3, // more windows at a time than cores take each other's caches
          expect: { poll: { timeout: 40_000 } }, // as patient as everything else that waits for a page: a busy machine is no fault
          globalSetup: ['server/src/testing/global-setup.ts', 'e2e/site/build-pages.ts'],
        },
      },
    ],
  },
});
