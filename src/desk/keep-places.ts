// Tells waiting visitors their places in the queue as it moves.
import type { Pool } from 'pg';
import type { Place } from '../channels/webchat/write.ts';
import type { Clock } from '../clock.ts';
import type { Shown } from '../contract/webchat.ts';
import { foreseeWaits, NO_OUTLOOK, type Outlook } from '../desk/foresee-wait.ts';
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

interface PlacesOptions {
  db: Pool;
  clock: LoopClock & Pick<Clock, 'now'>;
  wire: Pick<Wire, 'publish' | 'isHeard'>;
  shown: Shown;
  onError: (error: unknown, what: string) => void;
  roundMs?: number;
}

export function keepPlaces(options: PlacesOptions, workspaceId: string): Places {
  const { db, clock, wire, onError, roundMs = ROUND_MS } = options;
  const told = new Map<string, Told>();
  const readPace = rememberPace({ db, clock }, workspaceId);
  let rounds = 0;
  const foresee = (conversationIds: readonly string[]) =>
    foreseeWaits(db, { workspaceId, conversationIds, now: clock.now() });
  const isPaced = async ({ length }: { length: number }) => length > 0 && (await readPace()) > 0;
  const tellRound = async (): Promise<void> => {
    if (!wire.isHeard(workspaceId)) return told.clear();
    const isFar = rounds % FAR_EVERY === 0;
    rounds += 1;
    const first = isFar ? FARTHEST : NEAR;
    const places = await listWebQueuePlaces(db, { workspaceId, first });
    const isEstimated = await isPaced(places);
    // Opening and closing move nobody: they are looked for in the round that sees all, and as soon
    // as somebody has found a plan.
    const isUnknown = (id: string) => told.get(id)?.opensAt === undefined;
    const outlooks = await foresee(places.map(idOf).filter((id) => isFar || isUnknown(id)));
    const news = places.map((place) => compare(place, { told, isEstimated, outlooks }));
    // Conversations that have left the queue are forgotten in the round that sees all.
    if (isFar) told.clear();
    for (const { conversationId, now } of news) told.set(conversationId, now);
    const moved = news.filter(({ isNews }) => isNews).map(idOf);
    if (moved.length > 0) await tellThose(moved);
    // Also without news: conversations that leave the queue on another node move the others too.
    if (told.size > 0) tellSoon();
  };
  const note = (conversationId: string, position: number, seen: Seen): Place => {
    const outlook = seen.outlooks.get(conversationId);
    const place = writePlace(position, seen.perMinute, outlook);
    const isEstimated = place.estimatedWaitSeconds !== null;
    told.set(conversationId, { position, isEstimated, opensAt: readOpening(outlook) });
    return place;
  };
  const tellThose = async (ids: readonly string[]): Promise<void> => {
    const seen = { perMinute: await readPace(), outlooks: await foresee(ids) };
    const places = new Map(ids.map((id) => [id, note(id, told.get(id)?.position ?? 1, seen)]));
    await tellPlaces(options, { workspaceId, places });
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
      const outlooks = await foresee([conversationId]);
      return note(conversationId, position, { perMinute: await readPace(), outlooks });
    },
    moved: tellSoon,
    isQuiet: lane.isQuiet,
    stop: lane.stop,
  };
}

interface Told {
  position: number;
  isEstimated: boolean;
  /** undefined: it has found no plan yet. */
  opensAt: number | null | undefined;
}

type Outlooks = ReadonlyMap<string, Outlook>;

interface Seen {
  perMinute: number;
  outlooks: Outlooks;
}

async function tellPlaces(
  { db, wire, shown }: Pick<PlacesOptions, 'db' | 'wire' | 'shown'>,
  { workspaceId, places }: { workspaceId: string; places: ReadonlyMap<string, Place> },
): Promise<void> {
  const conversationIds = [...places.keys()];
  const views = await readWebConversations(db, { workspaceId, conversationIds });
  for (const view of views) {
    const place = places.get(view.conversationId);
    if (view.state === 'waiting' && place !== undefined) {
      tellState(wire, { workspaceId, view, place, shown });
    }
  }
}

const idOf = ({ conversationId }: { conversationId: string }) => conversationId;

function compare(
  { conversationId, position }: { conversationId: string; position: number },
  seen: { told: ReadonlyMap<string, Told>; isEstimated: boolean; outlooks: Outlooks },
): { conversationId: string; now: Told; isNews: boolean } {
  const { told, isEstimated, outlooks } = seen;
  const last = told.get(conversationId);
  const outlook = outlooks.get(conversationId);
  const opensAt = outlook === undefined ? last?.opensAt : readOpening(outlook);
  const isNews =
    last?.position !== position ||
    // At first nobody has been served yet, so the wait cannot be estimated.
    (isEstimated && !last.isEstimated) ||
    (last.opensAt ?? null) !== (opensAt ?? null);
  return { conversationId, now: { position, isEstimated, opensAt }, isNews };
}

function writePlace(position: number, perMinute: number, outlook: Outlook = NO_OUTLOOK): Place {
  const estimatedWaitSeconds = perMinute === 0 ? null : Math.round((position / perMinute) * 60);
  const opensAt = readOpening(outlook) ?? null;
  return { position, estimatedWaitSeconds, waitRange: outlook.waitRange, opensAt };
}

/** undefined: it has found no plan yet. */
function readOpening(outlook: Outlook | undefined): number | null | undefined {
  if (outlook === undefined) return undefined;
  return outlook.opensAt === null ? null : Date.parse(outlook.opensAt);
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
