import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { testFolder } from './folder.ts';

/** A temporary folder with these migration files, gone after `removeTestFolders`. */
export async function migrationsFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await testFolder('migrations');
  for (const [name, sql] of Object.entries(files)) await writeFile(path.join(folder, name), sql);
  return folder;
}
