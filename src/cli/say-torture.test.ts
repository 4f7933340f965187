// What a torture found, as lines: each fault, each promise, and the story of a broken one.
import { expect, test } from 'vitest';
import type { TortureReport } from '../torture/run-torture.ts';
import { sayProgress, sayTorture } from './say-torture.ts';

const report: TortureReport = {
  ...{
    seed: 7,
    seconds: 64,
    nodes: 2,
    rounds: 1,
    servedSeconds: 0.4,
    stopped: false,
    phase: 'storm',
  },
  faults: { 'server paused': 2, 'server killed': 5 },
  missing: { 'clock turned': 'libfaketime is not installed' },
  acts: { open: 30, rooms: 10, requests: 400 },
  checked: {
    ...{ 'one holder': 40, history: 200, order: 100, acknowledged: 90, capacity: 80 },
    ...{ deliveries: 300, queue: 40, state: 40, servers: 2 },
  },
  breaches: [],
};
const breach = {
  ...{ promise: 'capacity' as const, subject: 'agent ana', what: 'Was given one more.' },
  story: ['conversation one', 'conversation two\u001b[2J'],
};

test('without a breach it says so, with every fault, also those that could not strike', () => {
  const lines = sayTorture(report);
  expect(lines[0]).toBe('Seed 7: 64 s, 2 servers, 1 rounds, 400 requests.');
  expect(lines.join('\n')).toMatch(/^server killed +5$/m);
  expect(lines.join('\n')).toMatch(/^clock turned +not here: libfaketime is not installed$/m);
  expect(lines.at(-1)).toBe('No promise was broken.');
  expect(sayProgress(report, 30.4)).toBe(
    '30 s · storm · 7 faults · 40 conversations · 400 requests · 1 rounds judged · 0 broken promises',
  );
});

test('a breach is told with its story, and nothing in it reaches the terminal as a command', () => {
  const lines = sayTorture({ ...report, breaches: [breach] });
  expect(lines).toContain('Broken: Nobody is given more than their capacity.');
  expect(lines).toContain('  agent ana: Was given one more.');
  expect(lines).toContain('    conversation two [2J');
  expect(lines).not.toContain('No promise was broken.');
});

test('where it was stopped before anything was judged, nothing is said to hold', () => {
  const lines = sayTorture({ ...report, rounds: 0, stopped: true });
  expect(lines[0]).toContain('It was stopped');
  expect(lines.at(-1)).toBe('Nothing was judged.');
});
