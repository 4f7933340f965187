import { expect, test } from 'vitest';
import { addStep, changeStep, rangeOf, removeStep, roundSeconds } from './edit-steps.ts';

const steps = [
  { after: 0, team: 'A' },
  { after: 60, team: 'B' },
  { after: 180, team: null },
];

test('a new step asks for what the last one asks for, later', () => {
  expect(addStep([{ after: 0, skills: { thai: 3 } }])).toEqual({
    steps: [
      { after: 0, skills: { thai: 3 } },
      { after: 60, skills: { thai: 3 } },
    ],
    place: 1,
  });
  expect(addStep(steps).steps.at(-1)).toEqual({ after: 360, team: null });
});

test('a step whose time passes another goes to its place', () => {
  const edited = changeStep(steps, 1, { after: 300, team: 'B' });
  expect(edited.steps.map(({ after }) => after)).toEqual([0, 180, 300]);
  expect(edited.place).toBe(2);
});

test('without the first step the second holds from the beginning', () => {
  expect(removeStep(steps, 0)).toEqual([{ after: 0, team: 'B' }, steps[2]]);
  expect(removeStep(steps, 2)).toEqual(steps.slice(0, 2));
});

test('a step is moved between its neighbours, in figures that people mean', () => {
  expect(rangeOf(steps, 1)).toEqual({ least: 1, most: 179 });
  expect(rangeOf(steps, 2)).toEqual({ least: 61, most: 604_800 });
  expect([7, 133, 1234, 10_000].map(roundSeconds)).toEqual([5, 135, 1260, 9900]);
});
