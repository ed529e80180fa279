import { PICTURE_BYTES_MAX } from '@wracam/engine/pictures';

/** Enough to see a screw; a phone's photo is three times as wide. */
const SIDE_MAX = 1600;
const QUALITY = 0.85;
/** Each try is smaller; after these even a picture of pure noise fits. */
const TRIES = 6;
const SMALLER = 0.75;

/** A photo small enough to send, upright, as JPEG in base64. Throws when the browser cannot read the file as a picture. */
export async function shrinkPicture(file: Blob): Promise<string> {
  const image = await createImageBitmap(file);
  let scale = Math.min(1, SIDE_MAX / Math.max(image.width, image.height));
  for (let tried = 0; tried < TRIES; tried += 1, scale *= SMALLER) {
    const blob = await drawn(image, scale);
    if (blob.size <= PICTURE_BYTES_MAX) return base64Of(blob);
  }
  throw new Error('the picture stays too large');
}

function drawn(image: ImageBitmap, scale: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  // What was transparent would turn black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => { canvas.toBlob((blob) => { if (blob) resolve(blob); else reject(new Error('no picture')); }, 'image/jpeg', QUALITY); });
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new Error('unreadable'));
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.readAsDataURL(blob);
  });
}
