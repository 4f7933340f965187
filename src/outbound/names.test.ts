// What a name leads to is checked when a connection is opened, and the connection goes there.
import { expect, test } from 'vitest';
import { measureOwnTime } from '../../test/makers/measure-own-time.ts';
import { allow, openTestOutbound, request } from '../../test/makers/open-test-outbound.ts';
import {
  answerWith,
  hang,
  plainAnswer,
  startRawServer,
} from '../../test/makers/start-raw-server.ts';
import type { Lookup } from './resolve-host.ts';

/** Leads a name to one set of addresses after another, then always to the last. */
function lookupInTurn(...turns: string[][]): Lookup & { asked(): number } {
  let asked = 0;
  const lookup: Lookup = async () => {
    const addresses = turns[Math.min(asked, turns.length - 1)] ?? [];
    asked += 1;
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  return Object.assign(lookup, { asked: () => asked });
}

const nothing = allow('');

test.each([
  [['10.0.0.1']],
  [['127.0.0.1']],
  [['169.254.169.254']],
  [['8.8.8.8', '127.0.0.1']],
  [['127.0.0.1', '8.8.8.8']],
  [['2606:4700:4700::1111', '::1']],
  [['::ffff:127.0.0.1']],
  [['::ffff:7f00:1']],
  [['64:ff9b::7f00:1']],
  [['2002:7f00:1::']],
  [['fe80::1%lo']],
  [['fd00::1']],
  [['0.0.0.0']],
  [['::']],
  [['0177.0.0.1']],
  [['2130706433']],
  [['localhost']],
  [['']],
])('a name that leads to %j is blocked without a connection', async (addresses) => {
  const canary = await startRawServer(answerWith(plainAnswer));
  const outbound = openTestOutbound({ allowed: nothing, lookup: lookupInTurn(addresses) });
  const answer = await outbound.send(request(`http://hooks.example:${canary.port}/`));
  expect(answer).toMatchObject({ ok: false, error: 'blocked', literal: false, sent: false });
  expect(canary.accepted()).toBe(0);
});

test('a name that moves after the check is connected where it was checked, and then blocked', async () => {
  const checked = await startRawServer((socket) => {
    socket.on('data', () => socket.end(plainAnswer));
  });
  const { port } = checked;
  const canary = await startRawServer(answerWith(plainAnswer), { host: '127.0.0.2', port });
  const lookup = lookupInTurn(['127.0.0.1'], ['127.0.0.2']);
  const outbound = openTestOutbound({ allowed: allow('127.0.0.1'), lookup });
  const url = `http://hooks.example:${port}/`;
  expect(await outbound.send(request(url))).toMatchObject({ ok: true, address: '127.0.0.1' });
  expect(lookup.asked()).toBe(1);
  expect(await outbound.send(request(url))).toMatchObject({
    ok: false,
    error: 'blocked',
    literal: false,
    address: '127.0.0.2',
  });
  expect(canary.accepted()).toBe(0);
});

test('each look-up of a name that changes every time is the one that is connected to', async () => {
  const good = await startRawServer((socket) => {
    socket.on('data', () => socket.end(plainAnswer));
  });
  const { port } = good;
  const canary = await startRawServer(answerWith(plainAnswer), { host: '127.0.0.2', port });
  const turns = Array.from({ length: 40 }, (_, at) => [at % 2 === 0 ? '127.0.0.1' : '127.0.0.2']);
  const lookup = lookupInTurn(...turns);
  const outbound = openTestOutbound({ allowed: allow('127.0.0.1'), lookup });
  for (let count = 0; count < 40; count += 1) {
    const answer = await outbound.send(request(`http://hooks.example:${port}/`));
    expect(answer.ok).toBe(count % 2 === 0);
  }
  expect(good.accepted()).toBe(20);
  expect(canary.accepted()).toBe(0);
});

test('many requests at once resolve a name once', async () => {
  const server = await startRawServer(answerWith(plainAnswer));
  const lookup = lookupInTurn(['127.0.0.1']);
  const outbound = openTestOutbound({ lookup });
  const url = `http://hooks.example:${server.port}/`;
  await Promise.all(Array.from({ length: 30 }, () => outbound.send(request(url))));
  expect(lookup.asked()).toBe(1);
  expect(server.accepted()).toBe(8);
});

test('an unknown name, an empty answer and a failing resolver are all dns', async () => {
  const fails = Object.assign(new Error('getaddrinfo ENOTFOUND hooks.example'), {
    code: 'ENOTFOUND',
  });
  const lookups: Lookup[] = [
    async () => [],
    () => Promise.reject(fails),
    () => {
      throw new Error('no resolver');
    },
  ];
  for (const lookup of lookups) {
    const answer = await openTestOutbound({ lookup }).send(request('https://hooks.example/'));
    expect(answer).toMatchObject({ ok: false, error: 'dns', sent: false, address: null });
  }
});

test('a resolver that hangs is given up when the time to connect is over', async () => {
  const outbound = openTestOutbound({ lookup: () => new Promise(() => {}) });
  const took = measureOwnTime();
  const answer = await outbound.send(request('https://hooks.example/', { connectMs: 100 }));
  expect(took()).toBeLessThan(1000);
  expect(answer).toMatchObject({ ok: false, error: 'timeout', sent: false });
});

test('an address that refuses is followed by the next, at once', async () => {
  const server = await startRawServer(answerWith(plainAnswer), { host: '127.0.0.3' });
  const outbound = openTestOutbound({
    lookup: lookupInTurn(['127.0.0.4', '127.0.0.5', '127.0.0.3']),
  });
  const took = measureOwnTime(10);
  const answer = await outbound.send(request(`http://hooks.example:${server.port}/`));
  expect(took()).toBeLessThan(200);
  expect(answer).toMatchObject({ ok: true, address: '127.0.0.3' });
});

test('an endpoint that hangs does not hold up another', async () => {
  const slow = await startRawServer(hang);
  const quick = await startRawServer(answerWith(plainAnswer));
  const outbound = openTestOutbound();
  const hanging = Array.from({ length: 30 }, () =>
    outbound.send(request(`http://slow.example:${slow.port}/`, { timeoutMs: 1500 })),
  );
  for (let count = 0; count < 50; count += 1) {
    const took = measureOwnTime(10);
    const answer = await outbound.send(request(`http://quick.example:${quick.port}/`));
    expect(took()).toBeLessThan(500);
    expect(answer).toMatchObject({ ok: true });
  }
  expect((await Promise.all(hanging)).every(({ ok }) => !ok)).toBe(true);
});
