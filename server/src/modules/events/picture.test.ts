import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutMetadata } from './picture.ts';

const PLACE = 'GPS 52.2297 21.0122';
const segment = (marker: number, body: string | Buffer) => { const data = Buffer.from(body); const head = Buffer.from([0xff, marker, 0, 0]); head.writeUInt16BE(data.length + 2, 2); return Buffer.concat([head, data]); };
const jpegOf = (...segments: Buffer[]) => Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xe0, 'JFIF\0'), ...segments, segment(0xdb, 'tables'), segment(0xda, 'scan'), Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]), Buffer.from([0xff, 0xd9])]);
const chunkOf = (name: string, body: string | Buffer) => { const data = Buffer.from(body); const head = Buffer.alloc(8); head.writeUInt32BE(data.length, 0); head.write(name, 4, 'latin1'); return Buffer.concat([head, data, Buffer.alloc(4)]); };
const pngOf = (...chunks: Buffer[]) => Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunkOf('IHDR', 'size'), ...chunks, chunkOf('IDAT', 'image'), chunkOf('IEND', '')]);
const riff = (name: string, body: Buffer | string) => { const data = Buffer.from(body); const head = Buffer.alloc(8); head.write(name, 0, 'latin1'); head.writeUInt32LE(data.length, 4); return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]); };
const webpOf = (flags: number, ...chunks: Buffer[]) => { const body = Buffer.concat([Buffer.from('WEBP'), riff('VP8X', Buffer.from([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0])), riff('VP8 ', 'image'), ...chunks]); const head = Buffer.alloc(8); head.write('RIFF', 0, 'latin1'); head.writeUInt32LE(body.length, 4); return Buffer.concat([head, body]); };

describe('a picture of a report', () => {
  it.each([
    ['image/jpeg', jpegOf(segment(0xe1, `Exif\0\0${PLACE}`), segment(0xe2, `MPF\0${PLACE}`), segment(0xed, PLACE), segment(0xfe, PLACE)), jpegOf()],
    ['image/png', pngOf(chunkOf('eXIf', PLACE), chunkOf('tEXt', PLACE), chunkOf('iTXt', PLACE)), pngOf()],
    ['image/webp', webpOf(0x0c, riff('EXIF', PLACE), riff('XMP ', PLACE)), webpOf(0)],
  ])('%s loses where and when it was taken and keeps the image, byte for byte', (type, bytes, clean) => {
    expect(withoutMetadata(bytes)).toEqual({ type, bytes: clean });
    expect(withoutMetadata(bytes)!.bytes.includes(PLACE)).toBe(false);
    expect(withoutMetadata(clean)).toEqual({ type, bytes: clean });
  });

  const tag = (order: 'II' | 'MM', id: number, type: number, value: number) => { const entry = Buffer.alloc(12); const write = (at: number, size: 2 | 4, what: number) => (order === 'II' ? entry.writeUIntLE(what, at, size) : entry.writeUIntBE(what, at, size)); write(0, 2, id); write(2, 2, type); write(4, 4, 1); write(8, 2, value); return entry; };
  /** EXIF data as a camera writes them: its maker, the orientation, where the place is, and the place. */
  const exifOf = (order: 'II' | 'MM', ...tags: Buffer[]) => {
    const head = Buffer.alloc(10);
    head.write(order, 0, 'latin1');
    if (order === 'II') { head.writeUInt16LE(42, 2); head.writeUInt32LE(8, 4); head.writeUInt16LE(tags.length, 8); } else { head.writeUInt16BE(42, 2); head.writeUInt32BE(8, 4); head.writeUInt16BE(tags.length, 8); }
    return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), head, ...tags, Buffer.alloc(4), Buffer.from(PLACE)]);
  };

  it.each(['II', 'MM'] as const)('of a phone that was held on its side is not laid down: the orientation alone is kept of what the camera wrote (%s)', (order) => {
    for (let orientation = 2; orientation <= 8; orientation += 1) {
      const photo = jpegOf(segment(0xe1, exifOf(order, tag(order, 0x010f, 2, 7), tag(order, 0x0112, 3, orientation), tag(order, 0x8825, 4, 26))));
      const { bytes } = withoutMetadata(photo)!;
      expect(bytes).toEqual(jpegOf(segment(0xe1, Buffer.concat([exifOf('MM', tag('MM', 0x0112, 3, orientation)).subarray(0, -PLACE.length)]))));
      expect(bytes.includes(PLACE)).toBe(false);
      expect(withoutMetadata(bytes)!.bytes).toEqual(bytes);
    }
  });

  it.each([['II', ''], ['MM', ''], ['MM', 'Exif\0\0']] as const)('nor is a WebP of one, whose EXIF data are a chunk at its end (%s %j)', (order, word) => {
    const tiffOf = (...tags: Parameters<typeof exifOf>) => exifOf(...tags).subarray(6);
    for (let orientation = 2; orientation <= 8; orientation += 1) {
      const camera = Buffer.concat([Buffer.from(word, 'latin1'), tiffOf(order, tag(order, 0x010f, 2, 7), tag(order, 0x0112, 3, orientation), tag(order, 0x8825, 4, 26))]);
      const { bytes } = withoutMetadata(webpOf(0x0c, riff('EXIF', camera), riff('XMP ', PLACE)))!;
      expect(bytes).toEqual(webpOf(0x08, riff('EXIF', tiffOf('MM', tag('MM', 0x0112, 3, orientation)).subarray(0, -PLACE.length))));
      expect(withoutMetadata(bytes)!.bytes).toEqual(bytes);
    }
    // One that does not say that it has any is shown as it lies.
    expect(withoutMetadata(webpOf(0, riff('EXIF', tiffOf(order, tag(order, 0x0112, 3, 6)))))!.bytes).toEqual(webpOf(0));
  });

  it('that is upright, or says nothing that can be read, keeps no word of its camera', () => {
    const odd = [exifOf('II', tag('II', 0x0112, 3, 1)), exifOf('II', tag('II', 0x0112, 3, 9)), exifOf('II', tag('II', 0x0112, 4, 6)), exifOf('II'), Buffer.from(`http://ns.adobe.com/xap/1.0/\0${PLACE}`, 'latin1'), Buffer.from('Exif\0\0II*\0', 'latin1'), Buffer.from('Exif\0\0II*\0\xff\xff\xff\xff', 'latin1')];
    for (const exif of odd) expect(withoutMetadata(jpegOf(segment(0xe1, exif)))!.bytes).toEqual(jpegOf());
    const whole = exifOf('MM', tag('MM', 0x0112, 3, 6));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(whole.length), (noise, from) => {
      const broken = Buffer.from(Buffer.concat([whole.subarray(0, from), noise]));
      expect([jpegOf().length, jpegOf().length + 36]).toContain(withoutMetadata(jpegOf(segment(0xe1, broken)))!.bytes.length);
    }));
  });

  it('keeps the colour profile, and drops what stands behind the end', () => {
    const profile = segment(0xe2, 'ICC_PROFILE\0');
    expect(withoutMetadata(Buffer.concat([jpegOf(profile), Buffer.from(PLACE)]))!.bytes).toEqual(jpegOf(profile));
    expect(withoutMetadata(Buffer.concat([pngOf(), Buffer.from(PLACE)]))!.bytes).toEqual(pngOf());
    expect(withoutMetadata(Buffer.concat([webpOf(0), Buffer.from(PLACE)]))!.bytes).toEqual(webpOf(0));
  });

  it('is none when it is something else or cut, whatever its name says', () => {
    for (const bytes of ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'GIF89a..............', '%PDF-1.7 ...........', '']) expect(withoutMetadata(Buffer.from(bytes))).toBeNull();
    for (const whole of [jpegOf(), pngOf(), webpOf(0)]) for (let length = 0; length < whole.length; length += 1) expect(withoutMetadata(whole.subarray(0, length))).toBeNull();
  });
});
