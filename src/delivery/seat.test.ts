// What one subscriber is given at a time, and what goes back.
import { afterEach, expect, test, vi } from 'vitest';
import type { Delivery } from '../store/delivery-claims.ts';
import { MOST_AHEAD, makeSeat, type Seat } from './seat.ts';

const delivery = (deliveryId: number) => ({ deliveryId }) as Delivery;
const idsOf = (found: Delivery[]) => found.map(({ deliveryId }) => deliveryId);

function give(seat: Seat, count: number): void {
  for (let id = 1; id <= count; id += 1) seat.give(delivery(id));
}

function end(seat: Seat, succeeded: boolean, latencyMs = 1): void {
  seat.ended(succeeded, latencyMs);
  seat.settled();
}

afterEach(() => void vi.useRealTimers());

test('an endpoint gets eight at a time, in the order in which they were given', () => {
  const seat = makeSeat('endpoint');
  give(seat, 10);
  expect(idsOf(seat.next())).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(seat.next()).toEqual([]);
  end(seat, true);
  expect(idsOf(seat.next())).toEqual([9]);
});

test('an outside system’s channel gets sixty-four', () => {
  const seat = makeSeat('channel');
  give(seat, 64);
  expect(seat.next()).toHaveLength(64);
});

test('a place is free again only when the end is written', () => {
  const seat = makeSeat('endpoint');
  give(seat, MOST_AHEAD);
  expect(seat.free()).toBe(0);
  for (let sent = seat.next(); sent.length > 0; sent = seat.next()) {
    for (const _ of sent) seat.ended(true, 1);
  }
  expect(seat.free()).toBe(0);
  seat.settled();
  expect(seat.free()).toBe(1);
});

test('a slow one is given no more than it is sent at a time', () => {
  const seat = makeSeat('endpoint');
  give(seat, 1);
  seat.next();
  end(seat, true, 5000);
  expect(seat.free()).toBe(8);
});

test('after ten failures in a row one at a time, until a success', () => {
  const seat = makeSeat('endpoint');
  give(seat, 40);
  for (let failures = 0; failures < 10; failures += 1) {
    if (failures % 8 === 0) seat.next();
    end(seat, false);
  }
  seat.next();
  for (let left = 0; left < 6; left += 1) end(seat, false);
  expect(seat.next()).toHaveLength(1);
  expect(seat.free()).toBe(0);
  end(seat, true);
  expect(seat.next()).toHaveLength(8);
});

test('what waits behind a failing one goes back, but not what is under way', () => {
  const seat = makeSeat('endpoint');
  give(seat, 20);
  seat.next();
  expect(seat.takeOut(false)).toEqual([]);
  for (let failures = 0; failures < 8; failures += 1) end(seat, false);
  seat.next();
  for (let failures = 0; failures < 2; failures += 1) seat.ended(false, 1);
  expect(idsOf(seat.takeOut(false))).toEqual([17, 18, 19, 20]);
  expect(seat.isEmpty).toBe(false);
});

test('what has waited too long goes back, and all of it when the node stops', () => {
  vi.useFakeTimers();
  const seat = makeSeat('endpoint');
  give(seat, 9);
  seat.next();
  vi.advanceTimersByTime(20_000);
  seat.give(delivery(10));
  expect(idsOf(seat.takeOut(false))).toEqual([9]);
  expect(idsOf(seat.takeOut(true))).toEqual([10]);
  for (let sent = 0; sent < 8; sent += 1) end(seat, true);
  expect(seat.isEmpty).toBe(true);
});
