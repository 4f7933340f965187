// Keeps a caller's mistake in a header from becoming another request on the wire.

/** They frame the message or name its receiver, so a caller must not set them. */
const OURS = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** RFC 9110 §5.6.2 */
const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;

/** RFC 9110 §5.5: no line breaks, no other control characters; bytes above ASCII as Latin-1. */
const VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

/** Throws a TypeError: a header that cannot be sent is our fault, not the other side's. */
export function refuseBadHeaders(headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!NAME.test(name)) throw new TypeError(`Not a header name: ${JSON.stringify(name)}`);
    if (OURS.has(name.toLowerCase())) throw new TypeError(`Not to be set by a caller: ${name}`);
    if (typeof value !== 'string' || !VALUE.test(value)) {
      throw new TypeError(`The value of the header ${name} cannot be sent.`);
    }
  }
}
