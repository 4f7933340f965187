// The demonstration's judge: it finds each breach, and none where there is none.
import { expect, test } from 'vitest';
import { compareWords, countDoubled, isOvertaken, isToldInOrder } from './find-breaches.ts';

test('two agents at once are seen, one after the other are not', () => {
  const ana = { agentId: 'ana', from: 0, until: 10 };
  expect(countDoubled([ana, { agentId: 'budi', from: 10, until: null }])).toBe(0);
  expect(countDoubled([{ agentId: 'budi', from: 9, until: null }, ana])).toBe(1);
  expect(
    countDoubled([
      { ...ana, until: null },
      { agentId: 'budi', from: 20, until: 30 },
    ]),
  ).toBe(1);
});

const served = (id: string, rankAt: number, assignedAt: number, since = rankAt) => ({
  ...{ id, needs: 'orders', rankAt, since, assignedAt },
});

test('who is served before one that stands in front of them has overtaken', () => {
  expect(isOvertaken(served('a', 0, 20), served('b', 1, 10))).toBe(true);
  expect(isOvertaken(served('b', 1, 10), served('a', 0, 20))).toBe(true);
  expect(isOvertaken(served('a', 0, 10), served('b', 1, 20))).toBe(false);
  expect(isOvertaken(served('a', 0, 10), served('b', 1, 10))).toBe(false);
});

test('who was moved to the front only later, or needs something else, was not overtaken', () => {
  expect(isOvertaken(served('a', 0, 20, 15), served('b', 1, 10))).toBe(false);
  const elsewhere = { ...served('a', 0, 20), needs: 'billing' };
  expect(isOvertaken(elsewhere, served('b', 1, 10))).toBe(false);
});

test('words that are lost, doubled or out of order are counted', () => {
  expect(compareWords(['hi', 'ok', 'ok'], ['hi', 'ok', 'ok'])).toEqual({ lost: 0, misplaced: 0 });
  expect(compareWords(['hi', 'ok'], ['hi'])).toEqual({ lost: 1, misplaced: 0 });
  expect(compareWords(['hi'], ['hi', 'hi'])).toEqual({ lost: 0, misplaced: 1 });
  expect(compareWords(['hi', 'ok'], ['ok', 'hi'])).toEqual({ lost: 0, misplaced: 1 });
});

test('a close that is told before the assignment is out of order', () => {
  expect(isToldInOrder(['open', 'inprogress', 'inprogress', 'close'])).toBe(true);
  expect(isToldInOrder(['open', 'close', 'inprogress'])).toBe(false);
  expect(isToldInOrder(['inprogress', 'open'])).toBe(false);
});
