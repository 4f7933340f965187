// Says to push services who sends (RFC 8292): one key for the installation, a token for each service.
import { createECDH } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { Clock } from '../clock.ts';

export interface Vapid {
  /** As `applicationServerKey` of browsers, in base64url. */
  publicKey: string;
  /** The header `authorization` for a request to that origin. */
  authorize(origin: string): Promise<string>;
}

/** A token may be valid for a day at most; it is made anew after half of this. */
const VALID_SECONDS = 12 * 3600;
const MOST_KNOWN = 100;

/** A private key of P-256, in base64url. */
export function makeVapidKey(): string {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  return pair.getPrivateKey().toString('base64url').padStart(43, 'A');
}

/** `subject`: whom the operators of a push service can reach: mailto: or https:. */
export async function makeVapid(
  privateKey: string,
  { subject, clock }: { subject: () => string; clock: Pick<Clock, 'now'> },
): Promise<Vapid> {
  const point = readPoint(privateKey);
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33), d: privateKey };
  const key = await importJWK(jwk, 'ES256');
  const publicKey = point.toString('base64url');
  const known = new Map<string, { token: Promise<string>; until: number }>();
  const sign = (origin: string, seconds: number): Promise<string> =>
    new SignJWT({ sub: subject() })
      .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
      .setAudience(origin)
      .setExpirationTime(seconds + VALID_SECONDS)
      .sign(key);
  return {
    publicKey,
    async authorize(origin) {
      const seconds = Math.floor(clock.now() / 1000);
      const kept = known.get(origin);
      const isValid = kept !== undefined && seconds < kept.until;
      if (!isValid) {
        if (known.size >= MOST_KNOWN) known.clear();
        const until = seconds + VALID_SECONDS / 2;
        known.set(origin, { token: sign(origin, seconds), until });
      }
      return `vapid t=${await known.get(origin)?.token}, k=${publicKey}`;
    },
  };
}

function readPoint(privateKey: string): Buffer {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(Buffer.from(privateKey, 'base64url'));
  return pair.getPublicKey();
}
