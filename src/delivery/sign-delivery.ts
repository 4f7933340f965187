// The headers by which a receiver knows that a delivery is ours, unchanged and fresh.
import { createHmac } from 'node:crypto';
import { LIBRARY_PREFIX } from '../contract/library-secret.ts';

export type HubEncoding = 'hex' | 'base64';

/**
 * Of one attempt, over the very bytes that are sent (gitple-events.md §3). `secrets` holds the newest
 * first; the others are rotated out but still valid. X-Hub-Signature has room for one value, so it
 * speaks for the newest alone. An empty secret signs nothing.
 */
export function signatureHeaders(delivery: {
  secrets: readonly string[];
  /** Without dots: they separate the signed parts. */
  id: string;
  timestampSeconds: number;
  body: Buffer;
  /** Of X-Hub-Signature; `webhook-signature` is always base64. */
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
  return createHmac('sha256', secret).update(body).digest();
}

/** null for a secret without a single byte of key: anybody could sign with that. */
export function standardDigest(
  secret: string,
  { id, timestamp, body }: { id: string; timestamp: string; body: Buffer },
): Buffer | null {
  const key = standardKey(secret);
  if (key.length === 0) return null;
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}

function standardKey(secret: string): Buffer {
  return secret.startsWith(LIBRARY_PREFIX)
    ? Buffer.from(secret.slice(LIBRARY_PREFIX.length), 'base64')
    : Buffer.from(secret);
}
