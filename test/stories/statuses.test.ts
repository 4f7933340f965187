// Why people are away: the workspace's list, who sets what, and the record of it.
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import type { Status } from '../../src/contract/statuses.ts';
import { commitLocked } from '../../src/desk/commit.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { setAway } from '../../src/desk/set-away.ts';
import { agentChanged } from '../../src/desk/update-agent.ts';
import { addPerson } from '../makers/browse.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { connectAgent } from '../makers/web-client.ts';

const LEASE_MS = 60_000;

async function begin() {
  const usher = await startTestUsher({ ATTENDANT_KEEP_ALIVE_TIME: String(LEASE_MS) });
  const lunch = await make(usher, { name: 'Lunch', emoji: '🍜', colour: '#ff8800' });
  const training = await make(usher, { name: 'Training' });
  return { usher, lunch, training };
}

async function make(usher: TestUsher, body: object): Promise<Status> {
  const answer = await usher.call('POST', '/api/v1/statuses', { body });
  expect(answer.status, answer.text).toBe(201);
  return answer.body as Status;
}

const list = async (usher: TestUsher) =>
  ((await usher.call('GET', '/api/v1/statuses')).body as { items: Status[] }).items;

const agentOf = async (usher: TestUsher, id: string) =>
  (await usher.call('GET', `/api/v1/agents/${id}`)).body as Agent;

async function recordOf({ database }: TestUsher, agentId: string) {
  const { rows } = await database.pool.query(
    `select at, availability, status_id as "statusId", cause, by, reason from agent_status_change
    where agent_id = $1 order by at, change_id`,
    [agentId],
  );
  return rows;
}

test('a workspace keeps its statuses in an order, and archived ones stay with their ids', async () => {
  const { usher, lunch, training } = await begin();
  expect(lunch).toMatchObject({ name: 'Lunch', emoji: '🍜', colour: '#ff8800', archived: false });
  const path = '/api/v1/statuses';
  const ordered = await usher.call('PUT', `${path}/order`, {
    body: { ids: [training.id, lunch.id] },
  });
  expect(ordered.status, ordered.text).toBe(200);
  expect((await list(usher)).map(({ name }) => name)).toEqual(['Training', 'Lunch']);
  const change = (body: object) => usher.call('PATCH', `${path}/${training.id}`, { body });
  expect((await change({ archived: true })).body).toEqual({ ...training, archived: true });
  expect((await list(usher)).map(({ name }) => name)).toEqual(['Lunch', 'Training']);
  // The name is free while it is archived, and the id comes back with it when it is not.
  const second = await make(usher, { name: 'training' });
  expect((await change({ archived: false })).status).toBe(409);
  await usher.call('PATCH', `${path}/${second.id}`, { body: { archived: true } });
  expect((await change({ archived: false, name: 'Course' })).body).toEqual({
    ...training,
    name: 'Course',
  });
});

test('what is no status, an incomplete order and one status too many are refused with the reason', async () => {
  const { usher, lunch, training } = await begin();
  const path = '/api/v1/statuses';
  const refused = async (method: string, at: string, body: object) => {
    const answer = await usher.call(method, at, { body });
    return [answer.status, (answer.body as { code: string }).code];
  };
  expect(await refused('POST', path, { name: 'LUNCH' })).toEqual([409, 'status.name-taken']);
  expect(await refused('POST', path, { name: ' ' })).toEqual([400, 'request.invalid']);
  expect(await refused('POST', path, { name: 'x'.repeat(51) })).toEqual([400, 'request.invalid']);
  for (const emoji of ['', 'ab', '🍜🍜', '<b>', '🍜 ', '1']) {
    expect(await refused('POST', path, { name: 'Tea', emoji })).toEqual([
      400,
      'status.emoji-invalid',
    ]);
  }
  for (const emoji of ['👩🏽‍🍳', '🇮🇩', '1️⃣', '☕', '❤️']) {
    expect((await make(usher, { name: `Tea ${emoji}`, emoji })).emoji).toBe(emoji);
  }
  expect(await refused('PATCH', `${path}/${DEFAULT_WORKSPACE}`, { name: 'x' })).toEqual([
    404,
    'status.not-found',
  ]);
  expect(await refused('PUT', `${path}/order`, { ids: [lunch.id] })).toEqual([
    400,
    'status.order-incomplete',
  ]);
  const left = 50 - (await list(usher)).length;
  for (let at = 0; at < left; at += 1) await make(usher, { name: `S${at}` });
  expect(await refused('POST', path, { name: 'One more' })).toEqual([409, 'status.too-many']);
  await usher.call('PATCH', `${path}/${training.id}`, { body: { archived: true } });
  await make(usher, { name: 'One more' });
  expect(await refused('PATCH', `${path}/${training.id}`, { archived: false })).toEqual([
    409,
    'status.too-many',
  ]);
});

test('an agent chooses a status, a supervisor sets it for them with the reason, and each change is on record', async () => {
  const { usher, lunch, training } = await begin();
  const ana = await addPerson(usher, { name: 'Ana', email: 'ana@example.com', role: 'agent' });
  const sari = await addPerson(usher, {
    name: 'Sari',
    email: 'sari@example.com',
    role: 'supervisor',
  });
  const path = `/api/v1/agents/${ana.agentId}`;
  const choose = async (body: object) =>
    (await ana.browser.send('PATCH', path, { body })).body as Agent;
  await choose({ availability: 'online' });
  expect(await choose({ statusId: lunch.id })).toMatchObject({
    ...{ availability: 'away', statusId: lunch.id, statusCause: 'chosen' },
    statusBy: `agent:${ana.agentId}`,
  });
  // The same again changes nothing; plain away from an older client keeps the status.
  await choose({ statusId: lunch.id });
  expect(await choose({ availability: 'away' })).toMatchObject({ statusId: lunch.id });
  const body = { statusId: training.id, statusReason: 'New product' };
  expect((await sari.browser.send('PATCH', path, { body })).body).toMatchObject({
    ...{ availability: 'away', statusId: training.id, statusCause: 'set' },
    ...{ statusBy: `agent:${sari.agentId}`, statusReason: 'New product' },
  });
  expect(await choose({ statusId: null })).toMatchObject({ availability: 'away', statusId: null });
  expect(await choose({ availability: 'online' })).toMatchObject({ statusId: null });
  const own = { cause: 'chosen', by: `agent:${ana.agentId}`, reason: null };
  const record = await recordOf(usher, ana.agentId);
  expect(record).toMatchObject([
    { availability: 'offline', cause: 'created' },
    { ...own, availability: 'online', statusId: null },
    { ...own, availability: 'away', statusId: lunch.id },
    { availability: 'away', statusId: training.id, cause: 'set', reason: 'New product' },
    { ...own, availability: 'away', statusId: null },
    { ...own, availability: 'online', statusId: null },
  ]);
  expect(record.every(({ at }, index) => index === 0 || at >= record[index - 1].at)).toBe(true);
  const { rows } = await usher.database.pool.query(
    `select seq, type, data ->> 'status' as status from event where stream_id = $1 order by seq`,
    [ana.agentId],
  );
  expect(rows).toEqual([
    { seq: 1, type: 'agent.availability-changed', status: null },
    { seq: 2, type: 'agent.status-changed', status: null },
    { seq: 3, type: 'agent.availability-changed', status: null },
    { seq: 4, type: 'agent.status-changed', status: 'Lunch' },
    { seq: 5, type: 'agent.status-changed', status: 'Training' },
    { seq: 6, type: 'agent.status-changed', status: null },
    { seq: 7, type: 'agent.availability-changed', status: null },
    { seq: 8, type: 'agent.status-changed', status: null },
  ]);
});

test('an unknown, an archived and somebody else’s status are refused, and nothing is half done', async () => {
  const { usher, lunch, training } = await begin();
  const ana = await addPerson(usher, { name: 'Ana', email: 'ana@example.com', role: 'agent' });
  const budi = await addPerson(usher, { name: 'Budi', email: 'budi@example.com', role: 'agent' });
  await usher.call('PATCH', `/api/v1/statuses/${training.id}`, { body: { archived: true } });
  const path = `/api/v1/agents/${ana.agentId}`;
  const refused = async (by: typeof ana, body: object) => {
    const answer = await by.browser.send('PATCH', path, { body });
    return [answer.status, (answer.body as { code: string }).code];
  };
  expect(await refused(ana, { statusId: DEFAULT_WORKSPACE })).toEqual([404, 'status.not-found']);
  expect(await refused(ana, { statusId: training.id })).toEqual([409, 'status.archived']);
  expect(await refused(ana, { statusId: lunch.id, availability: 'online' })).toEqual([
    400,
    'status.only-away',
  ]);
  expect(await refused(ana, { statusId: 'lunch' })).toEqual([400, 'request.invalid']);
  expect(await refused(ana, { statusId: lunch.id, statusReason: 'x'.repeat(201) })).toEqual([
    400,
    'request.invalid',
  ]);
  expect(await refused(ana, { statusId: lunch.id, capacity: 9 })).toEqual([
    403,
    'role.insufficient',
  ]);
  expect(await refused(budi, { statusId: lunch.id })).toEqual([403, 'role.insufficient']);
  expect(
    (await budi.browser.send('POST', '/api/v1/statuses', { body: { name: 'x' } })).status,
  ).toBe(403);
  expect(await recordOf(usher, ana.agentId)).toHaveLength(1);
  expect(await agentOf(usher, ana.agentId)).toMatchObject({ availability: 'offline' });
});

test('a lease that runs out is on record at the moment it ended, however late that is noticed', async () => {
  const { usher } = await begin();
  const ana = await connectAgent(usher, { name: 'Ana' });
  await ana.beat();
  const [, came] = await recordOf(usher, ana.agentId);
  expect(came).toMatchObject({ availability: 'online', cause: 'sign-of-life', by: null });
  const { rows } = await usher.database.pool.query(
    `select date_trunc('milliseconds', lease_until) as until from agent where agent_id = $1`,
    [ana.agentId],
  );
  await usher.clock.advance(10 * LEASE_MS);
  const shown = await agentOf(usher, ana.agentId);
  const ended = { statusCause: 'no-sign-of-life', statusSince: rows[0].until.toISOString() };
  expect(shown).toMatchObject({ availability: 'offline', lapsed: true, ...ended });
  // Back before or after anybody has noticed: either way she was away in between.
  await ana.beat();
  const record = await eventually(
    () => recordOf(usher, ana.agentId),
    ({ length }) => length === 4,
  );
  expect(record.slice(2)).toMatchObject([
    { at: rows[0].until, availability: 'offline', cause: 'no-sign-of-life' },
    { availability: 'online', cause: 'sign-of-life' },
  ]);
});

test('signs of life that change nothing write nothing on record', async () => {
  const { usher } = await begin();
  const ana = await connectAgent(usher, { name: 'Ana' });
  for (let beat = 0; beat < 5; beat += 1) {
    await ana.beat();
    await usher.clock.advance(LEASE_MS / 2);
  }
  expect(await recordOf(usher, ana.agentId)).toHaveLength(2);
});

test('the house sets whoever is online away, and they choose to be back', async () => {
  const { usher } = await begin();
  const made = await usher.call('POST', '/api/v1/agents', {
    body: { name: 'Ana', availability: 'online' },
  });
  const { id: agentId } = made.body as Agent;
  const key = { workspaceId: DEFAULT_WORKSPACE, agentId };
  const miss = () =>
    commitLocked(usher.desk, DEFAULT_WORKSPACE, (_, after) =>
      setAway(after(agentChanged(key)), key, 'missed-offers'),
    );
  expect(await miss()).toBe(true);
  const shown = { availability: 'away', statusId: null, statusCause: 'missed-offers' };
  expect(await agentOf(usher, agentId)).toMatchObject({ ...shown, statusBy: null });
  expect(await miss()).toBe(false);
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, { body: { statusId: null } });
  expect(await agentOf(usher, agentId)).toMatchObject({ availability: 'away', statusCause: 'set' });
  expect(await recordOf(usher, agentId)).toHaveLength(3);
});
