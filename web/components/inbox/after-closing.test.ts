import { expect, test } from 'vitest';
import { neighbourOf } from './after-closing.ts';

const rows = ['a', 'b', 'c'].map((id) => ({ id }));

test.each([
  ['a', 'b'],
  ['b', 'c'],
  ['c', 'b'],
  ['d', null],
])('after %s comes %s', (id, next) => {
  expect(neighbourOf(rows, id)?.id ?? null).toBe(next);
});

test('nothing comes after the only one', () => {
  expect(neighbourOf([{ id: 'a' }], 'a')).toBeNull();
});
