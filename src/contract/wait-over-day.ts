// The mean wait by the hour of the day, over all days of a run.
import type { HourResult } from './scenario.ts';

const DAY_HOURS = 24;
const HOUR_SECONDS = 3600;

/** Seconds, null where nobody came; null: the run is shorter than a day. */
export function waitOverDay(
  hours: readonly Pick<HourResult, 'from' | 'arrived' | 'meanWait'>[] = [],
): (number | null)[] | null {
  if (hours.length < DAY_HOURS) return null;
  const byHour = Map.groupBy(hours, ({ from }) => Math.round(from / HOUR_SECONDS) % DAY_HOURS);
  return Array.from({ length: DAY_HOURS }, (_, hour) => {
    const alike = byHour.get(hour) ?? [];
    const arrived = alike.reduce((sum, one) => sum + one.arrived, 0);
    const waited = alike.reduce((sum, one) => sum + one.arrived * one.meanWait, 0);
    return arrived === 0 ? null : waited / arrived;
  });
}
