// A file that somebody uploads: its type is what its bytes say, and pictures are drawn anew.
import type { FastifyRequest } from 'fastify';
import { fileTypeFromBuffer } from 'file-type';
import mime from 'mime';
import sharp from 'sharp';
import { cleanText } from '../contract/clean-text.ts';
import { MAX_ATTACHMENT_BYTES } from '../desk/keep-attachment.ts';
import { Refused } from '../errors.ts';

export interface Upload {
  fileName: string;
  contentType: string;
  content: Buffer;
}

/** Refuses `request.invalid` and `attachment.too-large`. */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  const file = await request.file();
  if (file === undefined) throw new Refused('request.invalid', 'Send one file.');
  const content = await file.toBuffer().catch(() => {
    throw new Refused('attachment.too-large');
  });
  // The parser takes one byte more than this, and may end there without a word.
  if (content.length > MAX_ATTACHMENT_BYTES) throw new Refused('attachment.too-large');
  const contentType = await detectType(content, file.mimetype);
  const drawn = await redraw(content, contentType);
  return { fileName: nameOf(file.filename, drawn.contentType), ...drawn };
}

/** Pictures that a browser may show where it stands; everything else is only ever saved. */
export const SHOWN_TYPES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
]);

/** What could run in a browser is kept as bytes without a type. */
const RUNS = /^(text\/html|application\/xhtml\+xml|application\/xml|text\/xml|image\/svg\+xml)$/;

async function detectType(content: Buffer, said: string): Promise<string> {
  const detected = (await fileTypeFromBuffer(content))?.mime;
  if (detected !== undefined) return RUNS.test(detected) ? 'application/octet-stream' : detected;
  const harmless = /^(text\/(plain|csv)|application\/json)$/.test(said);
  return harmless ? said : 'application/octet-stream';
}

const MAX_PIXELS = 50_000_000;

/** Without what else was hidden in it; one that cannot be read is no picture. */
async function redraw(
  content: Buffer,
  contentType: string,
): Promise<{ content: Buffer; contentType: string }> {
  if (!SHOWN_TYPES.has(contentType)) return { content, contentType };
  try {
    const picture = sharp(content, { limitInputPixels: MAX_PIXELS, animated: true });
    return { content: await picture.autoOrient().toBuffer(), contentType };
  } catch {
    return { content, contentType: 'application/octet-stream' };
  }
}

/** Fit for an address, with the extension of its type: receivers go by that. */
function nameOf(given: string, type: string): string {
  const base = cleanText(given).replace(/^.*[\\/]/, '');
  const safe = [...base.replace(/[^\p{L}\p{N}._-]+/gu, '-')].slice(-100).join('');
  const stem = safe.replace(/\.[^.]*$/, '') || 'file';
  const known = mime.getType(safe) === type;
  return known ? safe : `${stem}.${mime.getExtension(type) ?? 'bin'}`;
}
