// Where the pictures of the gallery are put: all of them into dist/screens, to be looked at, and those that the
// documentation shows into docs/screens.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** Everything that was taken. */
export const TAKEN = 'dist/screens';
const DOCS = 'docs/screens';
const QUALITY = 78;

export interface Shown {
  folder: 'office' | 'widget';
  name: string;
  width: number;
  scheme: 'light' | 'dark';
}

/** `shown`: in the documentation too, where it is one of the light ones at 1280 px. */
export async function keepPicture(
  picture: Buffer,
  { folder, name, width, scheme }: Shown,
  { shown = true, isCompared = false }: { shown?: boolean; isCompared?: boolean } = {},
): Promise<void> {
  // What is compared must lose nothing.
  const kind = isCompared ? { lossless: true, effort: 6 } : { quality: QUALITY };
  const written = await sharp(picture).webp(kind).toBuffer();
  const file = `${name}-${width}-${scheme}.webp`;
  const isShown = isCompared || (shown && width === 1280 && scheme === 'light');
  for (const root of isShown ? [TAKEN, DOCS] : [TAKEN]) {
    await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, folder, file), written);
  }
}
