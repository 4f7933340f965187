// The main job through the emulated Qiscus: webhooks in, agents assigned, resolved rooms let the next ones in.
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type Pair, SECRET, startWithQiscus } from '../makers/start-with-qiscus.ts';

const customer = (n: number) => ({
  userId: `c${n}@example.com`,
  name: `Customer ${n}`,
  text: 'Hi',
});
/** After the first look at the rooms there is no other: what comes is what was told. */
const onlyTold = { QISCUS_SYNC_ROOMS_MS: '3600000' };
const write = ({ qiscus }: Pair, n: number) => qiscus.customerMessage(customer(n)).roomId;

async function agentsOf({ usher }: Pair): Promise<Agent[]> {
  const { body } = await usher.call('GET', '/api/v1/agents?limit=200');
  return (body as { items: Agent[] }).items;
}

test('counts that lag never let an agent hold too many, and the queue goes strictly first come first served', async () => {
  const pair = await startWithQiscus({
    agents: 2,
    switches: { countLagMs: 2000, duplicateHooks: { probability: 1, copies: 2, spreadMs: 0 } },
    environment: onlyTold,
  });
  const rooms = Array.from({ length: 20 }, (_, n) => write(pair, n));
  await pair.qiscus.idle();
  await pair.served(4);

  expect(pair.loads()).toEqual([2, 2]);
  expect(pair.qiscus.hooks()).toHaveLength(60);
  const waiting = await pair.usher.conversations('waiting');
  expect(waiting).toHaveLength(16);

  // The webhooks of a burst may overtake each other on the way: the order is that of their arrival here.
  const all = await pair.usher.conversations();
  const arrived = all.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ externalId }) => externalId);
  expect(new Set(arrived)).toEqual(new Set(rooms));
  for (let next = 4; next < 20; next += 1) {
    const [open] = pair.qiscus.rooms().filter(({ agentIds }) => agentIds.length > 0);
    pair.qiscus.resolveByHand({ roomId: open?.roomId ?? '' });
    await eventually(
      () => pair.qiscus.assignments().length,
      (count) => count === next + 1,
    );
    expect(pair.qiscus.assignments()[next]?.roomId).toBe(arrived[next]);
    expect(Math.max(...pair.loads())).toBeLessThanOrEqual(2);
  }
}, 120_000);

test('counts that never move make no difference', async () => {
  const pair = await startWithQiscus({ agents: 2, switches: { countLagMs: 'forever' } });
  for (let n = 0; n < 20; n += 1) write(pair, n);
  await pair.qiscus.idle();
  await pair.served(4);
  expect(pair.loads()).toEqual([2, 2]);
  expect(await pair.usher.conversations('waiting')).toHaveLength(16);
});

test('the same webhook three times at once is one conversation and one call', async () => {
  const pair = await startWithQiscus({
    agents: 2,
    switches: { duplicateHooks: { probability: 1, copies: 2, spreadMs: 0 } },
  });
  write(pair, 1);
  await pair.served(1);
  expect(await pair.usher.conversations()).toHaveLength(1);
  expect(pair.qiscus.calls().filter(({ path }) => path.includes('assign_agent'))).toHaveLength(1);
});

test('whoever resolves, the load of the agent who had the room falls', async () => {
  const pair = await startWithQiscus({ agents: 1 });
  const roomId = write(pair, 1);
  await pair.served(1);
  expect((await agentsOf(pair)).map(({ load }) => load)).toEqual([1]);

  // By an admin, who is not the holder.
  pair.qiscus.resolveByHand({ roomId });

  await eventually(
    () => agentsOf(pair),
    ([agent]) => agent?.load === 0,
  );
});

test('a customer who comes back gets a second conversation, after a look at the room', async () => {
  const pair = await startWithQiscus({ agents: 1 });
  const roomId = write(pair, 1);
  await pair.served(1);
  pair.qiscus.resolveByHand({ roomId });
  await pair.qiscus.idle();

  pair.qiscus.customerMessage({ roomId, ...customer(1) });

  await pair.served(1);
  const states = (await pair.usher.conversations()).map(({ state }) => state);
  expect(states).toEqual(['assigned', 'closed']);
});

test('a late webhook of a room that was just resolved assigns nobody', async () => {
  const pair = await startWithQiscus({ agents: 1 });
  const roomId = write(pair, 1);
  await pair.served(1);
  pair.qiscus.resolveByHand({ roomId });
  await pair.qiscus.idle();

  const body = { app_id: pair.qiscus.app.appId, room_id: roomId, source: 'qiscus' };
  await pair.usher.call('POST', `/api/v1/webhook/agent_allocation/${SECRET}`, {
    body,
    token: null,
  });

  const ghost = await eventually(
    () => pair.usher.conversations(),
    (all) => all.length === 2 && all.every(({ state }) => state === 'closed'),
  );
  expect(ghost[0]?.closeReason).toBe('already-resolved');
  expect(pair.qiscus.assignments()).toHaveLength(1);
  const assigns = pair.qiscus.calls().filter(({ path }) => path.includes('assign_agent'));
  expect(assigns).toHaveLength(1);
});

test('a raised max_customers lets the waiting one in at once', async () => {
  const pair = await startWithQiscus({ agents: 1 });
  for (let n = 0; n < 3; n += 1) write(pair, n);
  await pair.served(2);

  await pair.usher.call('POST', '/api/v1/settings/max_customers', { body: { max_customers: 3 } });

  await pair.served(3);
  expect(pair.loads()).toEqual([3]);
});

test('set_mark_as_resolved registers the address at Qiscus and leaks no secret', async () => {
  const pair = await startWithQiscus({ agents: 1 });
  const endpoint = 'https://yourdomain.com/api/v1/webhook/mark_as_resolved';

  const answer = await pair.usher.call('POST', '/api/v1/settings/set_mark_as_resolved', {
    body: { endpoint, enable: true },
  });

  expect(answer.body).toEqual({
    status: 200,
    message: 'Successfully updated',
    data: { mark_as_resolved_webhook_url: endpoint, is_allocate_agent_webhook_enabled: true },
  });
  expect(answer.text).not.toContain(pair.qiscus.app.secretKey);
  const calls = pair.qiscus.calls().filter(({ path }) => path.includes('webhook/mark_as_resolved'));
  expect(calls).toHaveLength(1);
  expect(calls[0]?.body).toMatchObject({ webhook_url: endpoint, is_webhook_enabled: 'true' });
});

test('new_request and close_request tell what Qiscus accepted', async () => {
  const pair = await startWithQiscus({
    agents: 1,
    environment: { ...onlyTold, QISCUS_MAX_CUSTOMER: '1' },
  });
  pair.qiscus.setWebhooks({ allocateAgentUrl: null, markAsResolvedUrl: null });
  const [agent] = pair.qiscus.agents();
  const call = (path: string, body: object) =>
    pair.usher.call('POST', `/api/v1/${path}/${SECRET}`, { body, token: null });
  const request = (roomId: string) =>
    call('new_request', {
      app_id: pair.qiscus.app.appId,
      room_id: roomId,
      source: 'qiscus',
      name: 'A',
      email: roomId,
    });
  const close = (roomId: string, id: number) =>
    call('close_request', { service: { room_id: roomId, id } });
  const first = write(pair, 1);
  const second = write(pair, 2);

  // Queued while Qiscus has not answered within a second; asked again it is told.
  const taken = await eventually(
    () => request(first),
    ({ status }) => status !== 202,
  );
  expect(taken).toMatchObject({
    status: 200,
    body: { status: 'success', roomId: first, agenId: agent?.id },
  });
  expect(await request(second)).toMatchObject({ status: 202, body: { status: 'success, queued' } });
  pair.qiscus.resolveByHand({ roomId: first });
  expect(await close(first, 1)).toMatchObject({
    status: 200,
    body: { status: 'success', roomId: second, agenId: agent?.id },
  });
  pair.qiscus.resolveByHand({ roomId: second });
  expect(await close(second, 2)).toMatchObject({ status: 204, text: '' });
});

test('an assignment whose answer was lost is confirmed, not repeated with another agent', async () => {
  const pair = await startWithQiscus({
    agents: 2,
    switches: { applyThenReset: 1, faultPaths: ['assign_agent'] },
  });
  const roomId = write(pair, 1);
  await pair.served(1);
  await eventually(
    () => pair.usher.conversations('assigned'),
    ([one]) => one !== undefined && one.confirmedAt !== null,
  );
  expect(pair.qiscus.room(roomId)?.agentIds).toHaveLength(1);
  expect(pair.qiscus.assignments()).toHaveLength(1);
});

test('a room that Qiscus always refuses holds up no other', async () => {
  const pair = await startWithQiscus({ agents: 3, environment: { QISCUS_MAX_CUSTOMER: '4' } });
  const poison = 'poison-room';
  pair.qiscus.switches.permanent4xxRooms.add(poison);
  pair.qiscus.customerMessage({ roomId: poison, ...customer(0) });
  for (let n = 1; n <= 10; n += 1) write(pair, n);
  await pair.served(10);
  expect(pair.qiscus.room(poison)?.agentIds).toEqual([]);
});

test('a fresh room that is refused once is assigned with the next try', async () => {
  const pair = await startWithQiscus({ agents: 1, switches: { freshRoom400: 1 } });
  write(pair, 1);
  await pair.served(1);
  expect(pair.loads()).toEqual([1]);
});

test('a room that somebody took by hand is not stolen', async () => {
  const pair = await startWithQiscus({ agents: 2, switches: { latencyMs: 200 } });
  const [, other] = pair.qiscus.agents();
  const roomId = write(pair, 1);
  pair.qiscus.assignByHand({ roomId, agentId: other?.id ?? 0 });
  const [conversation] = await eventually(
    () => pair.usher.conversations(),
    ([one]) => one?.state === 'closed' || one?.confirmedAt != null,
  );
  expect(pair.qiscus.room(roomId)?.agentIds).toEqual([other?.id]);
  expect(conversation?.closeReason).toBe('handled-elsewhere');
});

test('what agents hold elsewhere counts against their capacity', async () => {
  const pair = await startWithQiscus({ agents: 1 });
  pair.qiscus.setWebhooks({ allocateAgentUrl: null });
  const [agent] = pair.qiscus.agents();
  for (let n = 0; n < 2; n += 1) {
    pair.qiscus.assignByHand({ roomId: write(pair, n), agentId: agent?.id ?? 0 });
  }
  await eventually(
    () => agentsOf(pair),
    ([one]) => one?.externalLoad === 2,
  );
  const url = `${pair.usher.url}/api/v1/webhook/agent_allocation/${SECRET}`;
  pair.qiscus.setWebhooks({ allocateAgentUrl: url });
  write(pair, 9);
  await pair.qiscus.idle();
  await new Promise((done) => setTimeout(done, 500));
  expect(await pair.usher.conversations('waiting')).toHaveLength(1);
  expect(pair.loads()).toEqual([2]);
});

test('agents who go offline get nothing new, and give their rooms back if the policy says so', async () => {
  const pair = await startWithQiscus({ agents: 1 });
  const policy = {
    strategy: 'least-loaded',
    boostSeconds: { low: 0, normal: 0, high: 0, urgent: 0 },
    whenAgentLeaves: 'requeue',
    leaveGraceSeconds: 1,
  };
  expect(await pair.usher.call('PUT', '/api/v1/policy', { body: policy })).toMatchObject({
    status: 200,
  });
  const roomId = write(pair, 1);
  await pair.served(1);
  const [first] = pair.qiscus.agents();
  pair.qiscus.updateAgent(first?.id ?? 0, { available: false });
  const second = pair.qiscus.addAgent({ name: 'Second' });

  await eventually(
    () => pair.qiscus.room(roomId)?.agentIds,
    (ids) => ids?.length === 1 && ids[0] === second.id,
  );
  expect(pair.qiscus.assignments().at(-1)).toMatchObject({ replaced: first?.id });
});

test('an agent removed at Qiscus is removed here, and the room goes to another', async () => {
  const pair = await startWithQiscus({ agents: 1 });
  const roomId = write(pair, 1);
  await pair.served(1);
  const [first] = pair.qiscus.agents();
  pair.qiscus.removeAgent(first?.id ?? 0);
  const second = pair.qiscus.addAgent({ name: 'Second' });
  await eventually(
    () => pair.qiscus.room(roomId)?.agentIds,
    (ids) => ids?.includes(second.id) ?? false,
  );
  await eventually(
    async () => (await agentsOf(pair)).map(({ name }) => name),
    (names) => String(names) === 'Second',
  );
});

test('a room whose webhook was lost is found by looking for unserved rooms', async () => {
  const pair = await startWithQiscus({
    agents: 1,
    switches: { dropHooks: 1, dirtyUnserved: true },
  });
  write(pair, 1);
  await eventually(
    () => pair.qiscus.assignments().length,
    (count) => count === 1,
  );
});

test('rooms whose webhooks were lost queue in the order in which they came', async () => {
  const pair = await startWithQiscus({ agents: 1, switches: { dropHooks: 1 } });
  const rooms = Array.from({ length: 5 }, (_, n) => write(pair, n));
  const found = await eventually(
    () => pair.usher.conversations(),
    (all) => all.length === rooms.length,
  );
  const ranked = found.toSorted((a, b) => Date.parse(a.rankAt) - Date.parse(b.rankAt));
  expect(ranked.map(({ externalId }) => externalId)).toEqual(rooms);
});

test('closing here resolves the room at Qiscus', async () => {
  const pair = await startWithQiscus({ agents: 1 });
  const roomId = write(pair, 1);
  await pair.served(1);
  const [conversation] = await pair.usher.conversations('assigned');
  await pair.usher.call('POST', `/api/v1/conversations/${conversation?.id}/close`, {
    body: { note: 'Done.' },
  });
  await eventually(
    () => pair.qiscus.room(roomId)?.isResolved,
    (resolved) => resolved === true,
  );
});

test('a transfer replaces the agent at Qiscus', async () => {
  const pair = await startWithQiscus({ agents: 2 });
  const roomId = write(pair, 1);
  await pair.served(1);
  const [conversation] = await pair.usher.conversations('assigned');
  const other = (await agentsOf(pair)).find(({ id }) => id !== conversation?.agentId);
  const body = { agentId: other?.id };
  const answer = await pair.usher.call(
    'POST',
    `/api/v1/conversations/${conversation?.id}/transfer`,
    { body },
  );
  expect(answer).toMatchObject({ status: 200, body: { agentId: other?.id } });
  await eventually(
    () => pair.qiscus.assignments().length,
    (count) => count === 2,
  );
  expect(pair.qiscus.room(roomId)?.agentIds).toHaveLength(1);
});
