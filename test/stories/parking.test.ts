// A conversation is set aside: it takes no capacity, and comes back at its time, by hand, or when the contact writes.
import { randomUUID } from 'node:crypto';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Decisions } from '../../src/contract/decisions.ts';
import type { EventType } from '../../src/contract/event-types.ts';
import { eventData } from '../../src/contract/events.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Person {
  id: string;
  token: string;
}

async function begin() {
  const usher = await startTestUsher();
  const { call, clock } = usher;
  const made = async <T>(path: string, body: object) => {
    const answer = await call('POST', path, { body });
    expect(answer.status, answer.text).toBe(201);
    return answer.body as T;
  };
  const channel = await made<{ id: string }>('/api/v1/channels', { kind: 'api', name: 'Shop' });
  const addAgent = async (name: string, capacity = 1, role = 'agent'): Promise<Person> => {
    const { id } = await made<Agent>('/api/v1/agents', { name, capacity, availability: 'online' });
    return { id, token: (await made<Person>('/api/v1/tokens', { name, role, agentId: id })).token };
  };
  const open = async (more: object = {}) => {
    const contact = { externalId: randomUUID(), name: 'Eka' };
    const body = { externalId: randomUUID(), contact, ...more };
    return (await made<Conversation>(`/api/v1/channels/${channel.id}/conversations`, body)).id;
  };
  const get = async (id: string) =>
    (await call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
  const isWith = (id: string, agentId: string) =>
    eventually(
      () => get(id),
      (one) => one.state === 'assigned' && one.agentId === agentId,
    );
  const act = (id: string, verb: string, token?: string, body?: object) =>
    call('POST', `/api/v1/conversations/${id}/${verb}`, { ...(token && { token }), body });
  const park = async (id: string, token: string, aheadMs: number | null) => {
    const until = aheadMs === null ? null : new Date(clock.now() + aheadMs).toISOString();
    const answer = await act(id, 'park', token, { until });
    expect(answer.status, answer.text).toBe(200);
    return answer.body as Conversation;
  };
  const eventsOf = async (id: string) => {
    const { body } = await call('GET', `/api/v1/conversations/${id}/events`);
    const { items } = body as { items: { type: EventType; data: Record<string, unknown> }[] };
    // As the reference of events has them.
    for (const { type, data } of items) {
      expect([...Value.Errors(eventData[type], data)], type).toEqual([]);
    }
    return items;
  };
  const loadOf = async (id: string) =>
    ((await call('GET', `/api/v1/agents/${id}`)).body as Agent).load;
  return { usher, call, clock, addAgent, open, get, isWith, act, park, eventsOf, loadOf };
}

test('what is parked keeps its agent, frees the capacity for the next one, and says until when', async () => {
  const { addAgent, open, isWith, park, eventsOf, loadOf, usher } = await begin();
  const ana = await addAgent('Ana');
  const first = await open();
  await isWith(first, ana.id);
  const second = await open();
  const parked = await park(first, ana.token, HOUR);
  expect(parked).toMatchObject({
    ...{ state: 'parked', agentId: ana.id, agentName: 'Ana' },
    parked: { by: `agent:${ana.id}` },
  });
  const { since, until } = parked.parked ?? {};
  expect(Date.parse(until ?? '') - Date.parse(since ?? '')).toBeGreaterThan(HOUR - 60_000);
  await isWith(second, ana.id);
  expect(await loadOf(ana.id)).toBe(1);
  expect((await eventsOf(first)).at(-1)).toMatchObject({
    type: 'conversation.parked',
    data: { agentId: ana.id, until, by: `agent:${ana.id}` },
  });
  expect((await usher.conversations('parked')).map(({ id }) => id)).toEqual([first]);
  expect((await usher.conversations('assigned')).map(({ id }) => id)).toEqual([second]);
  expect(await usher.conversations('open')).toHaveLength(2);
});

test('at its time it comes back to the agent who parked it, at its old rank', async () => {
  const { addAgent, open, get, isWith, park, act, eventsOf, loadOf, clock } = await begin();
  const ana = await addAgent('Ana', 2);
  const budi = await addAgent('Budi', 2);
  const id = await open();
  const { agentId, rankAt } = await eventually(
    () => get(id),
    ({ state }) => state === 'assigned',
  );
  // Whom the strategy would choose now is the other one.
  const [holder, other] = agentId === ana.id ? [ana, budi] : [budi, ana];
  await park(id, holder.token, HOUR);
  const filling = await open();
  await eventually(
    () => get(filling),
    ({ state }) => state === 'assigned',
  );
  await act(filling, 'transfer', undefined, { agentId: holder.id });
  expect([await loadOf(holder.id), await loadOf(other.id)]).toEqual([1, 0]);
  // Time passes by itself too: a minute is more than a slow machine takes to look.
  await clock.advance(HOUR - MINUTE);
  expect((await get(id)).state).toBe('parked');
  await clock.advance(MINUTE);
  const back = await isWith(id, holder.id);
  expect([back.rankAt, back.parked]).toEqual([rankAt, null]);
  expect([await loadOf(holder.id), await loadOf(other.id)]).toEqual([2, 0]);
  const types = (await eventsOf(id)).map(({ type }) => type);
  expect(types.slice(-3)).toEqual([
    ...['conversation.parked', 'conversation.returned', 'conversation.assigned'],
  ]);
});

test('when its agent is full at its time, it goes before all that came later, to whoever is free', async () => {
  const { addAgent, open, isWith, park, act, eventsOf, clock, loadOf } = await begin();
  const ana = await addAgent('Ana');
  const first = await open();
  await isWith(first, ana.id);
  const second = await open();
  await park(first, ana.token, HOUR);
  await isWith(second, ana.id);
  const third = await open();
  await clock.advance(HOUR + 1);
  await eventually(
    () => eventsOf(first),
    (events) => events.at(-1)?.type === 'conversation.returned',
  );
  const budi = await addAgent('Budi');
  await isWith(first, budi.id);
  expect([await loadOf(ana.id), await loadOf(budi.id)]).toEqual([1, 1]);
  await act(second, 'close', ana.token);
  await isWith(third, ana.id);
});

test('its agent brings it back at once, and is refused without room; whoever else does brings it into the queue', async () => {
  const { addAgent, open, get, isWith, park, act, loadOf } = await begin();
  const ana = await addAgent('Ana');
  const first = await open();
  await isWith(first, ana.id);
  await park(first, ana.token, null);
  expect((await act(first, 'unpark', ana.token)).body).toMatchObject({
    ...{ state: 'assigned', agentId: ana.id, parked: null },
  });
  expect(await loadOf(ana.id)).toBe(1);
  await park(first, ana.token, null);
  const second = await open();
  await isWith(second, ana.id);
  expect((await act(first, 'unpark', ana.token)).body).toMatchObject({
    ...{ status: 409, code: 'agent.at-capacity' },
  });
  expect((await get(first)).state).toBe('parked');
  const budi = await addAgent('Budi');
  for (const [verb, body] of [['unpark'], ['assign', { agentId: ana.id }]] as const) {
    expect((await act(first, verb, budi.token, body)).body, verb).toMatchObject({
      code: 'conversation.held-by-another',
    });
  }
  expect((await get(first)).state).toBe('parked');
  expect((await act(first, 'unpark')).status).toBe(200);
  await isWith(first, budi.id);
});

test('bad times, and what is not held, are refused with the reason, and nothing has changed', async () => {
  const { addAgent, open, get, isWith, act, clock, eventsOf, park } = await begin();
  const ana = await addAgent('Ana');
  const budi = await addAgent('Budi', 0);
  const id = await open();
  await isWith(id, ana.id);
  const at = (ms: number) => ({ until: new Date(clock.now() + ms).toISOString() });
  const before = await eventsOf(id);
  const code = async (body: object, token = ana.token) =>
    ((await act(id, 'park', token, body)).body as { code: string }).code;
  expect(await code(at(-HOUR))).toBe('parking.too-soon');
  expect(await code(at(2000))).toBe('parking.too-soon');
  expect(await code(at(100 * 365 * 24 * HOUR))).toBe('parking.too-late');
  expect(await code(at(368 * 24 * HOUR))).toBe('parking.too-late');
  expect(await code({ until: 'tomorrow' })).toBe('request.invalid');
  expect(await code({ until: '2027-01-01T00:00:00' })).toBe('request.invalid');
  expect(await code({ for: 60 })).toBe('request.invalid');
  expect(await code(at(HOUR), budi.token)).toBe('conversation.held-by-another');
  expect(await eventsOf(id)).toEqual(before);
  expect((await get(id)).state).toBe('assigned');
  expect((await act(id, 'unpark', ana.token)).body).toMatchObject({
    code: 'conversation.not-parked',
  });
  await park(id, ana.token, 365 * 24 * HOUR);
  expect(await code(at(HOUR))).toBe('conversation.already-parked');
  const waiting = await open();
  await isWith(waiting, ana.id);
  const third = await open();
  expect((await act(third, 'park', ana.token)).body).toMatchObject({
    code: 'conversation.not-assigned',
  });
  expect((await act(id, 'close', ana.token)).status).toBe(200);
  expect(await code(at(HOUR))).toBe('conversation.closed');
  expect((await act(id, 'unpark', ana.token)).body).toMatchObject({ code: 'conversation.closed' });
});

test('a parked one can be closed, transferred, given back and taken over; each frees or takes what it should', async () => {
  const { addAgent, open, get, isWith, act, park, loadOf } = await begin();
  const ana = await addAgent('Ana', 5);
  const [closed, sent, backed, taken, own] = (await Promise.all(
    [0, 1, 2, 3, 4].map(async () => {
      const id = await open();
      await isWith(id, ana.id);
      await park(id, ana.token, HOUR);
      return id;
    }),
  )) as [string, string, string, string, string];
  const budi = await addAgent('Budi', 5);
  expect((await act(closed, 'close', ana.token)).body).toMatchObject({
    ...{ state: 'closed', parked: null, agentId: ana.id },
  });
  expect((await act(sent, 'assign', budi.token, { agentId: budi.id })).body).toMatchObject({
    code: 'conversation.already-assigned',
  });
  const transferred = await act(sent, 'transfer', ana.token, { agentId: budi.id });
  expect(transferred.body).toMatchObject({ state: 'assigned', agentId: budi.id, parked: null });
  expect((await act(taken, 'take-over', budi.token)).body).toMatchObject({ agentId: budi.id });
  expect((await act(own, 'take-over', ana.token)).body).toMatchObject({
    ...{ state: 'assigned', agentId: ana.id },
  });
  expect((await act(backed, 'requeue', ana.token)).status).toBe(200);
  const { agentId } = await eventually(
    () => get(backed),
    ({ state }) => state === 'assigned',
  );
  const counts = { [ana.id]: 1, [budi.id]: 2 };
  counts[agentId ?? ''] = (counts[agentId ?? ''] ?? 0) + 1;
  expect([await loadOf(ana.id), await loadOf(budi.id)]).toEqual([counts[ana.id], counts[budi.id]]);
});

test('what an agent parked stays when they leave, and goes to somebody else at its time; of a removed agent at once', async () => {
  const { addAgent, open, get, isWith, park, call, clock, eventsOf } = await begin();
  const ana = await addAgent('Ana', 2);
  const [first, second] = [await open(), await open()];
  await isWith(first, ana.id);
  await isWith(second, ana.id);
  await park(first, ana.token, HOUR);
  await park(second, ana.token, null);
  const leave = { availability: 'offline' };
  expect((await call('PATCH', `/api/v1/agents/${ana.id}`, { body: leave })).status).toBe(200);
  const budi = await addAgent('Budi', 2);
  await clock.advance(HOUR / 2);
  expect([(await get(first)).state, (await get(second)).state]).toEqual(['parked', 'parked']);
  await clock.advance(HOUR / 2 + 1);
  await isWith(first, budi.id);
  expect((await call('DELETE', `/api/v1/agents/${ana.id}`)).status).toBe(204);
  await isWith(second, budi.id);
  expect((await eventsOf(second)).at(-2)).toMatchObject({
    ...{ type: 'conversation.returned', data: { agentId: ana.id, cause: 'agent-gone' } },
  });
});

test('an agent who may no longer serve it does not get it back', async () => {
  const { addAgent, open, isWith, park, call, clock } = await begin();
  const team = (await call('POST', '/api/v1/teams', { body: { name: 'Billing' } })).body as {
    id: string;
  };
  const inTeam = async (agent: Person, teamIds: string[]) =>
    (await call('PATCH', `/api/v1/agents/${agent.id}`, { body: { teamIds } })).status;
  const ana = await addAgent('Ana');
  expect(await inTeam(ana, [team.id])).toBe(200);
  const id = await open({ team: 'Billing' });
  await isWith(id, ana.id);
  await park(id, ana.token, HOUR);
  const budi = await addAgent('Budi');
  expect(await inTeam(budi, [team.id])).toBe(200);
  expect(await inTeam(ana, [])).toBe(200);
  await clock.advance(HOUR + 1);
  await isWith(id, budi.id);
});

test('why says with whom it is parked, since when, by whom and until when', async () => {
  const { addAgent, open, isWith, park, call } = await begin();
  const ana = await addAgent('Ana');
  const id = await open();
  await isWith(id, ana.id);
  const { parked } = await park(id, ana.token, HOUR);
  const why = (await call('GET', `/api/v1/conversations/${id}/decisions`)).body as Decisions;
  expect(why).toMatchObject({
    state: 'parked',
    decisions: [{ endReason: 'parked' }],
  });
  expect(why.reasons[0]).toEqual({ code: 'parked', agentName: 'Ana', ...parked });
  const { body } = await call('GET', `/api/v1/conversations/${id}/why-not/${ana.id}`);
  expect(body).toMatchObject({ state: 'parked', reasons: [{ code: 'parked' }, {}] });
});

test('a list of parked ones is in the order in which they come back, and each agent’s are counted', async () => {
  const { addAgent, open, isWith, park, call } = await begin();
  const ana = await addAgent('Ana', 3);
  const [late, never, soon] = [await open(), await open(), await open()];
  for (const id of [late, never, soon]) await isWith(id, ana.id);
  await park(late, ana.token, 2 * HOUR);
  await park(never, ana.token, null);
  await park(soon, ana.token, HOUR);
  const list = async (query: string) => {
    const { body } = await call('GET', `/api/v1/conversations?${query}`, { token: ana.token });
    return body as { items: Conversation[]; nextCursor: string | null };
  };
  const page = await list('state=parked&agentId=me&limit=1');
  expect(page.items.map(({ id }) => id)).toEqual([soon]);
  const rest = await list(
    `state=parked&agentId=me&cursor=${encodeURIComponent(page.nextCursor ?? '')}`,
  );
  expect(rest.items.map(({ id }) => id)).toEqual([late, never]);
  const counts = await call('GET', '/api/v1/inbox/counts', { token: ana.token });
  expect(counts.body).toMatchObject({ mine: 0, parked: 3, waiting: 0, all: 3 });
});
