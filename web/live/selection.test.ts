// Selecting rows by keys.
import { afterEach, expect, test } from 'vitest';
import { extendSelection, readSelection, select, toggleSelected } from './selection.ts';

const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
const down = () => extendSelection(rows, { from: 'b', by: 1 });
const up = () => extendSelection(rows, { from: 'b', by: -1 });

afterEach(() => select(null));

test('Shift and an arrow select from the open row on, and take the last back on the way back', () => {
  expect(down()).toBe(2);
  expect([...(readSelection() ?? [])]).toEqual(['b', 'c']);
  expect(down()).toBe(3);
  expect(up()).toBe(2);
  expect([...(readSelection() ?? [])]).toEqual(['b', 'c']);
});

test('at the end of the list nothing more is selected', () => {
  toggleSelected('d');
  expect(down()).toBe(3);
  expect([...(readSelection() ?? [])]).toEqual(['d']);
});

test('what is toggled twice is not selected, and then nothing is', () => {
  toggleSelected('a');
  toggleSelected('a');
  expect(readSelection()).toBeNull();
});
