// Facts about all that arrived, for tests and demos: the order, and the repeats.
import type { ReceivedRequest } from './received-request.ts';

interface Body {
  session?: { id?: unknown };
  to?: { id?: unknown };
  subjectId?: unknown;
}

/**
 * The conversation that a body speaks of: a Gitple session, or the subject of Usher's own types. External messages
 * have none; theirs is the order of the contact. null if it cannot be told.
 */
export function readStream(body: Buffer): string | null {
  try {
    const { session, to, subjectId } = JSON.parse(body.toString()) as Body;
    const stream = session?.id ?? subjectId ?? to?.id;
    return typeof stream === 'string' ? stream : null;
  } catch {
    return null;
  }
}

/** The ids of each conversation in the order in which they were first seen. */
export function firstSeen(requests: readonly ReceivedRequest[]): Map<string, string[]> {
  const order = new Map<string, string[]>();
  for (const { time, id, body } of requests) {
    const stream = time === 1 ? readStream(body) : null;
    if (stream === null) continue;
    const ids = order.get(stream);
    if (ids === undefined) order.set(stream, [id]);
    else ids.push(id);
  }
  return order;
}

export interface Repeat {
  id: string;
  times: number;
  /** Every time the same bytes. */
  identical: boolean;
}

/** The ids that came more than once. */
export function repeats(requests: readonly ReceivedRequest[]): Repeat[] {
  const byId = Map.groupBy(requests, ({ id }) => id);
  byId.delete('');
  return [...byId]
    .filter(([, all]) => all.length > 1)
    .map(([id, all]) => ({
      id,
      times: all.length,
      identical: all.every(({ body }) => all[0]?.body.equals(body)),
    }));
}
