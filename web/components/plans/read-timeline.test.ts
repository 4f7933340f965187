import { expect, test } from 'vitest';
import { readTimeline, timeAt } from './read-timeline.ts';

test('steps, the wait for the known agent, targets and the limit stand in the order of their time', () => {
  const moments = readTimeline({
    name: 'Billing',
    steps: [{ after: 0 }, { after: 60 }, { after: 180 }],
    sticky: { within: '30d', waitFor: 45 },
    targets: { firstAnswer: 60, nextAnswer: 10, end: 86_400 },
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    limits: { waiting: 200, waitFor: 1800, then: 'close' },
  });
  expect(moments.map(({ at, happenings }) => [at, happenings.map(({ kind }) => kind)])).toEqual([
    [0, ['step']],
    [45, ['sticky']],
    [60, ['step', 'target']],
    [180, ['step']],
    [1800, ['limit']],
    [86_400, ['target']],
  ]);
});

test('a place on the line is a time between its neighbours, and doubles beyond the last', () => {
  const marks = [
    { position: 0, at: 0 },
    { position: 100, at: 60 },
    { position: 300, at: 180 },
  ];
  expect([0, 50, 100, 200, 300, 420].map((position) => timeAt(marks, position))).toEqual([
    0, 30, 60, 120, 180, 360,
  ]);
});
