import { stat } from 'node:fs/promises';
import path from 'node:path';
import { startProblem } from '@wracam/server/platform/start-problem';

/** The whole path of a file that a command is to read. A sentence when there is none or it is a folder, before anything is opened or made. */
export async function namedFile(file: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  if (found === null) throw startProblem(`There is no file ${file}: check its name.`);
  if (found.isDirectory()) throw startProblem(`${file} is a folder: name a file in it.`);
  return path.resolve(file);
}

/** The whole path of a file that a command is to write. A sentence when a folder has that name. */
export async function fileToWrite(file: string): Promise<string> {
  if ((await stat(file).catch(() => null))?.isDirectory()) throw startProblem(`${file} is a folder: name a file in it.`);
  return path.resolve(file);
}
