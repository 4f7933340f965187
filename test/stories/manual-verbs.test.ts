// What supervisors and agents do by hand, through the API.
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Decisions } from '../../src/contract/decisions.ts';
import { makePlace } from '../makers/make-place.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

async function addAgent(usher: TestUsher, body: object): Promise<Agent> {
  const answer = await usher.call('POST', '/api/v1/agents', { body: { name: 'Ana', ...body } });
  expect(answer.status).toBe(201);
  return answer.body as Agent;
}

const act = (usher: TestUsher, id: string, verb: string, body: object = {}, token = usher.token) =>
  usher.call('POST', `/api/v1/conversations/${id}/${verb}`, { body, token });

const look = async (usher: TestUsher, id: string): Promise<Conversation> =>
  (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation;

async function tokenFor(usher: TestUsher, role: string): Promise<string> {
  const { body } = await usher.call('POST', '/api/v1/tokens', { body: { name: role, role } });
  return (body as { token: string }).token;
}

test('assigning by hand keeps to the capacity unless a supervisor forces it, which is recorded', async () => {
  const usher = await startTestUsher();
  const { open } = await makePlace(usher);
  const { id: agentId } = await addAgent(usher, { capacity: 1 });
  const [first, second, third] = [await open(), await open(), await open()];

  expect(await act(usher, first, 'assign', { agentId })).toMatchObject({
    status: 200,
    body: { agentId },
  });
  expect(await act(usher, second, 'assign', { agentId })).toMatchObject({
    status: 409,
    body: { code: 'agent.at-capacity', status: 409 },
  });
  const agentToken = await tokenFor(usher, 'agent');
  expect(await act(usher, second, 'assign', { agentId, force: true }, agentToken)).toMatchObject({
    status: 403,
    body: { code: 'role.insufficient' },
  });
  const supervisor = await tokenFor(usher, 'supervisor');
  expect(await act(usher, second, 'assign', { agentId, force: true }, supervisor)).toMatchObject({
    status: 200,
  });
  const { body } = await usher.call('GET', `/api/v1/conversations/${second}/decisions`);
  expect((body as Decisions).decisions).toMatchObject([
    { forced: true, assignedBy: 'token:supervisor' },
  ]);
  expect((await look(usher, third)).state).toBe('waiting');
});

test('an id in capitals names the same conversation', async () => {
  const usher = await startTestUsher();
  const { open } = await makePlace(usher);
  const id = await open();
  expect((await look(usher, id.toUpperCase())).id).toBe(id);
  const closed = await act(usher, id.toUpperCase(), 'close');
  expect(closed).toMatchObject({ status: 200, body: { id, state: 'closed' } });
});

test('two who take the same conversation at once: one has it, the other is told', async () => {
  const usher = await startTestUsher();
  const { open } = await makePlace(usher);
  const agents = await Promise.all(
    [1, 2, 3, 4].map((n) => addAgent(usher, { name: `Agent ${n}` })),
  );
  const id = await open();
  const answers = await Promise.all(
    agents.map(({ id: agentId }) => act(usher, id, 'assign', { agentId })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
    code: 'conversation.already-assigned',
  });
});

test('a requeued conversation keeps its place before those that came later', async () => {
  const usher = await startTestUsher();
  const { open } = await makePlace(usher);
  const { id: agentId } = await addAgent(usher, { capacity: 1 });
  const first = await open();
  const second = await open();
  await act(usher, first, 'assign', { agentId });

  await act(usher, first, 'requeue', { reason: 'wrong topic' });

  expect(await look(usher, first)).toMatchObject({ state: 'waiting', position: 1, agentId: null });
  expect(await look(usher, second)).toMatchObject({ state: 'waiting', position: 2 });
});

test('priority moves ahead, and is overtaken by none that waited longer than its boost', async () => {
  const usher = await startTestUsher();
  const { open } = await makePlace(usher);
  await open();
  const urgent = await open({ priority: 'urgent' });
  expect(await look(usher, urgent)).toMatchObject({ position: 1 });
});

test('a transfer to a team waits for that team alone, and says so', async () => {
  const usher = await startTestUsher();
  const { open } = await makePlace(usher);
  const team = (await usher.call('POST', '/api/v1/teams', { body: { name: 'Sales' } })).body as {
    id: string;
  };
  await addAgent(usher, { availability: 'online' });
  const id = await open();
  await usher.call('PATCH', '/api/v1/settings', { body: { defaultCapacity: 3 } });
  await eventually(
    () => look(usher, id),
    ({ state }) => state === 'assigned',
  );

  expect(await act(usher, id, 'transfer', { teamId: team.id })).toMatchObject({ status: 200 });

  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/decisions`);
  expect((body as Decisions).state).toBe('waiting');
  expect((body as Decisions).explanation.join(' ')).toContain('1 not in the team');
  const member = await addAgent(usher, {
    name: 'Budi',
    availability: 'online',
    teamIds: [team.id],
  });
  await eventually(
    () => look(usher, id),
    ({ agentId }) => agentId === member.id,
  );
});

test('coming online, and a raised capacity, let the waiting ones in at once', async () => {
  const usher = await startTestUsher();
  const { open } = await makePlace(usher);
  const { id: agentId } = await addAgent(usher, { capacity: 1 });
  const [first, second] = [await open(), await open()];

  await usher.call('PATCH', `/api/v1/agents/${agentId}`, { body: { availability: 'online' } });
  await eventually(
    () => look(usher, first),
    ({ state }) => state === 'assigned',
  );
  const waiting = (await usher.call('GET', `/api/v1/conversations/${second}/decisions`))
    .body as Decisions;
  expect(waiting.explanation.join(' ')).toContain(
    'Ana (1 of 1) ends a conversation, or when a capacity is raised',
  );
  expect(waiting.reasons).toContainEqual({
    code: 'ends-one',
    agentName: 'Ana',
    held: 1,
    capacity: 1,
  });

  await usher.call('PATCH', `/api/v1/agents/${agentId}`, { body: { capacity: 2 } });
  await eventually(
    () => look(usher, second),
    ({ state }) => state === 'assigned',
  );
});

test('a closing, a transfer and a return to the queue each let the next one in at once', async () => {
  const usher = await startTestUsher();
  const { open } = await makePlace(usher);
  const { id: agentId } = await addAgent(usher, { capacity: 1 });
  const { id: colleagueId } = await addAgent(usher, { name: 'Budi' });
  const [first, second, third] = [await open(), await open(), await open()];
  const isHeld = (id: string) =>
    eventually(
      () => look(usher, id),
      (one) => one.state === 'assigned' && one.agentId === agentId,
    );
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, { body: { availability: 'online' } });
  await isHeld(first);
  await act(usher, first, 'close', {});
  await isHeld(second);
  await act(usher, second, 'transfer', { agentId: colleagueId });
  await isHeld(third);
  await act(usher, third, 'requeue', {});
  await isHeld(third);
});

test('an agent whose lease has run out is given nothing', async () => {
  const usher = await startTestUsher();
  const { open } = await makePlace(usher);
  const { id: agentId } = await addAgent(usher, {});
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, {
    body: { availability: 'online', leaseSeconds: 1 },
  });
  await usher.clock.advance(1000);
  const id = await open();
  await usher.call('PATCH', '/api/v1/settings', { body: { defaultCapacity: 5 } });
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/decisions`);
  expect((body as Decisions).explanation.join(' ')).toContain('1 not heard of for too long');
});

test('a closed conversation stays closed', async () => {
  const usher = await startTestUsher();
  const { open } = await makePlace(usher);
  const { id: agentId } = await addAgent(usher, {});
  const id = await open();
  expect(await act(usher, id, 'close', { reason: 'spam', tags: ['a'] })).toMatchObject({
    status: 200,
    body: { state: 'closed', closeReason: 'spam', tags: ['a'] },
  });
  for (const [verb, body] of [
    ['close', {}],
    ['assign', { agentId }],
    ['requeue', {}],
    ['transfer', { agentId }],
  ] as const) {
    expect(await act(usher, id, verb, body)).toMatchObject({
      status: 409,
      body: { code: 'conversation.closed' },
    });
  }
});

test('every change is an event, numbered without a gap', async () => {
  const usher = await startTestUsher();
  const { open } = await makePlace(usher);
  const { id: agentId } = await addAgent(usher, {});
  const id = await open();
  await act(usher, id, 'assign', { agentId });
  await act(usher, id, 'requeue');
  await act(usher, id, 'close');
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/events`);
  const { items } = body as { items: { seq: number; type: string }[] };
  expect(items.map(({ seq, type }) => [seq, type])).toEqual([
    [1, 'conversation.opened'],
    [2, 'conversation.assigned'],
    [3, 'conversation.requeued'],
    [4, 'conversation.closed'],
  ]);
});

test('a removed agent’s conversations go back to the queue', async () => {
  const usher = await startTestUsher();
  const { open } = await makePlace(usher);
  const { id: agentId } = await addAgent(usher, {});
  const id = await open();
  await act(usher, id, 'assign', { agentId });
  expect((await usher.call('DELETE', `/api/v1/agents/${agentId}`)).status).toBe(204);
  expect(await look(usher, id)).toMatchObject({ state: 'waiting' });
});

test('what is not found, not valid or not allowed is a problem that says what to do', async () => {
  const usher = await startTestUsher();
  const nobody = '00000000-0000-7000-8000-000000000000';
  const problem = async (method: string, path: string, options = {}) =>
    (await usher.call(method, path, options)).body;
  expect(await problem('GET', `/api/v1/conversations/${nobody}`)).toMatchObject({
    code: 'conversation.not-found',
    status: 404,
  });
  expect(await problem('GET', '/api/v1/conversations/17')).toMatchObject({
    code: 'request.invalid',
    status: 400,
  });
  expect(await problem('POST', '/api/v1/agents', { body: { name: '  ' } })).toMatchObject({
    code: 'request.invalid',
  });
  expect(await problem('POST', '/api/v1/agents', { body: { name: 'a\u0000b' } })).toMatchObject({
    code: 'request.invalid',
  });
  expect(await problem('POST', '/api/v1/agents', { body: { name: 'A', load: 5 } })).toMatchObject({
    code: 'request.invalid',
  });
  expect(await problem('POST', '/api/v1/agents', { body: '{' })).toMatchObject({
    code: 'request.invalid',
  });
  expect(await problem('GET', '/api/v1/agents', { token: null })).toMatchObject({
    code: 'token.missing',
    status: 401,
  });
  expect(await problem('GET', '/api/v1/agents', { token: 'x' })).toMatchObject({
    code: 'token.invalid',
    status: 401,
  });
  await addAgent(usher, { email: 'ana@example.com' });
  const twin = { body: { name: 'B', email: 'ANA@example.com' } };
  expect(await problem('POST', '/api/v1/agents', twin)).toMatchObject({
    code: 'agent.email-taken',
    status: 409,
  });
});
