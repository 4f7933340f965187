// The deliveries of one workspace that this node is sending: takes what is due, and seats it by subscriber.

import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import type { Kept } from '../loops/keep-lanes.ts';
import { openLane } from '../loops/open-lane.ts';
import type { Attempt, Ended } from './attempt-once.ts';
import type { Carrier } from './carrier.ts';
import { holdClaim } from './hold-claim.ts';
import { makeFlights } from './make-flights.ts';
import { openAlarm } from './open-alarm.ts';
import { MOST_AHEAD, makeSeats } from './seat.ts';
import type { DeliveryTraces } from './trace-attempt.ts';

export interface DeliveryOptions {
  db: Pool;
  clock: Clock;
  nodeId: number;
  carry: Carrier;
  sweepMs: number;
  /** Nothing is taken there. Absent: everywhere something is. */
  isSuspended?: ((workspaceId: string) => boolean) | undefined;
  letGoAfterMs?: number | undefined;
  /** Called once the attempts are written; attempts that ended about the same time together. */
  onAttempts: (workspaceId: string, attempts: readonly Attempt[]) => Promise<void>;
  onError: (error: unknown, what: string) => void;
  /** Absent: nothing is traced. */
  traces?: DeliveryTraces | undefined;
}

export interface DeliveryLane extends Kept {
  wake(): void;
  /** Takes nothing new, waits until `late` for what is under way, hands back the rest. */
  stop(late?: Promise<void>): Promise<void>;
}

// Deliveries that arrive within this time are taken together.
const BETWEEN_LOOKS_MS = 2;
/** For a workspace that is quiet, or was removed. */
const STOP_WITHIN_MS = 10_000;

export function openDeliveryLane(
  options: DeliveryOptions & { record: (end: Ended) => Promise<void> },
  workspaceId: string,
): DeliveryLane {
  const { clock, onError } = options;
  const seats = makeSeats(clock);
  const claim = holdClaim({
    ...options,
    workspaceId,
    isNeeded: () => seats.underWay().length > 0,
    onLost: () => {
      // Other nodes may by now be sending what waits here.
      seats.takeOut(true);
      lane.wake();
    },
  });
  let lookedAt = 0;
  const look = async (): Promise<boolean> => {
    if (options.isSuspended?.(workspaceId) === true) return false;
    lookedAt = clock.now();
    if (seats.takeOut(false).length > 0) claim.gaveUp();
    await flights.giveUpLost();
    const [underWay, places] = [seats.underWay(), seats.places()];
    const { deliveries, more } = await claim.take({ underWay, places, most: MOST_AHEAD });
    await options.traces?.learn(workspaceId, deliveries);
    seats.give(deliveries);
    flights.launch();
    return more;
  };
  const lane = openLane({
    ...{ work: look, clock, pauseMs: BETWEEN_LOOKS_MS },
    onError: (error) => onError(error, 'taking deliveries failed'),
    onRest: () => alarm.set(lookedAt),
  });
  const alarm = openAlarm({ ...options, workspaceId, wakeIn: lane.wakeIn });
  const flights = makeFlights(options, { seats, claim, wake: lane.wake });
  const stop = async (late = elapse(clock, STOP_WITHIN_MS)): Promise<void> => {
    flights.ground();
    // Deliveries being taken now go back too.
    await Promise.race([Promise.all([alarm.stop(), lane.stop()]), late]);
    seats.takeOut(true);
    await Promise.race([flights.landed(), late]);
    await claim
      .stop(seats.underWay())
      .catch((error: unknown) => onError(error, 'handing deliveries back failed'));
  };
  const isQuiet = () =>
    flights.isIdle() && seats.underWay().length === 0 && lane.isQuiet() && alarm.isQuiet();
  return { wake: lane.wake, isQuiet, stop };
}

export function elapse(clock: Pick<Clock, 'after'>, ms: number): Promise<void> {
  return new Promise((done) => void clock.after(ms, done));
}
