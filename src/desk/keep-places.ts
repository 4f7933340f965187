// Tells those who wait their places in the queue as it moves.
import type { Clock } from '../clock.ts';
import type { Place } from '../contract/place.ts';
import { type LoopClock, openLane } from '../loops/open-lane.ts';
import { queuePosition } from '../store/conversations.ts';
import { readQueueFigures } from '../store/queue-figures.ts';
import type { Db } from '../store/sql.ts';
import { foreseeWaits, NO_OUTLOOK, type Outlook } from './foresee-wait.ts';

export interface Places {
  /** The place of a conversation that somebody asks for. Whoever listens is still told of it. */
  of(conversationId: string): Promise<Place>;
  /** The place of a conversation that has just begun to wait, and whose contact is told it now. */
  toTell(conversationId: string): Promise<Place>;
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
/** What is foretold of a new one is looked for in so many rounds, then as of all. */
const LOOKS = 5;

export interface PlacesOptions {
  db: Db;
  clock: LoopClock & Pick<Clock, 'now'>;
  /** Among the `first` in the queue, those whose contacts are told, with their places. */
  list(first: number): Promise<{ conversationId: string; position: number }[]>;
  /** By conversation; some may have left the queue since. */
  tell(places: ReadonlyMap<string, Place>): Promise<void>;
  /** false: nobody listens. */
  isHeard(): boolean;
  onError: (error: unknown, what: string) => void;
  roundMs?: number;
}

export function keepPlaces(options: PlacesOptions, workspaceId: string): Places {
  const { db, clock, onError, roundMs = ROUND_MS } = options;
  const told = new Map<string, Told>();
  const { foresee, readPace, see, look } = openSight({ db, clock }, workspaceId);
  let rounds = 0;
  const isPaced = async ({ length }: { length: number }) => length > 0 && (await readPace()) > 0;
  const tellRound = async (): Promise<void> => {
    if (!options.isHeard()) return told.clear();
    const isFar = rounds % FAR_EVERY === 0;
    rounds += 1;
    const first = isFar ? FARTHEST : NEAR;
    const places = await options.list(first);
    const isEstimated = await isPaced(places);
    // Opening and closing move nobody: they are looked for in the round that sees all, and as soon
    // as somebody has found a plan.
    const isUnknown = (id: string) => {
      const last = told.get(id);
      return last?.opensAt === undefined || (last.minutes === null && last.looks < LOOKS);
    };
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
  const tellThose = async (ids: readonly string[]): Promise<void> => {
    const seen = await see(ids);
    const placeOf = (id: string) => writePlace(told.get(id)?.position ?? 1, seen, id);
    const places = new Map(ids.map((id) => [id, placeOf(id)]));
    for (const [id, place] of places) told.set(id, toTold(place, seen, id));
    await options.tell(places);
  };
  const lane = openLane({
    work: tellRound,
    onError: (error) => onError(error, 'telling places failed'),
    retry: { firstMs: roundMs, longestMs: roundMs },
    clock,
  });
  const tellSoon = () => lane.wakeIn(roundMs);
  return {
    of: async (conversationId) => (await look(conversationId)).place,
    toTell: async (conversationId) => {
      const { place, now } = await look(conversationId);
      told.set(conversationId, now);
      return place;
    },
    moved: tellSoon,
    isQuiet: lane.isQuiet,
    stop: lane.stop,
  };
}

/** What can be said of those who wait at this moment. */
function openSight({ db, clock }: Pick<PlacesOptions, 'db' | 'clock'>, workspaceId: string) {
  const readPace = rememberPace({ db, clock }, workspaceId);
  const foresee = (conversationIds: readonly string[]) =>
    foreseeWaits(db, { workspaceId, conversationIds, now: clock.now() });
  const see = async (ids: readonly string[]): Promise<Seen> => ({
    perMinute: await readPace(),
    outlooks: await foresee(ids),
  });
  const look = async (id: string): Promise<{ place: Place; now: Told }> => {
    const position = await queuePosition(db, { workspaceId, conversationId: id });
    const seen = await see([id]);
    const place = writePlace(position, seen, id);
    return { place, now: toTold(place, seen, id) };
  };
  return { readPace, foresee, see, look };
}

interface Told {
  position: number;
  isEstimated: boolean;
  /** undefined: it has found no plan yet. */
  opensAt: number | null | undefined;
  /** The range in whole minutes, outward: it runs down, and is told again as it does. null: there is none. */
  minutes: string | null;
  /** How often it was looked for. */
  looks: number;
}

type Outlooks = ReadonlyMap<string, Outlook>;

interface Seen {
  perMinute: number;
  outlooks: Outlooks;
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
  const minutes = outlook === undefined ? (last?.minutes ?? null) : readMinutes(outlook.waitRange);
  const looks = (last?.looks ?? 0) + 1;
  const isNews =
    last?.position !== position ||
    // At first nobody has been served yet, so the wait cannot be estimated.
    (isEstimated && !last.isEstimated) ||
    (last.opensAt ?? null) !== (opensAt ?? null) ||
    last.minutes !== minutes;
  return { conversationId, now: { position, isEstimated, opensAt, minutes, looks }, isNews };
}

function writePlace(position: number, { perMinute, outlooks }: Seen, id: string): Place {
  const estimatedWaitSeconds = perMinute === 0 ? null : Math.round((position / perMinute) * 60);
  const outlook = outlooks.get(id) ?? NO_OUTLOOK;
  const opensAt = readOpening(outlook) ?? null;
  return { position, estimatedWaitSeconds, waitRange: outlook.waitRange, opensAt };
}

function toTold(
  { position, estimatedWaitSeconds, waitRange }: Place,
  { outlooks }: Seen,
  id: string,
): Told {
  const isEstimated = estimatedWaitSeconds !== null;
  const opensAt = readOpening(outlooks.get(id));
  const minutes = readMinutes(waitRange);
  return { position: position ?? 1, isEstimated, opensAt, minutes, looks: 0 };
}

function readMinutes(range: Place['waitRange']): string | null {
  return range && `${Math.floor(range.from / 60)}–${Math.ceil(range.to / 60)}`;
}

/** undefined: it has found no plan yet. */
function readOpening(outlook: Outlook | undefined): number | null | undefined {
  if (outlook === undefined) return undefined;
  return outlook.opensAt === null ? null : Date.parse(outlook.opensAt);
}

/** How many leave the queue a minute, read every few seconds. */
function rememberPace(
  { db, clock }: { db: Db; clock: LoopClock },
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
