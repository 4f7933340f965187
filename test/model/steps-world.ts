// Conversations that wait in a plan of steps, two nodes that give them out, and what each step allows, told by itself.
import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { defaultPolicy } from '../../src/contract/policy/policy.ts';
import { changeConversation } from '../../src/desk/change-conversation.ts';
import { createGroup } from '../../src/desk/change-group.ts';
import { closeConversation } from '../../src/desk/close-conversation.ts';
import type { Desk } from '../../src/desk/context.ts';
import { requeueConversation } from '../../src/desk/requeue-conversation.ts';
import { makeRoster, type Roster } from '../../src/desk/roster.ts';
import { routeWaiting } from '../../src/desk/route-waiting.ts';
import { createAgent, updateAgent } from '../../src/desk/update-agent.ts';
import { insertPolicy, insertWorkspace } from '../../src/store/workspaces.ts';
import { makeChannel, makeConversation } from '../makers/make-conversation.ts';
import { promising } from '../makers/promising.ts';
import { silentDesk } from '../makers/silent-desk.ts';
import type { TestClock } from '../makers/test-clock.ts';

/** From `after` seconds on: the least level, and whether only the team may. Each asks for no more than the one before. */
export interface ModelStep {
  after: number;
  level: number;
  inTeam: boolean;
}
export interface ModelAgent {
  level: number;
  inTeam: boolean;
  capacity: number;
}
type Hired = ModelAgent & { agentId: string; isOnline: boolean };

export interface Row {
  id: string;
  state: 'waiting' | 'assigned' | 'closed';
  agentId: string | null;
  queuedAt: number;
  rankAt: number;
  assignedAt: number | null;
  excluded: string[];
}

/** Milliseconds that agents held a conversation before they gave it back: at least, and at most. */
export interface Held {
  least: number;
  most: number;
}

export type StepsWorld = Awaited<ReturnType<typeof makeStepsWorld>>;

/** How long it must have waited before this agent may have it; null: no step allows them. */
export function allowedAfter(steps: readonly ModelStep[], agent: ModelAgent): number | null {
  const step = steps.find(({ level, inTeam }) => agent.level >= level && (agent.inTeam || !inTeam));
  return step === undefined ? null : step.after * 1000;
}

export async function makeStepsWorld(
  { pool, clock }: { pool: Pool; clock: TestClock },
  { steps, staff }: { steps: readonly ModelStep[]; staff: readonly ModelAgent[] },
) {
  const workspaceId = uuid();
  const desk = silentDesk(pool, { clock });
  await insertWorkspace(pool, { workspaceId, name: 'Steps', defaultCapacity: 1 });
  const [team, skill] = [uuid(), uuid()];
  for (const [kind, id] of [
    ['team', team],
    ['skill', skill],
  ] as const) {
    await createGroup(desk, kind, { workspaceId, id, name: kind, actor: 'test' });
  }
  const plan = {
    name: 'Plan',
    steps: steps.map(({ after, level, inTeam }) => ({
      ...{ after, team: inTeam ? team : null, skills: { [skill]: level } },
    })),
  };
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  const rules = [{ name: 'All', then: { plan: 'Plan' } }];
  const policy = { ...defaultPolicy, plans: [plan], rules };
  await insertPolicy(promising(pool), { workspaceId, policy, createdBy: 'test' });
  const channel = await makeChannel({ desk, workspaceId });
  const agents: Hired[] = [];
  for (const one of staff) {
    const { agentId } = await createAgent(desk, workspaceId, {
      ...{ name: 'Agent', availability: 'online', capacity: one.capacity, skillIds: [skill] },
      ...{ teamIds: one.inTeam ? [team] : [], skillLevels: { [skill]: one.level } },
    });
    agents.push({ ...one, agentId, isOnline: true });
  }
  const rosters: Roster[] = [makeRoster(workspaceId), makeRoster(workspaceId)];
  const verbs = makeVerbs(desk, workspaceId);
  return {
    ...{ steps, agents },
    ...verbs,
    ...makeHolding(pool, verbs.giveBack),
    open: () => makeConversation({ desk, workspaceId }, channel),
    /** The node knows nothing any more. */
    restart: (node: number) => {
      rosters[node] = makeRoster(workspaceId);
    },
    /** Until nothing more can be given. `both`: the two nodes at once. */
    route: async (node: number, both: boolean) => {
      for (;;) {
        const nodes = both ? rosters : [rosters[node] as Roster];
        const passes = await Promise.all(
          nodes.map((roster) => routeWaiting(desk, { workspaceId, roster })),
        );
        if (!passes.some(({ more }) => more)) return;
      }
    },
    look: () => look(pool, workspaceId),
  };
}

function makeVerbs(desk: Desk, workspaceId: string) {
  const acting = { actor: 'test', acting: null };
  return {
    end: (conversationId: string) =>
      closeConversation(desk, { workspaceId, conversationId, ...acting, tellRemote: false }),
    giveBack: (conversationId: string) =>
      requeueConversation(desk, { workspaceId, conversationId, ...acting, reason: 'test' }),
    /** The rules are asked again. */
    tag: (conversationId: string, tag: string) =>
      changeConversation(desk, { workspaceId, conversationId, actor: 'test', tags: [tag] }),
    turn: async (agent: Hired) => {
      agent.isOnline = !agent.isOnline;
      const availability = agent.isOnline ? 'online' : 'away';
      await updateAgent(desk, { workspaceId, agentId: agent.agentId }, { availability });
    },
  };
}

/** What agents held is no waiting, so the world knows for how long that was. */
function makeHolding(pool: Pool, giveBack: (id: string) => Promise<unknown>) {
  const held = new Map<string, Held>();
  const now = async () => {
    const { rows } = await pool.query<{ now: number }>(
      `select ${msOf('clock_timestamp()')} as now`,
    );
    return rows[0]?.now as number;
  };
  const heldFor = ({ id }: Row): Held => held.get(id) ?? { least: 0, most: 0 };
  return {
    now,
    heldFor,
    giveBack: async (row: Row) => {
      const { least, most } = heldFor(row);
      const before = await now();
      await giveBack(row.id);
      const since = row.assignedAt ?? before;
      held.set(row.id, { least: least + before - since, most: most + (await now()) - since });
    },
  };
}

const msOf = (at: string) => `extract(epoch from ${at})::float8 * 1000`;

async function look(pool: Pool, workspaceId: string): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    `select conversation_id as id, state, agent_id as "agentId", ${msOf('queued_at')} as "queuedAt",
      ${msOf('rank_at')} as "rankAt", ${msOf('assigned_at')} as "assignedAt", excluded_agent_ids as excluded
    from conversation where workspace_id = $1 order by rank_at, conversation_id`,
    [workspaceId],
  );
  return rows;
}
