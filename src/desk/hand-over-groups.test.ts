import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { listAssignments } from '../store/assignments.ts';
import { getConversation } from '../store/conversations.ts';
import { readingPass } from '../store/read-pass.ts';
import { assignConversation, takeOutside } from './assign-conversation.ts';
import { createChannel, deleteChannel, updateChannel } from './change-channel.ts';
import { createGroup, removeGroup } from './change-group.ts';
import { prepareDeskRoom } from './desk-room.ts';
import { requeueConversation, transferToTeam, undoAssignment } from './requeue-conversation.ts';
import { createAgent } from './update-agent.ts';

const actor = 'test';
const online = { name: 'Ana', availability: 'online', capacity: 100 } as const;

interface World extends TestDesk {
  teamId: string;
  mirror: { workspaceId: string; channelId: string; actor: string };
  agentId: string;
}

/** A mirror, a team that is handed over to a department of it, and an agent of the team who answers here. */
async function makeWorld(seconds?: number | null): Promise<World> {
  const world = await makeDesk();
  const { desk, workspaceId } = world;
  const teamId = uuid();
  await createGroup(desk, 'team', { workspaceId, id: teamId, name: 'Billing', actor });
  const { channelId } = await createChannel(desk, {
    ...{ workspaceId, kind: 'rocketchat', name: 'Rocket.Chat', actor },
    config: {
      ...{ baseUrl: 'https://chat.example.com', userId: 'bot' },
      handovers: [{ teamId, departmentId: 'dep1', department: 'Billing there' }],
      ...(seconds !== undefined && { handoverSeconds: seconds }),
    },
    secrets: { authToken: 'token' },
  });
  const { agentId } = await createAgent(desk, workspaceId, { ...online, teamIds: [teamId] });
  return { ...world, teamId, mirror: { workspaceId, channelId, actor }, agentId };
}

/** What one pass hands over or takes back, the next may route: it is woken for that. */
const route = async (world: World): Promise<number> =>
  (await world.route()) + (await world.route());

const read = (world: World, conversationId: string) =>
  getConversation(world.desk.db, { ...world, conversationId });

async function makeWaiting(world: World): Promise<string> {
  const channel = await makeChannel(world);
  return makeConversation(world, { ...channel, teamId: world.teamId });
}

const toldMirror = async ({ database, mirror }: World) => {
  const { rows } = await database.pool.query<{ type: string }>(
    'select type from delivery where subscriber_id = $1 order by delivery_id',
    [mirror.channelId],
  );
  return rows.map(({ type }) => type);
};

test('what waits for a team that is handed over is given to nobody here, and the mirror is told once', async () => {
  const world = await makeWorld();
  const id = await makeWaiting(world);
  expect(await route(world)).toBe(0);
  expect(await route(world)).toBe(0);
  const handedTo = `${world.mirror.channelId}:dep1`;
  expect(await read(world, id)).toMatchObject({ state: 'waiting', handedTo });
  expect(await toldMirror(world)).toEqual(['desk-handover']);
});

test('a conversation whose channel is answered in an outside system is never handed over', async () => {
  const world = await makeWorld();
  const channel = await makeChannel(world, { kind: 'qiscus' });
  const id = await makeConversation(world, { ...channel, teamId: world.teamId });
  await route(world);
  expect(await read(world, id)).toMatchObject({ handedTo: null });
  expect(await toldMirror(world)).toEqual([]);
});

test.each([
  ['by default after ten minutes', undefined, 600],
  ['after the time that is set', 60, 60],
])('%s our routing may decide too', async (_, given, seconds) => {
  const world = await makeWorld(given);
  const id = await makeWaiting(world);
  await route(world);
  await world.clock.advance((seconds - 5) * 1000);
  expect(await route(world)).toBe(0);
  await world.clock.advance(10_000);
  expect(await route(world)).toBe(1);
  expect(await read(world, id)).toMatchObject({ agentId: world.agentId });
});

test('with null as the time the mirror alone decides without end', async () => {
  const world = await makeWorld(null);
  const id = await makeWaiting(world);
  await route(world);
  await world.clock.advance(7 * 24 * 3_600_000);
  expect(await route(world)).toBe(0);
  expect(await read(world, id)).toMatchObject({ handedUntil: Number.POSITIVE_INFINITY });
});

test('what changes the settings, the team or the channel gives it back to our routing', async () => {
  const undone: [string, (world: World) => Promise<unknown>][] = [
    ['settings', ({ desk, mirror }) => updateChannel(desk, { ...mirror, config: bare([]) })],
    ['channel', ({ desk, mirror }) => deleteChannel(desk, mirror)],
    [
      'team',
      async ({ desk, workspaceId, teamId }) => {
        await removeGroup(desk, 'team', { workspaceId, id: teamId, actor });
      },
    ],
  ];
  for (const [what, undo] of undone) {
    const world = await makeWorld();
    const id = await makeWaiting(world);
    await route(world);
    await undo(world);
    // Nobody is in a team that is gone.
    expect(await route(world), what).toBe(what === 'team' ? 0 : 1);
    expect((await read(world, id))?.needsKey, what).not.toContain('dep1');
    expect(await read(world, id), what).toMatchObject(what === 'team' ? { handedTo: null } : {});
  }
});

const bare = (handovers: object[]) => ({
  ...{ baseUrl: 'https://chat.example.com', userId: 'bot' },
  handovers,
});

test('transferred away it is routed here; given back to the team it is handed over anew', async () => {
  const world = await makeWorld();
  const { desk, workspaceId, teamId, agentId } = world;
  const conversationId = await makeWaiting(world);
  const key = { workspaceId, conversationId };
  await route(world);
  const acting = { role: 'admin', agentId: null } as never;
  await transferToTeam(desk, { ...key, actor, acting, teamId: null });
  expect(await route(world)).toBe(1);
  await requeueConversation(desk, { ...key, actor, acting: null, reason: 'test' });
  await transferToTeam(desk, { ...key, actor, acting, teamId });
  expect(await route(world)).toBe(0);
  expect(await read(world, conversationId)).toMatchObject({ agentId: null, state: 'waiting' });
  await assignConversation(desk, { acting: null, ...key, agentId, force: false, actor });
  expect(await route(world)).toBe(0);
  expect(await read(world, conversationId)).toMatchObject({ agentId, state: 'assigned' });
});

test('what our own routing chose in vain stays with the department, and is not handed over anew', async () => {
  const world = await makeWorld(60);
  const { desk, workspaceId, agentId } = world;
  const conversationId = await makeWaiting(world);
  await route(world);
  await world.clock.advance(61_000);
  await route(world);
  await world.database.pool.query(`update conversation set confirmed_at = null`);
  const how = { reason: 'refused-there', excludeAgent: true, holdMs: 0 };
  await undoAssignment(desk, { workspaceId, conversationId, agentId, ...how });
  await route(world);
  const row = await read(world, conversationId);
  expect(row).toMatchObject({ state: 'waiting', handedUntil: null });
  expect(row?.handedTo).toContain('dep1');
  expect(await toldMirror(world)).toEqual(['desk-handover']);
});

test('whoever gets it over there is not asked here whether they accept it', async () => {
  const world = await makeWorld();
  const { desk, workspaceId, agentId, mirror } = world;
  const conversationId = await makeWaiting(world);
  await world.database.pool.query(
    `update channel set config = config || '{"acceptance":"manual"}' where kind = 'webchat'`,
  );
  await route(world);
  const room = { channelId: mirror.channelId, departmentId: 'dep1' };
  const taking = { workspaceId, conversationId, agentId, room, isNews: async () => true };
  expect(await takeOutside(desk, taking)).toBe(true);
  const row = await read(world, conversationId);
  expect(row).toMatchObject({ agentId, confirmedAt: expect.any(Date) });
  const [assignment] = await listAssignments(desk.db, { workspaceId, conversationId });
  expect(assignment).toMatchObject({ department: 'Billing there', assignedBy: 'remote' });
});

test('no room is prepared in a department for what somebody has got meanwhile', async () => {
  const world = await makeWorld();
  const { desk, workspaceId, agentId, mirror } = world;
  const conversationId = await makeWaiting(world);
  await route(world);
  const key = { workspaceId, conversationId };
  await assignConversation(desk, { acting: null, ...key, agentId, force: false, actor });
  const { channelId } = mirror;
  expect(await prepareDeskRoom(desk, { ...key, channelId, onlyWaiting: true })).toBeNull();
});

test('each team is handed over once, to a department of one channel, and must exist', async () => {
  const world = await makeWorld();
  const { desk, workspaceId, teamId, mirror } = world;
  const entry = { teamId, departmentId: 'dep2' };
  const other = { workspaceId, kind: 'rocketchat', name: 'Other', actor } as const;
  const secrets = { authToken: 'token' };
  const refused = (work: Promise<unknown>, code: string) =>
    expect(work).rejects.toMatchObject({ code });
  await refused(
    createChannel(desk, { ...other, config: bare([entry]), secrets }),
    'channel.team-taken',
  );
  await refused(
    updateChannel(desk, { ...mirror, config: bare([entry, entry]) }),
    'request.invalid',
  );
  const unknown = bare([{ ...entry, teamId: uuid() }]);
  await refused(updateChannel(desk, { ...mirror, config: unknown }), 'team.not-found');
});

test('the pass reads one row a group where twenty thousand wait for a department', async () => {
  const world = await makeWorld();
  const { workspaceId } = world;
  const { pool } = world.database;
  await makeWaiting(world);
  await route(world);
  await multiply(pool, 20_000);
  const { statement, values } = readingPass({
    ...{ workspaceId, version: 0, policyVersion: 0 },
    needsKeys: [],
    placing: null,
    awaits: false,
  });
  const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `explain (analyze, format json) ${statement.text}`,
    [...values],
  );
  const [plan] = rows.map((row) => row['QUERY PLAN'][0].Plan);
  expect(Math.max(...listRows(plan as Plan))).toBeLessThan(100);
});

async function multiply(pool: Pool, count: number): Promise<void> {
  await pool.query(
    `insert into conversation (workspace_id, conversation_id, contact_id, channel_id, external_id, state, needs, team_id,
      queued_at, rank_at, handed_to, handed_until)
    select workspace_id, gen_random_uuid(), contact_id, channel_id, gen_random_uuid(), state, needs, team_id,
      queued_at, rank_at, handed_to, handed_until from conversation, generate_series(1, $1::integer)`,
    [count],
  );
  await pool.query('vacuum analyze conversation');
}

interface Plan {
  'Actual Rows': number;
  'Actual Loops': number;
  Plans?: Plan[];
}

/** How many rows each step of the plan gave. */
function listRows(plan: Plan): number[] {
  const { 'Actual Rows': rows, 'Actual Loops': loops, Plans: below = [] } = plan;
  return [rows * loops, ...below.flatMap(listRows)];
}
