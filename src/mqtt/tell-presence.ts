// Tells visitors whether somebody is there: one look at the workspace a second at most, one packet for each channel that changed.
import type { Presence } from '../contract/presence.ts';
import { keepLanes, type Lane as QuietLane } from './keep-lanes.ts';
import type { Wire } from './wire.ts';

export interface PresenceTeller {
  /** Of a channel, as it was a second ago at most. null: there is no such channel. */
  of(workspaceId: string, channelId: string): Promise<Presence | null>;
  /** Agents, what they hold, or channels are others than before. */
  moved(workspaceId: string): void;
  /** Another node has told the visitors of all nodes. */
  heard(workspaceId: string, channelId: string, presence: Presence): void;
  stop(): Promise<void>;
}

export interface PresenceOptions {
  /** By channel, of all web chats of the workspace. */
  read(workspaceId: string): Promise<ReadonlyMap<string, Presence>>;
  wire: Pick<Wire, 'tellPresence' | 'isHeard'>;
  onError: (error: unknown, what: string) => void;
  roundMs?: number;
  againMs?: number;
  letGoAfterMs?: number;
}

const ROUND_MS = 1000;
/** A lease may be renewed just after it was seen to be over, which nobody is told: so what has changed is looked at again. */
const AGAIN_MS = 10_000;

export function tellPresence(options: PresenceOptions): PresenceTeller {
  const { wire, letGoAfterMs } = options;
  const lanes = keepLanes((workspaceId) => openLane(options, workspaceId), letGoAfterMs);
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

interface Lane extends QuietLane {
  of(channelId: string): Promise<Presence | null>;
  moved(): void;
  /** Nobody listens: whoever comes is told anew. */
  forget(): void;
  heard(channelId: string, presence: Presence): void;
}

type Found = ReadonlyMap<string, Presence>;

function openLane(options: PresenceOptions, workspaceId: string): Lane {
  const { wire, onError, roundMs = ROUND_MS, againMs = AGAIN_MS } = options;
  const told = new Map<string, string>();
  const last = rememberLast(() => options.read(workspaceId));
  let againAt = 0;
  const turns = takeTurns();
  let stopped = false;

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
    if (hasChanged) againAt = performance.now() + againMs;
    if (againAt > performance.now()) schedule(againAt - performance.now());
  };
  const forget = (): void => {
    told.clear();
    last.forget();
  };
  const schedule = (inMs: number): void => {
    if (!stopped) alarm.by(Math.max(performance.now() + inMs, last.at() + roundMs));
  };
  const onFailure = (error: unknown): void => {
    onError(error, 'telling visitors who is there failed');
    // Nobody may move for long after the database is back.
    schedule(againMs);
  };
  const alarm = makeAlarm(() => turns.take(() => look().catch(onFailure)));
  return {
    of: async (channelId) => {
      const found = (await last.within(roundMs)).get(channelId);
      // A channel may be newer than what is known.
      return found ?? (await last.anew()).get(channelId) ?? null;
    },
    moved: () => schedule(0),
    forget,
    heard: (channelId, presence) => {
      const text = JSON.stringify(presence);
      if (told.get(channelId) === text) return;
      told.set(channelId, text);
      last.forget();
      // Two nodes may have told at the same moment: who then sees otherwise tells again.
      schedule(0);
    },
    isQuiet: () => !alarm.isSet() && !turns.areTaken(),
    stop: async () => {
      stopped = true;
      alarm.stop();
      await turns.end();
    },
  };
}

function rememberLast(read: () => Promise<Found>) {
  let known: Promise<Found> | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  const forget = (): void => {
    known = null;
  };
  const anew = (): Promise<Found> => {
    readAt = performance.now();
    const reading = read();
    known = reading;
    reading.catch(() => known === reading && forget());
    return reading;
  };
  return {
    anew,
    forget,
    at: () => readAt,
    within: (ms: number) => (known !== null && performance.now() - readAt < ms ? known : anew()),
  };
}

/** One after the other; what is done in them must not reject. */
function takeTurns() {
  let last = Promise.resolve();
  let taken = 0;
  return {
    take: (act: () => Promise<void>): void => {
      taken += 1;
      last = last.then(act).finally(() => {
        taken -= 1;
      });
    },
    areTaken: () => taken > 0,
    end: () => last,
  };
}

/** Rings once, at the earliest of the times that were asked for. */
function makeAlarm(ring: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let dueAt = 0;
  return {
    by: (at: number): void => {
      if (timer !== undefined && dueAt <= at) return;
      clearTimeout(timer);
      dueAt = at;
      const inMs = Math.max(0, at - performance.now());
      timer = setTimeout(() => {
        timer = undefined;
        ring();
      }, inMs).unref();
    },
    isSet: () => timer !== undefined,
    stop: () => clearTimeout(timer),
  };
}
