// What one subscriber is given at a time, and what goes back.
import { expect, test } from 'vitest';
import type { Delivery } from '../store/delivery-claims.ts';
import { MOST_AHEAD, makeSeat, makeSeats, type Seat } from './seat.ts';

const clock = { elapsed: () => 0 };
const LONGEST_WAIT_MS = 15_000;
const delivery = (deliveryId: number) => ({ deliveryId }) as Delivery;
const idsOf = (found: Delivery[]) => found.map(({ deliveryId }) => deliveryId);

function give(seat: Seat, count: number): void {
  for (let id = 1; id <= count; id += 1) seat.give(delivery(id));
}

function end(seat: Seat, succeeded: boolean, latencyMs = 1): void {
  seat.ended(succeeded, latencyMs);
  seat.settled();
}

test('an endpoint gets eight at a time, in the order in which they were given', () => {
  const seat = makeSeat('endpoint', clock);
  give(seat, 10);
  expect(idsOf(seat.next())).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(seat.next()).toEqual([]);
  end(seat, true);
  expect(idsOf(seat.next())).toEqual([9]);
});

test('an outside system’s channel gets sixty-four', () => {
  const seat = makeSeat('channel', clock);
  give(seat, 64);
  expect(seat.next()).toHaveLength(64);
});

test('a place is free again only when the end is written', () => {
  const seat = makeSeat('endpoint', clock);
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
  const seat = makeSeat('endpoint', clock);
  give(seat, 1);
  seat.next();
  end(seat, true, 5000);
  expect(seat.free()).toBe(8);
});

test('after ten failures in a row one at a time, until a success', () => {
  const seat = makeSeat('endpoint', clock);
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
  const seat = makeSeat('endpoint', clock);
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
  let now = 0;
  const seat = makeSeat('endpoint', { elapsed: () => now });
  give(seat, 9);
  seat.next();
  now += 20_000;
  seat.give(delivery(10));
  expect(idsOf(seat.takeOut(false))).toEqual([9]);
  expect(idsOf(seat.takeOut(true))).toEqual([10]);
  expect(seat.takeOut(true)).toEqual([]);
  for (let sent = 0; sent < 8; sent += 1) end(seat, true);
  expect(seat.isEmpty).toBe(true);
});

test('it is slow from an average of a tenth of a second on, in which the latest answers count most', () => {
  const freeAfter = (...latencies: number[]) => {
    const seat = makeSeat('endpoint', clock);
    give(seat, latencies.length);
    seat.next();
    for (const latencyMs of latencies) end(seat, true, latencyMs);
    return seat.free();
  };
  expect(freeAfter(499)).toBe(MOST_AHEAD);
  expect(freeAfter(500)).toBe(8);
  expect(freeAfter(600, 1)).toBe(MOST_AHEAD);
  expect(freeAfter(700, 1)).toBe(8);
  expect(freeAfter(200, 200, 200)).toBe(MOST_AHEAD);
  expect(freeAfter(200, 200, 200, 200)).toBe(8);
});

test('while 128 wait it is given no more', () => {
  const seat = makeSeat('endpoint', clock);
  give(seat, 127);
  expect(seat.free()).toBe(MOST_AHEAD - 127);
  seat.give(delivery(128));
  expect(seat.free()).toBe(0);
  seat.next();
  expect(seat.free()).toBe(MOST_AHEAD - 128);
});

test('what was under way when it became slow counts, and never makes its room less than none', () => {
  const seat = makeSeat('endpoint', clock);
  give(seat, 20);
  seat.next();
  end(seat, true, 5000);
  expect([seat.open(), seat.free()]).toEqual([19, 0]);
});

test('nine failures change nothing, and a success starts the count anew', () => {
  const seat = makeSeat('endpoint', clock);
  const fail = (times: number) => {
    for (let n = 0; n < times; n += 1) {
      seat.give(delivery(n));
      seat.next();
      end(seat, false);
    }
  };
  fail(9);
  expect(seat.free()).toBe(MOST_AHEAD);
  fail(1);
  expect(seat.free()).toBe(1);
  seat.give(delivery(1));
  seat.next();
  end(seat, true);
  fail(9);
  expect(seat.free()).toBe(MOST_AHEAD);
});

test('what was given back takes no turn, and is no failure', () => {
  const seat = makeSeat('endpoint', clock);
  give(seat, 30);
  seat.next();
  for (let n = 0; n < 10; n += 1) {
    seat.givenBack();
    seat.settled();
    expect(seat.next()).toHaveLength(1);
  }
  expect(seat.free()).toBe(MOST_AHEAD - 20);
});

test('what has waited for just as long as it may is sent; what has waited longer is not', () => {
  let now = 0;
  const seat = makeSeat('endpoint', { elapsed: () => now });
  seat.give(delivery(1));
  now += 1;
  seat.give(delivery(2));
  now += LONGEST_WAIT_MS;
  expect(idsOf(seat.next())).toEqual([2]);
  expect(seat.next()).toEqual([]);
  seat.give(delivery(3));
  now += LONGEST_WAIT_MS;
  expect(idsOf(seat.takeOut(false))).toEqual([1]);
  expect(seat.open()).toBe(2);
  expect(idsOf(seat.next())).toEqual([3]);
});

const ofEndpoint = (deliveryId: number, subscriberId: string) =>
  ({ deliveryId, subscriberId, eventId: 'event' }) as unknown as Delivery;

test('each subscriber has a seat of its own, for as long as it is being sent something', () => {
  const seats = makeSeats(clock);
  expect([...seats.places()]).toEqual([]);
  const all = [1, 2, 3].map((id) => ofEndpoint(id, id === 3 ? 'b' : 'a'));
  seats.give(all);
  expect([...seats.places()]).toEqual([
    ['a', { free: MOST_AHEAD - 2, open: 2 }],
    ['b', { free: MOST_AHEAD - 1, open: 1 }],
  ]);
  const next = seats.next();
  expect(idsOf(next.map((one) => one.delivery))).toEqual([1, 2, 3]);
  expect(seats.next()).toEqual([]);
  for (const { seat, delivery } of next.slice(0, 2)) {
    seat.ended(true, 1);
    expect([...seats.places().keys()]).toEqual(['a', 'b']);
    expect(seats.settle(seat, delivery)).toBe(true);
  }
  expect([...seats.places().keys()]).toEqual(['b']);
  expect(idsOf(seats.underWay())).toEqual([3]);
});

test('a channel is told from an endpoint by what it is sent', () => {
  const seats = makeSeats(clock);
  const orders = Array.from({ length: 70 }, (_, id) => ofEndpoint(id, 'channel'));
  seats.give(orders.map((order) => ({ ...order, eventId: null })));
  seats.give(orders.map((order) => ({ ...order, subscriberId: 'endpoint' })));
  const sent = seats.next().map((one) => one.delivery.subscriberId);
  expect(sent.filter((id) => id === 'channel')).toHaveLength(64);
  expect(sent.filter((id) => id === 'endpoint')).toHaveLength(8);
});

test('who has no room for more when one has ended is not looked for', () => {
  const seats = makeSeats(clock);
  seats.give(Array.from({ length: 140 }, (_, id) => ofEndpoint(id, 'a')));
  expect(seats.hasRoom()).toBe(false);
  const [first] = seats.next();
  if (first === undefined) throw new Error('Nothing is sent.');
  first.seat.ended(true, 1);
  expect(seats.settle(first.seat, first.delivery)).toBe(false);
  seats.give([ofEndpoint(200, 'b')]);
  expect(seats.hasRoom()).toBe(true);
});

test('whoever is being sent nothing has room', () => {
  expect(makeSeats(clock).hasRoom()).toBe(true);
});

test('what is taken out is under way no more, whoever it is for', () => {
  let now = 0;
  const seats = makeSeats({ elapsed: () => now });
  seats.give([ofEndpoint(1, 'a'), ofEndpoint(2, 'b')]);
  const [sent] = seats.next();
  seats.give([ofEndpoint(3, 'a'), ofEndpoint(4, 'b')]);
  now += LONGEST_WAIT_MS + 1;
  seats.give([ofEndpoint(5, 'b')]);
  expect(idsOf(seats.takeOut(false))).toEqual([3, 4]);
  expect(idsOf(seats.underWay())).toEqual([1, 2, 5]);
  expect(idsOf(seats.takeOut(true))).toEqual([5]);
  expect(idsOf(seats.underWay())).toEqual([1, 2]);
  expect(sent?.seat.open()).toBe(1);
});
