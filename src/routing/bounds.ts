// What limits and pace leave of the agents' room as a pass goes on: by channel, and only where somebody has any.
import {
  freeAt,
  isAbout,
  judgeShortage,
  type OfChannel,
  roomUnder,
  roomUnderLimits,
} from './eligible.ts';
import type { AgentState, Instant, Needs, Obstacle } from './types.ts';

interface Given extends OfChannel {
  weight: number;
}

export interface Bounds {
  agents: readonly AgentState[];
  /** By the agent's place, as the pass goes on. */
  room: Float64Array;
  now: Instant;
  /** By channel: what each agent can still be given of it. */
  columns: Map<string, { channel: OfChannel; column: Float64Array }>;
  /** What this pass has given, by place. */
  given: Map<number, Given[]>;
}

/** null: nobody has limits or a pace, so room is all that counts. */
export function takeBounds(
  agents: readonly AgentState[],
  { room, now }: { room: Float64Array; now: Instant },
): Bounds | null {
  const isBounded = agents.some(({ limits, paceMs }) => limits.length > 0 || paceMs > 0);
  return isBounded ? { agents, room, now, columns: new Map(), given: new Map() } : null;
}

/** What each agent can still be given of the channel; below every weight for whom it is too soon. */
export function boundRoom(bounds: Bounds, channel: OfChannel): Float64Array {
  const { columns, agents } = bounds;
  const known = columns.get(channel.channelId);
  if (known !== undefined) return known.column;
  const column = new Float64Array(agents.length);
  for (let place = 0; place < column.length; place += 1) {
    column[place] = countLeft(bounds, place, channel);
  }
  columns.set(channel.channelId, { channel, column });
  return column;
}

/** The agent at `place` was given one of these needs. */
export function chargeBounds(bounds: Bounds, place: number, given: Given): void {
  bounds.given.set(place, [...(bounds.given.get(place) ?? []), given]);
  for (const { channel, column } of bounds.columns.values()) {
    column[place] = countLeft(bounds, place, channel);
  }
}

function countLeft(bounds: Bounds, place: number, channel: OfChannel): number {
  if (findFrom(bounds, place) > bounds.now) return Number.NEGATIVE_INFINITY;
  return Math.min(bounds.room[place] as number, leaveUnderLimits(bounds, place, channel));
}

/** From when on the agent may be given another one; whom the pass has given one starts anew. */
function findFrom({ agents, given, now }: Bounds, place: number): Instant {
  const agent = agents[place] as AgentState;
  return freeAt(given.has(place) ? { ...agent, pacedFrom: now } : agent);
}

function leaveUnderLimits({ agents, given }: Bounds, place: number, channel: OfChannel): number {
  const agent = agents[place] as AgentState;
  const now = given.get(place);
  if (now === undefined) return roomUnderLimits(agent, channel);
  const about = agent.limits.filter((limit) => isAbout(limit, channel));
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...about.map((limit) => {
      const more = now
        .filter((one) => isAbout(limit, one))
        .reduce((sum, one) => sum + one.weight, 0);
      return roomUnder(limit, channel, agent.externalLoad) - more;
    }),
  );
}

/** Why the agent at `place` can be given none of these needs now; null: they can. */
export function findBound(
  bounds: Bounds,
  place: number,
  needs: OfChannel & Pick<Needs, 'weight'>,
): Obstacle | null {
  return judgeShortage(bounds.agents[place] as AgentState, {
    room: bounds.room[place] as number,
    underLimits: leaveUnderLimits(bounds, place, needs),
    from: findFrom(bounds, place),
    weight: needs.weight,
    now: bounds.now,
  });
}
