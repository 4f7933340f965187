// When the customers of a kind come: at one rate, at rates that change over the day, or as somebody recorded them.
import type { ArrivalProfile, Scenario, ScenarioKind } from '../contract/scenario.ts';
import type { Instant } from '../routing/types.ts';
import { type Draw, exponential, makeDraw } from './draw.ts';
import type { Stream } from './random.ts';

const SECOND = 1000;

/** Asked once for each arrival: milliseconds after the one before. Infinity: nobody comes any more. */
export function makeGaps(
  { rate = 0, profile, recorded }: ScenarioKind,
  stream: Stream,
  begins: Instant,
): Draw {
  if (recorded !== undefined) return replay(recorded, begins);
  if (profile !== undefined) return followProfile(profile, stream, begins);
  return rate === 0 ? () => Number.POSITIVE_INFINITY : makeDraw({ exponential: 1 / rate }, stream);
}

/** How many can come of a kind in all; Infinity: there is no end to them. */
export function countToCome(kind: ScenarioKind): number {
  if (kind.recorded !== undefined) return kind.recorded.length;
  return meanRate(kind) > 0 ? Number.POSITIVE_INFINITY : 0;
}

/** How many of them do, of all kinds. */
export function countArrivals({ arrivals, kinds }: Scenario): number {
  return Math.min(
    arrivals,
    kinds.reduce((sum, kind) => sum + countToCome(kind), 0),
  );
}

/** Arrivals a second, over the whole profile; 0 of what is recorded. */
export function meanRate({ rate = 0, profile, recorded }: ScenarioKind): number {
  if (recorded !== undefined) return 0;
  if (profile === undefined) return rate;
  return profile.rates.reduce((sum, one) => sum + one, 0) / profile.rates.length;
}

/** Differences of instants, so that whoever adds them up comes to these instants again. */
function replay(recorded: readonly number[], begins: Instant): Draw {
  let nth = 0;
  let last = begins;
  return () => {
    const next = recorded[nth];
    if (next === undefined) return Number.POSITIVE_INFINITY;
    nth += 1;
    const at = begins + next * SECOND;
    const gap = at - last;
    last = at;
    return gap;
  };
}

/**
 * Exact: the expected number of arrivals between two neighbours is exponential of mean 1, and is
 * spent piece by piece while a rate holds (inversion of the cumulative rate: Çinlar, Introduction to
 * Stochastic Processes, 1975, 4.7; thinning, Lewis and Shedler 1979, would draw numbers for arrivals
 * that it throws away). One number for each arrival, so a higher rate only makes the same ones earlier.
 */
function followProfile({ every, rates }: ArrivalProfile, stream: Stream, begins: Instant): Draw {
  const everyMs = every * SECOND;
  const expected = rates.reduce((sum, rate) => sum + rate * every, 0);
  const at = { cycle: 0, piece: 0, ms: 0 };
  let last = begins;
  return () => {
    let left = exponential(stream);
    const cycles = Math.floor(left / expected);
    if (!Number.isFinite(cycles)) return Number.POSITIVE_INFINITY;
    at.cycle += cycles;
    left = Math.max(0, left - cycles * expected);
    for (;;) {
      const rate = rates[at.piece] as number;
      const until = (rate * (everyMs - at.ms)) / SECOND;
      if (left < until) break;
      left -= until;
      at.ms = 0;
      at.piece += 1;
      if (at.piece < rates.length) continue;
      at.piece = 0;
      at.cycle += 1;
    }
    at.ms += (left / (rates[at.piece] as number)) * SECOND;
    const instant = begins + (at.cycle * rates.length + at.piece) * everyMs + at.ms;
    const gap = instant - last;
    last = instant;
    return gap;
  };
}
