// Secrets that are long and random: kept as a hash, without salt and not slow, and compared by it.
import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256. Of what people choose themselves `hashPassword` is the one. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** In constant time, whatever the lengths. */
export function equalSecrets(one: string, other: string): boolean {
  return timingSafeEqual(hashSecret(one), hashSecret(other));
}
