// Limits, hours and the words of a plan: what the contact is told, once, and how it ends.
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import type { Calendar } from '../contract/policy/calendar.ts';
import type { Plan } from '../contract/policy/plan.ts';
import { assignConversation } from './assign-conversation.ts';
import { changeConversation } from './change-conversation.ts';
import { closeConversation } from './close-conversation.ts';
import { explainConversation } from './explain-conversation.ts';
import { foreseeWait } from './foresee-wait.ts';
import { reopenConversation } from './reopen-conversation.ts';
import { transferToTeam } from './requeue-conversation.ts';
import { makeRoster } from './roster.ts';
import { routeWaiting } from './route-waiting.ts';
import { createAgent, updateAgent } from './update-agent.ts';

const never: Calendar = { name: 'Never', timeZone: 'Asia/Jakarta', weekly: [] };
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const THEN = 'then';
const limits = (value: object) => ({ ...value }) as NonNullable<Plan['limits']>;
const words = {
  queued: { en: 'You wait.', id: 'Anda menunggu.' },
  position: { en: 'Number {{position}} in line. It takes {{wait}}.' },
  closedHours: { en: 'We open {{opensAt}}.' },
  full: { en: 'Too many wait.' },
  assigned: { en: '{{agent}} is here, {{name}}.' },
  ended: { en: 'Good bye.' },
};

async function makeWorld(
  plan: Partial<Plan>,
  more: { plans?: Plan[]; calendars?: Calendar[] } = {},
) {
  const { plans = [], calendars = [never] } = more;
  const world = await makeDesk({
    calendars,
    plans: [{ name: 'Default', steps: [{ after: 0 }], words, ...plan }, ...plans],
    rules: [{ name: 'Everybody', [THEN]: { plan: plan.name ?? 'Default' } } as never],
  });
  return { world, channel: await makeChannel(world) };
}

const online = { availability: 'online', capacity: 5 } as const;

async function hear({ desk, workspaceId }: TestDesk, conversationId: string): Promise<string[]> {
  const { rows } = await desk.db.query(
    `select text from message where workspace_id = $1 and conversation_id = $2 and author_kind = 'system' order by seq`,
    [workspaceId, conversationId],
  );
  return rows.map(({ text }) => text.replaceAll(/\s/gu, ' '));
}

async function look({ desk, workspaceId }: TestDesk, conversationId: string) {
  const { rows } = await desk.db.query(
    `select state, close_reason as "closeReason", plan, plan_step as step, agent_id as "agentId"
    from conversation where workspace_id = $1 and conversation_id = $2`,
    [workspaceId, conversationId],
  );
  return rows[0];
}

test('who has to wait is told so once, and who is given at once is told only who has it', async () => {
  const { world, channel } = await makeWorld({});
  const waits = await makeConversation(world, channel);
  await world.route();
  await world.route();
  expect(await hear(world, waits)).toEqual(['You wait.']);
  await createAgent(world.desk, world.workspaceId, { ...online, name: 'Ana' });
  expect(await world.route()).toBe(1);
  expect(await hear(world, waits)).toEqual(['You wait.', 'Ana is here, Sari.']);
  const given = await makeConversation(world, channel);
  expect(await world.route()).toBe(1);
  expect(await hear(world, given)).toEqual(['Ana is here, Sari.']);
});

test('each further step says the place in line once', async () => {
  const { world, channel } = await makeWorld({
    steps: [{ after: 0 }, { after: 60, priority: 'high' }, { after: 120, priority: 'urgent' }],
  });
  const first = await makeConversation(world, channel);
  const second = await makeConversation(world, channel);
  await world.route();
  for (let minute = 0; minute < 3; minute += 1) {
    await world.clock.advance(61_000);
    await world.route();
    await world.route();
  }
  expect(await hear(world, first)).toEqual(['You wait.', ...Array(2).fill('Number 1 in line.')]);
  expect(await hear(world, second)).toEqual(['You wait.', ...Array(2).fill('Number 2 in line.')]);
});

test('a full plan ends who has to wait then, and nobody who waits already or is given at once', async () => {
  const { world, channel } = await makeWorld({ limits: limits({ waiting: 2, [THEN]: 'close' }) });
  const all = [];
  for (let nth = 0; nth < 4; nth += 1) all.push(await makeConversation(world, channel));
  await world.route();
  const states = await Promise.all(all.map((id) => look(world, id)));
  expect(states.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'closed', 'closed']);
  expect(states[3]).toMatchObject({ closeReason: 'queue-full' });
  expect(await hear(world, all[3] as string)).toEqual(['Too many wait.', 'Good bye.']);
  expect(await hear(world, all[0] as string)).toEqual(['You wait.']);
  await createAgent(world.desk, world.workspaceId, { ...online, name: 'Ana' });
  await world.route();
  // Three at once, of whom an agent takes three: nobody is sent away, although only two may wait.
  const burst = [];
  for (let nth = 0; nth < 3; nth += 1) burst.push(await makeConversation(world, channel));
  expect(await world.route()).toBe(3);
});

test('who waits too long is told, and waits on; or ends; or goes by another plan', async () => {
  const night: Plan = { name: 'Night', steps: [{ after: 0, priority: 'urgent' }] };
  const outcomes = [];
  for (const then of ['message', 'close', 'plan:Night']) {
    const { world, channel } = await makeWorld(
      { limits: limits({ waitFor: 60, [THEN]: then }) },
      { plans: [night] },
    );
    const id = await makeConversation(world, channel);
    await world.route();
    await world.clock.advance(58_000);
    await world.route();
    expect(await look(world, id)).toMatchObject({ state: 'waiting', plan: 'Default' });
    await world.clock.advance(2_500);
    await world.route();
    const { state, closeReason, plan } = await look(world, id);
    outcomes.push({ state, closeReason, plan, heard: await hear(world, id) });
  }
  expect(outcomes).toEqual([
    {
      ...{ state: 'waiting', closeReason: null, plan: 'Default' },
      heard: ['You wait.', 'Too many wait.'],
    },
    {
      ...{ state: 'closed', closeReason: 'waited-too-long', plan: 'Default' },
      heard: ['You wait.', 'Too many wait.', 'Good bye.'],
    },
    { state: 'waiting', closeReason: null, plan: 'Night', heard: ['You wait.'] },
  ]);
});

/** Open every day from the one to the other, in hours from now. */
function openIn(from: number, to: number): Calendar {
  const at = (hours: number) =>
    new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
  const span = { days: [...days], from: at(from), to: at(to) };
  return { name: 'Later', timeZone: 'UTC', weekly: [span] };
}

test('outside of its hours a plan tells the contact when it opens, or ends the conversation', async () => {
  const open = async (otherwise: string, calendar: Calendar) => {
    const { world, channel } = await makeWorld(
      { hours: { calendar: calendar.name, otherwise } },
      { calendars: [calendar] },
    );
    const id = await makeConversation(world, channel);
    await world.route();
    const listen = async () => ({ ...(await look(world, id)), heard: await hear(world, id) });
    return { world, listen };
  };
  const later = openIn(2, 5);
  const opens = expect.stringMatching(/^We open \w+day, .* UTC\.$/);
  const told = await open('message', later);
  expect(await told.listen()).toMatchObject({ state: 'waiting', heard: [opens] });
  const ended = await open('close', later);
  expect(await ended.listen()).toMatchObject({
    ...{ state: 'closed', closeReason: 'closed-hours', heard: [opens, 'Good bye.'] },
  });
  // Nobody knows when it opens.
  const silent = await open('message', never);
  expect(await silent.listen()).toMatchObject({ state: 'waiting', heard: [] });

  const closes = openIn(-1, 1);
  const waits = await open('close', closes);
  expect(await waits.listen()).toMatchObject({ state: 'waiting', heard: ['You wait.'] });
  await waits.world.clock.advance(3_600_000);
  await waits.world.route();
  expect(await waits.listen()).toMatchObject({
    ...{ state: 'closed', heard: ['You wait.', opens, 'Good bye.'] },
  });
});

test('why names the hours with the next change, the limits, and what follows; who looks sees when it opens', async () => {
  const calendar = openIn(2, 5);
  const { world, channel } = await makeWorld(
    {
      hours: { calendar: 'Later', otherwise: 'message' },
      limits: limits({ waiting: 9, waitFor: 60, [THEN]: 'message' }),
    },
    { calendars: [calendar] },
  );
  const key = {
    workspaceId: world.workspaceId,
    conversationId: await makeConversation(world, channel),
  };
  await world.route();
  const { reasons, explanation } = await explainConversation(world.desk, key);
  const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:/);
  const base = { code: 'limit', plan: 'Default', otherwise: 'message', met: false };
  expect(reasons).toEqual(
    expect.arrayContaining([
      { code: 'hours', calendar: 'Later', open: false, changesAt: at, otherwise: 'message' },
      { ...base, limit: 'waiting', value: 9, at: null },
      { ...base, limit: 'waitFor', value: 60, at },
    ]),
  );
  expect(explanation.join(' ')).toContain('the contact is told, and it waits');
  const { db } = world.desk;
  const asking = { ...key, now: world.clock.now() };
  expect(await foreseeWait(db, asking)).toEqual({ waitRange: null, opensAt: at });
});

test('how long it may take is told once five were given somebody within the hour', async () => {
  const { world, channel } = await makeWorld({});
  const { desk, workspaceId } = world;
  const ids = [];
  for (let nth = 0; nth < 5; nth += 1) ids.push(await makeConversation(world, channel));
  await world.route();
  await world.clock.advance(300_000);
  const ana = await createAgent(desk, workspaceId, { ...online, name: 'Ana' });
  expect(await world.route()).toBe(5);
  await updateAgent(desk, { workspaceId, agentId: ana.agentId }, { availability: 'offline' });
  const conversationId = await makeConversation(world, channel);
  await world.route();
  const { waitRange } = await foreseeWait(desk.db, {
    ...{ workspaceId, conversationId, now: world.clock.now() },
  });
  expect(waitRange?.from).toBeGreaterThan(290);
  expect(waitRange?.to).toBeLessThan(320);
});

test('words tell the range by what was last foretold of the plan, each by its own place', async () => {
  const told = { queued: { en: 'It takes {{wait}}.' } };
  const { world, channel } = await makeWorld({ words: told });
  const basis = {
    ...{ beside: 0, places: 2, holdSeconds: 600, leavingPerSecond: 0 },
    scores: { low: -1.28, middle: 0, high: 1.28, served: 30 },
  };
  await world.desk.db.query(
    `insert into told_wait (workspace_id, conversation_id, told_at, nth, plan, method, place, expected, turns, low, middle,
      high, basis) values ($1, gen_random_uuid(), clock_timestamp() - interval '1 minute', 0, 'Default', 'state', 3, 1, 1, 1,
      1, 1, $2)`,
    [world.workspaceId, JSON.stringify(basis)],
  );
  const [first, second] = [
    await makeConversation(world, channel),
    await makeConversation(world, channel),
  ];
  await world.route();
  // Five minutes and ten are expected: 26 to 692 seconds, and 142 to 1192.
  expect(await hear(world, first)).toEqual(['It takes 1–12 minutes.']);
  expect(await hear(world, second)).toEqual(['It takes 2–20 minutes.']);
});

test('what an agent held is no waiting: who comes back is not ended for it', async () => {
  const { world, channel } = await makeWorld({ limits: limits({ waitFor: 60, [THEN]: 'close' }) });
  const ana = await createAgent(world.desk, world.workspaceId, { ...online, name: 'Ana' });
  const id = await makeConversation(world, channel);
  expect(await world.route()).toBe(1);
  await world.clock.advance(3_600_000);
  await updateAgent(
    world.desk,
    { workspaceId: world.workspaceId, agentId: ana.agentId },
    { availability: 'offline' },
  );
  await transferToTeam(world.desk, {
    ...{ workspaceId: world.workspaceId, conversationId: id, actor: 'test' },
    ...{ acting: { agentId: null, directs: true }, teamId: null, skillIds: [] },
  });
  await world.route();
  expect(await look(world, id)).toMatchObject({ state: 'waiting' });
  await world.clock.advance(61_000);
  await world.route();
  expect(await look(world, id)).toMatchObject({ state: 'closed', closeReason: 'waited-too-long' });
});

test('a change while it waits says nothing again', async () => {
  const { world, channel } = await makeWorld({});
  const id = await makeConversation(world, channel);
  await world.route();
  const key = { workspaceId: world.workspaceId, conversationId: id, actor: 'test' };
  await changeConversation(world.desk, { ...key, tags: ['gold'] });
  await world.route();
  await world.route();
  expect(await hear(world, id)).toEqual(['You wait.']);
});

test('an assignment by hand is told as well, each once; nothing is said on a channel that carries no words', async () => {
  const { world, channel } = await makeWorld({});
  const id = await makeConversation(world, channel);
  await world.route();
  const ana = await createAgent(world.desk, world.workspaceId, {
    ...{ name: 'Ana', availability: 'offline', capacity: 5 },
  });
  const assigning = { workspaceId: world.workspaceId, conversationId: id, agentId: ana.agentId };
  await assignConversation(world.desk, { acting: null, ...assigning, force: true, actor: 'test' });
  expect(await hear(world, id)).toEqual(['You wait.', 'Ana is here, Sari.']);

  const qiscus = await makeChannel(world, { kind: 'qiscus' });
  const there = await makeConversation(world, qiscus);
  await world.route();
  expect(await hear(world, there)).toEqual([]);
});

test('who is taken back after the plan has ended it waits anew, and is not told twice that it ended', async () => {
  const { world, channel } = await makeWorld({ limits: limits({ waitFor: 60, [THEN]: 'close' }) });
  const id = await makeConversation(world, channel);
  await world.route();
  await world.clock.advance(61_000);
  await world.route();
  expect(await look(world, id)).toMatchObject({ state: 'closed' });
  const acting = { agentId: null, directs: true };
  const key = { workspaceId: world.workspaceId, conversationId: id, actor: 'test' };
  await reopenConversation(world.desk, { ...key, acting });
  await world.route();
  expect(await look(world, id)).toMatchObject({ state: 'waiting' });
  await world.clock.advance(61_000);
  await world.route();
  expect(await look(world, id)).toMatchObject({ state: 'closed' });
  expect(await hear(world, id)).toEqual(['You wait.', 'Too many wait.', 'Good bye.']);
});

test('a conversation that somebody closes meanwhile is told nothing', async () => {
  const { world, channel } = await makeWorld({});
  const id = await makeConversation(world, channel);
  await closeConversation(world.desk, {
    ...{ workspaceId: world.workspaceId, conversationId: id, actor: 'test', acting: null },
    tellRemote: false,
  });
  await world.route();
  expect(await hear(world, id)).toEqual([]);
});

test('what the plan ends while somebody changes it ends a moment later, and nothing spins meanwhile', async () => {
  const { world, channel } = await makeWorld({ limits: limits({ waitFor: 60, [THEN]: 'close' }) });
  const { workspaceId } = world;
  const id = await makeConversation(world, channel);
  await world.route();
  await world.clock.advance(61_000);
  const roster = makeRoster(workspaceId);
  const pass = () => routeWaiting(world.desk, { workspaceId, roster });
  const client = await world.desk.db.connect();
  const read = client.query.bind(client);
  try {
    // It stands among those that are to be ended, and is changed before it has.
    await read(`update conversation set needs = '~to-end' where conversation_id = $1`, [id]);
    await read('begin');
    await read('select from conversation where conversation_id = $1 for update', [id]);
    const { more, dueInMs } = await pass();
    expect(more).toBe(false);
    expect(dueInMs).toBeLessThanOrEqual(20);
    expect(await look(world, id)).toMatchObject({ state: 'waiting' });
  } finally {
    await read('rollback');
    client.release();
  }
  await world.route();
  expect(await look(world, id)).toMatchObject({ state: 'closed' });
});
