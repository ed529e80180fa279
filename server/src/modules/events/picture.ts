/** What a report may carry; the number is the database's. */
export const PICTURE_TYPES = { 'image/jpeg': 1, 'image/png': 2, 'image/webp': 3 } as const;
export type PictureType = keyof typeof PICTURE_TYPES;
/** A picture as it is kept: without what a camera writes beside the image. */
export type Picture = { readonly type: PictureType; readonly bytes: Buffer };

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Chunks that say how a PNG is drawn; texts, times and EXIF are none of them. */
const PNG_KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'bKGD', 'pHYs', 'acTL', 'fcTL', 'fdAT']);
/** The same of a WebP (RFC 9649). */
const WEBP_KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** Of VP8X: there are EXIF data, there are XMP data. */
const WEBP_EXIF = 0x08;
const WEBP_XMP = 0x04;

/** A segment of EXIF data that says nothing but the tag of orientation; its value stands at `ORIENTATION_AT`. */
const UPRIGHT = Buffer.from('ffe100224578696600004d4d002a00000008000101120003000000010001000000000000', 'hex');
const ORIENTATION_AT = 29;
/** Where the directories of tags begin in it. */
const TIFF_AT = 10;
const EXIF_WORD = 'Exif\0\0';
const ORIENTATION_TAG = 0x0112;
/** The type of a tag that holds a number of two bytes. */
const SHORT = 3;

/**
 * The picture without place, time and camera: a photo tells where it was taken. Known by its first bytes and walked to its end, whatever its
 * name says; null when it is none of the three kinds, or is cut. The image itself is not touched; how a camera was held stays, or a photo of a
 * phone would lie on its side.
 */
export function withoutMetadata(bytes: Buffer): Picture | null {
  if (bytes.length > 12 && bytes[0] === 0xff && bytes[1] === 0xd8) return kept('image/jpeg', jpeg(bytes));
  if (bytes.length > PNG.length && bytes.subarray(0, PNG.length).equals(PNG)) return kept('image/png', png(bytes));
  if (bytes.length > 12 && bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return kept('image/webp', webp(bytes));
  return null;
}

const kept = (type: PictureType, bytes: Buffer | null): Picture | null => (bytes === null ? null : { type, bytes });

/** Segments up to the image's own data (ISO/IEC 10918-1, B.1.1); of the application's segments JFIF, the colour profile and Adobe's colours stay, and of EXIF the orientation. */
function jpeg(bytes: Buffer): Buffer | null {
  const parts = [bytes.subarray(0, 2)];
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    // Fill bytes may stand before a marker.
    if (marker === 0xff) { at += 1; continue; }
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) return null;
    const isApplication = marker >= 0xe0 && marker <= 0xef;
    if (marker !== 0xfe && (!isApplication || marker === 0xe0 || marker === 0xe2 || marker === 0xee) && !isMultiPicture(bytes, at, marker)) parts.push(bytes.subarray(at, end));
    if (marker === 0xe1) parts.push(...turned(bytes.subarray(at + 4, end)));
    if (marker === 0xda) return withScans(bytes, end, parts);
    at = end;
  }
  return null;
}

/** The smallest EXIF segment for a picture that has to be turned or mirrored to be seen upright; none for one that is upright or does not say. */
function turned(exif: Buffer): Buffer[] {
  const orientation = orientationIn(exif);
  if (orientation < 2 || orientation > 8) return [];
  const segment = Buffer.from(UPRIGHT);
  segment[ORIENTATION_AT] = orientation;
  return [segment];
}

/** The same as a chunk of a WebP, which is the directories of tags alone; some programs put the word of a JPEG's segment before them. */
function turnedChunk(data: Buffer): Buffer[] {
  const exif = data.toString('latin1', 0, EXIF_WORD.length) === EXIF_WORD ? data : Buffer.concat([Buffer.from(EXIF_WORD, 'latin1'), data]);
  return turned(exif).map((segment) => {
    const tiff = segment.subarray(TIFF_AT);
    const head = Buffer.alloc(8);
    head.write('EXIF', 0, 'latin1');
    head.writeUInt32LE(tiff.length, 4);
    return Buffer.concat([head, tiff]);
  });
}

/** The orientation in the first directory of EXIF data (EXIF 2.32, 4.6.4: 1 is upright, 2 to 8 are not); 0: it is not told. */
function orientationIn(exif: Buffer): number {
  const tiff = exif.subarray(EXIF_WORD.length);
  const isLittle = tiff.toString('latin1', 0, 4) === 'II*\0';
  if (exif.toString('latin1', 0, EXIF_WORD.length) !== EXIF_WORD || tiff.length < 8 || (!isLittle && tiff.toString('latin1', 0, 4) !== 'MM\0*')) return 0;
  const short = (at: number) => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  const count = short(first);
  for (let entry = first + 2; entry < first + 2 + count * 12 && entry + 12 <= tiff.length; entry += 12) {
    if (short(entry) === ORIENTATION_TAG) return short(entry + 2) === SHORT ? short(entry + 8) : 0;
  }
  return 0;
}

/** Some cameras put a second, larger picture behind the first one, and say so in a segment of the colour profile's number. */
const isMultiPicture = (bytes: Buffer, at: number, marker: number): boolean => marker === 0xe2 && bytes.toString('latin1', at + 4, at + 8) === 'MPF\0';

/** The data of all scans up to the end of the image; what stands behind it is left out. */
function withScans(bytes: Buffer, from: number, parts: Buffer[]): Buffer | null {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return Buffer.concat([...parts, bytes.subarray(from, at + 2)]);
  }
  return null;
}

function png(bytes: Buffer): Buffer | null {
  const parts: Buffer[] = [PNG];
  for (let at = PNG.length; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return null;
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (PNG_KEPT.has(name)) parts.push(bytes.subarray(at, end));
    if (name === 'IEND') return Buffer.concat(parts);
    at = end;
  }
  return null;
}

function webp(bytes: Buffer): Buffer | null {
  const whole = 8 + bytes.readUInt32LE(4);
  if (whole > bytes.length) return null;
  const parts: Buffer[] = [];
  // The chunk that says what there is, when it says that there are EXIF data: otherwise nobody reads them.
  let saysExif: Buffer | null = null;
  let orientation: Buffer[] = [];
  for (let at = 12; at + 8 <= whole;) {
    const size = bytes.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    if (end > whole) return null;
    const chunk = Buffer.from(bytes.subarray(at, end));
    const name = chunk.toString('latin1', 0, 4);
    if (name === 'VP8X' && size > 0) {
      if ((chunk[8]! & WEBP_EXIF) !== 0) saysExif = chunk;
      chunk[8] = chunk[8]! & ~(WEBP_EXIF | WEBP_XMP);
    }
    if (name === 'EXIF' && saysExif && orientation.length === 0) orientation = turnedChunk(chunk.subarray(8, 8 + size));
    if (WEBP_KEPT.has(name)) parts.push(chunk);
    at = end;
  }
  if (parts.length === 0) return null;
  if (saysExif && orientation.length > 0) saysExif[8] = saysExif[8]! | WEBP_EXIF;
  const body = Buffer.concat([...parts, ...orientation]);
  const head = Buffer.alloc(12);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  head.write('WEBP', 8, 'latin1');
  return Buffer.concat([head, body]);
}
