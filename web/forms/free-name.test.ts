import { expect, test } from 'vitest';
import { freeName } from './free-name.ts';

test('a name that is taken gets the first number that is free, and stays short enough', () => {
  expect(freeName('Night', [])).toBe('Night');
  expect(freeName('Night', ['Night', 'Night 2'])).toBe('Night 3');
  const long = 'x'.repeat(100);
  expect(freeName(long, [long])).toBe(`${'x'.repeat(98)} 2`);
});
