// Guessing is limited by what is guessed at and by where the guesses come from.
import { createHash } from 'node:crypto';
import { networkOf } from '../access/network-of.ts';
import { Refused } from '../errors.ts';
import { countTry, forgetTries, giveBackTry } from '../store/try-counts.ts';
import type { Desk } from './context.ts';

export const TRY_WINDOW_SECONDS = 900;
/** An address may be an office full of people who all mistype. */
export const TRIES = { email: 10, address: 100 } as const;

export interface Guess {
  workspaceId: string;
  /** null: what is guessed at is no person's: a code. */
  email: string | null;
  address: string;
}

/**
 * Counted before it is looked at, so that many at once are counted too, and given back when it was
 * none. Refuses `sign-in.too-many`.
 */
export async function limitTries<T>(
  { db }: Pick<Desk, 'db'>,
  guess: Guess,
  look: () => Promise<T | null>,
): Promise<T | null> {
  const { workspaceId } = guess;
  const address = { workspaceId, key: `address ${networkOf(guess.address)}` };
  const email = guess.email === null ? null : { workspaceId, key: keyOf(guess.email) };
  const within = { windowSeconds: TRY_WINDOW_SECONDS };
  const fromThere = await countTry(db, { ...address, ...within });
  const forThem = email === null ? 0 : await countTry(db, { ...email, ...within });
  if (fromThere > TRIES.address || forThem > TRIES.email) throw new Refused('sign-in.too-many');
  const found = await look();
  if (found === null) return null;
  await giveBackTry(db, address);
  if (email !== null) await forgetTries(db, email);
  return found;
}

/** Hashed: what people type into the field is not always their address. */
function keyOf(email: string): string {
  return `email ${createHash('sha256').update(email.trim().toLowerCase()).digest('hex')}`;
}
