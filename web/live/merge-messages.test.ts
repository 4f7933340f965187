// Messages after an answer, a gap, a repeat.
import { expect, test } from 'vitest';
import type { Message } from '../api/shapes.ts';
import { askAfter, mergeMessages } from './merge-messages.ts';

const message = (seq: number, state: 'sending' | 'delivered' | 'not-delivered' = 'delivered') =>
  ({ id: `m${seq}`, seq, delivery: { state, reason: null } }) as Message;

test('none is there twice, and they stand in the order of their numbers', () => {
  const merged = mergeMessages([message(1), message(3)], [message(3), message(2), message(4)]);
  expect(merged.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
});

test('the newer state of a message replaces the older', () => {
  const [merged] = mergeMessages([message(1, 'sending')], [message(1, 'delivered')]);
  expect(merged?.delivery?.state).toBe('delivered');
});

test('what has not changed is the very same as before', () => {
  const [first, second] = [message(1), message(2, 'sending')];
  const merged = mergeMessages([first, second], [message(1), message(2), message(3)]);
  expect(merged[0]).toBe(first);
  expect(merged[1]).not.toBe(second);
  expect(mergeMessages([second], [first])).toEqual([first, second]);
});

test('it asks from the newest on, or from the first that has not arrived', () => {
  expect(askAfter([])).toBe(0);
  expect(askAfter([message(1), message(2)])).toBe(2);
  expect(askAfter([message(1), message(2, 'sending'), message(3)])).toBe(1);
  expect(askAfter([message(1), message(2, 'not-delivered'), message(3)])).toBe(1);
});

test('it asks for what is missing before an own message that was answered first', () => {
  expect(askAfter([message(1), message(3)])).toBe(1);
  expect(askAfter([message(1), message(3), message(4, 'sending')])).toBe(1);
  expect(askAfter([message(1, 'sending'), message(3)])).toBe(0);
  expect(askAfter([message(7), message(8)])).toBe(8);
});
