// Re-balance on a real database: what may move, all or nothing, what is on record, and races with everything else.
import { v7 as uuid } from 'uuid';
import { expect, onTestFinished, test } from 'vitest';
import { hearEffects } from '../../test/makers/hear-effects.ts';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { promising } from '../../test/makers/promising.ts';
import { silentDesk } from '../../test/makers/silent-desk.ts';
import type { BalancePlan } from '../contract/balance.ts';
import { Refused } from '../errors.ts';
import { listAssignments } from '../store/assignments.ts';
import { getConversation } from '../store/conversations.ts';
import { appendMessageRow } from '../store/messages.ts';
import { openPool } from '../store/pool.ts';
import { withTx } from '../store/tx.ts';
import { applyBalance, undoBalance } from './apply-balance.ts';
import { assignConversation } from './assign-conversation.ts';
import { closeConversation } from './close-conversation.ts';
import { explainConversation } from './explain-conversation.ts';
import { previewBalance } from './plan-balance.ts';
import { requeueConversation } from './requeue-conversation.ts';
import { createAgent, updateAgent } from './update-agent.ts';

/** Ana holds four of the router's, and Budi and Cici have come since. */
async function makeWorld({ config = '{}' } = {}) {
  const world = await makeDesk();
  const { workspaceId, route } = world;
  const { desk, heard } = hearEffects(world);
  const channel = await makeChannel(world);
  await desk.db.query('update channel set config = $1', [config]);
  const come = (name: string, capacity = 4) =>
    createAgent(desk, workspaceId, { name, capacity, availability: 'online' }).then(
      ({ agentId }) => agentId,
    );
  const ana = await come('Ana');
  const open = () => makeConversation(world, channel);
  const ids = [await open(), await open(), await open(), await open()];
  await route();
  const [budi, cici] = [await come('Budi'), await come('Cici')];
  const preview = (teamId: string | null = null) => previewBalance(desk, { workspaceId, teamId });
  const apply = (plan: BalancePlan, teamId: string | null = null, on = desk) =>
    applyBalance(on, { workspaceId, teamId, moves: movesOf(plan), actor: 'agent:boss' });
  const holders = async () => {
    const rows = await Promise.all(
      ids.map((id) => getConversation(desk.db, { workspaceId, conversationId: id })),
    );
    return rows.map((row) => (row?.state === 'assigned' ? row.agentName : row?.state));
  };
  const say = (
    conversationId: string,
    authorKind: 'agent' | 'contact',
    kind: 'text' | 'note' = 'text',
  ) =>
    withTx(desk.db, (tx) =>
      appendMessageRow(promising(tx), {
        ...{ workspaceId, conversationId, messageId: uuid(), kind, authorKind, authorId: null },
        ...{ text: 'Hello', attachments: [], late: false },
      }),
    );
  const close = (conversationId: string, on = desk) =>
    closeConversation(on, {
      ...{ workspaceId, conversationId, actor: 'test', acting: null, tellRemote: false },
    });
  heard();
  const people = { ana, budi, cici, come };
  return {
    ...world,
    ...people,
    desk,
    heard,
    channel,
    open,
    ids,
    preview,
    apply,
    holders,
    say,
    close,
  };
}

const movesOf = ({ moves }: BalancePlan) =>
  moves.map(({ conversationId, from, to }) => ({
    ...{ conversationId, from: from.agentId, to: to.agentId },
  }));

/** What the load of each agent must be: what is assigned to them, and nothing above a capacity. */
async function checkLoads({
  desk,
  route,
}: Pick<Awaited<ReturnType<typeof makeWorld>>, 'desk' | 'route'>) {
  await route();
  const { rows } = await desk.db.query(`select a.name, a.load, a.effective_capacity as capacity,
    (select coalesce(sum(weight), 0)::integer from conversation c where c.agent_id = a.agent_id and c.state = 'assigned') as held,
    (select coalesce(sum(weight), 0)::integer from assignment s where s.agent_id = a.agent_id and s.ended_at is null) as live
    from agent a order by name`);
  for (const { name, load, capacity, held, live } of rows) {
    expect({ name, load, live }).toEqual({ name, load: held, live: held });
    expect(load, name).toBeLessThanOrEqual(capacity);
  }
}

test('a plan shows each move with its reason, and the shares before and after; it writes nothing', async () => {
  const { preview, ids, ana, budi, cici, holders, heard } = await makeWorld();
  const plan = await preview();
  expect(plan.moves).toMatchObject([
    { conversationId: ids[0], contact: 'Sari', from: { agentId: ana, agentName: 'Ana' } },
    { conversationId: ids[1], from: { agentId: ana }, to: {} },
  ]);
  expect(plan.moves.map(({ to }) => to.agentId)).toEqual([budi, cici]);
  expect(plan.moves[0]?.sentence).toBe(
    'Budi has it instead of Ana to even out the load: Ana goes from 100 % to 50 %, Budi from 0 % to 25 %, with all moves of the re-balance.',
  );
  expect(plan).toMatchObject({
    before: { highest: 1, lowest: 0, jain: 1 / 3 },
    after: { highest: 0.5, lowest: 0.25, jain: (1 * 1) / (3 * 0.375) },
    ...{ proposed: true, more: false, teamId: null },
  });
  expect(await holders()).toEqual(['Ana', 'Ana', 'Ana', 'Ana']);
  expect(heard()).toEqual([]);
});

test('applied, each has moved as one change: loads, events, the record and what follows are right', async () => {
  const world = await makeWorld();
  const { desk, workspaceId, preview, apply, holders, ids, ana, budi, cici, heard } = world;
  const done = await apply(await preview());
  expect(done).toMatchObject({ moved: 2, after: { highest: 0.5, lowest: 0.25 } });
  expect(await holders()).toEqual(['Budi', 'Cici', 'Ana', 'Ana']);
  await checkLoads(world);
  const sql = 'select type, data from event where stream_id = $1 order by seq';
  const { rows } = await desk.db.query(sql, [ids[0]]);
  expect(rows.slice(-2)).toMatchObject([
    {
      type: 'conversation.transferred',
      data: {
        ...{ from: ana, toAgentId: budi, by: 'agent:boss', reason: 'balance', balanceId: done.id },
      },
    },
    { type: 'conversation.assigned', data: { agentId: budi, by: 'agent:boss', forced: false } },
  ]);
  const told = JSON.stringify(heard());
  for (const id of [ids[0], ids[1], ana, budi, cici]) expect(told).toContain(id);
  const why = await explainConversation(desk, { workspaceId, conversationId: ids[0] as string });
  expect(why.reasons).toEqual([
    {
      ...{ code: 'balanced', agentName: 'Budi', fromName: 'Ana', by: 'agent:boss', undone: false },
      ...{ fromBefore: 1, fromAfter: 0.5, toBefore: 0, toAfter: 0.25 },
    },
  ]);
  const [now, before] = await listAssignments(desk.db, {
    ...{ workspaceId, conversationId: ids[0] as string },
  });
  expect([now?.state, before?.state, before?.endReason]).toEqual([
    ...['confirmed', 'ended', 'transferred'],
  ]);
  expect((await preview()).moves).toEqual([]);
});

test('what an agent has answered never moves; a note, and what the contact says, is no answer', async () => {
  const { preview, apply, say, ids, holders } = await makeWorld();
  const [first, second, third, fourth] = ids as [string, string, string, string];
  const old = await preview();
  await say(first, 'agent');
  await say(second, 'agent', 'note');
  await say(third, 'contact');
  expect((await preview()).moves.map(({ conversationId }) => conversationId)).toEqual([
    ...[second, third],
  ]);
  const refused = await apply(old).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refused);
  expect(refused).toMatchObject({
    ...{ code: 'balance.changed', message: expect.stringContaining('Nothing was moved') },
    more: {
      left: [{ conversationId: first, obstacle: 'not-movable' }],
      plan: { moves: [{ conversationId: second }, { conversationId: third }] },
    },
  });
  expect(await holders()).toEqual(['Ana', 'Ana', 'Ana', 'Ana']);
  for (const id of [second, third, fourth]) await say(id, 'agent');
  expect(await preview()).toMatchObject({ moves: [], proposed: false });
});

test('an answer before it was given to this agent is none since', async () => {
  const { desk, workspaceId, preview, say, ids, clock, route } = await makeWorld();
  const key = { workspaceId, conversationId: ids[0] as string };
  await say(key.conversationId, 'agent');
  await clock.advance(1000);
  await requeueConversation(desk, { ...key, reason: 'test', actor: 'test', acting: null });
  await route();
  const { after } = await preview();
  expect(after).toMatchObject({ highest: 0.5, lowest: 0.25 });
});

test('what is answered in an outside system stays: nothing is known here of the answers', async () => {
  const { desk, preview } = await makeWorld();
  expect((await preview()).moves).toHaveLength(2);
  await desk.db.query(`update channel set kind = 'qiscus'`);
  expect((await preview()).moves).toEqual([]);
});

test('what is offered and not accepted yet stays', async () => {
  const { preview } = await makeWorld({ config: '{"acceptance":"manual"}' });
  expect(await preview()).toMatchObject({ moves: [], before: { highest: 1 } });
});

test('what is with the agent whom the contact knows stays, if that decided', async () => {
  const { desk, preview, ids } = await makeWorld();
  const known = `update decision set because = because || '{"decidedBy": "sticky"}'
    where conversation_id = any ($1::uuid[])`;
  await desk.db.query(known, [ids.slice(0, 3)]);
  expect((await preview()).moves.map(({ conversationId }) => conversationId)).toEqual([ids[3]]);
});

test('what a person chose stays', async () => {
  const { desk, workspaceId, preview, open, route, ana, ids, close } = await makeWorld();
  for (const id of ids) await close(id);
  await route();
  for (const conversationId of [await open(), await open(), await open()]) {
    await assignConversation(desk, {
      acting: null,
      ...{ workspaceId, conversationId, agentId: ana, force: false, actor: 'agent:boss' },
    });
  }
  expect(await preview()).toMatchObject({ moves: [], before: { highest: 0.75 } });
});

test('one that cannot move any more stops all: closed, its agent away, the other away or full', async () => {
  const world = await makeWorld();
  const { desk, workspaceId, preview, apply, holders, budi, ana, cici, ids, close, open } = world;
  const plan = await preview();
  const set = (agentId: string, change: Parameters<typeof updateAgent>[2]) =>
    updateAgent(desk, { workspaceId, agentId, actor: 'test', isOneself: false }, change);
  const expectRefused = async (obstacle: string) => {
    await expect(apply(plan)).rejects.toMatchObject({
      ...{ code: 'balance.changed', more: { left: [{ obstacle }] } },
    });
    expect(await holders()).toEqual(['Ana', 'Ana', 'Ana', 'Ana']);
  };
  await set(cici, { availability: 'away' });
  await expectRefused('cannot-take');
  await set(cici, { availability: 'online', capacity: 0 });
  await expectRefused('cannot-take');
  await set(cici, { capacity: 1 });
  const taking = { workspaceId, conversationId: await open(), agentId: cici, force: false };
  await assignConversation(desk, { acting: null, ...taking, actor: 'test' });
  await expectRefused('no-room');
  await close(taking.conversationId);
  await close(ids[1] as string);
  await expect(apply(plan)).rejects.toMatchObject({
    more: { left: [{ conversationId: ids[1], obstacle: 'not-movable' }] },
  });
  expect(await holders()).toEqual(['Ana', 'closed', 'Ana', 'Ana']);
  await set(ana, { availability: 'away' });
  await expect(apply(plan)).rejects.toMatchObject({ code: 'balance.changed' });
  await set(budi, { capacity: 4 });
  await checkLoads(world);
});

test('moves that would make nothing more even are refused, whoever wrote them', async () => {
  const { desk, workspaceId, apply, preview, holders, ids, ana, budi } = await makeWorld();
  await apply(await preview());
  const moves = [{ conversationId: ids[0] as string, from: budi, to: ana }];
  await expect(
    applyBalance(desk, { workspaceId, teamId: null, moves, actor: 'test' }),
  ).rejects.toMatchObject({ code: 'balance.changed', more: { left: [] } });
  expect(await holders()).toEqual(['Budi', 'Cici', 'Ana', 'Ana']);
});

test('an arrival in between does not matter, as long as there is room', async () => {
  const world = await makeWorld();
  const { preview, apply, open, route, holders } = world;
  const plan = await preview();
  await open();
  await route();
  expect(await apply(plan)).toMatchObject({ moved: 2 });
  expect(await holders()).toEqual(['Budi', 'Cici', 'Ana', 'Ana']);
  await checkLoads(world);
});

test('undone, those come back that nobody has answered, with their record; twice undoes nothing more', async () => {
  const world = await makeWorld();
  const { desk, workspaceId, preview, apply, say, ids, holders } = world;
  const { id: balanceId } = await apply(await preview());
  await say(ids[1] as string, 'agent');
  const undo = () => undoBalance(desk, { workspaceId, balanceId, actor: 'agent:boss' });
  expect(await undo()).toEqual({
    ...{ moved: 1, left: [{ conversationId: ids[1], obstacle: 'not-movable' }] },
  });
  expect(await holders()).toEqual(['Ana', 'Cici', 'Ana', 'Ana']);
  await checkLoads(world);
  const why = await explainConversation(desk, { workspaceId, conversationId: ids[0] as string });
  expect(why.explanation[0]).toBe('It went back from Budi to Ana: the re-balance was undone.');
  expect(await undo()).toMatchObject({ moved: 0 });
});

test('undone, nobody is given more than they have room for', async () => {
  const world = await makeWorld();
  const { desk, workspaceId, preview, apply, holders, open, ana } = world;
  const { id: balanceId } = await apply(await preview());
  const conversationId = await open();
  const taking = { workspaceId, conversationId, agentId: ana, force: false, actor: 'test' };
  await assignConversation(desk, { ...taking, acting: null });
  expect(await undoBalance(desk, { workspaceId, balanceId, actor: 'test' })).toMatchObject({
    ...{ moved: 1, left: [{ obstacle: 'no-room' }] },
  });
  expect((await holders()).filter((one) => one === 'Ana')).toHaveLength(3);
  await checkLoads(world);
});

test('of a team, only its agents give and are given anything; of one that is not there, nothing is planned', async () => {
  const { desk, workspaceId, preview, ana, budi } = await makeWorld();
  const teamId = uuid();
  await desk.db.query('insert into team (workspace_id, team_id, name) values ($1, $2, $3)', [
    ...[workspaceId, teamId, 'Sales'],
  ]);
  for (const agentId of [ana, budi]) {
    const by = { workspaceId, agentId, actor: 'test', isOneself: false };
    await updateAgent(desk, by, { teamIds: [teamId] });
  }
  const plan = await preview(teamId);
  expect(plan.shares.map(({ agentName }) => agentName)).toEqual(['Ana', 'Budi']);
  expect(plan.moves.map(({ to }) => to.agentName)).toEqual(['Budi', 'Budi']);
  await expect(preview(uuid())).rejects.toMatchObject({ code: 'team.not-found' });
});

test('from two nodes at once, with arrivals, answers and closings: each plan moves whole or not at all, and nobody ends above the capacity', async () => {
  const world = await makeWorld();
  const { desk, workspaceId, database, preview, apply, open, route, say, close, come } = world;
  await come('Dedi', 8);
  for (let nth = 0; nth < 8; nth += 1) world.ids.push(await open());
  await route();
  // Another connection string, so that the two do not take turns as one node.
  const url = `${database.url}${database.url.includes('?') ? '&' : '?'}application_name=other`;
  const pool = openPool({ connectionString: url, onIdleError: () => {} });
  onTestFinished(() => pool.end());
  const other = silentDesk(pool);
  let [moved, refused] = [0, 0];
  for (let round = 0; round < 12; round += 1) {
    const plan = await preview();
    const [id] = world.ids.slice(round % world.ids.length);
    const acts = [desk, other].map((on) =>
      apply(plan, null, on).then(
        (done) => {
          moved += 1;
          expect(done.moved).toBe(plan.moves.length);
        },
        (error: unknown) => {
          if (plan.moves.length > 0) expect(error).toMatchObject({ code: 'balance.changed' });
          refused += 1;
        },
      ),
    );
    await Promise.all([
      ...(plan.moves.length > 0 ? acts : []),
      round % 3 === 0 ? say(id as string, 'agent') : open().then((one) => world.ids.push(one)),
      route(),
      ...(round % 4 === 3 ? [close(id as string).catch(() => {})] : []),
    ]);
    await checkLoads(world);
    const { rows } = await desk.db.query(
      `select data ->> 'balanceId' as id, count(*)::integer as count
      from event where workspace_id = $1 and type = 'conversation.transferred' group by 1`,
      [workspaceId],
    );
    // Whole: as many as the plans that were applied had in all.
    expect(rows.every(({ id: balanceId }) => balanceId !== null)).toBe(true);
    expect(rows).toHaveLength(moved);
    await createAgent(desk, workspaceId, {
      name: `Late ${round}`,
      capacity: 2,
      availability: 'online',
    });
  }
  expect(moved).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});
