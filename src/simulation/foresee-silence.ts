// What a plan's limits of silence make of a conversation in which nobody says anything any more, and when: by the function that the desk asks.
import type { SilenceLimits } from '../contract/policy/plan.ts';
import { followSilence } from '../routing/silence/follow-silence.ts';
import { readSilenceTimes } from '../routing/silence/read-silence-times.ts';
import type { Instant } from '../routing/types.ts';

export interface Silenced {
  /** return: to the queue, for the agent's silence; end: for the contact's. */
  step: 'return' | 'end';
  at: Instant;
}

/** `answeredAt`: the agent's last message; null: there is none. null: nothing follows. */
export function foreseeSilence(
  limits: SilenceLimits | undefined,
  {
    openedAt,
    heldAt,
    answeredAt,
  }: { openedAt: Instant; heldAt: Instant; answeredAt: Instant | null },
): Silenced | null {
  const times = readSilenceTimes(limits);
  if (times === null) return null;
  const said =
    answeredAt === null ? [] : [{ seq: 1, by: 'agent' as const, at: answeredAt, agentId: null }];
  const following = { times, timesSince: openedAt, openedAt, heldAt };
  let now = answeredAt ?? heldAt;
  let followed = followSilence({ ...following, before: null, lines: said }, now);
  while (followed.nextAt !== null) {
    now = followed.nextAt;
    followed = followSilence({ ...following, before: followed.state, lines: [] }, now);
  }
  const { step } = followed;
  return step === 'return' || step === 'end' ? { step, at: now } : null;
}
