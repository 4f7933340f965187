// Reads the body of a call of web chat.

/** Old clients send JSON without the content type. */
export function readBody(body: unknown): unknown {
  if (typeof body !== 'string' || body.trim() === '') return body === '' ? null : body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
