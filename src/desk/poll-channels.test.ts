// What happens at intervals: one channel, conversation or workspace that fails keeps none of the others.
import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { defaultPolicy } from '../contract/policy.ts';
import { insertPolicy, insertWorkspace } from '../store/workspaces.ts';
import { assignConversation } from './assign-conversation.ts';
import { openChannelDirectory } from './channel-directory.ts';
import { pollChannels } from './poll-channels.ts';
import { createAgent } from './update-agent.ts';

/** With nothing to ask; ended with the test. */
async function poll({ desk }: Pick<TestDesk, 'desk'>): Promise<void> {
  const polling = pollChannels({
    desk,
    directory: await openChannelDirectory(desk),
    sync: async () => null,
    ...{ busyMs: 0, calmMs: 0 },
  });
  onTestFinished(() => polling.stop());
}

async function exclude({ desk }: TestDesk, conversationId: string, agentId: string) {
  const text = `update conversation set excluded_agent_ids = array[$2::uuid], exclusion_ends_at = now()
    where conversation_id = $1`;
  await desk.db.query(text, [conversationId, agentId]);
}

test('a channel that throws, and one that never answers, keep no other from being asked again and again', async () => {
  const { desk, ...world } = await makeDesk();
  const make = async () => (await makeChannel({ desk, ...world }, { kind: 'qiscus' })).channelId;
  const [failing, silent, healthy] = [await make(), await make(), await make()];
  const answer = Promise.withResolvers<null>();
  const asked: string[] = [];
  const poll = pollChannels({
    desk,
    directory: await openChannelDirectory(desk),
    sync: async ({ channelId }) => {
      asked.push(channelId);
      if (channelId === failing) throw new Error('broken');
      return channelId === silent ? answer.promise : null;
    },
    busyMs: 0,
    calmMs: 0,
  });
  onTestFinished(async () => {
    answer.resolve(null);
    await poll.stop();
  });
  const timesOf = (id: string) => asked.filter((one) => one === id).length;
  await vi.waitFor(() => expect(timesOf(healthy)).toBeGreaterThan(1), 20_000);
  expect(timesOf(failing)).toBeGreaterThan(0);
  expect(timesOf(silent)).toBe(1);
});

test('a conversation that cannot be taken from who left keeps no other from being offered again', async () => {
  const world = await makeDesk();
  const { desk, workspaceId } = world;
  const channel = await makeChannel(world);
  const make = () => makeConversation(world, channel);
  const [stuck, excluding] = [await make(), await make()];
  const { agentId } = await createAgent(desk, workspaceId, { name: 'Ana', availability: 'online' });
  const given = { workspaceId, conversationId: stuck, agentId, force: false, actor: 'test' };
  await assignConversation(desk, given);
  await desk.db.query('update agent set deleted_at = now() where agent_id = $1', [agentId]);
  await desk.db.query('alter table assignment add constraint stuck check (ended_at is null)');
  await exclude(world, excluding, agentId);
  await poll(world);

  await vi.waitFor(async () => {
    const left = 'select from conversation where exclusion_ends_at is not null';
    expect((await desk.db.query(left)).rows).toEqual([]);
  }, 20_000);
});

test('a workspace in which no exclusion can be lifted keeps none of the others', async () => {
  const world = await makeDesk();
  const { desk } = world;
  const broken = { ...world, workspaceId: uuid() };
  const { workspaceId } = broken;
  await insertWorkspace(desk.db, { workspaceId, name: 'Broken', defaultCapacity: 2 });
  await insertPolicy(desk.db, { workspaceId, policy: defaultPolicy, createdBy: 'test' });
  await desk.db.query(`update workspace set created_at = 'epoch' where name = 'Broken'`);
  const make = async (one: TestDesk) => makeConversation(one, await makeChannel(one));
  const [stuck, healthy] = [await make(broken), await make(world)];
  for (const conversationId of [stuck, healthy]) await exclude(world, conversationId, uuid());
  await desk.db.query(`update conversation set exclusions = '5' where conversation_id = $1`, [
    stuck,
  ]);
  await poll(world);

  await vi.waitFor(async () => {
    const left =
      'select conversation_id as id from conversation where exclusion_ends_at is not null';
    expect((await desk.db.query(left)).rows).toEqual([{ id: stuck }]);
  }, 20_000);
});

test('where nothing has ended and nobody has left, a workspace costs no statement of its own', async () => {
  const world = await makeDesk();
  const count = 50;
  for (let n = 0; n < count; n += 1) {
    const named = { workspaceId: uuid(), name: `${n}`, defaultCapacity: 2 };
    await insertWorkspace(world.desk.db, named);
  }
  const asked = vi.spyOn(Client.prototype, 'query');
  onTestFinished(() => asked.mockRestore());
  await poll(world);
  const looks = () =>
    asked.mock.calls.filter(([what]) =>
      JSON.stringify(what).includes('across workspaces: one look'),
    );
  await vi.waitFor(() => expect(looks().length).toBeGreaterThan(3), 20_000);
  // However many looks there have been by now: it is about what each of them costs.
  expect(asked.mock.calls.length).toBeLessThan((looks().length * count) / 4);
});
