// What rules looked at, noted beside what they said, so that a replay can ask them again. No name and no text is in it.
import { createHash } from 'node:crypto';
import type { SeenByRules } from '../contract/routing-record.ts';
import type { Routing } from '../routing/plans/compile-policy.ts';
import type { Facts } from '../routing/rules/facts.ts';
import type { Instant } from '../routing/types.ts';

export function noteSeen(
  facts: Facts,
  { conversationId, routing, now }: { conversationId: string; routing: Routing; now: Instant },
): SeenByRules {
  const counts = routing.seen.countsOf(facts);
  const digest = digestSeen(facts, { conversationId, routing });
  return { at: now, digest, ...(counts.length > 0 && { counts }) };
}

/**
 * 24 bits: of sixteen million changes one goes unseen, and of all telephone numbers hundreds have the same digest, so
 * that none is found by trying.
 */
const DIGEST_LENGTH = 4;

export function digestSeen(
  facts: Facts,
  { conversationId, routing }: { conversationId: string; routing: Routing },
): string {
  const hash = createHash('sha1').update(conversationId);
  const values = JSON.stringify(routing.seen.valuesOf(facts));
  return hash.update(values).digest('base64url').slice(0, DIGEST_LENGTH);
}
