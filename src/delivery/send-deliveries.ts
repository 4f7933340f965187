// The one loop by which news leaves: takes what is due, carries it, records how it went.
import type { Pool } from 'pg';
import {
  type Delivery,
  type Finish,
  finishDeliveries,
  handBackDeliveries,
  nextDueDelivery,
  putBackDeliveries,
  releaseForgotten,
  takeDueDeliveries,
  takeOverDeliveries,
} from '../store/deliveries.ts';
import { makeGather } from '../store/gather.ts';
import type { Carried, Carrier } from './carrier.ts';
import { everyWorkspace } from './every-workspace.ts';
import { MOST_AHEAD, makeSeat, type Seat } from './seat.ts';

export interface DeliveryLoop {
  wake(workspaceId: string): void;
  /** Takes nothing new, waits for what is under way at most this long, hands back the rest. */
  stop(graceMs: number): Promise<void>;
}

export interface Attempt {
  delivery: Delivery;
  carried: Carried;
  latencyMs: number;
}

export interface DeliveryOptions {
  db: Pool;
  nodeId: number;
  carry: Carrier;
  sweepMs: number;
  /** Called once the attempts are written; several that ended about the same time together. */
  onAttempts: (workspaceId: string, attempts: readonly Attempt[]) => Promise<void>;
  onError: (error: unknown, what: string) => void;
}

const AFTER_ERROR_MS = 5000;
// What comes meanwhile is taken together.
const BETWEEN_LOOKS_MS = 2;
// Together less than the lease.
const RECORD_AGAIN_MS = [200, 800, 2000, 4000];
const ALARM_AFTER_MS = 50;

interface Lane {
  dirty: boolean;
  pumping: boolean;
  /** The last look, which may be under way. */
  pump: Promise<void>;
  seats: Map<string, Seat>;
  flights: Set<Promise<void>>;
  alarm: NodeJS.Timeout | undefined;
  timer: NodeJS.Timeout | undefined;
}

export function sendDeliveries(options: DeliveryOptions): DeliveryLoop {
  const { db, nodeId, onError } = options;
  const lanes = new Map<string, Lane>();
  const gather = makeGather();
  let stopped = false;

  const wake = (workspaceId: string): void => {
    const lane = lanes.get(workspaceId) ?? makeLane();
    lanes.set(workspaceId, lane);
    lane.dirty = true;
    if (!lane.pumping && !stopped) lane.pump = pump(workspaceId, lane);
  };
  const pump = async (workspaceId: string, lane: Lane): Promise<void> => {
    lane.pumping = true;
    try {
      while (lane.dirty && !stopped) {
        lane.dirty = false;
        await putBack(workspaceId, lane, false);
        const free = new Map([...lane.seats].map(([id, seat]) => [id, seat.free()]));
        const taken = await takeDueDeliveries(db, { workspaceId, nodeId, free, most: MOST_AHEAD });
        for (const delivery of taken) seatOf(lane, delivery).give(delivery);
        launch(lane);
        if (lane.dirty) await sleep(BETWEEN_LOOKS_MS);
      }
      setAlarm(workspaceId, lane);
    } catch (error) {
      onError(error, 'taking deliveries failed');
      // The sweep tries again.
      lane.dirty = false;
    }
    lane.pumping = false;
    // News that came after the last look.
    if (lane.dirty) wake(workspaceId);
  };
  const launch = (lane: Lane): void => {
    if (stopped) return;
    for (const [subscriberId, seat] of lane.seats) {
      for (const delivery of seat.next()) {
        const flight = fly(lane, seat, delivery)
          .catch((error: unknown) => onError(error, 'recording a delivery failed'))
          .finally(() => {
            lane.flights.delete(flight);
            seat.settled();
            if (seat.isEmpty) lane.seats.delete(subscriberId);
            // Nothing new is known: only who has room again looks for more.
            if (seat.free() > 0) wake(delivery.workspaceId);
          });
        lane.flights.add(flight);
      }
    }
  };
  const fly = async (lane: Lane, seat: Seat, delivery: Delivery): Promise<void> => {
    const { finish, attempt } = await attemptOnce(options, delivery);
    seat.ended(attempt.carried.state === 'done', attempt.latencyMs);
    // The next one needs no word from the database.
    launch(lane);
    const { workspaceId } = delivery;
    await recordAtLast(workspaceId, { finish, attempt });
  };
  // An end that is not written leaves its conversation waiting for the lease to pass, and is sent again.
  const recordAtLast = async (workspaceId: string, end: Ended): Promise<void> => {
    const write = () => gather(workspaceId, end, (ends: Ended[]) => record(workspaceId, ends));
    for (const ms of RECORD_AGAIN_MS) {
      const written = await write().then(
        () => true,
        () => false,
      );
      if (written) return;
      await sleep(ms);
    }
    await write();
  };
  const record = async (workspaceId: string, ends: Ended[]): Promise<void[]> => {
    const finishes = ends.map(({ finish }) => finish);
    const ours = await finishDeliveries(db, { workspaceId, nodeId }, finishes);
    const attempts = ends
      .map(({ attempt }) => attempt)
      .filter(({ delivery }) => ours.has(delivery.deliveryId));
    // They are written: what fails from here on is no reason to write them again.
    await options
      .onAttempts(workspaceId, attempts)
      .catch((error: unknown) => onError(error, 'noting attempts failed'));
    return ends.map(() => undefined);
  };
  const putBack = async (workspaceId: string, lane: Lane, everything: boolean): Promise<void> => {
    const out = [...lane.seats.values()].flatMap((seat) => seat.takeOut(everything));
    if (out.length === 0) return;
    await putBackDeliveries(db, { workspaceId, nodeId }, out);
  };
  // Some time after the last look: retries are seconds away, and a busy lane looks all the time.
  const setAlarm = (workspaceId: string, lane: Lane): void => {
    if (stopped || lane.alarm !== undefined) return;
    lane.alarm = setTimeout(() => {
      lane.alarm = undefined;
      nextDueDelivery(db, workspaceId)
        .then((next) => {
          clearTimeout(lane.timer);
          if (next === null || stopped) return;
          const ms = Math.min(Math.max(next.getTime() - Date.now(), 0) + 1, options.sweepMs);
          lane.timer = setTimeout(() => wake(workspaceId), ms);
        })
        .catch((error: unknown) => onError(error, 'looking for the next delivery failed'));
    }, ALARM_AFTER_MS);
  };
  const sweep = everyWorkspace(options, async (workspaceId) => {
    await takeOverDeliveries(db, { workspaceId, nodeId });
    await releaseForgotten(db, workspaceId);
    wake(workspaceId);
  });

  return {
    wake,
    stop: async (graceMs) => {
      stopped = true;
      await sweep.stop();
      for (const { timer, alarm } of lanes.values()) {
        clearTimeout(timer);
        clearTimeout(alarm);
      }
      const graceIsOver = sleep(graceMs);
      // What is being taken now has to be put back too.
      await Promise.race([Promise.all([...lanes.values()].map(({ pump }) => pump)), graceIsOver]);
      for (const [workspaceId, lane] of lanes) await putBack(workspaceId, lane, true);
      const flights = [...lanes.values()].flatMap((lane) => [...lane.flights]);
      await Promise.race([Promise.all(flights), graceIsOver]);
      for (const workspaceId of lanes.keys()) {
        await handBackDeliveries(db, { workspaceId, nodeId });
      }
    },
  };
}

interface Ended {
  finish: Finish;
  attempt: Attempt;
}

function makeLane(): Lane {
  return {
    dirty: false,
    pumping: false,
    pump: Promise.resolve(),
    seats: new Map(),
    flights: new Set(),
    alarm: undefined,
    timer: undefined,
  };
}

function seatOf(lane: Lane, { subscriberId, eventId }: Delivery): Seat {
  const seat = lane.seats.get(subscriberId) ?? makeSeat(eventId === null ? 'channel' : 'endpoint');
  lane.seats.set(subscriberId, seat);
  return seat;
}

async function attemptOnce(options: DeliveryOptions, delivery: Delivery): Promise<Ended> {
  const startedAt = new Date();
  const began = performance.now();
  const carried = await options.carry(delivery).catch((error: unknown): Carried => {
    options.onError(error, 'a carrier failed');
    const result = error instanceof Error ? error.message : String(error);
    return { state: 'retry', result, afterMs: AFTER_ERROR_MS, uncertain: true };
  });
  const latencyMs = performance.now() - began;
  const finish: Finish = {
    delivery,
    state: carried.state === 'retry' ? 'pending' : carried.state,
    afterMs: carried.afterMs ?? 0,
    parked: carried.parked ?? delivery.parked,
    refusals: carried.refusals ?? delivery.refusals,
    uncertain: carried.uncertain ?? false,
    result: carried.result.slice(0, 200),
    status: carried.status ?? null,
    answer: carried.answer ?? null,
    address: carried.sent?.address ?? null,
    requestHeaders: carried.sent?.headers ?? null,
    body: carried.sent?.body ?? null,
    startedAt,
    latencyMs,
  };
  return { finish, attempt: { delivery, carried, latencyMs } };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
