// Reads an uploaded file: its bytes decide its type, and pictures are redrawn.
import type { FastifyRequest } from 'fastify';
import { fileTypeFromBuffer } from 'file-type';
import mime from 'mime';
import { cleanText } from '../contract/clean-text.ts';
import { MAX_ATTACHMENT_BYTES } from '../desk/keep-attachment.ts';
import { Refused } from '../errors.ts';
import type { Drawing } from './draw-pictures.ts';

export interface Upload {
  fileName: string;
  contentType: string;
  content: Buffer;
}

/** One file; other fields of a form stay in memory until the file comes, so they are limited. */
export const UPLOAD_LIMITS = {
  files: 1,
  fileSize: MAX_ATTACHMENT_BYTES + 1,
  fields: 5,
  fieldSize: 1024,
  parts: 8,
  headerPairs: 20,
};

/** Refuses `request.invalid`, `attachment.too-large`, and what `draw` refuses. */
export async function readUpload(
  request: FastifyRequest,
  draw: (content: Buffer) => ReturnType<Drawing['draw']>,
): Promise<Upload> {
  const { file, content } = await withinLimit(request, async () => {
    const file = await request.file().catch(refuseForm);
    if (file === undefined) throw new Refused('request.invalid', NO_FORM);
    return { file, content: await file.toBuffer().catch(refuseForm) };
  });
  // The parser takes one byte more than this, and may end there silently.
  if (content.length > MAX_ATTACHMENT_BYTES) throw new Refused('attachment.too-large');
  const contentType = await detectType(content, file.mimetype);
  const upload = { content, contentType };
  if (SHOWN_TYPES.has(contentType)) {
    // Without hidden data; a picture that cannot be read is treated as a plain file.
    const drawn = await draw(content);
    if (drawn === null) upload.contentType = 'application/octet-stream';
    else upload.content = drawn;
  }
  return { fileName: nameOf(file.filename, upload.contentType), ...upload };
}

/**
 * The parser looks only at the sizes of parts, and skips what is too large without end. So the
 * bytes of the body are counted on the way to it.
 */
async function withinLimit<T>(request: FastifyRequest, read: () => Promise<T>): Promise<T> {
  const { raw, routeOptions } = request;
  const most = routeOptions.bodyLimit ?? MAX_ATTACHMENT_BYTES;
  let size = 0;
  let count: (chunk: Buffer) => void = () => {};
  const passed = new Promise<never>((_, refuse) => {
    count = (chunk) => {
      size += chunk.length;
      if (size <= most) return;
      raw.unpipe();
      raw.pause();
      refuse(new Refused('attachment.too-large'));
    };
  });
  // The parser is attached first: listening to the body starts it.
  const reading = read();
  raw.on('data', count);
  // Counted to its end: what follows the file would be read for as long as the answer takes.
  return Promise.race([reading, passed]);
}

const NO_FORM = 'Send one file, as a part of multipart/form-data with its boundary.';

/** The parser's errors about unreadable forms have no status. */
function refuseForm(error: Error & { statusCode?: number }): never {
  if (error.statusCode === 413) throw new Refused('attachment.too-large');
  throw new Refused('request.invalid', NO_FORM);
}

/** Pictures that a browser may show in place; everything else is only ever saved. */
export const SHOWN_TYPES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
]);

/** Types that could run in a browser are stored as bytes without a type. */
const RUNS = /^(text\/html|application\/xhtml\+xml|application\/xml|text\/xml|image\/svg\+xml)$/;

async function detectType(content: Buffer, said: string): Promise<string> {
  const detected = (await fileTypeFromBuffer(content))?.mime;
  if (detected !== undefined) return RUNS.test(detected) ? 'application/octet-stream' : detected;
  const harmless = /^(text\/(plain|csv)|application\/json)$/.test(said);
  return harmless ? said : 'application/octet-stream';
}

/** Safe in an address, with the extension of its type: receivers judge by that. */
function nameOf(given: string, type: string): string {
  const base = cleanText(given).replace(/^.*[\\/]/, '');
  const safe = [...base.replace(/[^\p{L}\p{N}._-]+/gu, '-')].slice(-100).join('');
  const stem = safe.replace(/\.[^.]*$/, '') || 'file';
  const known = mime.getType(safe) === type;
  return known ? safe : `${stem}.${mime.getExtension(type) ?? 'bin'}`;
}
