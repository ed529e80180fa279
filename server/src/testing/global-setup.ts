import type { TestProject } from 'vitest/node';
import type { AllDatabaseUrls } from '../platform/roles.ts';
import { startTestCluster } from './cluster.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URLs of the migrated database that test files clone. */
    templateUrls: AllDatabaseUrls;
  }
}

/** Vitest calls it once per run and project; what it returns is called at the end of the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  project.provide('templateUrls', cluster.template);
  return cluster.remove;
}
