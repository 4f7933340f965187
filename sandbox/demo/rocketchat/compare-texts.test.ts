import { expect, test } from 'vitest';
import { compareTexts } from './compare-texts.ts';

test.each([
  [['a', 'b', 'c'], { lost: 0, doubled: 0, overtaken: 0 }],
  [['a', 'c'], { lost: 1, doubled: 0, overtaken: 0 }],
  [['a', 'b', 'b', 'c'], { lost: 0, doubled: 1, overtaken: 0 }],
  [['b', 'a', 'c'], { lost: 0, doubled: 0, overtaken: 1 }],
  [['c', 'c', 'x'], { lost: 2, doubled: 2, overtaken: 0 }],
  [[], { lost: 3, doubled: 0, overtaken: 0 }],
])('of a, b, c there arrived %j', (arrived, expected) => {
  expect(compareTexts(['a', 'b', 'c'], arrived)).toEqual(expected);
});
