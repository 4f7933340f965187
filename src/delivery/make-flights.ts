// The attempts that a lane has under way: each ends with its outcome written, or with the delivery given back.
import type { Delivery } from '../store/delivery-claims.ts';
import { attemptOnce, type Ended } from './attempt-once.ts';
import type { HeldClaim } from './hold-claim.ts';
import type { Seat, Seats } from './seat.ts';

export interface Flights {
  /** Begins what the seats have ready. */
  launch(): void;
  /** Gives up those whose outcome could not be written. */
  giveUpLost(): Promise<void>;
  isIdle(): boolean;
  /** Begins nothing more. */
  ground(): void;
  /** Once none is under way. */
  landed(): Promise<void>;
}

export function makeFlights(
  options: Parameters<typeof attemptOnce>[0] & { record: (end: Ended) => Promise<void> },
  means: { seats: Seats; claim: HeldClaim; wake: () => void },
): Flights {
  const { seats, claim, wake } = means;
  const lost = new Map<Delivery, Seat>();
  const all = Promise.withResolvers<void>();
  let flying = 0;
  let grounded = false;
  let awaited = false;
  const launch = (): void => {
    if (grounded) return;
    for (const { seat, delivery } of seats.next()) void fly(seat, delivery);
  };
  const fly = async (seat: Seat, delivery: Delivery): Promise<void> => {
    flying += 1;
    try {
      const end = await attemptOnce(options, delivery);
      if (end === null) return giveBack(seat, delivery);
      seat.ended(end.attempt.carried.state === 'done', end.attempt.latencyMs);
      // The next one needs no answer of the database.
      launch();
      await options.record(end);
      settle(seat, delivery);
    } catch (error) {
      lost.set(delivery, seat);
      options.onError(error, 'recording a delivery failed');
    } finally {
      flying -= 1;
      if (awaited && flying === 0) all.resolve();
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
    // There is no news: look for more only when a subscriber has room again.
    if (seats.settle(seat, delivery)) wake();
  };
  return {
    launch,
    giveUpLost: async () => {
      if (lost.size === 0) return;
      const given = [...lost];
      await claim.lose(given.map(([delivery]) => delivery));
      for (const [delivery, seat] of given) {
        lost.delete(delivery);
        settle(seat, delivery);
      }
    },
    isIdle: () => flying === 0,
    ground: () => {
      grounded = true;
    },
    landed: () => {
      awaited = true;
      if (flying === 0) all.resolve();
      return all.promise;
    },
  };
}
