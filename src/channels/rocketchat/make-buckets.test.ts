import { expect, test } from 'vitest';
import { makeBuckets } from './make-buckets.ts';
import { splitText } from './split-text.ts';

function start(limit = 10) {
  let now = 0;
  const buckets = makeBuckets(
    () => limit,
    () => now,
  );
  const pass = (ms: number) => {
    now += ms;
  };
  return { buckets, pass };
}

test('a minute’s calls may be made at once, then one each tenth of it, for each address by itself', () => {
  const { buckets, pass } = start();
  for (let n = 0; n < 10; n += 1) expect(buckets.take('a')).toBe(0);
  expect(buckets.take('a')).toBe(6000);
  expect(buckets.take('b')).toBe(0);
  pass(6000);
  expect(buckets.take('a')).toBe(0);
  expect(buckets.take('a')).toBe(6000);
});

test('an address that was told to wait is left alone so long, and can then be called', () => {
  const { buckets, pass } = start(1);
  expect(buckets.take('a')).toBe(0);
  buckets.pause('a', 20_000);
  pass(19_000);
  expect(buckets.take('a')).toBe(1000);
  pass(1000);
  expect(buckets.take('a')).toBe(0);
});

test('a long text is cut between words, never within a character, and nothing of it is lost', () => {
  expect(splitText('')).toEqual([]);
  expect(splitText('one two three', 8)).toEqual(['one two', 'three']);
  const faces = '😀'.repeat(9);
  const parts = splitText(faces, 5);
  expect(parts.join('')).toBe(faces);
  expect(parts.every((part) => part.isWellFormed() && part.length <= 5)).toBe(true);
});
