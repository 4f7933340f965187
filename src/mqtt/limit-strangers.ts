// Stops looking up logins for a while where too many have failed.

import { networkOf } from '../access/network-of.ts';
import { makeRates } from '../access/rates.ts';
import type { Clock } from '../clock.ts';

/** A company behind one address, where every tab has an old password, stays below this. */
const FAILED_LOGINS = { most: 100, withinMs: 60_000 };

export interface Strangers {
  /** A login from there has failed. */
  note(address: string): void;
  /** Logins from there are now refused unseen. */
  isClosed(address: string): boolean;
}

export function limitStrangers(clock: Pick<Clock, 'elapsed'>): Strangers {
  const failed = makeRates(FAILED_LOGINS);
  return {
    note: (address) => void failed.take(networkOf(address), clock.elapsed()),
    isClosed: (address) => failed.isSpent(networkOf(address), clock.elapsed()),
  };
}
