// Where too many logins fail, nobody is looked up for a while.
import { networkOf } from '../access/network-of.ts';
import { makeRates } from '../access/rates.ts';

/** A company behind one address, whose every tab has an old password, stays below. */
const FAILED_LOGINS = { most: 100, withinMs: 60_000 };

export interface Strangers {
  /** A login from there has failed. */
  note(address: string): void;
  /** It is not listened to now. */
  isClosed(address: string): boolean;
}

export function limitStrangers(): Strangers {
  const failed = makeRates(FAILED_LOGINS);
  return {
    note: (address) => void failed.take(networkOf(address), Date.now()),
    isClosed: (address) => failed.isSpent(networkOf(address), Date.now()),
  };
}
