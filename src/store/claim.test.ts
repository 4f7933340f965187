// The database itself refuses what no code may do, whatever the code does.

import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { makeEndpoint } from '../../test/makers/make-endpoint.ts';
import { promising } from '../../test/makers/promising.ts';
import { closeConversation } from '../desk/close-conversation.ts';
import { createAgent } from '../desk/update-agent.ts';
import { type Claim, claimConversations } from './claim.ts';
import { settleReleased } from './roster.ts';
import { withRoutingLock } from './tx.ts';

async function makeClaims(conversations: number) {
  const world = await makeDesk();
  const channel = await makeChannel(world);
  const { agentId } = await createAgent(world.desk, world.workspaceId, {
    name: 'Ana',
    capacity: 1,
  });
  const claims: Claim[] = [];
  for (let n = 0; n < conversations; n += 1) {
    const conversationId = await makeConversation(world, channel);
    claims.push({ conversationId, assignmentId: uuid(), agentId, weight: 1, because: null });
  }
  const { workspaceId } = world;
  const claim = (forced: boolean, some = claims, toldAlone = false) =>
    withRoutingLock(world.database.pool, workspaceId, (tx) =>
      claimConversations(promising(tx), {
        workspaceId,
        claims: some,
        assignedBy: 'test',
        forced,
        policyVersion: 1,
        ...{ offers: {}, silent: [], limited: true },
        toldAlone,
      }),
    );
  return { ...world, claims, claim };
}

test('a claim beyond the capacity is refused by the database, and nothing of it is written', async () => {
  const { claim, database } = await makeClaims(2);
  await expect(claim(false)).rejects.toThrow(/agent_load_within_ceiling/);
  const { rows } = await database.pool.query('select 1 from assignment');
  expect(rows).toEqual([]);
});

test('a forced claim may go beyond the capacity, and raises the ceiling only as far', async () => {
  const { claim, database } = await makeClaims(2);
  await claim(true);
  const { rows } = await database.pool.query('select load, ceiling from agent');
  expect(rows).toEqual([{ load: 2, ceiling: 2 }]);
});

test('a second live assignment of a conversation is refused by the database', async () => {
  const { claim, claims, database } = await makeClaims(1);
  await claim(false);
  // As if some code had forgotten that it is taken.
  await database.pool.query(`update conversation set state = 'waiting', agent_id = null`);
  const again = claims.map((one) => ({ ...one, assignmentId: uuid() }));
  await expect(claim(true, again)).rejects.toThrow(/assignment_live/);
});

test('a conversation that was closed a moment ago is left out of the claim', async () => {
  const { claim, claims, database } = await makeClaims(2);
  await database.pool.query(
    `update conversation set state = 'closed', closed_at = now() where conversation_id = $1`,
    [claims[0]?.conversationId],
  );
  expect(await claim(false)).toMatchObject([{ claimed: 1, load: 1 }]);
});

test('a ceiling that was raised by force falls again with what ends, and then holds', async () => {
  const world = await makeClaims(2);
  const { claim, claims, database, desk, workspaceId } = world;
  await claim(true);
  const end = (conversationId = '') =>
    closeConversation(desk, {
      ...{ workspaceId, conversationId, actor: 'test', acting: null, tellRemote: false },
    });
  const read = async () => (await database.pool.query('select load, ceiling from agent')).rows;
  await end(claims[0]?.conversationId);
  await withRoutingLock(database.pool, workspaceId, (tx) =>
    settleReleased(promising(tx), workspaceId),
  );
  expect(await read()).toEqual([{ load: 1, ceiling: 1 }]);
  const conversationId = await makeConversation(world, await makeChannel(world));
  const next = claims.slice(0, 1).map((one) => ({ ...one, conversationId, assignmentId: uuid() }));
  await expect(claim(false, next)).rejects.toThrow(/agent_load_within_ceiling/);
});

test('a claim settles what has ended: the agent who ended one is given another in the same statement', async () => {
  const world = await makeClaims(2);
  const { claim, claims, database, desk, workspaceId } = world;
  await claim(false, claims.slice(0, 1));
  await closeConversation(desk, {
    ...{ workspaceId, conversationId: claims[0]?.conversationId ?? '', actor: 'test' },
    ...{ acting: null, tellRemote: false },
  });
  expect(await claim(false, claims.slice(1))).toMatchObject([{ claimed: 1, load: 1 }]);
  const { rows } = await database.pool.query('select load, ceiling from agent');
  expect(rows).toEqual([{ load: 1, ceiling: 1 }]);
  expect((await database.pool.query('select 1 from load_release')).rows).toEqual([]);
});

test('a claim that tells its channel alone claims nothing where an endpoint is bound to assignments', async () => {
  const { claim, claims, ...world } = await makeClaims(2);
  await makeEndpoint(world, { events: ['session_state_open'] });
  expect(await claim(true, claims.slice(0, 1), true)).toMatchObject([{ claimed: 1 }]);
  await makeEndpoint(world, { events: ['session_state_inprogress'] });
  expect(await claim(true, claims.slice(1), true)).toEqual([]);
  expect(await claim(true, claims.slice(1))).toMatchObject([{ claimed: 1 }]);
});

test('a claim that tells its channel alone claims nothing where there was ever a mirror', async () => {
  const { claim, claims, database } = await makeClaims(1);
  await database.pool.query(
    `insert into channel (workspace_id, channel_id, kind, name, deleted_at)
    select workspace_id, gen_random_uuid(), 'rocketchat', 'Mirror', now() from workspace`,
  );
  expect(await claim(false, claims, true)).toEqual([]);
  expect(await claim(false)).toMatchObject([{ claimed: 1 }]);
});
