import { expect, test } from 'vitest';
import { makeFairShare } from './fair-share.ts';

const LOOK_MS = 100;
const PATIENCE_MS = 1000;

/** Sends evenly for as long, and looks ten times a second. Answers how many a second began, by sender, and who had to wait or was refused. */
function run(
  share: ReturnType<typeof makeFairShare>,
  {
    from,
    seconds,
    rates,
    isPressed,
  }: {
    from: number;
    seconds: number;
    rates: Readonly<Record<string, number>>;
    isPressed: boolean;
  },
): { began: Record<string, number>; held: Set<string> } {
  const held = new Set<string>();
  const began: Record<string, number> = {};
  const owed = new Map<string, number>();
  const send = (name: string, at: number): void => {
    const inMs = share.take(name, at, PATIENCE_MS);
    if (inMs !== 0) held.add(name);
    if (inMs !== null) began[name] = (began[name] ?? 0) + 1;
  };
  const sendDue = (name: string, rate: number, at: number): void => {
    const due = (owed.get(name) ?? 0) + rate / 1000;
    owed.set(name, due - Math.floor(due));
    for (let n = 0; n < Math.floor(due); n += 1) send(name, at);
  };
  for (let at = 0; at < seconds * 1000; at += 1) {
    if (at % LOOK_MS === 0) share.look(from + at, isPressed);
    for (const [name, rate] of Object.entries(rates)) sendDue(name, rate, from + at);
  }
  const perSecond = Object.entries(began).map(([name, n]) => [name, n / seconds]);
  return { began: Object.fromEntries(perSecond), held };
}

const hundred = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`quiet-${n}`, 0.5]));

test('while the node is pressed a storm is held down, and nobody else waits or is refused', () => {
  const share = makeFairShare();
  run(share, { from: 0, seconds: 5, rates: { ...hundred, storm: 600 }, isPressed: true });
  const rates = { ...hundred, storm: 600 };
  const { began, held } = run(share, { from: 5000, seconds: 5, rates, isPressed: true });
  expect(began.storm).toBeLessThan(30);
  expect([...held]).toEqual(['storm']);
});

test('a node that has room holds nobody back', () => {
  const share = makeFairShare();
  const { began } = run(share, {
    ...{ from: 0, seconds: 3, isPressed: false },
    rates: { ...hundred, storm: 600 },
  });
  expect(began.storm).toBeCloseTo(600, -1);
  expect(share.level()).toBe(null);
});

test('a workspace that is alone may use the whole node, however pressed that is', () => {
  const share = makeFairShare();
  const { began } = run(share, { from: 0, seconds: 3, rates: { only: 900 }, isPressed: true });
  expect(began.only).toBeCloseTo(900, -1);
});

test('several that send the same are no storm for each other', () => {
  const share = makeFairShare();
  run(share, { from: 0, seconds: 3, rates: { a: 300, b: 300 }, isPressed: true });
  const { began } = run(share, {
    from: 3000,
    seconds: 3,
    rates: { a: 300, b: 300 },
    isPressed: true,
  });
  expect(began.a).toBeCloseTo(300, -1);
  expect(began.b).toBeCloseTo(300, -1);
});

test('when the node has room again the bound rises and then goes', () => {
  const share = makeFairShare();
  const rates = { ...hundred, storm: 600 };
  run(share, { from: 0, seconds: 5, rates, isPressed: true });
  const held = share.level() ?? 0;
  run(share, { from: 5000, seconds: 2, rates, isPressed: false });
  expect(share.level()).toBeGreaterThan(held);
  run(share, { from: 7000, seconds: 20, rates, isPressed: false });
  expect(share.level()).toBe(null);
});

test('what waits begins in turn, and beyond the patience it is refused and not counted', () => {
  const share = makeFairShare();
  run(share, { from: 0, seconds: 5, rates: { ...hundred, storm: 600 }, isPressed: true });
  const starts = Array.from({ length: 100 }, () => share.take('storm', 5000, PATIENCE_MS));
  const granted = starts.filter((start) => start !== null);
  expect(granted.length).toBeLessThan(100);
  expect(granted).toEqual(granted.toSorted((a, b) => a - b));
  expect(Math.max(...granted)).toBeLessThanOrEqual(PATIENCE_MS);
});
