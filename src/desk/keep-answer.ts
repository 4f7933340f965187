// A request with a key is done once, and a repeat gets the first answer.
import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import {
  beginAnswer,
  dropKeptAnswer,
  findKeptAnswer,
  type KeyPlace,
  keepAnswerRow,
} from '../store/kept-answers.ts';
import { LockedSecret, makeSecretBox, placeOf } from '../store/secret-box.ts';
import type { Desk } from './context.ts';

const KEPT_SECONDS = 24 * 3600;
/**
 * No request of ours takes as long. One without an answer by then was cut short by a crash or an
 * outage.
 */
const GIVEN_UP_SECONDS = 60;
/** As many as one write every four seconds, all day. */
const MOST_KEYS = 20_000;

export interface Asked {
  workspaceId: string;
  actorId: string;
  key: string;
  /** Method, address and body. */
  request: string;
  /**
   * Repeating it while it is under way does no harm: the verb itself knows by the key what was
   * done.
   */
  harmless: boolean;
}

export interface Answer {
  status: number;
  type: string | null;
  text: string;
}

/** An attempt that is under way under its key. */
export interface Attempt extends KeyPlace {
  runId: string;
  key: string;
}

/**
 * Either the request is to be done now, or it was done and this was the answer. Refuses
 * `idempotency-key.reused`, `idempotency-key.under-way` and `idempotency-key.too-many`.
 */
export async function beginUnderKey(
  { db }: Pick<Desk, 'db'>,
  asked: Asked,
): Promise<{ attempt: Attempt } | { answer: Answer }> {
  const { workspaceId, actorId, key } = asked;
  const place: KeyPlace = { workspaceId, actorId, keyHash: hashOf(key) };
  const requestHash = hashOf(asked.request);
  const begin = {
    ...place,
    requestHash,
    runId: uuid(),
    givenUpSeconds: asked.harmless ? 0 : GIVEN_UP_SECONDS,
    most: MOST_KEYS,
    keptSeconds: KEPT_SECONDS,
  };
  for (;;) {
    const { begun, full } = await beginAnswer(db, begin);
    if (begun) return { attempt: { ...place, runId: begin.runId, key } };
    const kept = await findKeptAnswer(db, place);
    if (kept !== null) {
      if (!kept.requestHash.equals(requestHash)) throw new Refused('idempotency-key.reused');
      if (kept.status === null) throw new Refused('idempotency-key.under-way');
      return { answer: { status: kept.status, ...unseal(place, key, kept.answer ?? '') } };
    }
    if (full) throw new Refused('idempotency-key.too-many');
    // The other attempt was just given up or deleted: now this one can begin.
  }
}

/** Stores the answer for repeats. */
export async function keepAnswer(
  { db }: Pick<Desk, 'db'>,
  { key, runId, ...place }: Attempt,
  { status, type, text }: Answer,
): Promise<void> {
  const answer = boxOf(key).seal(JSON.stringify({ type, text }), nameOf(place));
  await keepAnswerRow(db, { ...place, runId, status, answer });
}

/** Gives the key back: nothing was done that a repeat could not do. */
export async function dropAttempt({ db }: Pick<Desk, 'db'>, attempt: Attempt): Promise<void> {
  await dropKeptAnswer(db, attempt);
}

/**
 * An answer may hold a secret that the database otherwise keeps only as a hash, so it opens only
 * with the caller's key.
 */
function boxOf(key: string) {
  return makeSecretBox({ key });
}

function unseal(place: KeyPlace, key: string, sealed: string): Pick<Answer, 'type' | 'text'> {
  try {
    return JSON.parse(boxOf(key).open(sealed as never, nameOf(place)));
  } catch (error) {
    if (error instanceof LockedSecret) throw new Refused('idempotency-key.reused');
    throw error;
  }
}

function nameOf({ workspaceId, actorId, keyHash }: KeyPlace): string {
  return placeOf('kept_answer', workspaceId, `${actorId} ${keyHash.toString('hex')}`, 'answer');
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
