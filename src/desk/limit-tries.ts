// Limits guessing, by the target of the guesses and by where they come from.
import { createHash } from 'node:crypto';
import { networkOf } from '../access/network-of.ts';
import { Refused } from '../errors.ts';
import { countTry, forgetTries, giveBackTry } from '../store/try-counts.ts';
import type { Desk } from './context.ts';
import { type Guessed, noteFailure } from './note-failure.ts';

export const TRY_WINDOW_SECONDS = 900;
/** An address may be an office full of people who all mistype. */
export const TRIES = { target: 10, address: 100 } as const;

export interface Guess {
  workspaceId: string;
  what: Guessed;
  /** Whose account it is, if that is known already. */
  userId?: string;
  /**
   * An e-mail address, or whose second factor; null: the guess is at a code that belongs to nobody.
   */
  target: string | null;
  address: string;
}

/**
 * Counted before it is checked, so that simultaneous tries are counted too, and given back when it
 * was no failure. Refuses `sign-in.too-many`.
 */
export async function limitTries<T>(
  { db }: Pick<Desk, 'db'>,
  guess: Guess,
  look: () => Promise<T | null>,
): Promise<T | null> {
  const { workspaceId } = guess;
  const address = { workspaceId, key: `address ${networkOf(guess.address)}` };
  const target = guess.target === null ? null : { workspaceId, key: keyOf(guess.target) };
  const within = { windowSeconds: TRY_WINDOW_SECONDS };
  const fromThere = await countTry(db, { ...address, ...within });
  const forThem = target === null ? 0 : await countTry(db, { ...target, ...within });
  if (fromThere > TRIES.address || forThem > TRIES.target) throw new Refused('sign-in.too-many');
  const found = await look();
  if (found === null) {
    const { what, userId = null } = guess;
    const email = what === 'password' ? guess.target : null;
    await noteFailure({ db }, { workspaceId, what, address: guess.address, email, userId });
    return null;
  }
  await giveBackTry(db, address);
  if (target !== null) await forgetTries(db, target);
  return found;
}

/** Hashed: what people type into the field is not always their address. */
function keyOf(target: string): string {
  return `target ${createHash('sha256').update(target.trim().toLowerCase()).digest('hex')}`;
}
