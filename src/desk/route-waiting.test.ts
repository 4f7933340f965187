import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { makeEndpoint } from '../../test/makers/make-endpoint.ts';
import type { PolicyDocument } from '../contract/policy/document.ts';
import { getConversation } from '../store/conversations.ts';
import { closeConversation } from './close-conversation.ts';
import { makeRoster } from './roster.ts';
import { routeWaiting } from './route-waiting.ts';
import { createAgent, updateAgent } from './update-agent.ts';

const online = { name: 'Ana', availability: 'online' } as const;

/** Everything goes by one plan. */
const oneRule: Partial<PolicyDocument> = {
  plans: [{ name: 'Sales', steps: [{ after: 0 }] }],
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  rules: [{ name: 'All', then: { plan: 'Sales' } }],
};

test('conversations go to an agent in the order they came, up to the capacity', async () => {
  const world = await makeDesk();
  const channel = await makeChannel(world);
  const ids = [];
  for (let i = 0; i < 3; i += 1) ids.push(await makeConversation(world, channel));
  const agent = await createAgent(world.desk, world.workspaceId, online);

  expect(await world.route()).toBe(2);

  const states = await Promise.all(
    ids.map((conversationId) => getConversation(world.desk.db, { ...world, conversationId })),
  );
  expect(states.map((row) => row?.agentId)).toEqual([agent.agentId, agent.agentId, null]);
});

test('a closed conversation lets the next one in', async () => {
  const world = await makeDesk();
  const channel = await makeChannel(world);
  const first = await makeConversation(world, channel);
  await createAgent(world.desk, world.workspaceId, { ...online, capacity: 1 });
  await makeConversation(world, channel);
  expect(await world.route()).toBe(1);

  const { workspaceId } = world;
  await closeConversation(world.desk, {
    workspaceId,
    conversationId: first,
    actor: 'test',
    acting: null,
    tellRemote: true,
  });

  expect(await world.route()).toBe(1);
});

test('a raised capacity lets the next ones in, a lowered one takes nothing away', async () => {
  const world = await makeDesk();
  const channel = await makeChannel(world);
  for (let i = 0; i < 5; i += 1) await makeConversation(world, channel);
  const { agentId } = await createAgent(world.desk, world.workspaceId, { ...online, capacity: 1 });
  const key = { workspaceId: world.workspaceId, agentId };
  await world.route();

  await updateAgent(world.desk, key, { capacity: 3 });
  expect(await world.route()).toBe(2);

  const lowered = await updateAgent(world.desk, key, { capacity: 1 });
  expect(lowered).toMatchObject({ load: 3, effectiveCapacity: 1 });
  expect(await world.route()).toBe(0);
});

async function assignedTo(world: TestDesk, agentId: string): Promise<string[]> {
  const { rows } = await world.desk.db.query<{ id: string }>(
    'select conversation_id as id from assignment where agent_id = $1 order by assignment_id',
    [agentId],
  );
  return rows.map(({ id }) => id);
}

test('one of a higher priority goes before those that came earlier', async () => {
  const world = await makeDesk();
  const channel = await makeChannel(world);
  for (let i = 0; i < 2; i += 1) await makeConversation(world, channel);
  const urgent = await makeConversation(world, channel, { priority: 'urgent' });
  const online1 = { ...online, capacity: 1 };
  const { agentId } = await createAgent(world.desk, world.workspaceId, online1);
  await world.route();
  expect(await assignedTo(world, agentId)).toEqual([urgent]);
});

test('conversations with different needs are one queue, in the order they came', async () => {
  const world = await makeDesk();
  const channels = [await makeChannel(world), await makeChannel(world), await makeChannel(world)];
  const came: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (const channel of channels) came.push(await makeConversation(world, channel));
  }
  const four = { ...online, capacity: 4 };
  const { agentId } = await createAgent(world.desk, world.workspaceId, four);
  // The first pass does not know the groups yet; the second was told their first together with all else.
  await world.route();
  expect(await assignedTo(world, agentId)).toEqual(came.slice(0, 4));
  await updateAgent(world.desk, { workspaceId: world.workspaceId, agentId }, { capacity: 8 });
  await world.route();
  expect(await assignedTo(world, agentId)).toEqual(came.slice(0, 8));
});

test('more than are read at first are all given, in the order they came', async () => {
  const world = await makeDesk();
  const channel = await makeChannel(world);
  const agent = { ...online, capacity: 100 };
  const { agentId } = await createAgent(world.desk, world.workspaceId, agent);
  const came = [await makeConversation(world, channel)];
  await world.route();
  for (let i = 0; i < 40; i += 1) came.push(await makeConversation(world, channel));
  expect(await world.route()).toBe(40);
  expect(await assignedTo(world, agentId)).toEqual(came);
});

test('of many groups of needs, with more of each than are read at once, whoever came first is given first', async () => {
  const world = await makeDesk();
  const { desk, workspaceId } = world;
  const groups = 12;
  for (let n = 0; n < groups; n += 1) {
    await makeConversation(world, await makeChannel(world), { externalId: `group-${n}` });
  }
  // Those of the first group came before all others.
  await desk.db.query(
    `insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, state, needs, queued_at, rank_at, event_seq)
    select $1, gen_random_uuid(), channel_id, external_id || '-' || n, contact_id, 'waiting', needs, moment, moment, 1
    from conversation, generate_series(1, 600) n, lateral (select queued_at - case external_id when 'group-0' then interval '1 day'
      else interval '1 hour' end + (hashint4(n) % 1000 + 1000) * interval '1 ms' as moment) m where workspace_id = $1`,
    [workspaceId],
  );
  const first = await desk.db.query(
    'select conversation_id as id from conversation where workspace_id = $1 order by rank_at, conversation_id limit 5000',
    [workspaceId],
  );
  for (let n = 0; n < 5; n += 1) {
    await createAgent(desk, workspaceId, {
      name: `Agent ${n}`,
      availability: 'online',
      capacity: 1000,
    });
  }
  await world.route();
  const given = await desk.db.query(
    'select conversation_id as id from assignment where workspace_id = $1 order by assignment_id',
    [workspaceId],
  );
  expect(given.rows).toEqual(first.rows);
});

test('what is read at first is not asked for again, also where it is held back', async () => {
  const world = await makeDesk();
  const channel = await makeChannel(world);
  await createAgent(world.desk, world.workspaceId, { ...online, capacity: 100 });
  const trips = countRoundTrips(world.desk.db);
  await makeConversation(world, channel);
  await world.route();
  await makeConversation(world, channel);
  trips.reset();
  expect(await world.route()).toBe(1);
  expect(trips.names()).toEqual([
    ['begin', 'read-pass'],
    ['claim-told-alone', 'record-pass', 'commit'],
  ]);
  await makeConversation(world, channel);
  await world.desk.db.query(`update conversation set held_until = 'infinity'`);
  trips.reset();
  expect(await world.route()).toBe(0);
  expect(trips.names()).toEqual([['begin', 'read-pass'], ['commit']]);
});

test('where there are rules, an arrival is asked about, placed and given in the same two round trips', async () => {
  const world = await makeDesk(oneRule);
  const channel = await makeChannel(world);
  await createAgent(world.desk, world.workspaceId, { ...online, capacity: 100 });
  const trips = countRoundTrips(world.desk.db);
  await makeConversation(world, channel);
  await world.route();
  const id = await makeConversation(world, channel);
  trips.reset();
  expect(await world.route()).toBe(1);
  expect(trips.names()).toEqual([
    ['begin', 'read-pass-placing'],
    ['claim-placed-unseen-told-alone', 'record-pass', 'commit'],
  ]);
  const { rows } = await world.desk.db.query(
    'select state, plan from conversation where conversation_id = $1',
    [id],
  );
  expect(rows).toEqual([{ state: 'assigned', plan: 'Sales' }]);
});

test('of more arrivals than a pass places, the others follow at once', async () => {
  const world = await makeDesk(oneRule);
  const { desk, workspaceId } = world;
  await makeConversation(world, await makeChannel(world));
  await desk.db.query(
    `insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, state, needs,
      queued_at, rank_at, policy_version, event_seq)
    select $1, gen_random_uuid(), channel_id, external_id || '-' || n, contact_id, 'waiting', needs, queued_at, rank_at, 0, 1
    from conversation, generate_series(1, 599) n where workspace_id = $1`,
    [workspaceId],
  );
  await createAgent(desk, workspaceId, { ...online, capacity: 1000 });
  const roster = makeRoster(workspaceId);
  const passes: { assigned: number; more: boolean }[] = [];
  do passes.push(await routeWaiting(desk, { workspaceId, roster }));
  while (passes.at(-1)?.more && passes.length < 10);
  expect(passes.reduce((sum, { assigned }) => sum + assigned, 0)).toBe(600);
});

test('an endpoint that is bound between what a pass reads and what it writes is told of what it assigns', async () => {
  const world = await makeDesk();
  const channel = await makeChannel(world);
  await createAgent(world.desk, world.workspaceId, online);
  await makeConversation(world, channel);
  afterReading(world.desk.db, () => makeEndpoint(world, { events: ['session_state_inprogress'] }));
  expect(await world.route()).toBe(1);
  const { rows } = await world.desk.db.query(
    `select payload ->> 'event' as event from delivery where event_id is not null`,
  );
  expect(rows).toEqual([{ event: 'conversation.assigned' }]);
});

/** Runs `work` once, when the next pass has read what it decides by. */
function afterReading(pool: Pool, work: () => Promise<unknown>): void {
  pool.once('acquire', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
    client.query = (async (sql: string | { name: string }, ...rest: unknown[]) => {
      const answer = await query(sql, ...rest);
      if (typeof sql === 'string' || sql.name !== 'read-pass') return answer;
      client.query = query as typeof client.query;
      await work();
      return answer;
    }) as typeof client.query;
  });
}

/** What is sent on connections that are taken for a transaction, and what of it without waiting in between. */
function countRoundTrips(pool: Pool) {
  let trips: string[][] = [];
  let underWay = 0;
  const watched = new WeakSet<object>();
  pool.on('acquire', (client) => {
    if (watched.has(client)) return;
    watched.add(client);
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
    client.query = ((sql: string | { name: string }, ...rest: unknown[]) => {
      const name = typeof sql === 'string' ? (sql.split(';')[0] as string) : sql.name;
      if (underWay === 0) trips.push([]);
      trips.at(-1)?.push(name);
      const sent = query(sql, ...rest);
      underWay += 1;
      const end = () => {
        underWay -= 1;
      };
      if (rest.length === 0) sent.then(end, end);
      else underWay -= 1;
      return sent;
    }) as typeof client.query;
  });
  return {
    names: () => trips,
    reset: () => {
      trips = [];
    },
  };
}
