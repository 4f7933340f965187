// What is done again and again: one conversation or workspace that fails keeps none of the others, and quiet ones cost nothing.
import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { promising } from '../../test/makers/promising.ts';
import { defaultPolicy } from '../contract/policy/policy.ts';
import { assignConversation } from '../desk/assign-conversation.ts';
import { makeChannelDirectory } from '../desk/channel-directory.ts';
import { createAgent } from '../desk/update-agent.ts';
import { insertPolicy, insertWorkspace } from '../store/workspaces.ts';
import { startHousekeeping } from './start-housekeeping.ts';

/** With no outside system to ask; ended with the test. */
async function keepHouse({ desk }: Pick<TestDesk, 'desk'>): Promise<void> {
  const housekeeping = startHousekeeping({
    desk,
    directory: await makeChannelDirectory(desk),
    sync: async () => null,
    ...{ busyMs: 1000, calmMs: 1000, deliveryDays: 30, silentMs: 60_000, leaseMs: 60_000 },
    ...{
      seen: null,
      cutEnded: null,
      alarms: { changed: () => {}, server: () => ({ isDiskLow: false, mails: false }) },
      onError: () => {},
    },
  });
  onTestFinished(() => housekeeping.stop());
}

async function exclude({ desk }: TestDesk, conversationId: string, agentId: string) {
  const text = `update conversation set excluded_agent_ids = array[$2::uuid], exclusion_ends_at = now()
    where conversation_id = $1`;
  await desk.db.query(text, [conversationId, agentId]);
}

test('a conversation that cannot be taken from who left keeps no other from being offered again', async () => {
  const world = await makeDesk();
  const { desk, workspaceId } = world;
  const channel = await makeChannel(world);
  const make = () => makeConversation(world, channel);
  const [stuck, excluding] = [await make(), await make()];
  const { agentId } = await createAgent(desk, workspaceId, { name: 'Ana', availability: 'online' });
  const given = { workspaceId, conversationId: stuck, agentId, force: false, actor: 'test' };
  await assignConversation(desk, { ...given, acting: null });
  await desk.db.query('update agent set deleted_at = now() where agent_id = $1', [agentId]);
  await desk.db.query('alter table assignment add constraint stuck check (ended_at is null)');
  await exclude(world, excluding, agentId);
  await keepHouse(world);

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
  await insertPolicy(promising(desk.db), { workspaceId, policy: defaultPolicy, createdBy: 'test' });
  await desk.db.query(`update workspace set created_at = 'epoch' where name = 'Broken'`);
  const make = async (one: TestDesk) => makeConversation(one, await makeChannel(one));
  const [stuck, healthy] = [await make(broken), await make(world)];
  for (const conversationId of [stuck, healthy]) await exclude(world, conversationId, uuid());
  await desk.db.query(`update conversation set exclusions = '5' where conversation_id = $1`, [
    stuck,
  ]);
  await keepHouse(world);

  await vi.waitFor(async () => {
    const left =
      'select conversation_id as id from conversation where exclusion_ends_at is not null';
    expect((await desk.db.query(left)).rows).toEqual([{ id: stuck }]);
  }, 20_000);
});

test('a workspace in which nothing is due costs no statement of its own', async () => {
  const world = await makeDesk();
  const quiet: string[] = [];
  for (let n = 0; n < 20; n += 1) {
    const workspaceId = uuid();
    await insertWorkspace(world.desk.db, { workspaceId, name: `${n}`, defaultCapacity: 2 });
    quiet.push(workspaceId);
  }
  const asked = vi.spyOn(Client.prototype, 'query');
  onTestFinished(() => asked.mockRestore());
  await keepHouse(world);
  const texts = () => asked.mock.calls.map(([what]) => JSON.stringify(what));
  const looks = () => texts().filter((text) => text.includes('list-workspaces-with-left-agents'));
  await vi.waitFor(() => expect(looks().length).toBeGreaterThan(2), 20_000);
  expect(texts().filter((text) => quiet.some((id) => text.includes(id)))).toEqual([]);
});
