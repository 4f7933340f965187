// The deliveries of one workspace that this node is sending: takes what is due, and seats it by subscriber.

import type { Pool } from 'pg';
import {
  type Delivery,
  handBackDeliveries,
  putBackDeliveries,
  takeDueDeliveries,
} from '../store/deliveries.ts';
import { type Attempt, attemptOnce, type Ended } from './attempt-once.ts';
import type { Carrier } from './carrier.ts';
import { makeAlarm } from './make-alarm.ts';
import { MOST_AHEAD, makeSeats, type Seat } from './seat.ts';

export interface DeliveryOptions {
  db: Pool;
  nodeId: number;
  carry: Carrier;
  sweepMs: number;
  /** Called once the attempts are written; several that ended about the same time together. */
  onAttempts: (workspaceId: string, attempts: readonly Attempt[]) => Promise<void>;
  onError: (error: unknown, what: string) => void;
}

export interface Lane {
  wake(): void;
  /** Takes nothing new, waits for what is under way until `late`, hands back the rest. */
  stop(late: Promise<void>): Promise<void>;
}

// What comes meanwhile is taken together.
const BETWEEN_LOOKS_MS = 2;

export function makeLane(
  options: DeliveryOptions & { record: (end: Ended) => Promise<void> },
  workspaceId: string,
): Lane {
  const { db, nodeId, onError } = options;
  const key = { workspaceId, nodeId };
  const seats = makeSeats();
  const flights = new Set<Promise<void>>();
  let [dirty, pumping, stopped] = [false, false, false];
  // The last look, which may be under way.
  let looking: Promise<void> = Promise.resolve();

  const wake = (): void => {
    dirty = true;
    if (!pumping && !stopped) looking = pump();
  };
  const alarm = makeAlarm({ ...options, workspaceId, wake });
  const pump = async (): Promise<void> => {
    pumping = true;
    try {
      while (dirty && !stopped) await look();
      alarm.set();
    } catch (error) {
      onError(error, 'taking deliveries failed');
      // The sweep tries again.
      dirty = false;
    }
    pumping = false;
    // News that came after the last look.
    if (dirty) wake();
  };
  const look = async (): Promise<void> => {
    dirty = false;
    await putBack(false);
    const free = seats.free();
    seats.give(await takeDueDeliveries(db, { ...key, free, most: MOST_AHEAD }));
    launch();
    if (dirty) await sleep(BETWEEN_LOOKS_MS);
  };
  const launch = (): void => {
    for (const { seat, delivery } of stopped ? [] : seats.next()) {
      const flight = fly(seat, delivery)
        .catch((error: unknown) => onError(error, 'recording a delivery failed'))
        .finally(() => {
          flights.delete(flight);
          // Nothing new is known: only who has room again looks for more.
          if (seats.settle(seat, delivery)) wake();
        });
      flights.add(flight);
    }
  };
  const fly = async (seat: Seat, delivery: Delivery): Promise<void> => {
    const end = await attemptOnce(options, delivery);
    seat.ended(end.attempt.carried.state === 'done', end.attempt.latencyMs);
    // The next one needs no word from the database.
    launch();
    await options.record(end);
  };
  const putBack = async (everything: boolean): Promise<void> => {
    const out = seats.takeOut(everything);
    if (out.length > 0) await putBackDeliveries(db, key, out);
  };
  const stop = async (late: Promise<void>): Promise<void> => {
    stopped = true;
    alarm.stop();
    // What is being taken now has to be put back too.
    await Promise.race([looking, late]);
    await putBack(true);
    await Promise.race([Promise.all(flights), late]);
    await handBackDeliveries(db, key);
  };
  return { wake, stop };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
