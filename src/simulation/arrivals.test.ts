// Arrivals by a profile against what is known of Poisson processes whose rate changes, and recorded ones as they are.
import { expect, test } from 'vitest';
import type { ArrivalProfile, ScenarioKind } from '../contract/scenario.ts';
import { makeSources } from './sources.ts';

const service = { fixed: 30 };

function makeSource(kind: Partial<ScenarioKind>, { seed = 1, begins = 0 } = {}) {
  const kinds = [{ name: 'all', service, ...kind }];
  const [source] = makeSources({ arrivals: 1, seed, kinds, agents: [{ name: 'a' }] }, begins);
  if (source === undefined) throw new Error('There is no source.');
  return source;
}

/** Instants in seconds, before `until`. */
function listArrivals(kind: Partial<ScenarioKind>, { until = 0, seed = 1 } = {}): number[] {
  const { gap } = makeSource(kind, { seed });
  const instants: number[] = [];
  for (let at = gap() / 1000; at < until; at += gap() / 1000) instants.push(at);
  return instants;
}

const CYCLES = 4000;
const PROFILES: [string, ArrivalProfile][] = [
  ['a few an interval', { every: 60, rates: [0.05, 0.2, 0.01, 0.1] }],
  ['hours in which nobody comes', { every: 60, rates: [0, 0.1, 0, 0, 0.3, 0] }],
  ['less than one in a whole cycle', { every: 10, rates: [0.001, 0, 0.004] }],
  ['a single rate', { every: 60, rates: [0.1] }],
];

test.each(PROFILES)(
  'counts by interval are Poisson of the mean that the profile says: %s',
  (_, profile) => {
    const { every, rates } = profile;
    const counts = rates.map(() => new Array<number>(CYCLES).fill(0));
    const until = CYCLES * rates.length * every;
    for (const at of listArrivals({ profile }, { until, seed: 3 })) {
      const interval = Math.floor(at / every);
      const of = counts[interval % rates.length] as number[];
      const cycle = Math.floor(interval / rates.length);
      of[cycle] = (of[cycle] ?? 0) + 1;
    }
    rates.forEach((rate, nth) => {
      const [of, mean] = [counts[nth] as number[], rate * every];
      const sum = of.reduce((total, one) => total + one, 0);
      if (mean === 0) expect(sum).toBe(0);
      else {
        // Three standard errors of the mean, and of the index of dispersion about a known mean.
        expect(Math.abs(sum / CYCLES - mean)).toBeLessThan(3 * Math.sqrt(mean / CYCLES));
        const squares = of.reduce((total, one) => total + (one - mean) ** 2, 0);
        const error = Math.sqrt((2 + 1 / mean) / CYCLES);
        expect(Math.abs(squares / mean / CYCLES - 1)).toBeLessThan(3 * error);
      }
    });
  },
);

test('within an interval arrivals are spread evenly: chi-square over its tenths', () => {
  const profile = { every: 60, rates: [0.5, 0.05] };
  const tenths = new Array<number>(10).fill(0);
  for (const at of listArrivals({ profile }, { until: 120 * CYCLES })) {
    if (at % 120 < 60)
      tenths[Math.floor((at % 120) / 6)] = (tenths[Math.floor((at % 120) / 6)] ?? 0) + 1;
  }
  const expected = tenths.reduce((sum, one) => sum + one, 0) / 10;
  const chi = tenths.reduce((sum, one) => sum + (one - expected) ** 2 / expected, 0);
  // 9 degrees of freedom: above it one time in a thousand.
  expect(chi).toBeLessThan(27.88);
});

test('M_t/G/∞: at each moment as many are busy as the rate of the last service time lets come', () => {
  // Eick, Massey and Whitt 1993: Poisson, of mean ∫ λ(u) P(S > t − u) du; with S = 30 s, λ over the last 30 s.
  const profile = { every: 60, rates: [0.4, 0.1] };
  const arrivals = listArrivals({ profile }, { until: 120 * CYCLES, seed: 9 });
  const means: [number, number][] = [
    [15, 15 * 0.1 + 15 * 0.4],
    [45, 30 * 0.4],
    [70, 20 * 0.4 + 10 * 0.1],
    [100, 30 * 0.1],
  ];
  for (const [moment, mean] of means) {
    const ofMoment = arrivals.filter((at) => (((moment - at) % 120) + 120) % 120 < 30);
    const cycles = new Map<number, number>();
    for (const at of ofMoment) {
      const cycle = Math.ceil((at - moment) / 120);
      cycles.set(cycle, (cycles.get(cycle) ?? 0) + 1);
    }
    const is = ofMoment.length / CYCLES;
    expect(Math.abs(is - mean), `${moment} s`).toBeLessThan(3 * Math.sqrt(mean / CYCLES));
    const squares = [...cycles.values()].reduce((sum, one) => sum + (one - mean) ** 2, 0);
    const none = (CYCLES - cycles.size) * mean ** 2;
    expect(Math.abs((squares + none) / mean / CYCLES - 1)).toBeLessThan(
      3 * Math.sqrt((2 + 1 / mean) / CYCLES),
    );
  }
});

test('a profile of equal rates has the arrivals of that rate', () => {
  const until = 5000;
  const byRate = listArrivals({ rate: 0.2 }, { until });
  const byProfile = listArrivals({ profile: { every: 7, rates: [0.2, 0.2, 0.2] } }, { until });
  expect(byProfile).toHaveLength(byRate.length);
  byProfile.forEach((at, nth) => {
    expect(at).toBeCloseTo(byRate[nth] ?? 0, 6);
  });
});

test('a profile whose rates are all 0 ends at once', () => {
  expect(makeSource({ profile: { every: 60, rates: [0, 0] } }).gap()).toBe(
    Number.POSITIVE_INFINITY,
  );
});

test('recorded arrivals come at their instants, several at one moment too, and then nobody', () => {
  const recorded = [0, 0.1, 0.1, 7.25, 86_400];
  const begins = Date.UTC(2024, 0, 1);
  const { gap } = makeSource({ recorded }, { begins });
  let at = begins;
  for (const seconds of recorded) {
    at += gap();
    expect(at).toBe(begins + seconds * 1000);
  }
  expect(gap()).toBe(Number.POSITIVE_INFINITY);
});
