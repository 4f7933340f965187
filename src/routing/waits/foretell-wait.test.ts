// Waits by the state of now, held against what theory knows exactly.
import { expect, test } from 'vitest';
import { foretellWait, shapeWait } from './foretell-wait.ts';

/** What a record says that comes out as theory has it. */
const normal = { low: -1.2816, middle: 0, high: 1.2816, served: 100 };

test('whoever is next waits for the first of all places to come free', () => {
  const shape = shapeWait(0, { places: 6, holdSeconds: 300 });
  expect(shape).toEqual({ expected: 50, turns: 1 });
  expect(shapeWait(9, { places: 6, holdSeconds: 300 })?.expected).toBeCloseTo(500, 9);
  expect(shapeWait(9, { places: 6, holdSeconds: 300 })?.turns).toBeCloseTo(10, 9);
});

test('those ahead who give up make it shorter, as the sum of 1 / (s/h + kθ) has it', () => {
  const shape = shapeWait(2, { places: 1, holdSeconds: 100, leavingPerSecond: 0.01 });
  expect(shape?.expected).toBeCloseTo(100 + 50 + 100 / 3, 9);
});

test('a place in another line counts by its part', () => {
  const [half, whole] = [0.5, 1].map((ahead) => shapeWait(ahead, { places: 1, holdSeconds: 100 }));
  expect(half?.expected).toBeCloseTo(150, 9);
  expect(whole?.expected).toBeCloseTo(200, 9);
});

test('places that come and go by the shifts count from then on', () => {
  const changes = [
    { inSeconds: 100, places: 0 },
    { inSeconds: 200, places: 4 },
  ];
  const alone = shapeWait(3, { places: 1, holdSeconds: 50 });
  expect(alone?.expected).toBeCloseTo(200, 9);
  expect(shapeWait(3, { places: 1, holdSeconds: 50, changes })?.expected).toBeCloseTo(225, 9);
  expect(shapeWait(3, { places: 0, holdSeconds: 50, changes })?.expected).toBeCloseTo(250, 9);
});

test('where nobody serves, or nobody will within a day, nothing is foretold', () => {
  expect(shapeWait(0, { places: 0, holdSeconds: 50 })).toBeNull();
  expect(shapeWait(0, { places: 1, holdSeconds: 86_401 })).toBeNull();
});

test('of many places the spread is close to the gamma distribution, and a little wider for what is not known', () => {
  const one = foretellWait({ expected: 100, turns: 1 }, normal);
  // Exponential: 10.5, 69.3, 230.3.
  expect(one.low).toBeGreaterThan(5);
  expect(one.low).toBeLessThan(10.6);
  expect(one.middle).toBeCloseTo(69.3, -1);
  expect(one.high).toBeGreaterThan(230);
  expect(one.high).toBeLessThan(245);
  const many = foretellWait({ expected: 1000, turns: 50 }, normal);
  // Gamma of shape 50: 824, 993, 1185.
  expect(many.low).toBeGreaterThan(600);
  expect(many.low).toBeLessThan(824);
  expect(many.high).toBeGreaterThan(1185);
  expect(many.high).toBeLessThan(1450);
});
