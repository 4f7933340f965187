// Tells waiting visitors their places in the queue as it moves.
import type { Pool } from 'pg';
import type { Place } from '../channels/webchat/write.ts';
import type { Shown } from '../contract/webchat.ts';
import { type LoopClock, openLane } from '../loops/open-lane.ts';
import { queuePosition } from '../store/conversations.ts';
import { readQueueFigures } from '../store/queue-figures.ts';
import { listWebQueuePlaces, readWebConversations } from '../store/web-conversations.ts';
import { tellState } from './tell-state.ts';
import type { Wire } from './wire.ts';

export interface Places {
  /** The place of a conversation that has just begun to wait, or that a client asked for. */
  of(conversationId: string): Promise<Place>;
  /** A conversation joined or left the queue: the others are told, in rounds of a second. */
  moved(): void;
  /** No round is under way or planned. */
  isQuiet(): boolean;
  stop(): Promise<void>;
}

const ROUND_MS = 1000;
/**
 * Each round tells this many from the head of the queue; every tenth round everybody who gets
 * places.
 */
const NEAR = 100;
const FAR_EVERY = 10;
/**
 * Beyond this place nobody is told of moving up: the messages would go to thousands and mean
 * nothing to them.
 */
const FARTHEST = 2000;
const PACE_FOR_MS = 5000;

export function keepPlaces(
  options: {
    db: Pool;
    clock: LoopClock;
    wire: Pick<Wire, 'publish' | 'isHeard'>;
    shown: Shown;
    onError: (error: unknown, what: string) => void;
    roundMs?: number;
  },
  workspaceId: string,
): Places {
  const { db, clock, wire, shown, onError, roundMs = ROUND_MS } = options;
  const told = new Map<string, { position: number; isEstimated: boolean }>();
  const readPace = rememberPace({ db, clock }, workspaceId);
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
      // At first nobody has been served yet, so the wait cannot be estimated.
      return last?.position !== position || (isEstimated && !last.isEstimated);
    });
    // Conversations that have left the queue are forgotten in the round that sees all.
    if (isFar) told.clear();
    for (const { conversationId, position } of places) {
      told.set(conversationId, { position, isEstimated });
    }
    if (moved.length > 0) await tellThose(moved.map(({ conversationId }) => conversationId));
    // Also without news: conversations that leave the queue on another node move the others too.
    if (told.size > 0) tellSoon();
  };
  const tellThose = async (conversationIds: string[]): Promise<void> => {
    const views = await readWebConversations(db, { workspaceId, conversationIds });
    for (const view of views.filter(({ state }) => state === 'waiting')) {
      const place = await placeAt(told.get(view.conversationId)?.position ?? 1);
      tellState(wire, { workspaceId, view, place, shown });
    }
  };
  const lane = openLane({
    work: tellRound,
    onError: (error) => onError(error, 'telling places failed'),
    retry: { firstMs: roundMs, longestMs: roundMs },
    clock,
  });
  const tellSoon = () => lane.wakeIn(roundMs);
  return {
    of: async (conversationId) => {
      const position = await queuePosition(db, { workspaceId, conversationId });
      const place = await placeAt(position);
      told.set(conversationId, { position, isEstimated: place.estimatedWaitSeconds !== null });
      return place;
    },
    moved: tellSoon,
    isQuiet: lane.isQuiet,
    stop: lane.stop,
  };
}

/** How many leave the queue a minute, read every few seconds. */
function rememberPace(
  { db, clock }: { db: Pool; clock: LoopClock },
  workspaceId: string,
): () => Promise<number> {
  let pace = { perMinute: 0, at: Number.NEGATIVE_INFINITY };
  return async () => {
    if (clock.elapsed() - pace.at > PACE_FOR_MS) {
      pace = { ...pace, at: clock.elapsed() };
      const { assignedPerMinute: perMinute } = await readQueueFigures(db, workspaceId);
      pace = { perMinute, at: clock.elapsed() };
    }
    return pace.perMinute;
  };
}
