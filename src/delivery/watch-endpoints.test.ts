// The record of each endpoint, and who is switched off for good reason.
import { expect, test } from 'vitest';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { makeEndpoint } from '../../test/makers/make-endpoint.ts';
import { getEndpoint } from '../store/endpoints.ts';
import type { Attempt } from './attempt-once.ts';
import type { Carried } from './carrier.ts';
import { type Disable, watchEndpoints } from './watch-endpoints.ts';

type Disabled = Parameters<Disable>[0];

async function watch() {
  const place = await makeDesk();
  const endpointId = await makeEndpoint(place);
  const disabled: Disabled[] = [];
  const disable: Disable = async (one) => void disabled.push(one);
  const { pool } = place.database;
  const note = watchEndpoints({ db: pool, clock: place.clock, disable });
  const { workspaceId } = place;
  return {
    place,
    disabled,
    endpointId,
    note: (...attempts: Attempt[]) => note(workspaceId, attempts),
    attempt: (state: Carried['state'], change: Partial<Carried> = {}) =>
      makeAttempt(endpointId, { state, result: 'x', ...change }),
    record: async () => {
      const row = await getEndpoint(pool, { workspaceId, endpointId });
      return { failures: row?.failures, failing: row?.failingSince !== null };
    },
    age: (days: number) => place.clock.advance(days * 86_400_000),
  };
}

function makeAttempt(subscriberId: string, carried: Carried): Attempt {
  const delivery = {
    subscriberId,
    eventId: 'an event',
    type: 'conversation.closed',
  } as Attempt['delivery'];
  return { delivery, carried, latencyMs: 1 };
}

test('failures are counted since the last success, in the order of their ends', async () => {
  const { note, attempt, record } = await watch();
  await note(attempt('retry'), attempt('failed'));
  expect(await record()).toEqual({ failures: 2, failing: true });
  await note(attempt('retry'), attempt('done'), attempt('retry'));
  expect(await record()).toEqual({ failures: 1, failing: true });
  await note(attempt('retry'), attempt('done'));
  expect(await record()).toEqual({ failures: 0, failing: false });
});

test('one that says it wants nothing more is switched off at once', async () => {
  const { note, attempt, disabled, endpointId, place } = await watch();
  await note(attempt('done'), attempt('failed', { gone: true }));
  const { workspaceId } = place;
  expect(disabled).toEqual([{ workspaceId, endpointId, reason: 'gone' }]);
});

test('one that cannot be switched off keeps none of the others', async () => {
  const place = await makeDesk();
  const [stuck, other] = [await makeEndpoint(place), await makeEndpoint(place)];
  const disabled: string[] = [];
  const disable: Disable = async ({ endpointId }) => {
    if (endpointId === stuck) throw new Error('stuck');
    disabled.push(endpointId);
  };
  const note = watchEndpoints({ db: place.database.pool, clock: place.clock, disable });
  const gone = [stuck, other].map((id) =>
    makeAttempt(id, { state: 'failed', result: 'x', gone: true }),
  );
  await expect(note(place.workspaceId, gone)).rejects.toThrow('stuck');
  expect(disabled).toEqual([other]);
});

test('ten failures and five days without a success: both are needed', async () => {
  const { note, attempt, disabled, age } = await watch();
  const fail = (times: number) => note(...Array.from({ length: times }, () => attempt('retry')));
  await fail(9);
  await age(6);
  expect(disabled).toEqual([]);
  await fail(1);
  expect(disabled).toMatchObject([{ reason: 'failing' }]);
});

test('a hundred failures within four days switch nothing off', async () => {
  const { note, attempt, disabled, age } = await watch();
  await note(...Array.from({ length: 99 }, () => attempt('retry')));
  await age(4);
  await note(attempt('retry'));
  expect(disabled).toEqual([]);
});

test('a success begins the five days anew', async () => {
  const { note, attempt, disabled, age } = await watch();
  await note(...Array.from({ length: 20 }, () => attempt('retry')));
  await age(6);
  await note(attempt('done'));
  await note(...Array.from({ length: 20 }, () => attempt('retry')));
  expect(disabled).toEqual([]);
});

test('attempts at an outside system are no endpoint’s', async () => {
  const { note, attempt, record } = await watch();
  const { carried, latencyMs, delivery } = attempt('retry');
  await note({ carried, latencyMs, delivery: { ...delivery, eventId: null } });
  expect(await record()).toEqual({ failures: 0, failing: false });
});
