// Two workspaces on a real database that two nodes serve; what a verb wakes is routed, and nothing else is.

import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { defaultPolicy } from '../../src/contract/policy/policy.ts';
import { createGroup } from '../../src/desk/change-group.ts';
import type { Desk } from '../../src/desk/context.ts';
import { makeRoster, type Roster } from '../../src/desk/roster.ts';
import { routeWaiting } from '../../src/desk/route-waiting.ts';
import { createAgent } from '../../src/desk/update-agent.ts';
import { insertPolicy, insertWorkspace } from '../../src/store/workspaces.ts';
import { makeChannel, type TestChannel } from '../makers/make-conversation.ts';
import { promising } from '../makers/promising.ts';
import { silentDesk } from '../makers/silent-desk.ts';
import type { Given, ModelAgent, ModelQueue, Strategy } from './queue-oracle.ts';

const NODES = 2;

export interface RealQueue {
  workspaceId: string;
  channels: TestChannel[];
  teamIds: string[];
  rosters: Roster[];
}

export interface QueueWorld {
  desk: Desk;
  queues: RealQueue[];
  /** Has these nodes route at once all that was woken; answers what was given, by workspace. */
  routeWoken(nodes: readonly number[]): Promise<Given[][]>;
}

export async function makeQueueWorld(
  db: Pool,
  strategies: readonly Strategy[],
): Promise<{ world: QueueWorld; model: ModelQueue[] }> {
  const woken = new Set<string>();
  const desk = silentDesk(db, { wake: (workspaceId) => void woken.add(workspaceId) });
  const made = [];
  for (const strategy of strategies) made.push(await makeQueue(desk, strategy));
  const queues = made.map(({ real }) => real);
  const routeWoken = async (nodes: readonly number[]) => {
    const given = [];
    for (const queue of queues) {
      const isWoken = woken.delete(queue.workspaceId);
      given.push(isWoken ? await routeOn(desk, queue, nodes) : []);
    }
    return given;
  };
  return { world: { desk, queues, routeWoken }, model: made.map(({ model }) => model) };
}

async function routeOn(desk: Desk, queue: RealQueue, nodes: readonly number[]): Promise<Given[]> {
  const { workspaceId, rosters } = queue;
  const passes = await Promise.all(
    nodes.map((node) => routeWaiting(desk, { workspaceId, roster: rosters[node] as Roster })),
  );
  const given = passes.flatMap((pass) => pass.given);
  return given.map(({ conversationId, agentId }) => [conversationId, agentId]);
}

async function makeQueue(desk: Desk, strategy: Strategy) {
  const workspaceId = uuid();
  await insertWorkspace(desk.db, { workspaceId, name: 'Model', defaultCapacity: 1 });
  const policy = { ...defaultPolicy, strategy };
  await insertPolicy(promising(desk.db), { workspaceId, policy, createdBy: 'test' });
  const [orders, billing] = [uuid(), uuid()];
  for (const [name, id] of Object.entries({ orders, billing }))
    await createGroup(desk, 'team', { workspaceId, id, name, actor: 'test' });
  const agents: ModelAgent[] = [];
  for (const [index, teams] of [[], [orders], [orders, billing], [billing]].entries()) {
    const wanted = { name: `Agent ${index}`, capacity: 1 + (index % 2), teamIds: teams };
    const { agentId: id } = await createAgent(desk, workspaceId, {
      ...wanted,
      availability: 'online',
    });
    agents.push({
      id,
      teamIds: teams,
      isOnline: true,
      capacity: wanted.capacity,
      load: 0,
      busyAt: index,
    });
  }
  const channels = [];
  for (const channel of [{}, { weight: 2 }, { teamId: orders }])
    channels.push(await makeChannel({ desk, workspaceId }, channel));
  const rosters = Array.from({ length: NODES }, () => makeRoster(workspaceId));
  const model: ModelQueue = {
    ...{ strategy, agents, conversations: [], now: agents.length, lastInRound: '' },
  };
  return { real: { workspaceId, channels, teamIds: [orders, billing], rosters }, model };
}
