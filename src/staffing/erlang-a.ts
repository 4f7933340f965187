// What theory knows of a line for equal agents: Erlang A where customers leave, Erlang C where they wait for ever.
import { integrate } from './integrate.ts';

/** Poisson arrivals, exponential service and patience, first come first served. */
export interface Line {
  /** Arrivals a second; above 0. */
  rate: number;
  /** Mean; above 0. */
  serviceSeconds: number;
  /** Mean; null: they wait for ever. */
  patienceSeconds: number | null;
  /** How many can be served at a time; at least 1. */
  servers: number;
}

export interface LineFigures {
  waitedShare: number;
  abandonedShare: number;
  /** Over all arrivals; of those that leave, until they leave. Infinite where the line grows without end. */
  meanWaitSeconds: number;
  /** The share of all arrivals that is served within so many seconds. */
  within(seconds: number): number;
}

/**
 * Exact but for the integrals, whose error is below 1e-9. The wait that a customer would have to
 * stand has the density of Baccelli and Hebuterne (1981), as Mandelbaum and Zeltyn write it (The
 * Palm/Erlang-A Queue, 2005, §4.7): (λ/θ)(1 − e^(−θx)) − cμx in the exponent. Nothing is summed over
 * customers, so thousands of servers and days of patience cost no more than few.
 */
export function erlangA(line: Line): LineFigures {
  const { rate, serviceSeconds, patienceSeconds, servers } = line;
  if (patienceSeconds === null) return erlangC(line);
  const [theta, drain] = [1 / patienceSeconds, servers / serviceSeconds];
  const load = rate * serviceSeconds;
  const exponent = (x: number) => -rate * patienceSeconds * Math.expm1(-theta * x) - drain * x;
  const peakAt = Math.max(0, Math.log(rate / drain) * patienceSeconds);
  const peak = exponent(peakAt);
  const density = (x: number) => Math.exp(exponent(x) - peak);
  const [from, to] = findBounds(density, peakAt, patienceSeconds);
  const over = (of: (x: number) => number, until = to) =>
    integrate((x) => of(x) * density(x), from, Math.max(from, Math.min(until, to)));
  const whole = over(() => 1);
  const blocked = erlangB(servers, load);
  const waited = blocked / (blocked + (1 - blocked) * (Math.exp(-peak) / (drain * whole)));
  const left = over((x) => -Math.expm1(-theta * x)) / whole;
  return {
    waitedShare: waited,
    abandonedShare: waited * left,
    meanWaitSeconds: waited * left * patienceSeconds,
    within: (seconds) => 1 - waited + (waited * over((x) => Math.exp(-theta * x), seconds)) / whole,
  };
}

/** The line never ends where more comes than can be served. */
function erlangC({ rate, serviceSeconds, servers }: Line): LineFigures {
  const load = rate * serviceSeconds;
  if (load >= servers) {
    return {
      ...{ waitedShare: 1, abandonedShare: 0, meanWaitSeconds: Number.POSITIVE_INFINITY },
      within: () => 0,
    };
  }
  const blocked = erlangB(servers, load);
  const waited = blocked / (1 - (load / servers) * (1 - blocked));
  const slack = (servers - load) / serviceSeconds;
  return {
    ...{ waitedShare: waited, abandonedShare: 0, meanWaitSeconds: waited / slack },
    within: (seconds) => 1 - waited * Math.exp(-slack * seconds),
  };
}

/** The share that finds all servers busy where nobody may wait; `load`: in erlang. */
export function erlangB(servers: number, load: number): number {
  let blocked = 1;
  for (let count = 1; count <= servers && blocked > 0; count += 1) {
    blocked = (load * blocked) / (count + load * blocked);
  }
  return blocked;
}

/** e^-45 is 3e-20. */
const NOTHING = 3e-20;

/** Between which the density is not nothing. It rises to its peak and falls behind it. */
function findBounds(
  density: (x: number) => number,
  peakAt: number,
  scale: number,
): [number, number] {
  let step = scale * 1e-9;
  while (density(peakAt + step) > NOTHING) step *= 2;
  const to = bisect((x) => density(x) > NOTHING, peakAt, peakAt + step);
  if (peakAt === 0 || density(0) > NOTHING) return [0, to];
  return [bisect((x) => density(x) <= NOTHING, 0, peakAt), to];
}

function bisect(holds: (x: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let round = 0; round < 50; round += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return high;
}
