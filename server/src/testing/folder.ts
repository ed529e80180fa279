import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const made: string[] = [];

/** A temporary folder, gone after `removeTestFolders`. */
export async function testFolder(purpose: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `wracam-${purpose}-`));
  made.push(folder);
  return folder;
}

/** For the `afterAll` of a file that makes temporary folders. */
export const removeTestFolders = async (): Promise<void> => { await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true }))); };
