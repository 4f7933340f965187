// How many came, half hour by half hour, as far as it was measured.
import type { Instant } from '../routing/types.ts';
import { type HalfHour, makeZoneTime, type ZoneTime } from './half-hours.ts';

export interface History {
  /** IANA. */
  timeZone: string;
  /** By the moment at which the half hour begins; one that is absent was not measured. */
  arrivals: ReadonlyMap<Instant, number>;
}

export interface Measured extends HalfHour {
  arrivals: number;
}

/** In order of time, of `weeks` to come too: the clocks of later half hours are known. */
export function readCells(
  { timeZone, arrivals }: History,
  weeks: number,
): { cells: Measured[]; time: ZoneTime } {
  const moments = [...arrivals.keys()].sort((a, b) => a - b);
  const [first = 0, last = 0] = [moments[0], moments.at(-1)];
  const time = makeZoneTime(timeZone, { from: first, until: last + (weeks + 1) * WEEK });
  const cells = moments.map((at) => ({ ...time.read(at), arrivals: arrivals.get(at) as number }));
  return { cells, time };
}

const WEEK = 7 * 86_400_000;
