import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { makeEndpoint } from '../../test/makers/make-endpoint.ts';
import type { PolicyDocument } from '../contract/policy/document.ts';
import { defaultPolicy } from '../contract/policy/policy.ts';
import { insertGroup } from '../store/groups.ts';
import { assignConversation } from './assign-conversation.ts';
import { changeConversation } from './change-conversation.ts';
import { changePolicy } from './change-policy.ts';
import { closeConversation } from './close-conversation.ts';
import { explainConversation } from './explain-conversation.ts';
import { transferToTeam } from './requeue-conversation.ts';
import { makeRoster } from './roster.ts';
import { routeWaiting } from './route-waiting.ts';
import { createAgent, updateAgent } from './update-agent.ts';

type Rules = NonNullable<PolicyDocument['rules']>;
type Plans = NonNullable<PolicyDocument['plans']>;

const always = (plan: string): Rules => [
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  { name: 'Everybody else', then: { plan } },
];
const plain = (name: string): Plans[number] => ({ name, steps: [{ after: 0 }] });

async function makeWorld(document: Partial<PolicyDocument>) {
  const world = await makeDesk(document);
  const channel = await makeChannel(world);
  const group = async (kind: 'team' | 'skill', name: string) => {
    const id = uuid();
    await insertGroup(world.desk.db, kind, { workspaceId: world.workspaceId, id, name });
    return id;
  };
  return { world, channel, group };
}

async function put({ desk, workspaceId }: TestDesk, document: Partial<PolicyDocument>) {
  const policy = { ...defaultPolicy, ...document };
  expect(await changePolicy(desk, { workspaceId, actor: 'test', policy })).toHaveProperty(
    'version',
  );
}

async function look({ desk, workspaceId }: TestDesk, conversationId: string) {
  const { rows } = await desk.db.query(
    `select agent_id as "agentId", plan, plan_step as step, team_id as "teamId", priority, tags, rank_at as "rankAt",
      skill_ids as "skillIds", policy_version as "policyVersion" from conversation where workspace_id = $1 and conversation_id = $2`,
    [workspaceId, conversationId],
  );
  return rows[0];
}

async function say({ desk, workspaceId }: TestDesk, conversationId: string) {
  const { reasons } = await explainConversation(desk, { workspaceId, conversationId });
  return reasons;
}

test('the first rule that matches gives the plan, and its priority and tags', async () => {
  const { world, channel } = await makeWorld({
    plans: [plain('Night'), plain('Default')],
    rules: [
      {
        name: 'Gold customers',
        when: { field: 'contact.attributes.tier', is: 'gold' },
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        then: { plan: 'Night', priority: 'high', addTags: ['gold'] },
      },
      ...always('Default'),
    ],
  });
  const contact = { externalId: 'c1', name: 'Sari', email: null, phone: null, avatarUrl: null };
  const gold = await makeConversation(world, channel, {
    contact: { ...contact, attributes: { tier: 'Gold' } },
  });
  const other = await makeConversation(world, channel);
  await world.route();

  expect(await look(world, gold)).toMatchObject({
    plan: 'Night',
    priority: 'high',
    tags: ['gold'],
  });
  expect(await look(world, other)).toMatchObject({ plan: 'Default', priority: 'normal', tags: [] });
  expect(await say(world, gold)).toContainEqual({
    ...{ code: 'ruled', rule: 'Gold customers', plan: 'Night' },
    because: [
      {
        field: 'contact.attributes.tier',
        operator: 'is',
        value: 'gold',
        holds: true,
        found: 'Gold',
      },
    ],
  });
  const agent = await createAgent(world.desk, world.workspaceId, {
    ...{ name: 'Ana', availability: 'online', capacity: 1 },
  });
  expect(await world.route()).toBe(1);
  expect(await look(world, gold)).toMatchObject({ agentId: agent.agentId });
});

test('a step asks for less once it has waited so long, and not before; the place in line stays', async () => {
  const { world, channel, group } = await makeWorld({});
  const [billing, portuguese] = [await group('team', 'Billing'), await group('skill', 'pt')];
  await put(world, {
    plans: [
      {
        name: 'Billing',
        steps: [
          { after: 0, team: billing, skills: { [portuguese]: 3 } },
          { after: 60, team: billing, skills: { [portuguese]: 2 } },
          { after: 180, team: null, skills: {} },
        ],
      },
    ],
    rules: always('Billing'),
  });
  const online = { availability: 'online', capacity: 5 } as const;
  const skilled = await createAgent(world.desk, world.workspaceId, {
    ...{ ...online, name: 'Ana', teamIds: [billing], skillIds: [portuguese] },
    skillLevels: { [portuguese]: 2 },
  });
  const first = await makeConversation(world, channel);
  expect(await world.route()).toBe(0);
  const before = await look(world, first);
  await world.clock.advance(59_000);
  expect(await world.route()).toBe(0);
  await world.clock.advance(1_100);
  expect(await world.route()).toBe(1);
  expect(await look(world, first)).toMatchObject({
    ...{ agentId: skilled.agentId, step: 1, rankAt: before.rankAt },
  });

  const key = { workspaceId: world.workspaceId, agentId: skilled.agentId };
  await updateAgent(world.desk, key, { skillLevels: { [portuguese]: 1 } });
  const stranger = await createAgent(world.desk, world.workspaceId, { ...online, name: 'Budi' });
  const second = await makeConversation(world, channel);
  await world.route();
  await world.clock.advance(179_000);
  expect(await world.route()).toBe(0);
  await world.clock.advance(1_100);
  expect(await world.route()).toBe(1);
  expect((await look(world, second)).agentId).not.toBeNull();
  expect([skilled.agentId, stranger.agentId]).toContain((await look(world, second)).agentId);
});

test('a plan prefers who is better at what it needs, or keeps them free', async () => {
  for (const [prefer, expected] of [
    ['skill', 5],
    ['skill-ascending', 2],
  ] as const) {
    const { world, channel, group } = await makeWorld({});
    const visa = await group('skill', 'visa');
    await put(world, {
      plans: [{ name: 'Visa', steps: [{ after: 0, skills: { [visa]: 2 } }], prefer: [prefer] }],
      rules: always('Visa'),
    });
    const levels = new Map<string, number>();
    for (const level of [3, 5, 1, 2]) {
      const { agentId } = await createAgent(world.desk, world.workspaceId, {
        ...{ name: `Agent ${level}`, availability: 'online', skillIds: [visa] },
        skillLevels: { [visa]: level },
      });
      levels.set(agentId, level);
    }
    const conversation = await makeConversation(world, channel);
    expect(await world.route()).toBe(1);
    const { agentId } = await look(world, conversation);
    expect(levels.get(agentId)).toBe(expected);
    const [chosen] = await say(world, conversation);
    expect(chosen).toMatchObject({ code: 'chosen', prefer: [prefer] });
  }
});

test('a policy that is put asks about all that waits before it decides about any', async () => {
  const { world, channel, group } = await makeWorld({});
  const team = await group('team', 'Sales');
  const conversation = await makeConversation(world, channel);
  await createAgent(world.desk, world.workspaceId, { name: 'Ana', availability: 'online' });
  await put(world, {
    plans: [{ name: 'Sales', steps: [{ after: 0, team }] }],
    rules: always('Sales'),
  });
  expect(await world.route()).toBe(0);
  expect(await look(world, conversation)).toMatchObject({ plan: 'Sales', teamId: team });

  await put(world, {});
  expect(await world.route()).toBe(1);
  expect(await look(world, conversation)).toMatchObject({
    ...{ plan: null, teamId: null, policyVersion: null },
  });
});

test('what a person chooses is overruled by no rule and no step', async () => {
  const { world, channel, group } = await makeWorld({});
  const [sales, visa] = [await group('team', 'Sales'), await group('skill', 'visa')];
  await put(world, {
    plans: [
      {
        name: 'Sales',
        steps: [
          { after: 0, team: sales, priority: 'low' },
          { after: 30, team: sales, priority: 'urgent' },
        ],
      },
    ],
    rules: always('Sales'),
  });
  const conversationId = await makeConversation(world, channel);
  await world.route();
  expect(await look(world, conversationId)).toMatchObject({ teamId: sales, priority: 'low' });
  const key = { workspaceId: world.workspaceId, conversationId, actor: 'test' };
  await changeConversation(world.desk, { ...key, priority: 'high' });
  const acting = { agentId: null, directs: true };
  const support = await group('team', 'Support');
  await transferToTeam(world.desk, { ...key, acting, teamId: support, skillIds: [visa] });
  await world.clock.advance(31_000);
  await world.route();
  expect(await look(world, conversationId)).toMatchObject({
    ...{ plan: 'Sales', step: 1, priority: 'high', teamId: support, skillIds: [visa] },
  });
});

test('outside its hours a plan sends what waits to another, from the moment of closing on', async () => {
  const { world, channel } = await makeWorld({});
  const now = new Date(await world.clock.now());
  const minute = (after: number) => {
    const at = new Date(now.getTime() + after * 60_000);
    return at.toISOString().slice(11, 16);
  };
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  await put(world, {
    calendars: [
      {
        ...{ name: 'Office', timeZone: 'UTC' },
        weekly: [{ days: [...days], from: minute(-60), to: minute(5) }],
      },
    ],
    plans: [
      { ...plain('Day'), hours: { calendar: 'Office', otherwise: 'plan:Night' } },
      {
        name: 'Night',
        steps: [{ after: 0 }, { after: 120, priority: 'low' }],
      },
    ],
    rules: always('Day'),
  });
  const conversation = await makeConversation(world, channel);
  await world.route();
  expect(await look(world, conversation)).toMatchObject({ plan: 'Day', step: 0 });
  await world.clock.advance(5 * 60_000);
  await world.route();
  expect(await look(world, conversation)).toMatchObject({ plan: 'Night', step: 0 });
  await world.clock.advance(2 * 60_000);
  await world.route();
  expect(await look(world, conversation)).toMatchObject({ plan: 'Night', step: 1 });
  // Asked again, the rules say Day as before: what it has waited at night still counts.
  const change = { workspaceId: world.workspaceId, conversationId: conversation, actor: 'test' };
  await changeConversation(world.desk, { ...change, tags: ['late'] });
  await world.route();
  expect(await look(world, conversation)).toMatchObject({ plan: 'Night', step: 1 });
});

test('a plan prefers whom the contact talked to last, for as long as it says', async () => {
  const { world, channel } = await makeWorld({
    plans: [
      { name: 'Known', steps: [{ after: 0 }], prefer: ['sticky'], sticky: { within: '30m' } },
    ],
    rules: always('Known'),
  });
  const { workspaceId } = world;
  const online = { availability: 'online', capacity: 5 } as const;
  const first = await createAgent(world.desk, workspaceId, { ...online, name: 'Ana' });
  const second = await createAgent(world.desk, workspaceId, { ...online, name: 'Budi' });
  // All else being equal, the lower id goes first: the contact knows the other.
  const [lower, known] = [first.agentId, second.agentId].sort() as [string, string];
  const contact = { externalId: 'c1', name: 'Sari', email: null, phone: null, avatarUrl: null };
  const begin = () => makeConversation(world, channel, { contact: { ...contact, attributes: {} } });
  const before = await begin();
  const assigning = { workspaceId, conversationId: before, agentId: known, actor: 'test' };
  await assignConversation(world.desk, { acting: null, ...assigning, force: false });
  const ending = { actor: 'test', acting: null, tellRemote: false };
  await closeConversation(world.desk, { workspaceId, conversationId: before, ...ending });
  const again = await begin();
  expect(await world.route()).toBe(1);
  expect(await look(world, again)).toMatchObject({ agentId: known });
  expect((await say(world, again)).at(-1)).toMatchObject({ decidedBy: 'sticky' });
  await closeConversation(world.desk, { workspaceId, conversationId: again, ...ending });
  await world.clock.advance(31 * 60_000);
  const later = await begin();
  expect(await world.route()).toBe(1);
  expect(await look(world, later)).toMatchObject({ agentId: lower });
});

test('one and the same pass asks the rules and gives to an agent, the oldest first', async () => {
  const { world, channel } = await makeWorld({ plans: [plain('P')], rules: always('P') });
  const older = await makeConversation(world, channel);
  await world.route();
  const newer = await makeConversation(world, channel);
  const agent = { name: 'Ana', availability: 'online', capacity: 1 } as const;
  await createAgent(world.desk, world.workspaceId, agent);
  const { workspaceId } = world;
  const pass = () => routeWaiting(world.desk, { workspaceId, roster: makeRoster(workspaceId) });
  expect((await pass()).given).toMatchObject([{ conversationId: older }]);
  await createAgent(world.desk, world.workspaceId, { ...agent, name: 'Budi' });
  const newest = await makeConversation(world, channel);
  expect((await pass()).given).toMatchObject([{ conversationId: newer }]);
  await createAgent(world.desk, world.workspaceId, { ...agent, name: 'Citra' });
  expect((await pass()).given).toMatchObject([{ conversationId: newest }]);
  await createAgent(world.desk, world.workspaceId, { ...agent, name: 'Dian' });
  const atOnce = await makeConversation(world, channel);
  expect(await pass()).toMatchObject({ assigned: 1, given: [{ conversationId: atOnce }] });
  expect(await look(world, atOnce)).toMatchObject({ plan: 'P', step: 0 });
});

test('where the pass that asks the rules gives it to an agent at once, the change is told before the assignment, as it was then', async () => {
  const { world, channel } = await makeWorld({
    plans: [plain('Default')],
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: 'All', then: { plan: 'Default', priority: 'high', addTags: ['gold'] } }],
  });
  const { desk, workspaceId } = world;
  const events = ['conversation.updated', 'conversation.assigned'];
  await makeEndpoint(world, { events });
  const { agentId } = await createAgent(desk, workspaceId, {
    ...{ name: 'Ana', availability: 'online', capacity: 1 },
  });
  const id = await makeConversation(world, channel);
  expect(await world.route()).toBe(1);
  const { rows } = await desk.db.query(
    `select payload ->> 'event' as event, payload -> 'seq' as seq, payload -> 'data' ->> 'priority' as priority,
      payload -> 'conversation' ->> 'state' as state, payload -> 'conversation' ->> 'agentId' as "agentId"
    from delivery where workspace_id = $1 and stream_id = $2 order by delivery_id`,
    [workspaceId, id],
  );
  expect(rows).toEqual([
    { event: events[0], seq: 2, priority: 'high', state: 'waiting', agentId: null },
    { event: events[1], seq: 3, priority: null, state: 'assigned', agentId },
  ]);
  const logged = await desk.db.query(
    'select seq, type from event where workspace_id = $1 and stream_id = $2 and seq > 1 order by seq',
    [workspaceId, id],
  );
  expect(logged.rows).toEqual([
    { seq: 2, type: events[0] },
    { seq: 3, type: events[1] },
  ]);
});

test('what somebody changes while the rules are asked about it is given to nobody, and holds up no pass', async () => {
  const { world, channel } = await makeWorld({ plans: [plain('P')], rules: always('P') });
  await createAgent(world.desk, world.workspaceId, {
    ...{ name: 'Ana', availability: 'online', capacity: 5 },
  });
  const held = await makeConversation(world, channel);
  const other = await makeConversation(world, channel);
  const client = await world.desk.db.connect();
  try {
    await client.query('begin');
    await client.query('select from conversation where conversation_id = $1 for update', [held]);
    const { workspaceId } = world;
    const roster = makeRoster(workspaceId);
    const pass = await routeWaiting(world.desk, { workspaceId, roster });
    expect(pass).toMatchObject({ assigned: 1, more: false });
    expect(pass.dueInMs).toBeLessThanOrEqual(20);
    expect(await look(world, other)).toMatchObject({ plan: 'P' });
    expect((await look(world, other)).agentId).not.toBeNull();
    expect(await look(world, held)).toMatchObject({ agentId: null, plan: null });
  } finally {
    await client.query('rollback');
    client.release();
  }
  expect(await world.route()).toBe(1);
});

test('Why says the names of channels, agents and teams in what decided', async () => {
  const { world, channel, group } = await makeWorld({});
  const team = await group('team', 'Billing');
  await put(world, {
    plans: [plain('P')],
    rules: [
      {
        name: 'Here',
        when: {
          all: [
            { field: 'channel', is: channel.channelId },
            { field: `online.${team}`, lessThan: 1 },
          ],
        },
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        then: { plan: 'P' },
      },
      ...always('P'),
    ],
  });
  const waiting = await makeConversation(world, channel);
  await world.route();
  const { rows } = await world.desk.db.query('select name from channel where channel_id = $1', [
    channel.channelId,
  ]);
  const told = (await say(world, waiting)).find(({ code }) => code === 'ruled');
  expect(told).toMatchObject({
    because: [
      { field: 'channel', operator: 'is', value: rows[0].name },
      { field: 'online.Billing', operator: 'lessThan', value: 1 },
    ],
  });
});
