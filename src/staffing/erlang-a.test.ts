// Erlang A and C against published values, and against their chain of births and deaths, added up here.
import { expect, test } from 'vitest';
import { erlangA, type Line } from './erlang-a.ts';

test.each([
  [10, 10, 1, 0.5420702855, 0.1251100357],
  [10, 10, 0.5, 0.6196552309, 0.1039132123],
  [100, 100, 1, 0.5132987983, 0.0398609968],
])(
  '%i servers, %i arrivals, patience rate %f have the known shares',
  (servers, rate, theta, waits, leaves) => {
    const figures = erlangA({ servers, rate, serviceSeconds: 1, patienceSeconds: 1 / theta });
    expect(figures.waitedShare).toBeCloseTo(waits, 9);
    expect(figures.abandonedShare).toBeCloseTo(leaves, 9);
  },
);

// As it is quoted from Garnett, Mandelbaum and Reiman (2002): 50 agents, 48 calls a minute of a minute
// each, a patience of two minutes.
test('the example of 50 agents comes to the figures quoted for it, with patience and without', () => {
  const line = { servers: 50, rate: 0.8, serviceSeconds: 60 };
  const patient = erlangA({ ...line, patienceSeconds: null });
  const leaving = erlangA({ ...line, patienceSeconds: 120 });
  expect(patient.meanWaitSeconds).toBeCloseTo(20.8, 1);
  expect(leaving.meanWaitSeconds).toBeCloseTo(3.7, 1);
  expect(leaving.abandonedShare).toBeCloseTo(0.031, 3);
});

// The example of the R package ErlangC 0.1.0 (CRAN): 100 calls in half an hour, 180 s each, within 20 s.
test('Erlang C comes out as the example of the R package ErlangC', () => {
  const line = { servers: 14, rate: 100 / 1800, serviceSeconds: 180, patienceSeconds: null };
  const figures = erlangA(line);
  expect(figures.waitedShare).toBeCloseTo(0.1741319, 7);
  expect(figures.within(20)).toBeCloseTo(0.88835, 5);
  expect(figures.meanWaitSeconds).toBeCloseTo(7.83593701, 7);
});

const LINES: Line[] = [
  { servers: 1, rate: 0.2, serviceSeconds: 3, patienceSeconds: 0.5 },
  { servers: 1, rate: 2, serviceSeconds: 1, patienceSeconds: 7 },
  { servers: 3, rate: 0.01, serviceSeconds: 240, patienceSeconds: 300 },
  { servers: 12, rate: 0.06, serviceSeconds: 240, patienceSeconds: 60 },
  { servers: 20, rate: 0.04, serviceSeconds: 240, patienceSeconds: 900 },
  { servers: 200, rate: 1, serviceSeconds: 210, patienceSeconds: 120 },
];

test.each(LINES)(
  '$servers servers and a patience of $patienceSeconds s are as the chain has them',
  (line) => {
    const figures = erlangA(line);
    const chain = solveChain(line);
    expect(figures.waitedShare).toBeCloseTo(chain.waitedShare, 8);
    expect(figures.abandonedShare).toBeCloseTo(chain.abandonedShare, 8);
    expect(figures.meanWaitSeconds / chain.meanWaitSeconds).toBeCloseTo(1, 7);
    for (const seconds of [0, 0.3, 20, 60, 600]) {
      expect(figures.within(seconds)).toBeCloseTo(chain.within(seconds), 6);
    }
  },
);

/** States from no customer to so many that no more come; each figure by its definition. */
function solveChain({ servers, rate, serviceSeconds, patienceSeconds }: Line) {
  const [mu, theta, most] = [1 / serviceSeconds, 1 / (patienceSeconds as number), servers + 900];
  let weights = [1];
  for (let n = 1; n <= most; n += 1) {
    const out = Math.min(n, servers) * mu + Math.max(0, n - servers) * theta;
    weights.push(((weights[n - 1] as number) * rate) / out);
    if ((weights[n] as number) > 1e200) weights = weights.map((weight) => weight / 1e200);
  }
  const whole = weights.reduce((sum, one) => sum + one, 0);
  const found = weights.map((weight) => weight / whole);
  const waiting = found.slice(servers);
  const waitedShare = waiting.reduce((sum, one) => sum + one, 0);
  const queue = waiting.reduce((sum, one, ahead) => sum + one * ahead, 0);
  return {
    ...{ waitedShare, abandonedShare: (theta * queue) / rate, meanWaitSeconds: queue / rate },
    within: (seconds: number) => 1 - waitedShare + serve(waiting, { servers, mu, theta, seconds }),
  };
}

/** By uniformisation: whoever has so many ahead gets one further, is served, or leaves. */
function serve(
  waiting: readonly number[],
  { servers, mu, theta, seconds }: { servers: number; mu: number; theta: number; seconds: number },
): number {
  const kept = waiting.slice(0, 300);
  const jumps = servers * mu + kept.length * theta;
  const mean = jumps * seconds;
  let states = [...kept];
  let [served, answer, chance] = [0, 0, -mean];
  for (let nth = 0; nth < mean + 12 * Math.sqrt(mean) + 60; nth += 1) {
    answer += Math.exp(chance) * served;
    chance += Math.log(mean / (nth + 1));
    const out = (ahead: number) => (servers * mu + ahead * theta) / jumps;
    served += (states[0] as number) * out(0);
    states = states.map((here, ahead) => {
      const from = states[ahead + 1] ?? 0;
      return here * (1 - out(ahead) - theta / jumps) + from * out(ahead + 1);
    });
  }
  return answer;
}

test('patience as long as a service makes the customers there a Poisson number', () => {
  const figures = erlangA({ servers: 8, rate: 6, serviceSeconds: 1, patienceSeconds: 1 });
  let [below, weight] = [0, Math.exp(-6)];
  for (let n = 0; n < 8; n += 1) {
    below += weight;
    weight *= 6 / (n + 1);
  }
  expect(figures.waitedShare).toBeCloseTo(1 - below, 10);
});

test('thousands of servers, and patience of days or of an instant, come to sensible figures', () => {
  const overrun = erlangA({ servers: 9000, rate: 10_000, serviceSeconds: 1, patienceSeconds: 1e5 });
  // A tenth is too much, whatever else happens.
  expect(overrun.abandonedShare).toBeCloseTo(0.1, 6);
  expect(overrun.meanWaitSeconds).toBeCloseTo(10_000, 2);
  const hasty = erlangA({ servers: 5, rate: 4, serviceSeconds: 1, patienceSeconds: 1e-6 });
  // Who leaves at once is lost as in Erlang B: 128/643.
  expect(hasty.abandonedShare).toBeCloseTo(128 / 643, 4);
});

test('patience that is nearly endless comes near to waiting for ever', () => {
  const line = { servers: 14, rate: 100 / 1800, serviceSeconds: 180 };
  const [nearly, ever] = [1e8, null].map((patienceSeconds) =>
    erlangA({ ...line, patienceSeconds }),
  );
  expect(nearly?.within(20)).toBeCloseTo(ever?.within(20) ?? 0, 6);
  expect(nearly?.waitedShare).toBeCloseTo(ever?.waitedShare ?? 0, 6);
});

test('where more comes than can be served, and nobody leaves, the wait has no end', () => {
  const figures = erlangA({ servers: 2, rate: 2, serviceSeconds: 1, patienceSeconds: null });
  expect(figures).toMatchObject({ waitedShare: 1, meanWaitSeconds: Number.POSITIVE_INFINITY });
  expect(figures.within(1000)).toBe(0);
});
