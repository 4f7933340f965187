// Builds whose files import each other in a circle.
import { expect, test } from 'vitest';
import { findCircle } from './refuse-circles.ts';

const file = (...imports: string[]) => ({ type: 'chunk', imports });

test('a circle is named by all its files, wherever it is entered', () => {
  const files = { start: file('a'), a: file('b'), b: file('c', 'd'), c: file(), d: file('a') };
  expect(findCircle(files)).toEqual(['a', 'b', 'd', 'a']);
});

test('a file that several import, and one that is not of the build, make no circle', () => {
  const files = { start: file('a', 'b'), a: file('c', 'elsewhere'), b: file('c'), c: file() };
  expect(findCircle({ ...files, 'style.css': { type: 'asset' } })).toBeNull();
});
