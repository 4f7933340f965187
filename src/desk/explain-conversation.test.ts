// Why a conversation is where it is: codes with figures and names, and the same in English.
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { withRoutingLock } from '../store/tx.ts';
import { closeConversation } from './close-conversation.ts';
import { explainConversation } from './explain-conversation.ts';
import { liftExclusions } from './lift-exclusions.ts';
import { undoAssignment } from './requeue-conversation.ts';
import { createAgent } from './update-agent.ts';

async function begin() {
  const world = await makeDesk();
  const { workspaceId, desk } = world;
  const conversationId = await makeConversation(world, await makeChannel(world));
  const add = (name: string, capacity: number) =>
    createAgent(desk, workspaceId, { name, capacity, availability: 'online' });
  const key = { workspaceId, conversationId };
  return { world, key, add, explain: () => explainConversation(desk, key) };
}

test('who was chosen and who was second are named', async () => {
  const { world, add, explain } = await begin();
  await Promise.all([add('Ana', 2), add('Budi', 2)]);
  await world.route();
  const { reasons, explanation, decisions } = await explain();
  const names = reasons.flatMap((one) => ('agentName' in one ? one.agentName : []));
  expect(names.sort()).toEqual(['Ana', 'Budi']);
  expect(reasons.map(({ code }) => code)).toEqual(['chosen', 'considered', 'runner-up']);
  expect(reasons[1]).toEqual({ code: 'considered', considered: 2, eligible: 2, removed: {} });
  expect(explanation[2]).toMatch(/^Runner-up: (Ana|Budi) \(0 % in use/);
  expect(decisions[0]?.reasons).toEqual(reasons);
  expect(decisions[0]?.sentences).toEqual(explanation);
});

test('a waiting one says what would release it', async () => {
  const { world, key, add } = await begin();
  await add('Ana', 1);
  await world.route();
  const conversationId = await makeConversation(world, await makeChannel(world));
  await world.route();
  const asked = await explainConversation(world.desk, { ...key, conversationId });
  const { state, reasons, explanation } = asked;
  expect(state).toBe('waiting');
  expect(reasons).toMatchObject([
    { code: 'waits', position: 1 },
    { code: 'considered', considered: 1, eligible: 0, removed: { capacity: 1 } },
    { code: 'ends-one', agentName: 'Ana', held: 1, capacity: 1 },
  ]);
  expect(explanation).toHaveLength(3);
});

test('it answers while somebody else holds the routing lock', async () => {
  const { world, add, explain } = await begin();
  await add('Ana', 2);
  const { db } = world.desk;
  const { reasons } = await withRoutingLock(db, world.workspaceId, () => explain());
  expect(reasons).toMatchObject([{ code: 'waits' }, { eligible: 1 }, { code: 'next-pass' }]);
});

test('what has ended counts against nobody, also before the router has taken it off the load', async () => {
  const { world, key, add, explain } = await begin();
  await add('Ana', 1);
  const first = key.conversationId;
  await world.route();
  const channel = await makeChannel(world);
  const conversationId = await makeConversation(world, channel);
  expect(await explainConversation(world.desk, { ...key, conversationId })).toMatchObject({
    reasons: [{}, { eligible: 0, removed: { capacity: 1 } }, { code: 'ends-one', held: 1 }],
  });
  const ended = { ...key, conversationId: first, actor: 'test', acting: null, tellRemote: false };
  await closeConversation(world.desk, ended);
  expect(await explainConversation(world.desk, { ...key, conversationId })).toMatchObject({
    reasons: [{}, { eligible: 1 }, { code: 'next-pass' }],
  });
  expect(await world.route()).toBe(1);
  expect((await explain()).state).toBe('closed');
});

test('a closed one says how it ended', async () => {
  const { world, key, explain } = await begin();
  await closeConversation(world.desk, {
    ...key,
    actor: 'test',
    acting: null,
    tellRemote: true,
    reason: 'spam',
  });
  expect(await explain()).toMatchObject({
    reasons: [{ code: 'closed', agentName: null, closeReason: 'spam' }],
    explanation: ['It was closed without ever having had an agent (spam).'],
  });
});

test('who could not take it is asked again after a while, and until then it says who and when', async () => {
  const { world, key, add, explain } = await begin();
  const { desk } = world;
  const { agentId } = await add('Ana', 2);
  const fail = async () => {
    expect(await world.route()).toBe(1);
    await desk.db.query('update conversation set confirmed_at = null');
    await desk.db.query(
      `update assignment set state = 'pending', confirmed_at = null where ended_at is null`,
    );
    await undoAssignment(desk, {
      ...key,
      agentId,
      reason: 'declined',
      excludeAgent: true,
      holdMs: 0,
    });
  };
  const passTime = async (seconds: number) => {
    await desk.db.query(
      `update conversation set exclusion_ends_at = exclusion_ends_at - $1 * interval '1 second',
        exclusions = jsonb_set(exclusions, '{0,until}', to_jsonb(((exclusions #>> '{0,until}')::timestamptz - $1 * interval '1 second')))`,
      [seconds],
    );
    await liftExclusions(desk, world);
  };
  await fail();
  expect(await world.route()).toBe(0);
  expect((await explain()).reasons).toMatchObject([
    { code: 'waits' },
    { eligible: 0, removed: { excluded: 1 } },
    { code: 'may-be-asked-again', agentName: 'Ana', cause: 'declined', others: 0 },
  ]);
  await passTime(20);
  expect(await world.route()).toBe(0);
  await passTime(11);
  await fail();
  // The second time lasts twice as long.
  await passTime(31);
  expect(await world.route()).toBe(0);
  await passTime(30);
  expect(await world.route()).toBe(1);
});
