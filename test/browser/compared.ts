// Which pictures of the gallery are compared with the screens in every run, and how two pictures are compared.
import { readFile } from 'node:fs/promises';
import pixelmatch from 'pixelmatch';
import sharp from 'sharp';
import type { Look } from './browse-office.ts';

export type Compared = Pick<Look, 'width' | 'scheme'> & { name: string };

/** Few, because each costs two seconds; each kind of screen, width and look is among them. */
export const compared: Compared[] = [
  { name: 'sign-in', width: 1280, scheme: 'light' },
  { name: 'conversation', width: 1280, scheme: 'light' },
  { name: 'conversation', width: 390, scheme: 'dark' },
  { name: 'waiting', width: 1280, scheme: 'dark' },
  { name: 'live', width: 1920, scheme: 'light' },
  { name: 'wall', width: 1920, scheme: 'dark' },
  { name: 'reports', width: 1280, scheme: 'light' },
  { name: 'contacts', width: 1920, scheme: 'light' },
  { name: 'lab', width: 1280, scheme: 'dark' },
  { name: 'routing-plans', width: 1280, scheme: 'light' },
  { name: 'people', width: 390, scheme: 'light' },
  { name: 'endpoint', width: 1280, scheme: 'dark' },
  { name: 'try', width: 1280, scheme: 'light' },
];

export const KEPT = 'docs/screens/office';
export const fileOf = ({ name, width, scheme }: Compared): string =>
  `${name}-${width}-${scheme}.webp`;

export interface Comparison {
  /** The most pixels of a square of `WINDOW` that are not the same. */
  different: number;
  /** A picture of them, as PNG. */
  drawn: Buffer;
}

/** A button that moves or takes another colour fills a part of such a square; letters drawn a shade softer do not. */
const WINDOW = 24;
/** How far two colours may be apart, of 1. */
const SHADE = 0.03;
/** So many may differ in one square: letters are drawn otherwise from one version of a font or a browser to the next. */
export const MOST = 30;

/** null: they are not of one size. */
export async function comparePictures(kept: Buffer, taken: Buffer): Promise<Comparison | null> {
  const [one, other] = await Promise.all([readPixels(kept), readPixels(taken)]);
  const { width, height } = one.info;
  if (width !== other.info.width || height !== other.info.height) return null;
  const drawn = Buffer.alloc(width * height * 4);
  const different = pixelmatch(one.data, other.data, drawn, width, height, {
    threshold: SHADE,
    windowSize: WINDOW,
  });
  const raw = { width, height, channels: 4 } as const;
  return { different, drawn: await sharp(drawn, { raw }).png().toBuffer() };
}

const readPixels = (picture: Buffer) =>
  sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });

export const readKept = (picture: Compared): Promise<Buffer> =>
  readFile(`${KEPT}/${fileOf(picture)}`);
