// Long random secrets are stored as a fast hash without salt, and compared by it.
import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256. For passwords that people choose, use `hashPassword`. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** In constant time, whatever the lengths. */
export function equalSecrets(one: string, other: string): boolean {
  return timingSafeEqual(hashSecret(one), hashSecret(other));
}
