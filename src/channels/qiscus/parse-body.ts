// Turns a request's bytes into a value, whichever of the three accepted encodings they come in.
import { parse } from 'qs';

/** The message may be shown to the caller. */
export class BadBody extends Error {}

const limits = { depth: 8, parameterLimit: 1000, arrayLimit: 100, allowPrototypes: false };

/** Throws BadBody. */
export async function parseBody(
  bytes: Buffer | undefined,
  contentType: string | undefined,
): Promise<unknown> {
  const type = contentType ?? 'application/json';
  if (type.startsWith('multipart/form-data')) return parseMultipart(bytes, type);
  const text = decode(bytes ?? Buffer.alloc(0));
  if (type.startsWith('application/x-www-form-urlencoded')) return parse(text, limits);
  try {
    return JSON.parse(text);
  } catch {
    throw new BadBody('The request body must be valid JSON.');
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadBody('The request body must be valid UTF-8.');
  }
}

async function parseMultipart(bytes: Buffer | undefined, type: string): Promise<unknown> {
  const headers = { 'content-type': type };
  const form = await new Response(bytes === undefined ? '' : new Uint8Array(bytes), { headers })
    .formData()
    .catch(() => {
      throw new BadBody('The request body must be valid multipart/form-data.');
    });
  const pairs = [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return parse(new URLSearchParams(pairs).toString(), limits);
}
