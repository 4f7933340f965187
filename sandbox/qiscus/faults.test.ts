// What the switches do to the API's answers, and whether the call took effect all the same.
import { expect, test } from 'vitest';
import { makeRoom, type Outsider, startOutsider } from './test-outsiders.ts';

const AGENTS = '/api/v2/admin/agents';

/** An agent, a room that waits, and the call that brings them together. */
function prepareAssign(outsider: Outsider) {
  const { id } = outsider.qiscus.addAgent({ name: 'Ana' });
  const roomId = makeRoom(outsider);
  const form = { room_id: roomId, agent_id: String(id), max_agent: '1' };
  return {
    assign: (patienceMs?: number) =>
      outsider.call('/api/v1/admin/service/assign_agent', {
        form,
        ...(patienceMs !== undefined && { patienceMs }),
      }),
    agents: () => outsider.qiscus.room(roomId)?.agentIds,
    id,
  };
}

test('latencyMs is spent half before the effect and half after it', async () => {
  const outsider = await startOutsider({ latencyMs: 600 });
  const { assign, agents, id } = prepareAssign(outsider);
  const startedAt = Date.now();
  let effectMs = 0;
  outsider.qiscus.onAssigned(() => {
    effectMs = Date.now() - startedAt;
  });
  expect(await assign()).toMatchObject({ status: 200 });
  expect(effectMs).toBeGreaterThanOrEqual(290);
  expect(Date.now() - startedAt - effectMs).toBeGreaterThanOrEqual(290);
  expect(agents()).toEqual([id]);
});

test('latencyMs may be drawn from a range', async () => {
  const outsider = await startOutsider({ latencyMs: { min: 200, max: 250 } });
  const startedAt = Date.now();
  await outsider.call(AGENTS);
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(190);
});

test('hang: no answer and no effect', async () => {
  const outsider = await startOutsider({ hang: 1 });
  const { assign, agents } = prepareAssign(outsider);
  await expect(assign(2000)).rejects.toThrow(/timeout/);
  expect(agents()).toEqual([]);
  expect(outsider.qiscus.calls()).toMatchObject([{ status: null }]);
});

test.each([
  [null, null],
  [7, '7'],
])('rate429 with Retry-After %s: no effect', async (retryAfterSeconds, header) => {
  const outsider = await startOutsider({ rate429: { probability: 1, retryAfterSeconds } });
  const { assign, agents } = prepareAssign(outsider);
  const answer = await assign();
  expect(answer).toMatchObject({ status: 429, json: { errors: 'Too many requests' } });
  expect(answer.headers.get('retry-after')).toBe(header);
  expect(agents()).toEqual([]);
});

test('error5xx: 500, 502 and 503 without effect', async () => {
  const outsider = await startOutsider({ error5xx: 1 });
  const { assign, agents } = prepareAssign(outsider);
  const statuses = new Set<number>();
  for (let n = 0; n < 30; n += 1) statuses.add((await assign()).status);
  expect([...statuses].sort()).toEqual([500, 502, 503]);
  expect(agents()).toEqual([]);
});

test('applyThenReset: the write takes effect and the connection breaks; reads are spared', async () => {
  const outsider = await startOutsider({ applyThenReset: 1 });
  const { assign, agents, id } = prepareAssign(outsider);
  await expect(assign()).rejects.toThrow('fetch failed');
  expect(agents()).toEqual([id]);
  expect(await outsider.call(AGENTS)).toMatchObject({ status: 200 });
});

test('applyThenHang: the write takes effect and no answer comes; reads are spared', async () => {
  const outsider = await startOutsider({ applyThenHang: 1 });
  const { assign, agents, id } = prepareAssign(outsider);
  await expect(assign(2000)).rejects.toThrow(/timeout/);
  expect(agents()).toEqual([id]);
  expect(await outsider.call(AGENTS)).toMatchObject({ status: 200 });
});

test.each(['applyThenReset', 'applyThenHang'])(
  '%s leaves a call alone that took no effect because of another disturbance',
  async (name) => {
    const outsider = await startOutsider({ error5xx: 1, [name]: 1 });
    const { assign } = prepareAssign(outsider);
    expect((await assign(10_000)).status).toBeGreaterThanOrEqual(500);
  },
);

test('htmlBody: the status and the effect stay, the body is a page', async () => {
  const outsider = await startOutsider({ htmlBody: 1 });
  const { assign, agents, id } = prepareAssign(outsider);
  const answer = await assign();
  expect(answer).toMatchObject({ status: 200, text: expect.stringMatching(/^<!DOCTYPE html>/) });
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(agents()).toEqual([id]);
});

test('emptyBody: the status and the effect stay, the body is empty', async () => {
  const outsider = await startOutsider({ emptyBody: 1 });
  const { assign, agents, id } = prepareAssign(outsider);
  expect(await assign()).toMatchObject({ status: 200, text: '' });
  expect(agents()).toEqual([id]);
});

test('faultPaths narrows the disturbances to the calls that it names', async () => {
  const outsider = await startOutsider({ error5xx: 1, faultPaths: ['assign_agent'] });
  const { assign } = prepareAssign(outsider);
  expect(await outsider.call(AGENTS)).toMatchObject({ status: 200 });
  expect((await assign()).status).toBeGreaterThanOrEqual(500);
});

test('the same seed draws the same disturbances', async () => {
  const draw = async (seed: number) => {
    const { call } = await startOutsider({ error5xx: 0.5 }, { seed });
    const statuses: number[] = [];
    for (let n = 0; n < 16; n += 1) statuses.push((await call(AGENTS)).status);
    return statuses;
  };
  const first = await draw(7);
  expect(await draw(7)).toEqual(first);
  expect(await draw(8)).not.toEqual(first);
});

test('every call is recorded, unknown and unreadable ones too', async () => {
  const { call, qiscus } = await startOutsider();
  await call('/api/v1/nowhere', { query: { a: '1' } });
  const broken = { body: '{', method: 'POST', headers: { 'content-type': 'application/json' } };
  await fetch(new URL('/api/v1/auth', qiscus.url), broken);
  expect(qiscus.calls()).toMatchObject([
    { method: 'GET', path: '/api/v1/nowhere', query: { a: '1' }, status: 404 },
    { method: 'POST', path: '/api/v1/auth', status: 400 },
  ]);
});
