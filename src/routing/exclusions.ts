// Whom a conversation is not given to for a while, and why: every exclusion has an end. Pure.
import { backOffMs } from '../contract/back-off.ts';
import type { Exclusion } from '../contract/exclusion.ts';

const LIMITS = { firstMs: 30_000, longestMs: 600_000 };

/** Each time that the same agent is excluded anew lasts twice as long, up to ten minutes. */
export function exclude(
  exclusions: readonly Exclusion[],
  { agentId, cause, now }: { agentId: string; cause: string; now: Date },
): Exclusion[] {
  const before = exclusions.find((one) => one.agentId === agentId);
  const times = (before?.times ?? 0) + 1;
  const until = new Date(now.getTime() + backOffMs(times, LIMITS)).toISOString();
  return [...exclusions.filter((one) => one.agentId !== agentId), { agentId, cause, until, times }];
}

/** Those that are over stay on record, for the next one to last longer. */
export function excludedAt(exclusions: readonly Exclusion[], now: Date): Exclusion[] {
  return exclusions.filter(({ until }) => new Date(until) > now);
}

/** When the first of them ends; null: there is none. */
export function firstEnd(exclusions: readonly Exclusion[]): Date | null {
  const ends = exclusions.map(({ until }) => new Date(until).getTime());
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}
