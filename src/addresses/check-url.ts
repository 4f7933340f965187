// Checks an address that somebody typed, before it is saved and again before each request.
import ipaddr from 'ipaddr.js';
import type { AllowedNetworks } from './allowed-networks.ts';
import { blockedPorts } from './blocked-ports.ts';
import { judgeAddress } from './judge-address.ts';

export type UrlCheck =
  | {
      ok: true;
      /** As it will be requested: normalised, without a fragment. */
      url: string;
      warnings: 'not-https'[];
    }
  | {
      ok: false;
      reason: 'malformed' | 'scheme' | 'credentials' | 'too-long' | 'private-address' | 'port';
      /** What to do about it, as a sentence for the person who typed it. */
      text: string;
    };

export type UrlRefusal = Extract<UrlCheck, { ok: false }>;

const MAX_LENGTH = 2048;

/**
 * Pure: names are not resolved here. What they lead to is checked when a connection is opened, so
 * a URL that passes may still be blocked then. White space around it is ignored.
 */
export function checkUrl(typed: string, { allowed }: { allowed: AllowedNetworks }): UrlCheck {
  const text = typed.trim();
  if (text.length > MAX_LENGTH) return tooLong;
  const authority = /^https?:\/\/([^/?#]+)/i.exec(text)?.[1];
  if (authority === undefined) return /^https?:/i.test(text) ? malformed : wrongScheme;
  // The URL standard silently drops or changes these; other readers of the text would not.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\u0000-\u0020\u007f\\]/.test(text)) return malformed;
  if (authority.includes('@')) return credentials;
  const url = URL.parse(text);
  if (url === null) return malformed;
  if (url.username !== '' || url.password !== '') return credentials;
  url.hash = '';
  if (url.href.length > MAX_LENGTH) return tooLong;
  const wrong = checkHost(url.hostname, allowed);
  if (wrong !== null) return wrong;
  if (url.port !== '' && blockedPorts.has(Number(url.port))) return wrongPort;
  return { ok: true, url: url.href, warnings: url.protocol === 'http:' ? ['not-https'] : [] };
}

function checkHost(hostname: string, allowed: AllowedNetworks): UrlRefusal | null {
  if (hostname.startsWith('[')) return checkLiteral(hostname.slice(1, -1), allowed);
  const name = hostname.replace(/\.$/, '');
  if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name)) return malformed;
  if (isLoopbackName(name)) {
    const permitted = ['127.0.0.1', '::1'].some((one) => judgeAddress(one, allowed) !== null);
    return permitted ? null : notPublic;
  }
  // The URL standard writes four decimals for everything that a C library would read as an address.
  // If it ever misses a spelling, that must not reach the resolver as if it were a name.
  return ipaddr.IPv4.isValid(name) ? checkLiteral(name, allowed) : null;
}

function checkLiteral(text: string, allowed: AllowedNetworks): UrlRefusal | null {
  return judgeAddress(text, allowed) === null ? notPublic : null;
}

/** RFC 6761 §6.3, and names that hosts files commonly have for it. */
function isLoopbackName(name: string): boolean {
  return /(^|\.)(localhost|localdomain\d*)$|^(ip6-)?(localhost|loopback)\d*$/.test(name);
}

const malformed: UrlRefusal = {
  ok: false,
  reason: 'malformed',
  text: 'This is not a complete address. Write it like https://example.com/path.',
};
const wrongScheme: UrlRefusal = {
  ok: false,
  reason: 'scheme',
  text: 'The address must start with https:// or http://.',
};
const credentials: UrlRefusal = {
  ok: false,
  reason: 'credentials',
  text: 'Remove the user name and password before the @ from the address.',
};
const tooLong: UrlRefusal = {
  ok: false,
  reason: 'too-long',
  text: `The address is too long. Use one of at most ${MAX_LENGTH} characters.`,
};
const notPublic: UrlRefusal = {
  ok: false,
  reason: 'private-address',
  text: 'The address is not on the public internet. Use a public one, or have its network added to USHER_ALLOW_PRIVATE_NETWORKS.',
};
const wrongPort: UrlRefusal = {
  ok: false,
  reason: 'port',
  text: 'The port belongs to another protocol. Use 443, 80 or another port for web traffic.',
};
