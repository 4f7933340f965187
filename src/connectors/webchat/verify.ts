// Whether a company vouches for a customer id: by a hash, or by a signed token (chimp-assist.md §2).
import { createHmac, timingSafeEqual } from 'node:crypto';
import { jwtVerify } from 'jose';

/** Lower-case hex of HMAC-SHA256(secret, customer id). */
export function matchesIdentityHash(hash: string, customerId: string, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(customerId).digest('hex');
  const given = Buffer.from(hash);
  return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
}

export interface IdentityClaims {
  customerId: string;
  name: string | null;
  email: string | null;
}

/** A JWT by HS256 with `sub` and, for safety, `exp`. null: not ours, too old, or of nobody. */
export async function readIdentityToken(
  token: string,
  secret: string,
): Promise<IdentityClaims | null> {
  try {
    const key = new TextEncoder().encode(secret);
    const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], clockTolerance: 30 });
    const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
    if (payload.sub === undefined) return null;
    return { customerId: payload.sub, name: text(payload.name), email: text(payload.email) };
  } catch {
    return null;
  }
}
