// Tells whether a received delivery is ours, unchanged and fresh; for those who listen to our events.
import { timingSafeEqual } from 'node:crypto';
import { hubDigest, standardDigest } from './sign-delivery.ts';

export type Refusal =
  | 'secret.empty'
  | 'id.missing'
  | 'timestamp.missing'
  | 'timestamp.malformed'
  | 'timestamp.too-old'
  | 'timestamp.too-new'
  | 'webhook-signature.missing'
  | 'webhook-signature.wrong'
  | 'hub-signature.missing'
  | 'hub-signature.wrong';

export type Verdict = { ok: true } | { ok: false; reason: Refusal };

export interface Received {
  /** The secrets that the receiver accepts; more than one during a rotation. */
  secrets: readonly string[];
  /** Names in lower case, as node:http gives them. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Exactly as it came. */
  body: Buffer;
  nowSeconds: number;
  /** How far the timestamp may be off, either way. */
  toleranceSeconds?: number;
}

/**
 * Both signatures must hold. One exception: while the sender changes its secret, X-Hub-Signature is
 * made with the new one only (gitple-events.md §7.11). A receiver that still has the old secret
 * accepts its own signature among several in `webhook-signature`.
 */
export function verifyDelivery(received: Received): Verdict {
  const secrets = received.secrets.filter((secret) => secret !== '');
  if (secrets.length === 0) return refuse('secret.empty');
  const id = headerOf(received, 'webhook-id');
  if (id === '') return refuse('id.missing');
  const timestamp = headerOf(received, 'webhook-timestamp');
  const stale = judgeTimestamp(timestamp, received);
  if (stale !== null) return refuse(stale);
  const given = headerOf(received, 'webhook-signature').split(' ').filter(Boolean);
  if (given.length === 0) return refuse('webhook-signature.missing');
  const { body } = received;
  const expected = secrets.map((secret) => standardDigest(secret, { id, timestamp, body }));
  if (!anyEqual(given.map(readStandard), expected)) return refuse('webhook-signature.wrong');
  const hub = headerOf(received, 'x-hub-signature');
  if (hub === '') return refuse('hub-signature.missing');
  const digests = secrets.map((secret) => hubDigest(secret, body));
  if (anyEqual([readHub(hub)], digests) || given.length > 1) return { ok: true };
  return refuse('hub-signature.wrong');
}

function refuse(reason: Refusal): Verdict {
  return { ok: false, reason };
}

function headerOf({ headers }: Received, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

function judgeTimestamp(
  timestamp: string,
  { nowSeconds, toleranceSeconds = 300 }: Received,
): Refusal | null {
  if (timestamp === '') return 'timestamp.missing';
  if (!/^\d{1,12}$/.test(timestamp)) return 'timestamp.malformed';
  const age = nowSeconds - Number(timestamp);
  if (age > toleranceSeconds) return 'timestamp.too-old';
  return age < -toleranceSeconds ? 'timestamp.too-new' : null;
}

const BASE64_DIGEST = /^[A-Za-z0-9+/]{43}=$/;

function readStandard(text: string): Buffer | null {
  if (!text.startsWith('v1,')) return null;
  const digest = text.slice(3);
  return BASE64_DIGEST.test(digest) ? Buffer.from(digest, 'base64') : null;
}

/** Hex, or base64 where the endpoint is set to it. */
function readHub(text: string): Buffer | null {
  if (!text.startsWith('sha256=')) return null;
  const digest = text.slice(7);
  if (/^[0-9a-f]{64}$/.test(digest)) return Buffer.from(digest, 'hex');
  return BASE64_DIGEST.test(digest) ? Buffer.from(digest, 'base64') : null;
}

/** Compares every pair, so that the time does not tell which of them agree. */
function anyEqual(given: readonly (Buffer | null)[], expected: readonly (Buffer | null)[]) {
  let equal = false;
  for (const one of given) {
    for (const other of expected) {
      if (one !== null && other !== null && timingSafeEqual(one, other)) equal = true;
    }
  }
  return equal;
}
