// What rules look at of the moment itself: opening hours, weekday, hour, and who is there.
import type { Routing } from './plans/compile-policy.ts';
import type { Facts } from './rules/facts.ts';
import type { AgentState, Instant } from './types.ts';

export function readMoment(
  { used, calendars, clock }: Pick<Routing, 'used' | 'calendars' | 'clock'>,
  now: Instant,
): Facts['now'] {
  const parts = Object.fromEntries(
    clock.formatToParts(now).map(({ type, value }) => [type, value]),
  );
  return {
    open: [...used.calendars].filter((name) => calendars.get(name)?.isOpen(now)),
    weekday: parts.weekday?.toLowerCase() ?? null,
    hour: Number(parts.hour),
  };
}

/** People of a team who are there; undefined: there is no such team. */
export function countOnline(
  agents: readonly AgentState[],
  teamId: string | undefined,
  now: Instant,
): number {
  if (teamId === undefined) return 0;
  return agents.filter(({ availability, leaseUntil, teamIds, isBot = false }) => {
    return !isBot && availability === 'online' && leaseUntil > now && teamIds.has(teamId);
  }).length;
}
