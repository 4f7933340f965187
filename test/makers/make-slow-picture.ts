// A small file that takes long to draw: two frames of noise, which no palette fits, over and over.
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';

const SIDE = 500;
const CONTROL = Buffer.from([0x21, 0xf9, 0x04]);

/** Some 4 MB of 47 megapixels, and quick to make. */
export async function makeSlowPicture(frames = 190): Promise<Buffer> {
  const noise = randomBytes(750);
  const raw = Buffer.alloc(SIDE * SIDE * 2 * 3, noise);
  const size = { width: SIDE, height: SIDE * 2, channels: 3 as const, pageHeight: SIDE };
  const gif = await sharp(raw, { raw: size }).gif({ effort: 1, colours: 64 }).toBuffer();
  const start = gif.indexOf(CONTROL);
  const both = gif.subarray(start, -1);
  const repeated = Array.from({ length: frames / 2 }, () => both);
  return Buffer.concat([gif.subarray(0, start), ...repeated, Buffer.from([0x3b])]);
}
