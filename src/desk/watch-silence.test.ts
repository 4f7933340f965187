import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import type { Plan } from '../contract/policy/plan.ts';
import { defaultPolicy } from '../contract/policy/policy.ts';
import { changePolicy } from './change-policy.ts';
import { closeConversation } from './close-conversation.ts';
import { explainConversation } from './explain-conversation.ts';
import { liftExclusions } from './lift-exclusions.ts';
import { requeueConversation } from './requeue-conversation.ts';
import { sayMessage } from './say-message.ts';
import { createAgent } from './update-agent.ts';
import { watchSilence } from './watch-silence.ts';
import { writeMessage } from './write-message.ts';

const MINUTE = 60_000;
const words = {
  reminder: { en: 'Are you there, {{name}}? {{agent}} waits.', id: 'Masih di sana?' },
  ended: { en: 'Good bye.' },
};

const policyOf = (plan: Partial<Plan>) => ({
  ...defaultPolicy,
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  rules: [{ name: 'Everybody', then: { plan: 'Billing' } }],
  plans: [{ name: 'Billing', steps: [{ after: 0 }], words, ...plan }],
});

async function makeWorld(plan: Partial<Plan>) {
  const world = await makeDesk(policyOf(plan));
  const { desk, workspaceId, clock, database } = world;
  const channel = await makeChannel(world);
  const known = new Map();
  const look = async () => {
    while (await watchSilence(desk, { workspaceId, known }));
  };
  const ask = async <Row>(sql: string, values: unknown[] = []) =>
    (await database.pool.query(sql, values)).rows as Row[];
  const agent = (name: string, capacity = 3) =>
    createAgent(desk, workspaceId, { name, availability: 'online', capacity });
  /** Held by whoever has room. */
  const open = async () => {
    const conversationId = await makeConversation(world, channel);
    await world.route();
    await look();
    return conversationId;
  };
  const put = async (changed: Partial<Plan>) => {
    const policy = policyOf(changed);
    const done = await changePolicy(desk, { workspaceId, actor: 'test', policy });
    expect(done).toHaveProperty('version');
    await look();
  };
  const say = async (conversationId: string, authorKind: 'agent' | 'contact') => {
    const [row] = await ask<{ id: string }>(
      `select ${authorKind}_id as id from conversation where conversation_id = $1`,
      [conversationId],
    );
    const author = { conversationId, authorKind, authorId: row?.id ?? '', sessionId: null };
    const said = { text: 'Hi', attachments: [], clientMessageId: null, isRepeat: false };
    expect((await sayMessage(desk, { workspaceId, ...author, ...said })).outcome).toBe('stored');
    await look();
  };
  /** Minute by minute: the machine’s own time, which goes on, is far less. */
  const pass = async (minutes: number) => {
    for (let n = 0; n < minutes; n += 1) {
      await clock.advance(MINUTE);
      await look();
    }
  };
  const events = async (conversationId: string) => {
    const rows = await ask<{ type: string; reason: string | null }>(
      `select type, data ->> 'reason' as reason from event where stream_id = $1 and (type in
        ('conversation.unanswered', 'conversation.reminded', 'conversation.requeued', 'conversation.closed')
        or type = 'message.created' and data ->> 'authorKind' = 'system') order by seq`,
      [conversationId],
    );
    return rows.map(({ type, reason }) => `${type}${reason === null ? '' : ` ${reason}`}`);
  };
  const heard = async (conversationId: string) =>
    (
      await ask<{ text: string }>(
        `select text from message where conversation_id = $1 and author_kind = 'system' order by seq`,
        [conversationId],
      )
    ).map(({ text }) => text);
  const state = async (conversationId: string) => {
    const [row] = await ask<{ state: string; agent: string | null; rank: boolean }>(
      `select state, (select name from agent a where a.agent_id = c.agent_id) as agent,
        rank_at = queued_at as rank from conversation c where conversation_id = $1`,
      [conversationId],
    );
    return row;
  };
  const why = async (conversationId: string) => {
    const { reasons } = await explainConversation(desk, { workspaceId, conversationId });
    return reasons.find(({ code }) => code === 'silent');
  };
  return { world, ask, open, put, say, pass, look, events, heard, state, agent, why };
}

test('supervisors are told of an agent who does not answer, and then it goes to somebody else at its old rank', async () => {
  const { agent, open, pass, events, state, world, why } = await makeWorld({
    silence: { agent: 600 },
  });
  await agent('Ana');
  const id = await open();
  await pass(9);
  expect(await events(id)).toEqual([]);
  await pass(1);
  expect(await events(id)).toEqual(['conversation.unanswered']);
  expect(await why(id)).toMatchObject({ of: 'agent', noticedAt: expect.any(String) });
  await agent('Budi');
  await pass(9);
  expect(await state(id)).toMatchObject({ state: 'assigned', agent: 'Ana' });
  await pass(1);
  expect(await events(id)).toEqual([
    'conversation.unanswered',
    'conversation.requeued not-answered',
  ]);
  expect(await state(id)).toMatchObject({ state: 'waiting', rank: true });
  await world.route();
  expect(await state(id)).toMatchObject({ state: 'assigned', agent: 'Budi' });
});

test('who did not answer is asked again only when nobody else could, also after the exclusion has ended', async () => {
  const { agent, open, pass, state, world } = await makeWorld({ silence: { agent: 600 } });
  await agent('Ana');
  const id = await open();
  await pass(20);
  await world.route();
  expect(await state(id)).toMatchObject({ state: 'waiting' });
  await world.clock.advance(MINUTE);
  await agent('Budi', 1);
  await liftExclusions(world.desk, { workspaceId: world.workspaceId });
  await world.route();
  expect(await state(id)).toMatchObject({ state: 'assigned', agent: 'Budi' });
});

test('each answer ends the agent’s silence, and only what nobody has answered counts', async () => {
  const { agent, open, say, pass, events, why } = await makeWorld({ silence: { agent: 600 } });
  await agent('Ana');
  const id = await open();
  await pass(9);
  await say(id, 'agent');
  await pass(60);
  expect(await events(id)).toEqual([]);
  expect(await why(id)).toBeUndefined();
  await say(id, 'contact');
  await pass(6);
  await say(id, 'contact');
  await pass(3);
  expect(await events(id)).toEqual([]);
  await pass(1);
  expect(await events(id)).toEqual(['conversation.unanswered']);
});

test('a silent contact is reminded once and then it ends, each with its words', async () => {
  const { agent, open, say, pass, events, heard, state, ask, why } = await makeWorld({
    silence: { contact: { remind: 600, close: 1800 } },
  });
  await agent('Ana');
  const id = await open();
  await pass(60);
  expect(await events(id)).toEqual([]);
  await say(id, 'agent');
  await pass(9);
  expect(await heard(id)).toEqual([]);
  expect(await why(id)).toMatchObject({ of: 'contact', noticedAt: null });
  await pass(1);
  expect(await heard(id)).toEqual(['Are you there, Sari? Ana waits.']);
  expect(await why(id)).toMatchObject({ of: 'contact', noticedAt: expect.any(String) });
  await pass(19);
  expect(await state(id)).toMatchObject({ state: 'assigned' });
  await pass(1);
  expect(await heard(id)).toEqual(['Are you there, Sari? Ana waits.', 'Good bye.']);
  expect(await events(id)).toEqual([
    ...['message.created', 'conversation.reminded'],
    ...['message.created', 'conversation.closed contact-silent'],
  ]);
  const [row] = await ask('select close_reason, closed_at from conversation');
  expect(row).toMatchObject({ close_reason: 'contact-silent' });
  await pass(60);
  expect(await heard(id)).toHaveLength(2);
});

test('a message of the agent begins the contact’s time anew, a note does not', async () => {
  const { agent, open, say, pass, events, heard, world, look } = await makeWorld({
    silence: { contact: { remind: 600, close: 1800 } },
  });
  await agent('Ana');
  const id = await open();
  await say(id, 'agent');
  await pass(9);
  await say(id, 'agent');
  await pass(9);
  expect(await heard(id)).toEqual([]);
  const author = { kind: 'user' as const, id: null };
  const { desk, workspaceId } = world;
  const note = { workspaceId, conversationId: id, kind: 'note' as const, author, speaks: false };
  await writeMessage(desk, { ...note, text: 'Hm', attachmentIds: [] });
  await look();
  await pass(1);
  expect(await heard(id)).toHaveLength(1);
  await say(id, 'agent');
  await pass(10);
  expect(await heard(id)).toHaveLength(2);
  await say(id, 'contact');
  await pass(60);
  expect(await events(id)).not.toContain('conversation.closed contact-silent');
  await say(id, 'agent');
  await pass(30);
  expect(await events(id)).toContain('conversation.closed contact-silent');
});

test('two nodes that look at the same moment do each step once', async () => {
  const { agent, open, say, heard, world, events } = await makeWorld({
    silence: { contact: { remind: 600, close: 1800 } },
  });
  await agent('Ana', 20);
  const ids = [];
  for (let n = 0; n < 10; n += 1) ids.push(await open());
  for (const id of ids) await say(id, 'agent');
  const { desk, workspaceId, clock } = world;
  for (const ms of [11 * MINUTE, 20 * MINUTE]) {
    await clock.advance(ms);
    const nodes = [new Map(), new Map(), new Map()];
    await Promise.all(nodes.map((known) => watchSilence(desk, { workspaceId, known })));
  }
  for (const id of ids) {
    expect(await heard(id)).toHaveLength(2);
    expect(await events(id)).toHaveLength(4);
  }
});

test('after an outage a contact is reminded first, and has the time between reminder and end', async () => {
  const { agent, open, say, pass, heard, state, world, look } = await makeWorld({
    silence: { contact: { remind: 600, close: 1800 } },
  });
  await agent('Ana');
  const id = await open();
  await say(id, 'agent');
  await world.clock.advance(60 * MINUTE);
  await look();
  expect(await heard(id)).toHaveLength(1);
  await pass(19);
  expect(await state(id)).toMatchObject({ state: 'assigned' });
  await pass(1);
  expect(await state(id)).toMatchObject({ state: 'closed' });
});

test('a policy that changes the times lets silence count from that moment on; another leaves it as it is', async () => {
  const { agent, open, say, pass, put, heard, events } = await makeWorld({});
  await agent('Ana');
  const id = await open();
  await say(id, 'agent');
  await pass(100);
  const silence = { contact: { remind: 600, close: 1800 } };
  await put({ silence });
  await pass(9);
  await put({ silence, order: 'rank' });
  expect(await heard(id)).toEqual([]);
  await pass(1);
  expect(await heard(id)).toHaveLength(1);
  await put({});
  await pass(100);
  expect(await events(id)).toHaveLength(2);
});

test('whoever is given it anew has the whole time, and the contact is not reminded again of the same message', async () => {
  const { agent, open, say, pass, heard, state, world, look } = await makeWorld({
    silence: { contact: { remind: 600, close: 1800 } },
  });
  await agent('Ana');
  const id = await open();
  await say(id, 'agent');
  await pass(10);
  const { desk, workspaceId } = world;
  const by = { reason: 'test', actor: 'test', acting: null };
  await requeueConversation(desk, { workspaceId, conversationId: id, ...by });
  await pass(60);
  expect(await state(id)).toMatchObject({ state: 'waiting' });
  await world.route();
  await look();
  await pass(29);
  expect(await state(id)).toMatchObject({ state: 'assigned' });
  await pass(1);
  expect(await state(id)).toMatchObject({ state: 'closed' });
  expect(await heard(id)).toEqual(['Are you there, Sari? Ana waits.', 'Good bye.']);
});

test('what has ended or waits is not looked at', async () => {
  const { agent, open, pass, events, world, ask } = await makeWorld({ silence: { agent: 600 } });
  const waits = await open();
  await pass(60);
  expect(await events(waits)).toEqual([]);
  await agent('Ana');
  await world.route();
  const { desk, workspaceId } = world;
  const by = { actor: 'test', acting: null, tellRemote: false };
  await closeConversation(desk, { workspaceId, conversationId: waits, ...by });
  await pass(60);
  expect(await events(waits)).toEqual(['conversation.closed closed']);
  const due = await ask(
    `select from conversation where state = 'assigned' and silence_at is not null`,
  );
  expect(due).toEqual([]);
});

test('a plan without limits of silence leaves nothing to look at', async () => {
  const { agent, open, say, ask } = await makeWorld({});
  await agent('Ana');
  const id = await open();
  await say(id, 'agent');
  await say(id, 'contact');
  const rows = await ask('select silence, silence_awaits, silence_at from conversation');
  expect(rows).toEqual([{ silence: null, silence_awaits: null, silence_at: null }]);
});
