// Finds broken promises in what Usher says and what the emulated Qiscus saw. Pure.
import type { EmulatedRoom } from '../../qiscus/views.ts';

export type Promised = 'capacity' | 'order' | 'lost' | 'duplicates';

export interface Breach {
  promise: Promised;
  about: string;
  roomIds: string[];
}

/** A conversation, as Usher tells of it. Times in milliseconds since 1970. */
export interface Case {
  /** Grows with each conversation, also within a millisecond: the queue's own order among equal ranks. */
  id: string;
  roomId: string;
  rankAt: number;
  /**
   * When Usher had answered its webhook, so that it stood in the queue; null: not known, or it may
   * be held until Qiscus was asked about its room.
   */
  since: number | null;
  isClosed: boolean;
  /** When it was first given to somebody; null: never. */
  assignedAt: number | null;
}

export type Room = Pick<EmulatedRoom, 'roomId'> & {
  services: Pick<EmulatedRoom['services'][number], 'startedAt' | 'resolvedAt'>[];
};

export interface Assignment {
  at: number;
  roomId: string;
  agentId: number;
  /** The agent who lost the room by it. */
  replaced: number | null;
}

interface Seen {
  rooms: readonly Room[];
  /** In order. */
  assignments: readonly Assignment[];
}

/** Conversations given to somebody after one that stood behind them, while both waited. */
export function findOvertakes(cases: readonly Case[]): Breach[] {
  const fromBehind = cases
    .filter(({ assignedAt }) => assignedAt !== null)
    .sort((a, b) => b.rankAt - a.rankAt || (a.id < b.id ? 1 : -1));
  const behind: { at: number; roomId: string }[] = [];
  return fromBehind.flatMap(({ roomId, since, assignedAt }) => {
    const at = assignedAt ?? 0;
    const by = since === null ? undefined : behind[placeAfter(behind, since)];
    behind.splice(placeAfter(behind, at), 0, { at, roomId });
    if (by === undefined || by.at >= at) return [];
    const about = `${roomId} was given away ${at - by.at} ms after ${by.roomId}, which stood behind it`;
    return [{ promise: 'order', about, roomIds: [roomId, by.roomId] }];
  });
}

/** The place of the first that is later than `time`, in a list in the order of time. */
function placeAfter(list: readonly { at: number }[], time: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.at ?? 0) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Agents who ever had more rooms than allowed: each once, with the rooms of that moment. */
export function findOverCapacity({ rooms, assignments }: Seen, capacity: number): Breach[] {
  const known = new Map(rooms.map((room) => [room.roomId, room]));
  const changes: { at: number; agentId: number; roomId: string; takes: boolean }[] = [];
  for (const { at, roomId, agentId, replaced } of assignments) {
    changes.push({ at, agentId, roomId, takes: true });
    if (replaced !== null) changes.push({ at, agentId: replaced, roomId, takes: false });
    const ends = known.get(roomId)?.services.map(({ resolvedAt }) => resolvedAt) ?? [];
    const end = ends.find((time) => time !== null && time >= at) ?? null;
    if (end !== null) changes.push({ at: end, agentId, roomId, takes: false });
  }
  // At the same millisecond, what ended goes first.
  changes.sort((a, b) => a.at - b.at || Number(a.takes) - Number(b.takes));
  const held = new Map<number, string[]>();
  const over = new Map<number, Breach>();
  for (const { agentId, roomId, takes } of changes) {
    const before = held.get(agentId) ?? [];
    const now = takes ? [...before, roomId] : before.filter((one) => one !== roomId);
    held.set(agentId, now);
    if (now.length <= capacity || over.has(agentId)) continue;
    const about = `agent ${agentId} had ${now.length} rooms, and may have ${capacity}`;
    over.set(agentId, { promise: 'capacity', about, roomIds: now });
  }
  return [...over.values()];
}

/** Sessions that Usher does not know, or that nobody was ever given. */
export function findLost({ rooms, assignments }: Seen, cases: readonly Case[]): Breach[] {
  const known = new Set(cases.map(({ roomId }) => roomId));
  const given = countBySession({ rooms, assignments });
  return rooms.flatMap(({ roomId, services }): Breach[] => {
    const unserved = services.filter((_, session) => !given.has(nameSession(roomId, session)));
    if (unserved.length === 0 && known.has(roomId)) return [];
    const about = known.has(roomId)
      ? `${roomId} was never given to anybody`
      : `Usher knows nothing of ${roomId}`;
    return [{ promise: 'lost', about, roomIds: [roomId] }];
  });
}

/**
 * Conversations beyond the sessions of their room, and sessions that were given to two agents. A
 * webhook that arrives after the room was resolved makes a conversation that closes when Qiscus was
 * asked about the room (qiscus.md §5.4): nobody is given it, so it is none.
 */
export function findDuplicates(seen: Seen, cases: readonly Case[]): Breach[] {
  const real = cases.filter(({ isClosed, assignedAt }) => assignedAt !== null || !isClosed);
  const own = Map.groupBy(real, ({ roomId }) => roomId);
  const beyond = seen.rooms.flatMap(({ roomId, services }) => {
    const more = own.get(roomId)?.slice(services.length) ?? [];
    return more.map(({ id }) =>
      duplicate(roomId, `${id} is one conversation too many of ${roomId}`),
    );
  });
  const twice = [...countBySession(seen)].flatMap(([name, times]) => {
    const [roomId = ''] = name.split(' ');
    const about = `${roomId} was given to agents ${times} times in one session`;
    return times > 1 ? [duplicate(roomId, about)] : [];
  });
  return [...beyond, ...twice];
}

function duplicate(roomId: string, about: string): Breach {
  return { promise: 'duplicates', about, roomIds: [roomId] };
}

function countBySession({ rooms, assignments }: Seen): Map<string, number> {
  const known = new Map(rooms.map((room) => [room.roomId, room.services]));
  const given = new Map<string, number>();
  for (const { roomId, at } of assignments) {
    const session = (known.get(roomId) ?? []).findLastIndex(({ startedAt }) => startedAt <= at);
    const name = nameSession(roomId, session);
    given.set(name, (given.get(name) ?? 0) + 1);
  }
  return given;
}

function nameSession(roomId: string, session: number): string {
  return `${roomId} ${session}`;
}
