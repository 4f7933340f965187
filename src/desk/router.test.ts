// What becomes of the sweep's promise: each kind of news may be lost, and quiet workspaces are let go.
import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  makeChannel,
  makeConversation,
  type TestChannel,
} from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import type { PolicyDocument } from '../contract/policy/document.ts';
import { insertGroup } from '../store/groups.ts';
import { createGroup } from './change-group.ts';
import { closeConversation } from './close-conversation.ts';
import { type PassReport, startRouter } from './router.ts';
import { createAgent, updateAgent } from './update-agent.ts';

interface World extends TestDesk {
  channel: TestChannel;
}

async function begin(policy: Partial<PolicyDocument> = {}): Promise<World> {
  const world = await makeDesk(policy);
  return { ...world, channel: await makeChannel(world) };
}

/** Answers the causes of the passes that gave something. */
function route({ desk }: World, options: { sweepMs?: number; letGoAfterMs?: number } = {}) {
  const reports: PassReport[] = [];
  const onPass = (report: PassReport) => reports.push(report);
  const router = startRouter({ desk, sweepMs: 100, onPass, ...options });
  onTestFinished(() => router.stop());
  const causes = () => reports.filter(({ assigned }) => assigned > 0).map(({ cause }) => cause);
  return { router, reports, causes };
}

const makeAgent = ({ desk, workspaceId }: World, fields: object = {}) =>
  createAgent(desk, workspaceId, { name: 'Ana', capacity: 1, availability: 'online', ...fields });

/** Each arranges what nobody can be given, and answers what makes it possible, which nobody is told. */
const lost: Record<string, (world: World) => Promise<() => Promise<unknown>>> = {
  'a conversation was opened': async (world) => {
    await makeAgent(world);
    return () => makeConversation(world, world.channel);
  },
  'an agent came online': async (world) => {
    const { agentId } = await makeAgent(world, { availability: 'offline' });
    await makeConversation(world, world.channel);
    const key = { workspaceId: world.workspaceId, agentId };
    return () => updateAgent(world.desk, key, { availability: 'online' });
  },
  'a lease was renewed': async (world) => {
    const { agentId } = await makeAgent(world);
    const key = { workspaceId: world.workspaceId, agentId };
    const lease = (until: Date) => updateAgent(world.desk, key, { leaseUntil: until });
    await lease(new Date(0));
    await makeConversation(world, world.channel);
    const until = new Date(Date.now() + 60_000);
    return () => updateAgent(world.desk, key, { availability: 'online', leaseUntil: until });
  },
  'an agent may hold more': async (world) => {
    const { agentId } = await makeAgent(world, { capacity: 0 });
    await makeConversation(world, world.channel);
    const key = { workspaceId: world.workspaceId, agentId };
    return () => updateAgent(world.desk, key, { capacity: 1 });
  },
  'less is held in an outside system': async (world) => {
    const { agentId } = await makeAgent(world);
    const set = (load: number) =>
      world.database.pool.query(
        `update agent set external_load = $2, roster_version = nextval('roster_version') where agent_id = $1`,
        [agentId, load],
      );
    await set(1);
    await makeConversation(world, world.channel);
    return () => set(0);
  },
  'an agent joined the team': async (world) => {
    const { desk, workspaceId } = world;
    const teamId = '01900000-0000-7000-8000-000000000001';
    await createGroup(desk, 'team', { workspaceId, id: teamId, name: 'Orders', actor: 'test' });
    const { agentId } = await makeAgent(world);
    await makeConversation(world, { ...world.channel, teamId });
    return () => updateAgent(desk, { workspaceId, agentId }, { teamIds: [teamId] });
  },
  'a conversation was closed': async (world) => {
    const { desk, workspaceId } = world;
    await makeAgent(world);
    const conversationId = await makeConversation(world, world.channel);
    await world.route();
    await makeConversation(world, world.channel);
    const end = { workspaceId, conversationId, actor: 'test', acting: null, tellRemote: false };
    return () => closeConversation(desk, end);
  },
  'a hold was lifted': async (world) => {
    await makeAgent(world);
    const id = await makeConversation(world, world.channel);
    const hold = (until: string | null) =>
      world.database.pool.query(
        'update conversation set held_until = $2 where conversation_id = $1',
        [id, until],
      );
    await hold('infinity');
    return () => hold(null);
  },
  'an exclusion has ended': async (world) => {
    const { agentId } = await makeAgent(world);
    const id = await makeConversation(world, world.channel);
    const { rows } = await world.database.pool.query('select needs from conversation');
    const exclude = (ids: string[], needs: string) =>
      world.database.pool.query(
        'update conversation set excluded_agent_ids = $2, needs = $3 where conversation_id = $1',
        [id, ids, needs],
      );
    await exclude([agentId], 'other');
    return () => exclude([], rows[0].needs);
  },
};

for (const [what, arrange] of Object.entries(lost)) {
  test(`the sweep finds it when nobody is told: ${what}`, async () => {
    const world = await begin();
    const act = await arrange(world);
    const { router, reports, causes } = route(world);
    router.wake(world.workspaceId);
    await vi.waitFor(() => expect(reports.length).toBeGreaterThan(0), 20_000);
    expect(causes()).toEqual([]);
    await act();
    await vi.waitFor(() => expect(causes()).toEqual(['sweep']), 20_000);
  });
}

test('what has ended comes off the load by the sweep, though nothing waits', async () => {
  const world = await begin();
  const { desk, workspaceId } = world;
  const { agentId } = await makeAgent(world);
  const conversationId = await makeConversation(world, world.channel);
  await world.route();
  await closeConversation(desk, {
    ...{ workspaceId, conversationId, actor: 'test', acting: null, tellRemote: false },
  });
  const readLoad = async () =>
    (await desk.db.query('select load from agent where agent_id = $1', [agentId])).rows[0].load;
  expect(await readLoad()).toBe(1);
  route(world);
  await vi.waitFor(async () => expect(await readLoad()).toBe(0), 20_000);
});

test('a hold that began before this node did ends by itself, and no sweep is needed', async () => {
  const world = await begin();
  await makeAgent(world);
  const id = await makeConversation(world, world.channel);
  await world.database.pool.query(
    `update conversation set held_until = clock_timestamp() + interval '700 milliseconds' where conversation_id = $1`,
    [id],
  );
  const { causes } = route(world, { sweepMs: 60_000 });
  await vi.waitFor(() => expect(causes()).toEqual(['news']), 20_000);
});

test('of two holds each ends in its time', async () => {
  const world = await begin();
  await makeAgent(world, { capacity: 2 });
  for (const ms of [300, 900]) {
    const id = await makeConversation(world, world.channel);
    await world.database.pool.query(
      'update conversation set held_until = clock_timestamp() + make_interval(secs => $2 / 1000.0) where conversation_id = $1',
      [id, ms],
    );
  }
  const { causes } = route(world, { sweepMs: 60_000 });
  await vi.waitFor(() => expect(causes()).toEqual(['news', 'news']), 20_000);
});

test('a step that was to begin before this node did, and the next one, begin in their time without a sweep', async () => {
  const team = uuid();
  const world = await begin({
    plans: [
      {
        name: 'Callers',
        steps: [
          { after: 0, team, priority: 'low' },
          { after: 1, team, priority: 'high' },
          { after: 2, team: null },
        ],
      },
    ],
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: 'Everybody', then: { plan: 'Callers' } }],
  });
  await insertGroup(world.desk.db, 'team', { ...world, id: team, name: 'Callers' });
  await makeAgent(world);
  const conversationId = await makeConversation(world, world.channel);
  expect(await world.route()).toBe(0);
  const { causes } = route(world, { sweepMs: 60_000 });
  await vi.waitFor(() => expect(causes()).toEqual(['news']), 20_000);
  const { rows } = await world.desk.db.query(
    `select plan_step as step, assigned_at >= plan_since + interval '2 seconds' as "inTime", priority
    from conversation where workspace_id = $1 and conversation_id = $2`,
    [world.workspaceId, conversationId],
  );
  expect(rows).toEqual([{ step: 2, inTime: true, priority: 'normal' }]);
});

test('a workspace in which a pass could give nothing costs no query, and is let go until there is news', async () => {
  const world = await begin();
  const { workspaceId } = world;
  await makeAgent(world, { availability: 'offline' });
  await makeConversation(world, world.channel);
  const { router, reports, causes } = route(world, { sweepMs: 20, letGoAfterMs: 50 });
  router.wake(workspaceId);
  await vi.waitFor(() => expect(reports).toHaveLength(1), 20_000);
  const asked = vi.spyOn(Client.prototype, 'query');
  onTestFinished(() => asked.mockRestore());
  const named = () =>
    asked.mock.calls.filter(([what]) => JSON.stringify(what).includes(workspaceId));
  const sweeps = () => asked.mock.calls.length;
  await vi.waitFor(() => expect(sweeps()).toBeGreaterThan(20), 20_000);
  expect(named()).toEqual([]);
  await makeAgent(world);
  router.wake(workspaceId);
  await vi.waitFor(() => expect(causes()).toEqual(['news']), 20_000);
  // The roster was let go with the lane: all agents are read anew, by their version 0.
  const passes = named().flatMap(([what]) => {
    const { name, values } = what as { name?: string; values?: unknown[] };
    return name === 'read-pass' ? [values?.[1]] : [];
  });
  expect(passes[0]).toBe(0);
});

test('the lane of a removed workspace is closed', async () => {
  const world = await begin();
  const { desk, clock } = world;
  await makeAgent(world);
  const id = await makeConversation(world, world.channel);
  await desk.db.query(
    `update conversation set held_until = clock_timestamp() + interval '1 minute' where conversation_id = $1`,
    [id],
  );
  const { reports } = route(world, { sweepMs: 20 });
  await vi.waitFor(() => expect(reports.length).toBeGreaterThan(0), 20_000);
  const asked = vi.spyOn(Client.prototype, 'query');
  onTestFinished(() => asked.mockRestore());
  const swept = () => {
    asked.mockClear();
    return vi.waitFor(() => expect(asked.mock.calls.length).toBeGreaterThan(20), 20_000);
  };
  await desk.db.query('update workspace set removed_at = now()');
  await swept();
  await clock.advance(61_000);
  await swept();
  const { rows } = await desk.db.query('select state from conversation');
  expect(rows).toEqual([{ state: 'waiting' }]);
});
