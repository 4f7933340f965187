// Keys and what they do.
import { expect, test } from 'vitest';
import { type KeyPress, keyActions, makeKeyReader, printKeys } from './key-map.ts';

const press = (key: string, fields: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ...{ meta: false, ctrl: false, alt: false, writing: false },
  ...fields,
});

test('no two actions that can be meant at once share their keys', () => {
  const taken = Object.values(keyActions)
    .filter(({ scope }) => scope !== 'writing')
    .flatMap(({ keys }) => [...keys]);
  expect(new Set(taken).size).toBe(taken.length);
});

test('a letter acts, but not while one writes', () => {
  const read = makeKeyReader();
  expect(read(press('j'), 0)).toBe('next');
  expect(read(press('j', { writing: true }), 0)).toBeNull();
});

test('the command bar opens even while one writes, with either key', () => {
  const read = makeKeyReader();
  expect(read(press('k', { ctrl: true, writing: true }), 0)).toBe('commands');
  expect(read(press('K', { meta: true }), 0)).toBe('commands');
  expect(read(press('e', { ctrl: true }), 0)).toBeNull();
});

test('g waits for its second key, and only for a second', () => {
  const read = makeKeyReader();
  expect(read(press('g'), 0)).toBeNull();
  expect(read(press('l'), 500)).toBe('goLive');
  expect(read(press('g'), 1000)).toBeNull();
  expect(read(press('a'), 2500)).toBe('assign');
});

test('with Shift an arrow is another key, and a letter a capital one', () => {
  const read = makeKeyReader();
  expect(read(press('ArrowDown', { shift: true }), 0)).toBe('selectNext');
  expect(read(press('ArrowDown'), 0)).toBeNull();
  expect(read(press('U', { shift: true }), 0)).toBe('unread');
  expect(read(press('u'), 0)).toBe('requeue');
});

test('keys are printed as they stand on the keyboard', () => {
  expect(printKeys('mod+k', true)).toBe('⌘ k');
  expect(printKeys('mod+k', false)).toBe('Ctrl k');
  expect(printKeys('shift+ArrowDown', false)).toBe('Shift ↓');
  expect(printKeys('U', false)).toBe('Shift U');
});
