// Whether a company vouches for a customer id: by a hash, or by a signed token (chimp-assist.md §2).
import { createHmac, timingSafeEqual } from 'node:crypto';
import { jwtVerify } from 'jose';

/** Lower-case hex of HMAC-SHA256(secret, customer id). */
export function makeIdentityHash(customerId: string, secret: string): string {
  return createHmac('sha256', secret).update(customerId).digest('hex');
}

export function matchesIdentityHash(hash: string, customerId: string, secret: string): boolean {
  const expected = makeIdentityHash(customerId, secret);
  const given = Buffer.from(hash);
  return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
}

export interface IdentityClaims {
  customerId: string;
  name: string | null;
  email: string | null;
}

/** Limits how long a leaked token is of use. */
const MAX_LIFETIME_SECONDS = 24 * 60 * 60;
const CLOCK_TOLERANCE_SECONDS = 30;

/**
 * A JWT by HS256 with `sub` and `exp`, at most a day ahead. If it has an audience (`aud`), that
 * must be one of the `audiences`. null: invalid, too old, or without a subject.
 */
export async function readIdentityToken(
  token: string,
  { secret, audiences, now }: { secret: string; audiences: readonly string[]; now: number },
): Promise<IdentityClaims | null> {
  try {
    const key = new TextEncoder().encode(secret);
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(now),
      requiredClaims: ['sub', 'exp'],
    });
    const { exp = Number.POSITIVE_INFINITY, aud } = payload;
    if (exp - now / 1000 > MAX_LIFETIME_SECONDS + CLOCK_TOLERANCE_SECONDS) return null;
    if (aud !== undefined && ![aud].flat().some((one) => audiences.includes(one))) return null;
    const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
    if (!payload.sub) return null;
    return { customerId: payload.sub, name: text(payload.name), email: text(payload.email) };
  } catch {
    return null;
  }
}
