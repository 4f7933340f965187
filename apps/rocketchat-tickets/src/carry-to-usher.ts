// Brings a room's events to Usher, which says of each whether it has it.
import type { Means } from './means';
import type { Entry } from './outbox';
import type { Settings } from './settings';

const TIMEOUT_MS = 20_000;

/** The ids that Usher has stored; null: no usable answer. */
export async function carryToUsher(
  means: Means,
  usher: NonNullable<Settings['usher']>,
  entries: Entry[],
): Promise<Set<string> | null> {
  const events = entries.map(({ id, number, type, payload }) => ({
    id,
    seq: number,
    type,
    payload,
  }));
  try {
    const answer = await means.http.post(usher.eventsUrl, {
      content: JSON.stringify({ events }),
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${usher.token}` },
      timeout: TIMEOUT_MS,
    });
    if (answer.statusCode !== 200) {
      means.log.warn(`Usher answered ${answer.statusCode}`);
      return null;
    }
    const { accepted } = JSON.parse(answer.content ?? '') as { accepted?: unknown };
    return Array.isArray(accepted) ? new Set(accepted.map(String)) : null;
  } catch (error) {
    means.log.warn(`Usher was not reached: ${String(error)}`);
    return null;
  }
}
