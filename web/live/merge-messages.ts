// What is known of a conversation's messages after another answer came: by seq, none twice, the newest state wins.
import type { Message } from '../api/shapes.ts';

export function mergeMessages(known: readonly Message[], fetched: readonly Message[]): Message[] {
  if (fetched.length === 0) return known as Message[];
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of fetched) bySeq.set(message.seq, message);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/**
 * From where to ask again: after the newest, but from the oldest that was still on its way, since a
 * delivery changes without a new seq.
 */
export function askAfter(known: readonly Message[]): number {
  const newest = known.at(-1)?.seq ?? 0;
  const onItsWay = known.find(({ delivery }) => delivery?.state === 'sending');
  return onItsWay === undefined ? newest : Math.min(newest, onItsWay.seq - 1);
}
