// What a person wants of pushes in this browser after signing out, which ends them: kept here, because the server forgets.

/** offer: they were on, and the profile offers them again. always: they are on again with the next sign-in. */
export type PushWish = 'offer' | 'always';

const keyOf = (userId: string) => `usher.push-again.${userId}`;

/** null: they were never on, or were switched off. */
export function readPushWish(userId: string): PushWish | null {
  try {
    return localStorage.getItem(keyOf(userId)) as PushWish | null;
  } catch {
    return null;
  }
}

export function keepPushWish(userId: string, wish: PushWish | null): void {
  try {
    if (wish === null) localStorage.removeItem(keyOf(userId));
    else localStorage.setItem(keyOf(userId), wish);
  } catch {
    // Then they are switched on by hand after the next sign-in.
  }
}
