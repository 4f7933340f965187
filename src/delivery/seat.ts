// What this node sends to one subscriber: a few at a time; the rest is taken and waits.
import type { Clock } from '../clock.ts';
import type { Delivery } from '../store/delivery-claims.ts';
import { FAILURES_TO_PROBE, REQUESTS_AT_ONCE } from '../store/endpoints.ts';
import type { Places } from '../store/take-deliveries.ts';

export interface Seat {
  /** How many more it may be given now. */
  free(): number;
  /** How many it was given that have not ended. */
  open(): number;
  give(delivery: Delivery): void;
  /** What may be sent now; empty when enough is under way. */
  next(): Delivery[];
  /** An attempt has ended. */
  ended(succeeded: boolean, latencyMs: number): void;
  /** There was no attempt. */
  givenBack(): void;
  /** The outcome is written. */
  settled(): void;
  /**
   * Takes out what waited too long here, or all of it when `everything`, so that any node can take
   * it again.
   */
  takeOut(everything: boolean): Delivery[];
  readonly isEmpty: boolean;
}

/** Requests at a time; an outside system's own client limits itself. house: mails, each a connection to the mail server. */
const AT_ONCE = { endpoint: REQUESTS_AT_ONCE, channel: 64, house: 3 };
/** Taken ahead, so that a fast subscriber does not wait for the database. */
const AHEAD = 512;
// While this many wait here, no more are taken: a few large takes cost the database less than many
// small ones.
const ENOUGH = 128;
const SLOW_MS = 100;
// Together with the longest attempt this stays below the life of a claim that is not renewed.
const LONGEST_WAIT_MS = 15_000;

export const MOST_AHEAD = AHEAD;

export function makeSeat(kind: keyof typeof AT_ONCE, clock: Pick<Clock, 'elapsed'>): Seat {
  const waiting: { delivery: Delivery; since: number }[] = [];
  let [sending, open, failures, latency] = [0, 0, 0, 0];
  const atOnce = () => (failures >= FAILURES_TO_PROBE ? 1 : AT_ONCE[kind]);
  return {
    free: () => {
      if (waiting.length >= ENOUGH) return 0;
      const ahead = latency < SLOW_MS && failures < FAILURES_TO_PROBE ? AHEAD : atOnce();
      return Math.max(0, ahead - open);
    },
    open: () => open,
    give: (delivery) => {
      open += 1;
      waiting.push({ delivery, since: clock.elapsed() });
    },
    next: () => {
      // What waited too long stays until it is taken out: the claim might end before its attempt.
      const fresh = waiting.findIndex(({ since }) => since >= clock.elapsed() - LONGEST_WAIT_MS);
      if (fresh === -1) return [];
      const ready = waiting.splice(fresh, Math.max(0, atOnce() - sending));
      sending += ready.length;
      return ready.map(({ delivery }) => delivery);
    },
    ended: (succeeded, latencyMs) => {
      sending -= 1;
      failures = succeeded ? 0 : failures + 1;
      latency = 0.8 * latency + 0.2 * latencyMs;
    },
    givenBack: () => {
      sending -= 1;
    },
    settled: () => {
      open -= 1;
    },
    takeOut: (everything) => {
      const failing = failures >= FAILURES_TO_PROBE;
      const oldest = clock.elapsed() - LONGEST_WAIT_MS;
      const stays = everything || failing ? [] : waiting.filter(({ since }) => since >= oldest);
      const out = waiting.filter((one) => !stays.includes(one));
      waiting.splice(0, waiting.length, ...stays);
      open -= out.length;
      return out.map(({ delivery }) => delivery);
    },
    get isEmpty() {
      return open === 0;
    },
  };
}

function kindOf({ workspaceId, subscriberId, eventId }: Delivery): keyof typeof AT_ONCE {
  if (subscriberId === workspaceId) return 'house';
  return eventId === null ? 'channel' : 'endpoint';
}

/** The seats of all subscribers of a workspace that are being sent something. */
export interface Seats {
  /** For subscribers that are being sent something; one that is not named may have MOST_AHEAD. */
  places(): Places;
  give(deliveries: readonly Delivery[]): void;
  /** What may be sent now, each with its seat. */
  next(): { seat: Seat; delivery: Delivery }[];
  /**
   * One has ended: its outcome is written, or it was given back. true: its subscriber has room for
   * more.
   */
  settle(seat: Seat, delivery: Delivery): boolean;
  takeOut(everything: boolean): Delivery[];
  /** Whether any subscriber may be given more; one that is being sent nothing may. */
  hasRoom(): boolean;
  /** Everything that was given and is neither settled nor taken out. */
  underWay(): Delivery[];
}

export function makeSeats(clock: Pick<Clock, 'elapsed'>): Seats {
  const seats = new Map<string, Seat>();
  const underWay = new Set<Delivery>();
  const seatOf = (delivery: Delivery): Seat => {
    const { subscriberId } = delivery;
    const seat = seats.get(subscriberId) ?? makeSeat(kindOf(delivery), clock);
    seats.set(subscriberId, seat);
    return seat;
  };
  return {
    places: () =>
      new Map([...seats].map(([id, seat]) => [id, { free: seat.free(), open: seat.open() }])),
    give: (deliveries) => {
      for (const delivery of deliveries) {
        underWay.add(delivery);
        seatOf(delivery).give(delivery);
      }
    },
    next: () =>
      [...seats.values()].flatMap((seat) => seat.next().map((delivery) => ({ seat, delivery }))),
    settle: (seat, delivery) => {
      underWay.delete(delivery);
      seat.settled();
      if (seat.isEmpty) seats.delete(delivery.subscriberId);
      return seat.free() > 0;
    },
    takeOut: (everything) => {
      const out = [...seats.values()].flatMap((seat) => seat.takeOut(everything));
      for (const delivery of out) underWay.delete(delivery);
      return out;
    },
    hasRoom: () => seats.size === 0 || [...seats.values()].some((seat) => seat.free() > 0),
    underWay: () => [...underWay],
  };
}
