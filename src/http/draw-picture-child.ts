// Draws pictures in a process of its own: killing it is the only way to stop a drawing that takes too long.
import { setPriority } from 'node:os';
import sharp, { type Sharp } from 'sharp';

export interface DrawOrder {
  content: Buffer;
  maxPixels: number;
  maxBytes: number;
  /**
   * Only its first frame, as a WebP that fits a square of this many pixels; null: in its own size
   * and format.
   */
  side: number | null;
}

export type Drawn =
  | { drawn: Buffer }
  /** `unreadable`: it is no picture. `too-large`: it has more pixels than are drawn. */
  | { failed: 'unreadable' | 'too-large' };

/** Frames cost time in addition to their pixels. */
const MAX_FRAMES = 500;

async function draw({ content, maxPixels, maxBytes, side }: DrawOrder): Promise<Drawn> {
  try {
    const animated = side === null;
    const picture = sharp(content, { limitInputPixels: maxPixels, animated });
    const { width, height, pages = 1 } = await picture.metadata();
    // In an animation the height is that of all frames.
    if (width * height > maxPixels || (animated && pages > MAX_FRAMES)) {
      return { failed: 'too-large' };
    }
    const upright = picture.autoOrient();
    const drawn = await (side === null ? drawWhole(upright) : drawSmall(upright, side)).toBuffer();
    return drawn.length > maxBytes ? { failed: 'too-large' } : { drawn };
  } catch (error) {
    const isTooLarge = /pixel limit/i.test((error as Error).message);
    return { failed: isTooLarge ? 'too-large' : 'unreadable' };
  }
}

/** The least effort: pictures are drawn to remove hidden data, not to make them small. */
function drawWhole(picture: Sharp): Sharp {
  return picture.gif({ effort: 1, force: false }).webp({ effort: 1, force: false });
}

function drawSmall(picture: Sharp, side: number): Sharp {
  return picture
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 });
}

// One thread, no cache, and a lower priority than the server.
sharp.concurrency(1);
sharp.cache(false);
setPriority(10);
// An exit would wait for the threads that draw.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', async (order: DrawOrder) => process.send?.(await draw(order)));
