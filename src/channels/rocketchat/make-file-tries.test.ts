// How often a file may fail before it is named instead.
import { expect, test } from 'vitest';
import { makeFileTries } from './make-file-tries.ts';

test('a file is given up at its fifth failure, and counts anew once it was had', () => {
  const tries = makeFileTries();
  const fail = (file: string, times: number) =>
    Array.from({ length: times }, () => tries.fail(file)).filter(Boolean).length;
  expect(fail('map', 4)).toBe(0);
  expect(fail('plan', 4)).toBe(0);
  expect(fail('map', 1)).toBe(1);
  tries.forget('plan');
  expect(fail('plan', 4)).toBe(0);
});

test('of very many files the one that failed longest ago counts anew', () => {
  const tries = makeFileTries();
  for (let time = 0; time < 4; time += 1) {
    for (let n = 0; n < 1001; n += 1) tries.fail(`file ${n}`);
  }
  expect(tries.fail('file 0')).toBe(false);
});
