// Tells those who wait over the web their places in the queue, as the queue moves.
import type { Pool } from 'pg';
import type { Place } from '../channels/webchat/write.ts';
import type { Shown } from '../contract/webchat.ts';
import { queuePosition } from '../store/conversations.ts';
import { readQueueFigures } from '../store/queue-figures.ts';
import { listWebQueuePlaces, readWebConversations } from '../store/web-conversations.ts';
import { tellState } from './tell-state.ts';
import type { Wire } from './wire.ts';

export interface Places {
  /** Of one that has just begun to wait, or was asked for. */
  of(conversationId: string): Promise<Place>;
  /** Somebody came or went: the others are told, in rounds of a second. */
  moved(): void;
  /** No round is under way, and none is to come. */
  isQuiet(): boolean;
  stop(): Promise<void>;
}

const ROUND_MS = 1000;
/** Each round tells so many from the head of the queue; every tenth all whom places are told. */
const NEAR = 100;
const FAR_EVERY = 10;
/** Beyond it nobody is told that they have moved up: it would be news to thousands, and to nobody. */
const FARTHEST = 2000;
const PACE_FOR_MS = 5000;

export function keepPlaces(
  options: {
    db: Pool;
    wire: Pick<Wire, 'publish' | 'isHeard'>;
    shown: Shown;
    onError: (error: unknown, what: string) => void;
    roundMs?: number;
  },
  workspaceId: string,
): Places {
  const { db, wire, shown, onError, roundMs = ROUND_MS } = options;
  const told = new Map<string, { position: number; isEstimated: boolean }>();
  const readPace = rememberPace(db, workspaceId);
  let rounds = 0;
  const placeAt = async (position: number): Promise<Place> => {
    const perMinute = await readPace();
    const estimatedWaitSeconds = perMinute === 0 ? null : Math.round((position / perMinute) * 60);
    return { position, estimatedWaitSeconds };
  };
  const tellRound = async (): Promise<void> => {
    if (!wire.isHeard(workspaceId)) return told.clear();
    const isFar = rounds % FAR_EVERY === 0;
    rounds += 1;
    const first = isFar ? FARTHEST : NEAR;
    const places = await listWebQueuePlaces(db, { workspaceId, first });
    const isEstimated = places.length > 0 && (await readPace()) > 0;
    const moved = places.filter(({ conversationId, position }) => {
      const last = told.get(conversationId);
      // At first nobody has been served yet, and how long it takes cannot be said.
      return last?.position !== position || (isEstimated && !last.isEstimated);
    });
    // Whoever has left the queue is forgotten with the round that sees all.
    if (isFar) told.clear();
    for (const { conversationId, position } of places) {
      told.set(conversationId, { position, isEstimated });
    }
    if (moved.length > 0) await tellThose(moved.map(({ conversationId }) => conversationId));
    // Also without news: those who leave the queue on another node move the others too.
    if (told.size > 0) clock.schedule();
  };
  const tellThose = async (conversationIds: string[]): Promise<void> => {
    const views = await readWebConversations(db, { workspaceId, conversationIds });
    for (const view of views.filter(({ state }) => state === 'waiting')) {
      const place = await placeAt(told.get(view.conversationId)?.position ?? 1);
      tellState(wire, { workspaceId, view, place, shown });
    }
  };
  const clock = ringInRounds(roundMs, () =>
    tellRound().catch((error: unknown) => onError(error, 'telling places failed')),
  );
  return {
    of: async (conversationId) => {
      const position = await queuePosition(db, { workspaceId, conversationId });
      const place = await placeAt(position);
      told.set(conversationId, { position, isEstimated: place.estimatedWaitSeconds !== null });
      return place;
    },
    moved: clock.schedule,
    isQuiet: clock.isQuiet,
    stop: clock.stop,
  };
}

/** `act` must not reject. */
function ringInRounds(roundMs: number, act: () => Promise<void>) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let stopped = false;
  return {
    schedule: (): void => {
      if (stopped) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        const mine = act().finally(() => {
          if (running === mine) running = null;
        });
        running = mine;
      }, roundMs);
    },
    isQuiet: () => timer === undefined && running === null,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** How many leave the queue a minute, looked up every few seconds. */
function rememberPace(db: Pool, workspaceId: string): () => Promise<number> {
  let pace = { perMinute: 0, at: 0 };
  return async () => {
    if (Date.now() - pace.at > PACE_FOR_MS) {
      pace = { ...pace, at: Date.now() };
      const { assignedPerMinute: perMinute } = await readQueueFigures(db, workspaceId);
      pace = { perMinute, at: Date.now() };
    }
    return pace.perMinute;
  };
}
