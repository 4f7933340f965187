// The headers by which a receiver knows that a delivery is ours, unchanged and fresh.
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { LIBRARY_PREFIX } from '../contract/library-secret.ts';

export type HubEncoding = 'hex' | 'base64';

/**
 * For one attempt, over the very bytes that are sent (gitple-events.md §3). `secrets` holds the
 * newest first; the others are rotated out but still valid. X-Hub-Signature has room for one value,
 * so it uses only the newest. An empty secret signs nothing.
 */
export function signatureHeaders(delivery: {
  secrets: readonly string[];
  /** Without dots: they separate the signed parts. */
  id: string;
  timestampSeconds: number;
  body: Buffer;
  /** The encoding of X-Hub-Signature; `webhook-signature` is always base64. */
  encoding?: HubEncoding;
}): Record<string, string> {
  const { secrets, id, timestampSeconds, body, encoding = 'hex' } = delivery;
  const headers: Record<string, string> = {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
  };
  const [newest = ''] = secrets;
  if (newest === '') return headers;
  headers['X-Hub-Signature'] = `sha256=${hubDigest(newest, body).toString(encoding)}`;
  const message = { id, timestamp: headers['webhook-timestamp'] as string, body };
  const signatures = secrets.flatMap((secret) => {
    const digest = standardDigest(secret, message);
    return digest === null ? [] : [`v1,${digest.toString('base64')}`];
  });
  if (signatures.length > 0) headers['webhook-signature'] = signatures.join(' ');
  return headers;
}

/** The key is the secret as typed, whatever it begins with. */
export function hubDigest(secret: string, body: Buffer): Buffer {
  return createHmac('sha256', typedKey(secret)).update(body).digest();
}

/** null for a secret without a single byte of key: anybody could sign with that. */
export function standardDigest(
  secret: string,
  { id, timestamp, body }: { id: string; timestamp: string; body: Buffer },
): Buffer | null {
  const key = secret.startsWith(LIBRARY_PREFIX) ? libraryKey(secret) : typedKey(secret);
  if (key.symmetricKeySize === 0) return null;
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}

const typedKey = remember((secret) => createSecretKey(secret, 'utf8'));
const libraryKey = remember((secret) =>
  createSecretKey(secret.slice(LIBRARY_PREFIX.length), 'base64'),
);

const MOST_REMEMBERED = 1000;

/** Node takes 12 µs for an HMAC with a key of bytes, and 2 with an imported key. */
function remember(read: (secret: string) => KeyObject): (secret: string) => KeyObject {
  const known = new Map<string, KeyObject>();
  return (secret) => {
    const before = known.get(secret);
    if (before !== undefined) return before;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const key = read(secret);
    known.set(secret, key);
    return key;
  };
}
