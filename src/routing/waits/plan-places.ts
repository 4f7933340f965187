// How many places a line has from when on, as the shifts have it: agents go home or take a break, and others come. Pure.

/** Seconds from now; one that has begun has a `from` of 0 or below. */
export interface PlannedShift {
  agentId: string;
  from: number;
  until: number;
  expects: 'online' | 'away';
}

export interface PlannedAgent {
  agentId: string;
  /** How many conversations the agent can hold. */
  places: number;
  isHere: boolean;
}

export interface PlacesChange {
  inSeconds: number;
  places: number;
}

/**
 * In order; empty: nothing changes. The plan is believed of those who keep to it now: who is here outside of a shift
 * stays, and who is not here within one comes with the next.
 */
export function planPlaces(
  agents: readonly PlannedAgent[],
  shifts: readonly PlannedShift[],
): PlacesChange[] {
  const online = shifts.filter(({ expects, until }) => expects === 'online' && until > 0);
  const byAgent = Map.groupBy(online, ({ agentId }) => agentId);
  const moves = new Map<number, number>();
  const move = (at: number, by: number) => moves.set(at, (moves.get(at) ?? 0) + by);
  for (const { agentId, places, isHere } of agents) {
    const own = byAgent.get(agentId) ?? [];
    if (isHere && !own.some(({ from }) => from <= 0)) continue;
    for (const { from, until } of own) {
      if (from <= 0 && !isHere) continue;
      if (from > 0) move(from, places);
      move(until, -places);
    }
  }
  let now = agents.reduce((sum, { places, isHere }) => sum + (isHere ? places : 0), 0);
  return [...moves]
    .filter(([, by]) => by !== 0)
    .sort(([a], [b]) => a - b)
    .map(([inSeconds, by]) => {
      now += by;
      return { inSeconds, places: now };
    });
}

/** What was planned some seconds ago, from now. */
export function planOnward<Line extends { places: number; changes?: readonly PlacesChange[] }>(
  line: Line,
  elapsed: number,
): Line {
  const { changes = [] } = line;
  const onward = changes.map((one) => ({ ...one, inSeconds: one.inSeconds - elapsed }));
  const places = onward.findLast(({ inSeconds }) => inSeconds <= 0)?.places ?? line.places;
  return { ...line, places, changes: onward.filter(({ inSeconds }) => inSeconds > 0) };
}
