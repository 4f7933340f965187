// Why not Ana where an outside system, an exclusion or a hold stands in the way: codes, figures and the same in English.
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { withRoutingLock } from '../store/tx.ts';
import { explainWhyNot } from './explain-why-not.ts';
import { undoAssignment } from './requeue-conversation.ts';
import { createAgent } from './update-agent.ts';

async function begin(kind: 'webchat' | 'qiscus' = 'webchat') {
  const world = await makeDesk();
  const { desk, workspaceId } = world;
  const channel = await makeChannel(world, { kind });
  const conversationId = await makeConversation(world, channel, { externalChannelId: '17' });
  const { agentId } = await createAgent(desk, workspaceId, {
    ...{ name: 'Ana', availability: 'online', capacity: 2 },
  });
  const key = { workspaceId, conversationId, agentId };
  const change = (sql: string, ...values: unknown[]) => desk.db.query(sql, values);
  return { world, channel, key, change, ask: () => explainWhyNot(desk, key) };
}

test('Qiscus: an agent whom it does not know, and one of another division', async () => {
  const { key, channel, change, ask } = await begin('qiscus');
  expect(await ask()).toMatchObject({
    reasons: [{ code: 'not-on-channel', channelName: 'qiscus' }],
    explanation: ['Ana is not known to the channel qiscus.'],
  });
  await change(
    `insert into agent_identity (workspace_id, channel_id, external_id, agent_id, external_channel_ids) values ($1, $2, '1', $3, '{18}')`,
    ...[key.workspaceId, channel.channelId, key.agentId],
  );
  expect((await ask()).reasons).toEqual([
    { code: 'not-in-division', channelName: 'qiscus', externalChannelId: '17' },
  ]);
  await change(`update agent_identity set external_channel_ids = '{17}'`);
  expect((await ask()).reasons).toEqual([{ code: 'goes-to-them' }]);
});

test('everything that stands is named at once, not only the first', async () => {
  const { change, ask } = await begin();
  await change(
    `update agent set answers_here = false, lease_until = '2020-01-01', effective_capacity = 0, ceiling = 1, external_load = 1`,
  );
  expect(await ask()).toMatchObject({
    reasons: [
      { code: 'answers-elsewhere' },
      { code: 'not-heard-of', since: '2020-01-01T00:00:00.000Z' },
      { code: 'no-room', held: 1, heldOutside: 1, capacity: 0, weight: 1 },
    ],
    explanation: [
      'Ana answers in a connected system, not here.',
      'Ana has not been heard of since 2020-01-01T00:00:00.000Z.',
      'Ana has no room: 1 of 0 in use, 1 of it outside, and it takes 1.',
    ],
  });
});

test('who declined it is told with the cause and until when; a hold and a handover before that', async () => {
  const { world, key, change, ask } = await begin();
  expect(await world.route()).toBe(1);
  await change('update conversation set confirmed_at = null');
  await change(`update assignment set state = 'pending', confirmed_at = null`);
  const undone = { ...key, reason: 'declined', excludeAgent: true, holdMs: 0 };
  await undoAssignment(world.desk, undone);
  const excluded = { code: 'excluded', cause: 'declined', until: expect.any(String) };
  expect((await ask()).reasons).toEqual([excluded]);
  expect((await ask()).explanation[0]).toMatch(/^Ana is not asked until .*: they declined it\.$/);
  await change(`update conversation set held_until = 'infinity', hold_reason = 'room-full'`);
  expect((await ask()).reasons).toEqual([
    { code: 'held', until: null, holdReason: 'room-full' },
    excluded,
  ]);
  const mirror = await makeChannel(world);
  await change(
    `update conversation set handed_until = 'infinity', handed_to = $1 || ':sales', held_until = null`,
    mirror.channelId,
  );
  expect((await ask()).reasons).toMatchObject([
    { code: 'handed-over', department: 'sales', alone: true },
    excluded,
  ]);
});

test('before the rules were asked it says so, and leaves out what they will decide', async () => {
  const { change, ask } = await begin();
  await change(
    `update conversation set needs = '~rules', policy_version = 0, team_id = $1`,
    '00000000-0000-4000-8000-000000000001',
  );
  await change(`update agent set availability = 'away'`);
  expect((await ask()).reasons).toEqual([
    { code: 'to-route' },
    { code: 'not-online', availability: 'away' },
  ]);
});

test('the runner-up is compared with the one whom it would go to, and so is whoever comes after', async () => {
  const { world, key } = await begin();
  const { desk, workspaceId } = world;
  const add = async (name: string, capacity: number) =>
    (await createAgent(desk, workspaceId, { name, capacity, availability: 'online' })).agentId;
  const [busy, late] = [await add('Budi', 4), await add('Citra', 4)];
  // Citra would come second; Budi is behind her by another criterion.
  await desk.db.query(
    `update agent set idle_since = now() - interval '1 hour', roster_version = nextval('roster_version')`,
  );
  await desk.db.query(
    `update agent set load = 1, ceiling = 4, roster_version = nextval('roster_version') where agent_id = $1`,
    [busy],
  );
  await desk.db.query(
    `update agent set idle_since = now(), roster_version = nextval('roster_version') where agent_id = $1`,
    [late],
  );
  const ask = (agentId: string) => explainWhyNot(desk, { ...key, agentId });
  const asked = await withRoutingLock(desk.db, workspaceId, () =>
    Promise.all([key.agentId, busy, late].map(ask)),
  );
  expect(asked.map(({ reasons }) => reasons)).toEqual([
    [{ code: 'goes-to-them' }],
    [{ code: 'goes-to', agentName: 'Ana', decidedBy: 'load-share' }],
    [{ code: 'goes-to', agentName: 'Ana', decidedBy: 'idle' }],
  ]);
});
