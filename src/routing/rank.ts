// A place in the queue is an instant, so that priority ages by itself and nothing is ever re-sorted.
import type { Priority } from '../contract/conversation.ts';
import type { Policy } from '../contract/policy.ts';

/** Seconds by which the priority moves a conversation ahead: rankAt = queuedAt − boost. */
export function boostSeconds(policy: Policy, priority: Priority): number {
  return policy.boostSeconds[priority];
}
