// Keeps a conversation from an agent for a while, with a cause; every exclusion ends. Pure.
import { backOffMs } from '../contract/back-off.ts';
import type { Exclusion } from '../contract/exclusion.ts';

const LIMITS = { firstMs: 30_000, longestMs: 600_000 };

/** Each repeated exclusion of the same agent lasts twice as long, up to ten minutes. */
export function exclude(
  exclusions: readonly Exclusion[],
  { agentId, cause, now }: { agentId: string; cause: string; now: Date },
): Exclusion[] {
  const before = exclusions.find((one) => one.agentId === agentId);
  const times = (before?.times ?? 0) + 1;
  const until = new Date(now.getTime() + backOffMs(times, LIMITS)).toISOString();
  return [...exclusions.filter((one) => one.agentId !== agentId), { agentId, cause, until, times }];
}

/** Ended exclusions stay on record, so that the next one lasts longer. */
export function excludedAt(exclusions: readonly Exclusion[], now: Date): Exclusion[] {
  return exclusions.filter(({ until }) => new Date(until) > now);
}

/** When the first of them ends; null: there is none. */
export function firstEnd(exclusions: readonly Exclusion[]): Date | null {
  const ends = exclusions.map(({ until }) => new Date(until).getTime());
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}

/** A conversation's exclusions, and of those that stand at that moment whom they name and when the first one ends. */
export function standingAt(exclusions: Exclusion[], now: Date) {
  const active = excludedAt(exclusions, now);
  return {
    exclusions,
    excludedAgentIds: active.map(({ agentId }) => agentId),
    exclusionEndsAt: firstEnd(active),
  };
}

/** What ends an offer that was not accepted: the agent said no, or said nothing. */
export const refusals = { declined: 'declined', missed: 'not-accepted' } as const;

/** It was taken from an agent who did not answer the contact. */
export const UNANSWERED = 'not-answered';

/**
 * Who was asked and did not take it, or had it and did not answer: the one asked longest ago first,
 * also after the exclusion has ended. Others are asked before them.
 */
export function askedBefore(exclusions: readonly Exclusion[]): string[] {
  const causes: readonly string[] = [...Object.values(refusals), UNANSWERED];
  return exclusions.filter(({ cause }) => causes.includes(cause)).map(({ agentId }) => agentId);
}
