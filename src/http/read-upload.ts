// A file that somebody uploads: its type is what its bytes say, and pictures are drawn anew.
import type { FastifyRequest } from 'fastify';
import { fileTypeFromBuffer } from 'file-type';
import mime from 'mime';
import sharp from 'sharp';
import { cleanText } from '../contract/clean-text.ts';
import { MAX_ATTACHMENT_BYTES } from '../desk/keep-attachment.ts';
import { Refused } from '../errors.ts';
import { makeTurns } from '../outbound/make-turns.ts';

export interface Upload {
  fileName: string;
  contentType: string;
  content: Buffer;
}

/** One file; what else a form may send is kept in memory until the file comes, so there is little of it. */
export const UPLOAD_LIMITS = {
  files: 1,
  fileSize: MAX_ATTACHMENT_BYTES + 1,
  fields: 5,
  fieldSize: 1024,
  parts: 8,
  headerPairs: 20,
};

/** Refuses `request.invalid`, `attachment.too-large` and `request.too-many`. */
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
/** Of a few kilobytes each may become two hundred mebibytes. */
const drawing = makeTurns(2);
const DRAWN_WITHIN_MS = 20_000;

/** Without what else was hidden in it; one that cannot be read is no picture. Refuses `request.too-many`. */
async function redraw(
  content: Buffer,
  contentType: string,
): Promise<{ content: Buffer; contentType: string }> {
  if (!SHOWN_TYPES.has(contentType)) return { content, contentType };
  const turn = await drawing.take(AbortSignal.timeout(DRAWN_WITHIN_MS));
  if (!turn) throw new Refused('request.too-many');
  try {
    const picture = sharp(content, { limitInputPixels: MAX_PIXELS, animated: true });
    return { content: await picture.autoOrient().toBuffer(), contentType };
  } catch {
    return { content, contentType: 'application/octet-stream' };
  } finally {
    drawing.pass();
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
