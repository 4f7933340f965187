// Draws pictures in a process of its own: what takes too long there is stopped by ending it, which no library call can be.
import { setPriority } from 'node:os';
import sharp, { type Sharp } from 'sharp';

export interface DrawOrder {
  content: Buffer;
  maxPixels: number;
  maxBytes: number;
  /** Its first frame alone, as a WebP that fits a square of so many pixels; null: as large as it is, and as what it is. */
  side: number | null;
}

export type Drawn =
  | { drawn: Buffer }
  /** `unreadable`: it is no picture. `too-large`: it is one, of more than is drawn. */
  | { failed: 'unreadable' | 'too-large' };

/** Frames cost time beside their pixels. */
const MAX_FRAMES = 500;

async function draw({ content, maxPixels, maxBytes, side }: DrawOrder): Promise<Drawn> {
  try {
    const animated = side === null;
    const picture = sharp(content, { limitInputPixels: maxPixels, animated });
    const { width, height, pages = 1 } = await picture.metadata();
    // Where it moves, the height is that of all frames.
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

/** The least effort: a picture is drawn to lose what is hidden in it, not to grow small. */
function drawWhole(picture: Sharp): Sharp {
  return picture.gif({ effort: 1, force: false }).webp({ effort: 1, force: false });
}

function drawSmall(picture: Sharp, side: number): Sharp {
  return picture
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 });
}

// One thread, nothing kept, and behind whoever serves.
sharp.concurrency(1);
sharp.cache(false);
setPriority(10);
// An exit would wait for the threads that draw.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', async (order: DrawOrder) => process.send?.(await draw(order)));
