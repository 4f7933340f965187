// Patience from waits of which many were cut short: hand-worked cases, a published one, and a known law.
import { expect, test } from 'vitest';
import { estimateSurvival, samplePatience, type Wait } from './estimate-patience.ts';

const left = (seconds: number): Wait => ({ seconds, left: true });
const stayed = (seconds: number): Wait => ({ seconds, left: false });

test('worked by hand: each leaving divides by those who still waited, and who was served then still counts', () => {
  const waits = [left(10), stayed(20), left(20), left(40), stayed(50)];
  const steps = estimateSurvival(waits);
  expect(steps.map(({ at }) => at)).toEqual([10, 20, 40]);
  // 4/5, then 3/4 of it, then 1/2 of that.
  [0.8, 0.6, 0.3].forEach((wanted, nth) => {
    expect(steps[nth]?.survival).toBeCloseTo(wanted, 12);
  });
});

test('the remission times of Freireich (1963), as Kalbfleisch and Prentice print the estimate', () => {
  const waits = [
    ...[6, 6, 6, 7, 10, 13, 16, 22, 23].map(left),
    ...[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(stayed),
  ];
  const printed: [number, number][] = [
    [6, 0.857],
    [7, 0.807],
    [10, 0.753],
    [13, 0.69],
    [16, 0.627],
    [22, 0.538],
    [23, 0.448],
  ];
  const steps = estimateSurvival(waits);
  expect(steps.map(({ at, survival }) => [at, Math.round(survival * 1000) / 1000])).toEqual(
    printed,
  );
});

test('without anybody cut short it is the plain share that stayed longer', () => {
  const waits = [5, 1, 3, 3].map(left);
  expect(estimateSurvival(waits)).toEqual([
    { at: 1, survival: 0.75 },
    { at: 3, survival: 0.25 },
    { at: 5, survival: 0 },
  ]);
  const drawn = samplePatience(waits) ?? [];
  expect([1, 3, 5].map((at) => drawn.filter((one) => one === at).length)).toEqual([50, 100, 50]);
});

test('an exponential patience of 300 s is found although two of three are served before', () => {
  // Every quantile once, against waits that end at quantiles of another exponential.
  const count = 2000;
  const at = (mean: number, nth: number) => -mean * Math.log(1 - (nth + 0.5) / count);
  const waits = Array.from({ length: count }, (_, nth): Wait => {
    const patience = at(300, (nth * 733) % count);
    const served = at(150, (nth * 1171) % count);
    return patience < served ? left(patience) : stayed(served);
  });
  const leavings = waits.filter((one) => one.left).length;
  expect(leavings / count).toBeGreaterThan(0.25);
  expect(leavings / count).toBeLessThan(0.42);
  const drawn = (samplePatience(waits) ?? []).toSorted((a, b) => a - b);
  const mean = drawn.reduce((sum, one) => sum + one, 0) / drawn.length;
  const median = drawn[100] ?? 0;
  expect(Math.abs(mean - 300)).toBeLessThan(45);
  expect(Math.abs(median - 300 * Math.LN2)).toBeLessThan(30);
  // Taken at face value, who left would seem far less patient.
  const naive = waits.filter((one) => one.left).reduce((sum, one) => sum + one.seconds, 0);
  expect(naive / leavings).toBeLessThan(150);
});

test('where nobody left there is nothing to say', () => {
  expect(samplePatience([stayed(0), stayed(100)])).toBeNull();
  expect(samplePatience([])).toBeNull();
});
