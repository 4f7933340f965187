// Limits per channel, pace and wrap-up through the doors: what an agent is given, when, and what is said of it.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Decisions } from '../../src/contract/decisions.ts';
import type { WhyNot } from '../../src/contract/why-not.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';

async function begin(environment: Record<string, string> = {}) {
  const usher = await startTestUsher(environment);
  const { call } = usher;
  const addChannel = async (name: string) => {
    const made = await call('POST', '/api/v1/channels', { body: { kind: 'api', name } });
    return (made.body as { id: string }).id;
  };
  const shop = await addChannel('Shop');
  const addAgent = async (name: string, fields: object = {}) => {
    const body = { name, capacity: 9, availability: 'online', ...fields };
    const made = await call('POST', '/api/v1/agents', { body });
    expect(made.status, made.text).toBe(201);
    return made.body as Agent;
  };
  const open = async (channelId = shop) => {
    const body = { externalId: randomUUID(), contact: { externalId: randomUUID(), name: 'Eka' } };
    const made = await call('POST', `/api/v1/channels/${channelId}/conversations`, { body });
    return (made.body as Conversation).id;
  };
  const get = async (id: string) =>
    (await call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
  const agent = async (id: string) => (await call('GET', `/api/v1/agents/${id}`)).body as Agent;
  const held = (id: string) =>
    eventually(
      () => get(id),
      ({ agentId }) => agentId !== null,
    );
  const close = (id: string) =>
    call('POST', `/api/v1/conversations/${id}/close`, { body: { reason: 'solved' } });
  const change = (id: string, body: object) => call('PATCH', `/api/v1/agents/${id}`, { body });
  const whyNot = async (id: string, agentId: string) =>
    (await call('GET', `/api/v1/conversations/${id}/why-not/${agentId}`)).body as WhyNot;
  const why = async (id: string) =>
    (await call('GET', `/api/v1/conversations/${id}/decisions`)).body as Decisions;
  return {
    ...{ usher, call, shop, addChannel, addAgent, open, get, agent, held, close, change },
    ...{ whyNot, why },
  };
}

/** A pass has run since, and still nobody has it. */
async function stillWaits(world: Awaited<ReturnType<typeof begin>>, id: string): Promise<void> {
  const { call } = world.usher;
  const passes = async () => {
    const { text } = await call('GET', '/metrics');
    return Number(/^usher_pass_seconds_count(?:\{.*\})? (\d+)/m.exec(text)?.[1] ?? 0);
  };
  const before = await passes();
  const { items } = (await call('GET', '/api/v1/agents')).body as { items: Agent[] };
  const [{ id: agentId, capacity } = {}] = items;
  await call('PATCH', `/api/v1/agents/${agentId}`, { body: { capacity } });
  await eventually(passes, (now) => now > before);
  expect((await world.get(id)).agentId).toBeNull();
}

test('a limit of a channel or its kind holds beside the capacity, and is told with its figures', async () => {
  const world = await begin();
  const other = await world.addChannel('Other shop');
  const ana = await world.addAgent('Ana', { limits: { API: 3, 'other SHOP': 1 } });
  expect(ana.effectiveLimits).toEqual(
    [
      { scope: 'api', most: 3, load: 0 },
      { scope: other, most: 1, load: 0 },
    ].toSorted((a, b) => (a.scope < b.scope ? -1 : 1)),
  );
  await world.held(await world.open(other));
  const second = await world.open(other);
  await stillWaits(world, second);
  const { reasons, explanation } = await world.whyNot(second, ana.id);
  expect(reasons).toEqual([
    { code: 'at-limit', channel: 'Other shop', held: 1, most: 1, weight: 1 },
  ]);
  expect(explanation).toEqual([
    'Ana is at the limit: 1 of 1 of Other shop in use, and it takes 1.',
  ]);
  await world.held(await world.open());
  await world.held(await world.open());
  const third = await world.open();
  await stillWaits(world, third);
  expect((await world.whyNot(third, ana.id)).reasons).toMatchObject([
    { code: 'at-limit', channel: 'api', held: 3, most: 3 },
    { code: 'others-before', count: 1 },
  ]);
  expect((await world.why(third)).explanation).toContain(
    'It is released when Ana (3 of 3 of API) ends one of these, or when that limit is raised.',
  );
  const byHand = await world.call('POST', `/api/v1/conversations/${third}/assign`, {
    body: { agentId: ana.id },
  });
  expect(byHand.body).toMatchObject({
    ...{ status: 409, code: 'agent.at-capacity' },
    detail: 'Ana holds 3 of 3 of the kind API. A supervisor may send "force": true.',
  });
  await world.change(ana.id, { limits: {} });
  await world.held(third);
  await world.held(second);
});

test('what is forced past a limit is held, and the limit holds again once as much has ended', async () => {
  const world = await begin();
  const ana = await world.addAgent('Ana', { limits: { api: 1 } });
  const first = await world.open();
  await world.held(first);
  const second = await world.open();
  const forced = await world.call('POST', `/api/v1/conversations/${second}/assign`, {
    body: { agentId: ana.id, force: true },
  });
  expect(forced.status, forced.text).toBe(200);
  expect((await world.agent(ana.id)).effectiveLimits).toEqual([{ scope: 'api', most: 1, load: 2 }]);
  const third = await world.open();
  await world.close(first);
  await stillWaits(world, third);
  await world.close(second);
  await world.held(third);
  const { rows } = await world.usher.database.pool.query('select load, ceiling from agent_limit');
  expect(rows).toEqual([{ load: 1, ceiling: 1 }]);
  await expect(world.usher.database.pool.query('update agent_limit set load = 2')).rejects.toThrow(
    'agent_limit_load_within_ceiling',
  );
});

test('agents without their own have the limits, pace and wrap-up of the workspace', async () => {
  const world = await begin();
  const ana = await world.addAgent('Ana');
  const budi = await world.addAgent('Budi', { limits: {}, pace: 0, wrapUp: 5 });
  const body = { defaultLimits: { webchat: 2 }, defaultPace: 30, defaultWrapUp: 60 };
  expect((await world.call('PATCH', '/api/v1/settings', { body })).body).toMatchObject(body);
  const citra = await world.addAgent('Citra');
  const inForce = {
    ...{ effectivePace: 30, effectiveWrapUp: 60 },
    effectiveLimits: [{ scope: 'webchat', most: 2, load: 0 }],
  };
  expect(await world.agent(ana.id)).toMatchObject({ ...inForce, limits: null, pace: null });
  expect(citra).toMatchObject(inForce);
  expect(await world.agent(budi.id)).toMatchObject({
    ...{ effectivePace: 0, effectiveWrapUp: 5, effectiveLimits: [] },
  });
});

test.each<[string, object, string]>([
  ['a negative pace', { pace: -1 }, 'request.invalid'],
  ['a pace of more than an hour', { pace: 3601 }, 'request.invalid'],
  ['a negative wrap-up', { wrapUp: -5 }, 'request.invalid'],
  ['a limit beyond reason', { limits: { webchat: 1001 } }, 'request.invalid'],
  ['a negative limit', { limits: { webchat: -1 } }, 'request.invalid'],
  ['half a conversation', { limits: { webchat: 1.5 } }, 'request.invalid'],
  ['an unknown kind', { limits: { telegraph: 3 } }, 'agent.limit-invalid'],
  ['a mirror, which brings none', { limits: { rocketchat: 3 } }, 'agent.limit-invalid'],
  ['one kind twice', { limits: { webchat: 3, WebChat: 2 } }, 'agent.limit-invalid'],
])('%s is refused, and nothing is changed', async (_, body, code) => {
  const world = await begin();
  const ana = await world.addAgent('Ana', { limits: { api: 2 }, pace: 7, wrapUp: 8 });
  const refused = await world.change(ana.id, { ...body, name: 'Anna' });
  expect(refused.status).toBe(400);
  expect(refused.body).toMatchObject({ code });
  expect(await world.agent(ana.id)).toMatchObject({
    ...{ name: 'Ana', limits: { api: 2 }, pace: 7, wrapUp: 8 },
  });
});

test('what is refused for an unknown kind says which there are', async () => {
  const world = await begin();
  const { body } = await world.call('PATCH', '/api/v1/settings', {
    body: { defaultLimits: { telegraph: 3 } },
  });
  expect(body).toMatchObject({
    detail:
      'No kind of channel and no channel that brings conversations is called “telegraph”. Kinds: qiscus, rapidpro, webchat, api; a channel goes by its name or id.',
  });
});

test('the router gives an agent the next one when the pace is over, and a person at any time', async () => {
  const world = await begin();
  const ana = await world.addAgent('Ana', { pace: 60 });
  const first = await world.held(await world.open());
  const second = await world.open();
  const third = await world.open();
  await stillWaits(world, second);
  const { pacedUntil } = await world.agent(ana.id);
  expect(Date.parse(pacedUntil ?? '') - Date.parse(first.assignedAt ?? '')).toBe(60_000);
  expect((await world.whyNot(second, ana.id)).reasons).toMatchObject([{ code: 'paced' }]);
  expect((await world.why(second)).reasons.at(-1)).toMatchObject({ code: 'pace-ends', others: 0 });
  const byHand = await world.call('POST', `/api/v1/conversations/${third}/assign`, {
    body: { agentId: ana.id },
  });
  expect(byHand.status, byHand.text).toBe(200);
  expect((await world.agent(ana.id)).pacedUntil).toBe(pacedUntil);
  await world.usher.clock.advance(40_000);
  await stillWaits(world, second);
  await world.usher.clock.advance(20_000);
  const given = await world.held(second);
  expect(Date.parse(given.assignedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(pacedUntil ?? ''));
});

test('no pace ends early, and what waits for it is given within a moment', async () => {
  const world = await begin({ USHER_SWEEP_MS: '60000' });
  await world.addAgent('Ana', { capacity: 100, pace: 60 });
  const ids: string[] = [];
  for (let nth = 0; nth < 13; nth += 1) ids.push(await world.open());
  await world.held(ids[0] as string);
  const late: number[] = [];
  for (const id of ids.slice(1)) {
    const { rows } = await world.usher.database.pool.query(
      `select extract(epoch from paced_from + interval '60 seconds' - clock_timestamp())::float8 * 1000 as left from agent`,
    );
    // The last moments pass by themselves, so that nothing but the timer can be on time.
    await world.usher.clock.advance(Math.floor(rows[0].left) - 80);
    await world.held(id);
    const { rows: given } = await world.usher.database.pool.query(
      `select extract(epoch from assigned_at - lag(assigned_at) over (order by assigned_at) - interval '60 seconds')::float8 * 1000 as late
      from assignment order by assigned_at desc limit 1`,
    );
    late.push(given[0].late);
  }
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  const median = late.toSorted((a, b) => a - b)[Math.floor(late.length / 2)] as number;
  // With the pass, on a machine that does other things as well.
  expect(median).toBeLessThanOrEqual(150);
}, 60_000);

test('an ended conversation keeps its place until the time is over, or until the agent is done', async () => {
  const world = await begin();
  const ana = await world.addAgent('Ana', { capacity: 1, wrapUp: 90 });
  const first = await world.open();
  await world.held(first);
  const [second, third] = [await world.open(), await world.open()];
  await world.close(first);
  await stillWaits(world, second);
  const wraps = await world.agent(ana.id);
  expect(wraps).toMatchObject({ load: 1, availability: 'online' });
  const [wrap] = wraps.wrapUps;
  expect(wrap).toMatchObject({ conversationId: first, weight: 1 });
  expect(Date.parse(wrap?.until ?? '') - Date.parse(wrap?.since ?? '')).toBe(90_000);
  const { reasons } = await world.whyNot(second, ana.id);
  expect(reasons).toMatchObject([{ code: 'no-room', held: 1, capacity: 1, wrappingUp: 1 }]);
  expect((await world.why(second)).reasons).toContainEqual(
    expect.objectContaining({ code: 'wrap-up-ends', agentName: 'Ana' }),
  );
  await world.usher.clock.advance(60_000);
  await stillWaits(world, second);
  await world.usher.clock.advance(30_000);
  await world.held(second);
  await world.close(second);
  await stillWaits(world, third);
  const made = await world.call('POST', '/api/v1/tokens', {
    body: { name: 'Ana', role: 'agent', agentId: ana.id },
  });
  const { token } = made.body as { token: string };
  const path = `/api/v1/agents/${ana.id}/wrap-up/done`;
  const done = await world.call('POST', path, { token, body: {} });
  expect(done.status, done.text).toBe(200);
  expect(done.body).toMatchObject({ wrapUps: [] });
  await world.held(third);
  const budi = await world.addAgent('Budi', { availability: 'offline' });
  const others = `/api/v1/agents/${budi.id}/wrap-up/done`;
  expect((await world.call('POST', others, { token, body: {} })).body).toMatchObject({
    ...{ status: 403, code: 'role.insufficient' },
  });
});

test('what is reopened is not wrapped up, and its agent has it back', async () => {
  const world = await begin();
  const ana = await world.addAgent('Ana', { capacity: 1, wrapUp: 600 });
  const id = await world.open();
  await world.held(id);
  await world.close(id);
  expect((await world.agent(ana.id)).wrapUps).toHaveLength(1);
  const again = await world.call('POST', `/api/v1/conversations/${id}/reopen`, { body: {} });
  expect(again.status, again.text).toBe(200);
  expect(await world.get(id)).toMatchObject({ state: 'assigned', agentId: ana.id });
  expect(await world.agent(ana.id)).toMatchObject({ load: 1, wrapUps: [] });
});

test('what is given back or transferred is not wrapped up', async () => {
  const world = await begin();
  const ana = await world.addAgent('Ana', { wrapUp: 600 });
  const id = await world.open();
  await world.held(id);
  const budi = await world.addAgent('Budi', { wrapUp: 600 });
  const body = { agentId: budi.id };
  await world.call('POST', `/api/v1/conversations/${id}/transfer`, { body });
  await eventually(
    () => world.agent(ana.id),
    ({ load }) => load === 0,
  );
  expect(await world.agent(ana.id)).toMatchObject({ load: 0, wrapUps: [] });
  await world.call('POST', `/api/v1/conversations/${id}/requeue`, { body: { reason: 'test' } });
  expect((await world.agent(budi.id)).wrapUps).toEqual([]);
});

test('an offer that was declined holds up nobody’s pace, and one that was accepted does', async () => {
  const world = await begin();
  const { policy } = (await world.call('GET', '/api/v1/policy')).body as { policy: object };
  const put = await world.call('PUT', '/api/v1/policy', {
    body: {
      ...policy,
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      rules: [{ name: 'Everybody', then: { plan: 'Asked' } }],
      plans: [{ name: 'Asked', steps: [{ after: 0 }], offer: { within: 20, misses: 2 } }],
    },
  });
  expect(put.status, put.text).toBe(200);
  const ana = await world.addAgent('Ana', { pace: 600 });
  const made = await world.call('POST', '/api/v1/tokens', {
    body: { name: 'Ana', role: 'agent', agentId: ana.id },
  });
  const { token } = made.body as { token: string };
  const answer = (id: string, verb: string) =>
    world.call('POST', `/api/v1/conversations/${id}/${verb}`, { token, body: {} });
  const [first, second, third] = [await world.open(), await world.open(), await world.open()];
  await world.held(first);
  await stillWaits(world, second);
  expect((await answer(first, 'decline')).status).toBe(200);
  await world.held(second);
  expect((await answer(second, 'accept')).status).toBe(200);
  await stillWaits(world, third);
  expect((await world.agent(ana.id)).pacedUntil).not.toBeNull();
});
