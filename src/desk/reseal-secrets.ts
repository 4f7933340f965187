// Brings every stored secret under the operator's present key, and finds those whose key is missing.
import type { Pool } from 'pg';
import { spellCommand } from '../program/usher-command.ts';
import { countByKey, listOutdated, replaceSecret, shelves } from '../store/sealed-secrets.ts';
import type { SecretBox } from '../store/secret-box.ts';
import type { Desk } from './context.ts';

const BATCH = 200;

export interface SecretFigures {
  /** The id of the key that seals now; null: there is none. */
  keyId: string | null;
  /** Sealed with the present key. */
  sealed: number;
  /** Sealed with an earlier key. */
  old: number;
  plain: number;
}

export async function countSecrets({
  db,
  secrets,
}: Pick<Desk, 'db' | 'secrets'>): Promise<SecretFigures> {
  const counts = await countByKey(db);
  const { keyId } = secrets;
  const plain = counts.get('') ?? 0;
  const sealed = keyId === null ? 0 : (counts.get(keyId) ?? 0);
  const all = [...counts.values()].reduce((sum, one) => sum + one, 0);
  return { keyId, sealed, old: all - plain - sealed, plain };
}

/**
 * Answers how many it sealed again. Without a key it opens them all, which is the way back. Each is
 * replaced only if it is unchanged since it was read; a change in between seals it itself.
 */
export async function resealSecrets(desk: Pick<Desk, 'db' | 'secrets'>): Promise<number> {
  const { db, secrets: box } = desk;
  let done = 0;
  for (const shelf of shelves) {
    for (;;) {
      const outdated = await listOutdated(db, shelf, { keyId: box.keyId, limit: BATCH });
      for (const secret of outdated) {
        const place = shelf.place(secret);
        const value = box.seal(box.open(secret.value, place), place);
        if (await replaceSecret(db, shelf, { secret, value })) done += 1;
      }
      if (outdated.length < BATCH) break;
    }
  }
  return done;
}

/** Printed at the start: secrets stored before there was a key stay plain until they are sealed. */
export async function warnOfPlainSecrets(
  desk: Pick<Desk, 'db' | 'log' | 'secrets'>,
): Promise<void> {
  if (desk.secrets.keyId === null) return;
  const { plain, old } = await countSecrets(desk);
  if (plain + old === 0) return;
  desk.log.warn(
    { plain, old },
    `not all secrets in the database are sealed with USHER_SECRET_KEY; run: ${spellCommand('secrets rotate')}`,
  );
}

/** Throws a sentence that says what to do, when the database holds what no given key opens. */
export async function requireKeys(db: Pool, box: SecretBox): Promise<void> {
  const counts = await countByKey(db);
  const missing = [...counts].filter(([keyId]) => keyId !== '' && !box.has(keyId));
  if (missing.length === 0) return;
  const [keyId, count] = missing[0] as [string, number];
  const given =
    box.keyId === null ? 'USHER_SECRET_KEY is not set' : `USHER_SECRET_KEY is the key ${box.keyId}`;
  throw new Error(
    `${count} secrets in the database are sealed with the key ${keyId}, and ${given}. Set USHER_SECRET_KEY to the key that sealed them; if you are changing keys, keep that one in USHER_SECRET_KEY_OLD until \`${spellCommand('secrets rotate')}\` is done.`,
  );
}
