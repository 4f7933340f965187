// A workspace whose agents have limits, paces and wrap-ups, routed by hand on two nodes, with its history as it is on record.
import { expect } from 'vitest';
import { makeRoster, type Roster } from '../../src/desk/roster.ts';
import { routeWaiting } from '../../src/desk/route-waiting.ts';
import { createAgent } from '../../src/desk/update-agent.ts';
import { makeChannel, type TestChannel } from '../makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../makers/make-desk.ts';
import {
  type BoundAgent,
  type BoundConversation,
  countHeld,
  firstFree,
  forbids,
  type Held,
} from './bounds-oracle.ts';

export interface BoundsWorld extends TestDesk {
  channels: TestChannel[];
  agents: BoundAgent[];
  conversations: BoundConversation[];
  rosters: Roster[];
  /** When the wrap-up of an ended assignment is over, by `wrapKey`. */
  wraps: Map<string, number>;
  /** Routes all that waits, and holds it against the oracle. */
  route(): Promise<number>;
  routeAndCheck(node: number): Promise<void>;
  history(): Promise<Held[]>;
}

export async function makeBoundsWorld(): Promise<BoundsWorld> {
  const made = await makeDesk();
  const { desk, workspaceId } = made;
  const channels = [await makeChannel(made), await makeChannel(made, { weight: 2 })];
  const agents: BoundAgent[] = [];
  for (const name of ['Ana', 'Budi', 'Citra']) {
    const fields = { name, capacity: 4, availability: 'online' };
    const { agentId: id } = await createAgent(desk, workspaceId, fields);
    agents.push({ id, isOnline: true, capacity: 4, limits: {}, paceMs: 0, wrapUpMs: 0 });
  }
  const rosters = [makeRoster(workspaceId), makeRoster(workspaceId)];
  const world = { ...made, channels, agents, rosters, conversations: [], wraps: new Map() };
  const history = () => readHistory(world);
  return { ...world, history, routeAndCheck: (node) => routeAndCheck({ ...world, history }, node) };
}

/** The same conversation may be given twice, and end twice. */
export const wrapKey = (conversationId: string, endedAt: number) => `${conversationId} ${endedAt}`;

type World = Omit<BoundsWorld, 'routeAndCheck'>;

const inMs = (column: string) => `extract(epoch from ${column})::float8 * 1000`;

export async function readNow({ desk }: Pick<BoundsWorld, 'desk'>): Promise<number> {
  const { rows } = await desk.db.query(`select ${inMs('clock_timestamp()')} as now`);
  return rows[0].now;
}

async function readHistory({
  desk,
  conversations,
  wraps,
}: Omit<World, 'history'>): Promise<Held[]> {
  const { rows } = await desk.db.query(
    `select conversation_id as id, agent_id as "agentId", assigned_by = 'router' as "byRouter", forced,
      ${inMs('assigned_at')} as "from", ${inMs('ended_at')} as "to" from assignment order by assigned_at`,
  );
  return rows.map(({ id, to, ...one }) => {
    const conversation = conversations.find((known) => known.id === id) as BoundConversation;
    const ended = to ?? Number.POSITIVE_INFINITY;
    return {
      ...one,
      conversation,
      to: ended,
      freeAt: Math.max(ended, wraps.get(wrapKey(id, ended)) ?? ended),
    };
  });
}

async function routeAndCheck(world: World, node: number): Promise<void> {
  const { desk, workspaceId, rosters, agents } = world;
  const before = await readNow(world);
  const known = await world.history();
  const roster = rosters[node] as Roster;
  let pass = await routeWaiting(desk, { workspaceId, roster });
  while (pass.more) pass = await routeWaiting(desk, { workspaceId, roster });
  const history = await world.history();
  for (const one of history.slice(known.length)) {
    const agent = agents.find(({ id }) => id === one.agentId) as BoundAgent;
    // Of those that one pass gave to the same agent, each counts for the next.
    const [earlier] = [history.slice(0, history.indexOf(one))];
    const then = earlier.map((held) =>
      held.from === one.from ? { ...held, from: one.from - 1 } : held,
    );
    expect(forbids(agent, one.conversation, { history: then, at: one.from })).toBeNull();
  }
  await expectNobodyWaitsInVain(world, { before, history, dueInMs: pass.dueInMs });
  await expectLoads(world, history);
}

/** Whatever could be given was, and the router looks again no later than at the moment at which more can be. */
async function expectNobodyWaitsInVain(
  { desk, agents, conversations }: World,
  { before, history, dueInMs }: { before: number; history: Held[]; dueInMs: number | null },
): Promise<void> {
  const { rows } = await desk.db.query(
    `select conversation_id as id from conversation where state = 'waiting'`,
  );
  const waiting = conversations.filter((one) => rows.some(({ id }) => id === one.id));
  // What this pass gave is held by now.
  const held = history.map((one) => ({ ...one, from: Math.min(one.from, before - 1) }));
  let next = Number.POSITIVE_INFINITY;
  for (const agent of agents.filter(({ isOnline }) => isOnline)) {
    for (const one of waiting) {
      expect(forbids(agent, one, { history: held, at: before })).not.toBeNull();
      next = Math.min(next, firstFree(agent, one, { history, at: before }));
    }
  }
  const wakesAt = dueInMs === null ? Number.POSITIVE_INFINITY : before + dueInMs;
  // A hundredth: the sums of fractions.
  expect(wakesAt).toBeLessThanOrEqual(next + 0.01);
}

/** The database holds of each agent, and under each limit, what the history says. */
async function expectLoads(world: World, history: readonly Held[]): Promise<void> {
  const { desk, agents } = world;
  const loads = await desk.db.query('select agent_id as id, load from agent');
  const limits = await desk.db.query('select agent_id as id, scope, most, load from agent_limit');
  const { rows } = await desk.db.query(
    'select agent_id as id, conversation_id as "conversationId", wraps_until is not null as wraps from load_release',
  );
  // What has ended by itself since the pass began is still on the load.
  const late = rows.map((row) =>
    history.findLast((one) => one.agentId === row.id && one.conversation.id === row.conversationId),
  );
  const at = await readNow(world);
  const now = history.map((one) => {
    const stays = late.includes(one) && one.to < at;
    return stays ? { ...one, freeAt: Number.POSITIVE_INFINITY } : one;
  });
  const expected = agents.map((agent) => ({
    id: agent.id,
    load: countHeld(agent, { history: now, at }),
  }));
  expect(byId(loads.rows)).toEqual(byId(expected));
  const under = agents.flatMap((agent) =>
    Object.entries(agent.limits).map(([scope, most]) => {
      return { id: agent.id, scope, most, load: countHeld(agent, { history: now, at }, scope) };
    }),
  );
  expect(byId(limits.rows)).toEqual(byId(under));
}

function byId<T extends { id: string; scope?: string }>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => (`${a.id}${a.scope}` < `${b.id}${b.scope}` ? -1 : 1));
}
