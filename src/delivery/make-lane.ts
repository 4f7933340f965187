// The deliveries of one workspace that this node is sending: takes what is due, and seats it by subscriber.

import type { Pool } from 'pg';
import type { Delivery } from '../store/delivery-claims.ts';
import { type Attempt, attemptOnce, type Ended } from './attempt-once.ts';
import type { Carrier } from './carrier.ts';
import { holdClaim } from './hold-claim.ts';
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
  const { onError } = options;
  const seats = makeSeats();
  // dirty: there is news. roomy: somebody had room for more.
  let [dirty, roomy, pumping, stopped] = [false, false, false, false];
  const claim = holdClaim({
    ...options,
    workspaceId,
    isNeeded: () => seats.underWay().length > 0,
    onLost: () => {
      // Others may be sending by now what waits here.
      seats.takeOut(true);
      dirty = true;
    },
  });
  const lost = new Map<Delivery, Seat>();
  let flying = 0;
  let landed = (): void => {};
  // The last look, which may be under way.
  let looking: Promise<void> = Promise.resolve();

  const wake = (): void => {
    dirty = true;
    start();
  };
  const start = (): void => {
    if (!pumping && !stopped) looking = pump();
  };
  const hasReason = () => !stopped && (dirty || (roomy && seats.hasRoom()));
  const alarm = makeAlarm({ ...options, workspaceId, wake });
  const pump = async (): Promise<void> => {
    pumping = true;
    try {
      while (hasReason()) await look();
      alarm.set();
    } catch (error) {
      onError(error, 'taking deliveries failed');
      // The sweep tries again.
      dirty = false;
      roomy = false;
    }
    pumping = false;
  };
  const look = async (): Promise<void> => {
    dirty = false;
    roomy = false;
    if (seats.takeOut(false).length > 0) claim.gaveUp();
    await giveUpLost();
    const [underWay, places] = [seats.underWay(), seats.places()];
    const { deliveries, more } = await claim.take({ underWay, places, most: MOST_AHEAD });
    dirty ||= more;
    seats.give(deliveries);
    launch();
    if (dirty || roomy) await sleep(BETWEEN_LOOKS_MS);
  };
  const launch = (): void => {
    if (stopped) return;
    for (const { seat, delivery } of seats.next()) void fly(seat, delivery);
  };
  const fly = async (seat: Seat, delivery: Delivery): Promise<void> => {
    flying += 1;
    try {
      const end = await attemptOnce(options, delivery);
      if (end === null) return giveBack(seat, delivery);
      seat.ended(end.attempt.carried.state === 'done', end.attempt.latencyMs);
      // The next one needs no word from the database.
      launch();
      await options.record(end);
      settle(seat, delivery);
    } catch (error) {
      lost.set(delivery, seat);
      onError(error, 'recording a delivery failed');
    } finally {
      flying -= 1;
      if (flying === 0) landed();
    }
  };
  const giveBack = (seat: Seat, delivery: Delivery): void => {
    seat.givenBack();
    seats.settle(seat, delivery);
    claim.gaveUp();
    launch();
    wake();
  };
  const settle = (seat: Seat, delivery: Delivery): void => {
    // Nothing new is known: only who has room again looks for more.
    if (!seats.settle(seat, delivery)) return;
    roomy = true;
    start();
  };
  const giveUpLost = async (): Promise<void> => {
    if (lost.size === 0) return;
    const given = [...lost];
    await claim.lose(given.map(([delivery]) => delivery));
    for (const [delivery, seat] of given) {
      lost.delete(delivery);
      settle(seat, delivery);
    }
  };
  const stop = async (late: Promise<void>): Promise<void> => {
    stopped = true;
    alarm.stop();
    // What is being taken now goes back too.
    await Promise.race([looking, late]);
    seats.takeOut(true);
    const all = new Promise<void>((resolve) => {
      landed = resolve;
      if (flying === 0) resolve();
    });
    await Promise.race([all, late]);
    await claim.stop(seats.underWay());
  };
  return { wake, stop };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
