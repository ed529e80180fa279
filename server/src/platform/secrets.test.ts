import { readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { removeTestFolders, testFolder } from '../testing/folder.ts';
import { loadSecrets } from './secrets.ts';

const folder = () => testFolder('secrets');
afterAll(removeTestFolders);

describe('secrets', () => {
  it('processes that start at once on a new folder agree on one set, readable by its owner only', async () => {
    const dir = await folder();
    const all = await Promise.all(Array.from({ length: 8 }, () => loadSecrets(dir)));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await loadSecrets(dir)).toEqual(all[0]);
    expect((await stat(path.join(dir, 'secrets.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(dir)).toEqual(['secrets.json']);
  });
  it('two folders share nothing', async () => {
    const [one, two] = await Promise.all([loadSecrets(await folder()), loadSecrets(await folder())]);
    expect(Object.values(one).filter((value) => Object.values(two).includes(value))).toEqual([]);
  });
  it('a given master key stands in for the stored one and is not stored', async () => {
    const dir = await folder();
    expect((await loadSecrets(dir, 'ab'.repeat(32))).masterKey).toBe('ab'.repeat(32));
    expect((await loadSecrets(dir)).masterKey).not.toBe('ab'.repeat(32));
  });
  it.each(['', '{}', '{"masterKey": 7}'])('a damaged file %j is never replaced by new secrets', async (content) => {
    const dir = await folder();
    await writeFile(path.join(dir, 'secrets.json'), content);
    await expect(loadSecrets(dir)).rejects.toThrow(/secrets\.json is damaged/);
  });
});
