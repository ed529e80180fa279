// Pages travel small: beside each built file that is text stand the same bytes packed, and the server sends those to whoever takes them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { promisify } from 'node:util';

const TEXT = /\.(js|css|svg|json|webmanifest)$/;
/** Below this a packed file saves no packet. */
const LEAST_BYTES = 1_000;
/** The highest but one: the highest takes twice as long for a hundredth. */
const BROTLI_QUALITY = 10;

/** Packs what stands in a folder of built pages. Browsers take Brotli by https alone, so there is gzip too. */
export async function compress(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile() && TEXT.test(file.name)).map((file) => path.join(file.parentPath ?? file.path, file.name));
  await Promise.all(files.map(async (file) => {
    const content = readFileSync(file);
    if (content.length < LEAST_BYTES) return;
    writeFileSync(`${file}.br`, await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
    writeFileSync(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
  }));
}
