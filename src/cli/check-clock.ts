// Whether this machine's clock and the database's agree: Usher goes by the database's, codes and certificates by this one.
import type { Check } from './check.ts';

/** Codes of a second factor are taken thirty seconds around; less than this is the network's. */
const MOST_MS = 5000;

export async function checkClock(now: () => number, ask: () => Promise<Date>): Promise<Check> {
  const name = 'clock';
  const before = now();
  const there = (await ask()).getTime();
  const after = now();
  const behindMs = there < before ? there - before : Math.max(0, there - after);
  const seconds = Math.round(Math.abs(behindMs) / 1000);
  if (Math.abs(behindMs) <= MOST_MS) {
    return { name, state: 'ok', says: 'as the database has it' };
  }
  const which = behindMs > 0 ? 'behind' : 'ahead of';
  const says = `this machine is ${seconds} s ${which} the database; keep both in time (NTP): codes of second factors, certificates and signatures go by them`;
  return { name, state: 'warning', says };
}
