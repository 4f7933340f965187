// The bytes of a request as Go's HTTP client writes them, a GET's body included.

export interface RequestParts {
  method: string;
  url: URL;
  /** As they are to be written, in this order. */
  headers: Record<string, string>;
  body: Buffer | null;
}

export function writeRequest({ method, url, headers, body }: RequestParts): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\n`;
  return Buffer.concat([
    Buffer.from(`${head}${lines.join('')}\r\n`, 'latin1'),
    body ?? Buffer.alloc(0),
  ]);
}

/** Go sorts what its caller sets, and puts its own around it. */
export function goHeaders(
  given: Record<string, string>,
  body: Buffer | null,
): Record<string, string> {
  const sorted = Object.entries(given).sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    'User-Agent': 'Go-http-client/1.1',
    ...(body === null ? {} : { 'Content-Length': String(body.length) }),
    ...Object.fromEntries(sorted),
    'Accept-Encoding': 'gzip',
  };
}

/** Compact; Go escapes these two line ends, and JavaScript does not. */
export function goJson(value: unknown): Buffer {
  const text = JSON.stringify(value)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return Buffer.from(text);
}
