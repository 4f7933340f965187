import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import type { Plan } from '../contract/policy/plan.ts';
import { defaultPolicy } from '../contract/policy/policy.ts';
import { appendMessage } from './append-message.ts';
import { assignConversation } from './assign-conversation.ts';
import { changePolicy } from './change-policy.ts';
import { closeConversation } from './close-conversation.ts';
import { commit } from './commit.ts';
import { explainConversation } from './explain-conversation.ts';
import { reopenConversation } from './reopen-conversation.ts';
import { requeueConversation } from './requeue-conversation.ts';
import { sayMessage } from './say-message.ts';
import { createAgent } from './update-agent.ts';
import { watchTargets } from './watch-targets.ts';
import { writeMessage } from './write-message.ts';

const MINUTE = 60_000;

const policyOf = (plan: Partial<Plan>) => ({
  ...defaultPolicy,
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  rules: [{ name: 'Everybody', then: { plan: 'Billing' } }],
  plans: [{ name: 'Billing', steps: [{ after: 0 }], ...plan }],
});

async function makeWorld(plan: Partial<Plan>) {
  const world = await makeDesk(policyOf(plan));
  const { desk, workspaceId, clock, database } = world;
  const channel = await makeChannel(world);
  const known = new Map();
  const look = async () => {
    while (await watchTargets(desk, { workspaceId, known }));
  };
  const ask = async <Row>(sql: string, values: unknown[] = []) =>
    (await database.pool.query(sql, values)).rows as Row[];
  const open = async (change = {}) => {
    const conversationId = await makeConversation(world, channel, change);
    await world.route();
    return conversationId;
  };
  const put = async (changed: Partial<Plan>) => {
    const policy = policyOf(changed);
    expect(await changePolicy(desk, { workspaceId, actor: 'test', policy })).toHaveProperty(
      'version',
    );
    await world.route();
    await look();
  };
  const told = async (conversationId: string) => {
    const rows = await ask<{ type: string; target: string }>(
      `select type, data ->> 'target' as target from event where stream_id = $1
        and type in ('conversation.due-soon', 'conversation.overdue') order by seq`,
      [conversationId],
    );
    return rows.map(({ type, target }) => `${type.slice(13)} ${target}`);
  };
  const results = async () => {
    const rows = await ask<{ kind: string; met: boolean; agent: string | null }>(
      `select kind, met, (select name from agent a where a.agent_id = r.agent_id) as agent
      from target_result r order by decided_at`,
    );
    return rows.map(({ kind, met, agent }) => `${kind} ${met ? 'met' : 'missed'} ${agent}`);
  };
  const say = async (conversationId: string, authorKind: 'agent' | 'contact') => {
    const [row] = await ask<{ id: string }>(
      `select ${authorKind}_id as id from conversation where conversation_id = $1`,
      [conversationId],
    );
    const author = { conversationId, authorKind, authorId: row?.id ?? uuid(), sessionId: null };
    const words = { text: 'Hi', attachments: [], clientMessageId: null, isRepeat: false };
    return (await sayMessage(desk, { workspaceId, ...author, ...words })).outcome;
  };
  const pass = async (ms: number) => {
    await clock.advance(ms);
    await look();
  };
  const due = async (conversationId: string) => {
    const [row] = await ask<{ minutes: number | null }>(
      `select round(extract(epoch from target_due_at - queued_at) / 60)::integer as minutes
      from conversation where conversation_id = $1`,
      [conversationId],
    );
    return row?.minutes ?? null;
  };
  const agent = (name: string, capacity = 1) =>
    createAgent(desk, workspaceId, { name, availability: 'online', capacity });
  return { world, ask, open, put, told, results, say, pass, look, due, agent };
}

const targets = { firstAnswer: 600, nextAnswer: 300 };

test('what waits is told to be due soon and then overdue, each once, and counts as missed by nobody', async () => {
  const { open, pass, told, results } = await makeWorld({ targets });
  const id = await open();
  await pass(7 * MINUTE);
  expect(await told(id)).toEqual([]);
  await pass(MINUTE);
  expect(await told(id)).toEqual(['due-soon firstAnswer']);
  for (let n = 0; n < 3; n += 1) await pass(MINUTE);
  expect(await told(id)).toEqual(['due-soon firstAnswer', 'overdue firstAnswer']);
  expect(await results()).toEqual(['firstAnswer missed null']);
});

test('two nodes that look at the same moment tell it once', async () => {
  const {
    world,
    open,
    told,
    world: { desk, workspaceId, clock },
  } = await makeWorld({ targets });
  const ids = [];
  for (let n = 0; n < 20; n += 1) ids.push(await open());
  await clock.advance(11 * MINUTE);
  const nodes = [new Map(), new Map(), new Map()];
  await Promise.all(nodes.map((known) => watchTargets(desk, { workspaceId, known })));
  for (const id of ids) expect(await told(id)).toHaveLength(2);
  expect(world.wakes()).toBe(20);
});

test('an agent’s answers meet the targets; the contact’s next message opens the next one', async () => {
  const { open, say, pass, told, results, agent, world, due } = await makeWorld({ targets });
  await agent('Ana');
  const id = await open();
  await world.route();
  await pass(MINUTE);
  expect(await say(id, 'agent')).toBe('stored');
  await pass(0);
  expect(await due(id)).toBeNull();
  expect(await say(id, 'contact')).toBe('stored');
  await pass(0);
  expect(await due(id)).toBe(6);
  await pass(4 * MINUTE);
  await say(id, 'agent');
  await pass(10 * MINUTE);
  expect(await told(id)).toEqual(['due-soon nextAnswer']);
  expect(await results()).toEqual(['firstAnswer met Ana', 'nextAnswer met Ana']);
});

test('it is looked at only after a message that changes something', async () => {
  const { open, say, look, agent, world, ask } = await makeWorld({ targets });
  const turn = async (id: string) =>
    (
      await ask<{ now: boolean }>(
        'select target_turn_at <= clock_timestamp() as now from conversation where conversation_id = $1',
        [id],
      )
    )[0]?.now;
  await agent('Ana');
  const id = await open();
  await world.route();
  await say(id, 'contact');
  expect(await turn(id)).toBe(false);
  await say(id, 'agent');
  expect(await turn(id)).toBe(true);
  await look();
  await say(id, 'agent');
  expect(await turn(id)).toBeNull();
  await say(id, 'contact');
  expect(await turn(id)).toBe(true);
});

test('without targets nothing is kept and nothing is ever looked at', async () => {
  const { open, say, agent, world, ask } = await makeWorld({});
  await agent('Ana');
  const id = await open();
  await world.route();
  await say(id, 'contact');
  await say(id, 'agent');
  const columns = 'targets, target_awaits, target_soon_at, target_due_at, target_turn_at';
  expect(await ask(`select ${columns} from conversation`)).toEqual([
    {
      targets: null,
      target_awaits: null,
      target_soon_at: null,
      target_due_at: null,
      target_turn_at: null,
    },
  ]);
});

test('the end in time is met by whoever had it; taken back, its targets go on', async () => {
  const { open, pass, look, results, agent, world, told, due } = await makeWorld({
    targets: { end: 3600 },
  });
  const { desk, workspaceId } = world;
  await agent('Ana');
  const id = await open();
  await world.route();
  await pass(50 * MINUTE);
  const acting = { agentId: null, directs: true };
  await closeConversation(desk, {
    workspaceId,
    conversationId: id,
    actor: 'test',
    acting,
    tellRemote: true,
  });
  await look();
  expect(await results()).toEqual(['end met Ana']);
  expect(await due(id)).toBeNull();
  await reopenConversation(desk, { workspaceId, conversationId: id, actor: 'test', acting });
  await world.route();
  await pass(11 * MINUTE);
  expect(await due(id)).toBe(60);
  expect(await results()).toEqual(['end missed Ana']);
  expect(await told(id)).toEqual(['due-soon end', 'overdue end']);
});

test('a new policy moves the targets of what waits and of what agents hold', async () => {
  const { open, put, due, agent, world } = await makeWorld({ targets: { firstAnswer: 600 } });
  await agent('Ana');
  const held = await open();
  await world.route();
  const waiting = await open();
  expect([await due(held), await due(waiting)]).toEqual([10, 10]);
  await put({ targets: { firstAnswer: 1800 } });
  expect([await due(held), await due(waiting)]).toEqual([30, 30]);
  await put({});
  expect([await due(held), await due(waiting)]).toEqual([null, null]);
  await put({ targets: { firstAnswer: 60 } });
  expect([await due(held), await due(waiting)]).toEqual([1, 1]);
});

test('order due: whose target is due first is served first, whatever its priority; back in the queue it keeps that place', async () => {
  const { open, put, agent, world, ask } = await makeWorld({ targets: { firstAnswer: 600 } });
  const { desk, workspaceId, clock } = world;
  const early = await open();
  await clock.advance(MINUTE);
  const urgent = await open({ priority: 'urgent' });
  const order = async () => {
    const rows = await ask<{ id: string; rank: number }>(
      `select conversation_id as id, round(extract(epoch from rank_at - queued_at) / 60)::integer as rank
      from conversation where state = 'waiting' order by rank_at`,
    );
    return rows.map(({ id, rank }) => `${id} ${rank}`);
  };
  expect(await order()).toEqual([`${urgent} -60`, `${early} 0`]);
  await put({ targets: { firstAnswer: 600 }, order: 'due' });
  expect(await order()).toEqual([`${early} 10`, `${urgent} 10`]);
  await agent('Ana');
  expect(await world.route()).toBe(1);
  expect(await order()).toEqual([`${urgent} 10`]);
  const again = { workspaceId, conversationId: early, actor: 'test', acting: null };
  await requeueConversation(desk, { ...again, reason: 'test' });
  expect(await order()).toEqual([`${early} 10`, `${urgent} 10`]);
});

test('Why says which target is due first, how near it is, and whether it is the place in line', async () => {
  const { open, world, pass } = await makeWorld({ targets, order: 'due' });
  const { desk, workspaceId } = world;
  const id = await open();
  const why = async () => {
    const { reasons } = await explainConversation(desk, { workspaceId, conversationId: id });
    return reasons.find(({ code }) => code === 'due');
  };
  const first = { code: 'due', target: 'firstAnswer', byDue: true };
  expect(await why()).toMatchObject({ ...first, standing: 'ahead' });
  await pass(8 * MINUTE);
  expect(await why()).toMatchObject({ ...first, standing: 'soon' });
  await pass(2 * MINUTE);
  expect(await why()).toMatchObject({ ...first, standing: 'overdue' });
});

test('what a program, the system or a note says is no answer; an agent’s text of the back office is', async () => {
  const { open, agent, world, look, results } = await makeWorld({ targets: { firstAnswer: 600 } });
  const { desk, workspaceId } = world;
  const { agentId } = await agent('Ana');
  const conversationId = await open();
  await world.route();
  const words = { ...{ workspaceId, conversationId, text: 'Hi' }, attachmentIds: [], speaks: true };
  const program = { kind: 'user', id: null } as const;
  const ana = { kind: 'agent', id: agentId } as const;
  await writeMessage(desk, { ...words, kind: 'text', author: program });
  await writeMessage(desk, { ...words, kind: 'note', author: ana });
  await commit(desk, workspaceId, async (_, after) => {
    await appendMessage(after, {
      ...{ workspaceId, conversationId, messageId: uuid(), kind: 'text', authorKind: 'system' },
      ...{ authorId: null, text: 'Welcome', attachments: [], late: false },
    });
  });
  await look();
  expect(await results()).toEqual([]);
  await writeMessage(desk, { ...words, kind: 'text', author: ana, speaks: false });
  await look();
  expect(await results()).toEqual(['firstAnswer met Ana']);
});

test('an answer that was given elsewhere counts at its own moment', async () => {
  const { open, agent, world, pass, told, results } = await makeWorld({
    targets: { firstAnswer: 600 },
  });
  const { desk, workspaceId, clock } = world;
  const { agentId } = await agent('Ana');
  const conversationId = await open();
  await world.route();
  await pass(9 * MINUTE);
  const saidAt = new Date(clock.now());
  await pass(2 * MINUTE);
  expect(await results()).toEqual(['firstAnswer missed Ana']);
  await commit(desk, workspaceId, async (_, after) => {
    await appendMessage(after, {
      ...{ workspaceId, conversationId, messageId: uuid(), kind: 'text', authorKind: 'agent' },
      ...{ authorId: agentId, text: 'Hi', attachments: [], late: false, saidAt },
    });
  });
  await pass(0);
  expect(await results()).toEqual(['firstAnswer met Ana']);
  expect(await told(conversationId)).toHaveLength(2);
});

test('an assignment by hand changes no target', async () => {
  const { open, due, agent, world, ask } = await makeWorld({ targets });
  const { desk, workspaceId } = world;
  const id = await open();
  const { agentId } = await agent('Ana');
  const assign = { workspaceId, conversationId: id, agentId, force: false, actor: 'test' };
  await assignConversation(desk, { ...assign, acting: null });
  expect(await due(id)).toBe(10);
  expect(await ask('select agent_id from conversation')).toEqual([{ agent_id: agentId }]);
});
