// Figures of a whole run, and whether two runs differ by more than chance. Pure.
import type { SimulationFigures } from '../../api/shapes.ts';

export interface Estimate {
  value: number;
  /** Half the width of the 95 % interval; null: not known. */
  ci: number | null;
}

export interface Totals {
  arrived: number;
  meanWait: Estimate;
  waited: Estimate;
  left: Estimate;
  lost: Estimate;
  /** Served within a minute. */
  withinMinute: Estimate;
}

type Kind = SimulationFigures['kinds'][string];

/**
 * Weighted by arrivals. The intervals of kinds are added, not their squares: kinds share agents, so
 * their waits rise together.
 */
export function sumKinds({ kinds }: Pick<SimulationFigures, 'kinds'>): Totals {
  const all = Object.values(kinds);
  const arrived = all.reduce((sum, kind) => sum + kind.arrived, 0);
  const mean = (of: (kind: Kind) => number) =>
    arrived === 0 ? 0 : all.reduce((sum, kind) => sum + of(kind) * kind.arrived, 0) / arrived;
  const known = (value: (kind: Kind) => number, ci: (kind: Kind) => number): Estimate => ({
    value: mean(value),
    ci: mean(ci),
  });
  const plain = (of: (kind: Kind) => number): Estimate => ({ value: mean(of), ci: null });
  return {
    arrived,
    meanWait: known(
      (kind) => kind.meanWait,
      (kind) => kind.meanWaitCi,
    ),
    waited: known(
      (kind) => kind.waitedShare,
      (kind) => kind.waitedShareCi,
    ),
    left: plain((kind) => kind.abandonedShare),
    lost: plain((kind) => kind.lostShare + kind.unservedShare),
    withinMinute: plain((kind) => kind.within['60'] ?? 0),
  };
}

/** null: an interval is missing. The two runs count as independent, which errs on the side of caution. */
export function isDifferent(a: Estimate, b: Estimate): boolean | null {
  if (a.ci === null || b.ci === null) return null;
  return Math.abs(a.value - b.value) > Math.hypot(a.ci, b.ci);
}

/** By seconds: the share of all arrivals that was served within them. */
export function shareWithin({ kinds }: Pick<SimulationFigures, 'kinds'>, seconds: number): number {
  const all = Object.values(kinds);
  const arrived = all.reduce((sum, kind) => sum + kind.arrived, 0);
  const served = all.reduce((sum, kind) => {
    return sum + (kind.within[String(seconds)] ?? 0) * kind.arrived;
  }, 0);
  return arrived === 0 ? 0 : served / arrived;
}

type Hour = NonNullable<SimulationFigures['hours']>[number];

const DAY_HOURS = 24;
const HOUR_SECONDS = 3600;

/** By the hour of the simulated day: the mean wait in seconds, null where nobody came; null: the run is shorter than a day. */
export function waitOverDay(hours: readonly Hour[] = []): (number | null)[] | null {
  if (hours.length < DAY_HOURS) return null;
  const byHour = Map.groupBy(hours, ({ from }) => Math.round(from / HOUR_SECONDS) % DAY_HOURS);
  return Array.from({ length: DAY_HOURS }, (_, hour) => {
    const alike = byHour.get(hour) ?? [];
    const arrived = alike.reduce((sum, one) => sum + one.arrived, 0);
    const waited = alike.reduce((sum, one) => sum + one.arrived * one.meanWait, 0);
    return arrived === 0 ? null : waited / arrived;
  });
}
