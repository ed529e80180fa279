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
const WEBP_METADATA = 0x08 | 0x04;

/**
 * The picture without place, time and camera: a photo tells where it was taken. Known by its first bytes and walked to its end, whatever its
 * name says; null when it is none of the three kinds, or is cut. The image itself is not touched.
 */
export function withoutMetadata(bytes: Buffer): Picture | null {
  if (bytes.length > 12 && bytes[0] === 0xff && bytes[1] === 0xd8) return kept('image/jpeg', jpeg(bytes));
  if (bytes.length > PNG.length && bytes.subarray(0, PNG.length).equals(PNG)) return kept('image/png', png(bytes));
  if (bytes.length > 12 && bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return kept('image/webp', webp(bytes));
  return null;
}

const kept = (type: PictureType, bytes: Buffer | null): Picture | null => (bytes === null ? null : { type, bytes });

/** Segments up to the image's own data (ISO/IEC 10918-1, B.1.1); of the application's segments JFIF, the colour profile and Adobe's colours stay. */
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
    if (marker === 0xda) return withScans(bytes, end, parts);
    at = end;
  }
  return null;
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
  for (let at = 12; at + 8 <= whole;) {
    const size = bytes.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    if (end > whole) return null;
    const chunk = Buffer.from(bytes.subarray(at, end));
    const name = chunk.toString('latin1', 0, 4);
    if (name === 'VP8X' && size > 0) chunk[8] = chunk[8]! & ~WEBP_METADATA;
    if (WEBP_KEPT.has(name)) parts.push(chunk);
    at = end;
  }
  if (parts.length === 0) return null;
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(12);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  head.write('WEBP', 8, 'latin1');
  return Buffer.concat([head, body]);
}
