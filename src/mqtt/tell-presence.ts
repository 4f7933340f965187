// Tells visitors whether somebody is there: one look at the workspace a second at most, one packet for each channel that changed.
import type { Presence } from '../contract/presence.ts';
import { type Kept, keepLanes } from '../loops/keep-lanes.ts';
import { type LoopClock, openLane } from '../loops/open-lane.ts';
import type { Wire } from './wire.ts';

export interface PresenceTeller {
  /** The presence of a channel, at most a second old. null: there is no such channel. */
  of(workspaceId: string, channelId: string): Promise<Presence | null>;
  /** Agents, their loads, or channels have changed. */
  moved(workspaceId: string): void;
  /** Another node has told the visitors of all nodes. */
  heard(workspaceId: string, channelId: string, presence: Presence): void;
  stop(): Promise<void>;
}

export interface PresenceOptions {
  clock: LoopClock;
  /** By channel, of all web chats of the workspace. */
  read(workspaceId: string): Promise<ReadonlyMap<string, Presence>>;
  wire: Pick<Wire, 'tellPresence' | 'isHeard'>;
  onError: (error: unknown, what: string) => void;
  roundMs?: number;
  againMs?: number;
  letGoAfterMs?: number;
}

const ROUND_MS = 1000;
/**
 * A lease may be renewed just after it was seen to end, without news of it, so a change is looked
 * at again.
 */
const AGAIN_MS = 10_000;

export function tellPresence(options: PresenceOptions): PresenceTeller {
  const { wire } = options;
  const lanes = keepLanes((workspaceId) => openTeller(options, workspaceId), options);
  return {
    of: (workspaceId, channelId) => lanes.of(workspaceId).of(channelId),
    moved: (workspaceId) => {
      if (wire.isHeard(workspaceId)) lanes.of(workspaceId).moved();
      else lanes.known(workspaceId)?.forget();
    },
    heard: (workspaceId, channelId, presence) => lanes.of(workspaceId).heard(channelId, presence),
    stop: lanes.stop,
  };
}

interface Teller extends Kept {
  of(channelId: string): Promise<Presence | null>;
  moved(): void;
  /** Nobody listens: the next listener is told in full. */
  forget(): void;
  heard(channelId: string, presence: Presence): void;
}

type Found = ReadonlyMap<string, Presence>;

function openTeller(options: PresenceOptions, workspaceId: string): Teller {
  const { clock, wire, onError, roundMs = ROUND_MS, againMs = AGAIN_MS } = options;
  const told = new Map<string, string>();
  const last = rememberLast(clock, () => options.read(workspaceId));
  let againAt = Number.NEGATIVE_INFINITY;

  const look = async (): Promise<void> => {
    if (!wire.isHeard(workspaceId)) return forget();
    const found = await last.anew();
    let hasChanged = false;
    for (const [channelId, presence] of found) {
      const text = JSON.stringify(presence);
      if (told.get(channelId) === text) continue;
      told.set(channelId, text);
      wire.tellPresence(workspaceId, channelId, presence);
      hasChanged = true;
    }
    if (hasChanged) againAt = clock.elapsed() + againMs;
    if (againAt > clock.elapsed()) schedule(againAt - clock.elapsed());
  };
  const forget = (): void => {
    told.clear();
    last.forget();
  };
  const schedule = (inMs: number): void => {
    lane.wakeIn(Math.max(inMs, last.at() + roundMs - clock.elapsed()));
  };
  const lane = openLane({
    work: look,
    onError: (error) => onError(error, 'telling visitors who is there failed'),
    // After an outage of the database there may be no news for long, so it retries by itself.
    retry: { firstMs: againMs, longestMs: againMs },
    clock,
  });
  return {
    of: async (channelId) => {
      const found = (await last.within(roundMs)).get(channelId);
      // A channel may be newer than the last read.
      return found ?? (await last.anew()).get(channelId) ?? null;
    },
    moved: () => schedule(0),
    forget,
    heard: (channelId, presence) => {
      const text = JSON.stringify(presence);
      if (told.get(channelId) === text) return;
      told.set(channelId, text);
      last.forget();
      // Two nodes may have told different things at the same moment: the node that sees otherwise
      // tells again.
      schedule(0);
    },
    isQuiet: lane.isQuiet,
    stop: lane.stop,
  };
}

function rememberLast(clock: LoopClock, read: () => Promise<Found>) {
  let known: Promise<Found> | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  const forget = (): void => {
    known = null;
  };
  const anew = (): Promise<Found> => {
    readAt = clock.elapsed();
    const reading = read();
    known = reading;
    reading.catch(() => known === reading && forget());
    return reading;
  };
  return {
    anew,
    forget,
    at: () => readAt,
    within: (ms: number) => (known !== null && clock.elapsed() - readAt < ms ? known : anew()),
  };
}
