// Reads the JSON body of any request, GET too, within a size and a time.
import type { IncomingMessage } from 'node:http';

export type Body = { value: unknown } | 'too-large' | 'broken';

/** `broken`: cut off, late, empty or no JSON in UTF-8. */
export function takeBody(
  request: IncomingMessage,
  { maxBytes, withinMs }: { maxBytes: number; withinMs: number },
): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => settle('broken'), withinMs);
    const settle = (body: Body) => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
      request.pause();
      resolve(body);
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) settle('too-large');
      else chunks.push(chunk);
    };
    const onEnd = () => settle(parse(Buffer.concat(chunks)));
    const onGone = () => settle('broken');
    request.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
    if (request.readableEnded) onEnd();
  });
}

function parse(bytes: Buffer): Body {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return 'broken';
  }
}
