import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '@wracam/server/platform/project-root';

/** Builds panel and portal when they are stale: once before all files, for a build would take the pages away under a file that is looking at them. */
export default async function buildPages(): Promise<void> {
  const { build } = await import(pathToFileURL(path.join(projectRoot(), 'tools', 'build.mjs')).href) as { build: (options: { only: string[] }) => Promise<void> };
  await build({ only: ['panel', 'portal'] });
}
