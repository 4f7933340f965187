// Merges another answer into the known messages of a conversation: by seq, none twice, the newest state wins.
import { replaceEqualDeep } from '@tanstack/react-query';
import type { Message } from '../api/shapes.ts';

export function mergeMessages(known: readonly Message[], fetched: readonly Message[]): Message[] {
  if (fetched.length === 0) return known as Message[];
  // Older ones, as a whole history is read: nothing is to be compared.
  if ((fetched.at(-1)?.seq ?? 0) < (known[0]?.seq ?? 0)) return [...fetched, ...known];
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of fetched) {
    // What has not changed stays the same object, and is not drawn anew.
    bySeq.set(message.seq, replaceEqualDeep(bySeq.get(message.seq), message));
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

// Further back nobody waits for a delivery any more.
const UNSETTLED = 100;

/**
 * From where to ask again: after the newest, but from the oldest that has not arrived, since a
 * delivery changes without a new seq, and one that failed may be sent anew; and from the first gap, since an
 * own message is answered at once while what was said before it is still on its way.
 */
export function askAfter(known: readonly Message[]): number {
  const latest = known.slice(-UNSETTLED);
  const at = latest.findIndex(
    (message, index) => isUnsettled(message) || isBehindGap(message, latest[index - 1]),
  );
  if (at < 0) return known.at(-1)?.seq ?? 0;
  return latest[at - 1]?.seq ?? (latest[at]?.seq ?? 1) - 1;
}

function isUnsettled({ delivery }: Message): boolean {
  return delivery !== null && delivery.state !== 'delivered';
}

function isBehindGap({ seq }: Message, before: Message | undefined): boolean {
  return before !== undefined && seq !== before.seq + 1;
}
