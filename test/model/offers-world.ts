// Conversations that are offered, two nodes that give them out and take them back, and agents who answer in every wrong moment.
import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { defaultPolicy } from '../../src/contract/policy/policy.ts';
import { acceptOffer, declineOffer } from '../../src/desk/answer-offer.ts';
import { closeConversation } from '../../src/desk/close-conversation.ts';
import type { Desk } from '../../src/desk/context.ts';
import { endMissedOffers } from '../../src/desk/end-offers.ts';
import { liftExclusions } from '../../src/desk/lift-exclusions.ts';
import { makeRoster, type Roster } from '../../src/desk/roster.ts';
import { routeWaiting } from '../../src/desk/route-waiting.ts';
import { createAgent, updateAgent } from '../../src/desk/update-agent.ts';
import { writeMessage } from '../../src/desk/write-message.ts';
import { insertPolicy, insertWorkspace } from '../../src/store/workspaces.ts';
import { makeChannel, makeConversation } from '../makers/make-conversation.ts';
import { promising } from '../makers/promising.ts';
import { silentDesk } from '../makers/silent-desk.ts';
import type { TestClock } from '../makers/test-clock.ts';

export interface Row {
  id: string;
  state: 'waiting' | 'assigned' | 'closed';
  agentId: string | null;
  rankAt: number;
  offeredUntil: number | null;
  excluded: string[];
}

export interface Given {
  id: string;
  assignmentId: string;
  agentId: string;
  state: 'pending' | 'confirmed' | 'ended' | 'undone';
  at: number;
  until: number | null;
  endedAt: number | null;
  endReason: string | null;
}

export interface Told {
  type: string;
  at: number;
  assignmentId: string | null;
  agentId: string | null;
  inARow: number | null;
  byAnswering: boolean | null;
}

export interface Seen {
  now: number;
  rows: Row[];
  given: Given[];
  told: Told[];
  agents: { agentId: string; availability: string; cause: string | null; capacity: number }[];
}

export type OffersWorld = Awaited<ReturnType<typeof makeOffersWorld>>;

export async function makeOffersWorld(
  { pool, clock }: { pool: Pool; clock: TestClock },
  size: { within: number; misses: number; capacities: readonly number[] },
) {
  const { within, misses, capacities } = size;
  const workspaceId = uuid();
  const desk = silentDesk(pool, { clock });
  await insertWorkspace(pool, { workspaceId, name: 'Offers', defaultCapacity: 1 });
  const plans = [{ name: 'Asked', steps: [{ after: 0 }], offer: { within, misses } }];
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  const rules = [{ name: 'All', then: { plan: 'Asked' } }];
  const policy = { ...defaultPolicy, plans, rules };
  await insertPolicy(promising(pool), { workspaceId, policy, createdBy: 'test' });
  const channel = await makeChannel({ desk, workspaceId });
  const agentIds: string[] = [];
  for (const capacity of capacities) {
    const agent = { name: 'Agent', availability: 'online' as const, capacity };
    agentIds.push((await createAgent(desk, workspaceId, agent)).agentId);
  }
  const rosters: Roster[] = [makeRoster(workspaceId), makeRoster(workspaceId)];
  return {
    ...{ within, misses, agentIds },
    ...makeVerbs(desk, workspaceId),
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
  const of = (conversationId: string, agentId: string) => ({
    ...{ workspaceId, conversationId, agentId },
  });
  return {
    accept: (id: string, agentId: string) => acceptOffer(desk, of(id, agentId)),
    decline: (id: string, agentId: string) =>
      declineOffer(desk, { ...of(id, agentId), reason: 'busy' }),
    write: (conversationId: string, agentId: string) =>
      writeMessage(desk, {
        ...{ workspaceId, conversationId, kind: 'text', text: 'Hello', attachmentIds: [] },
        ...{ author: { kind: 'agent', id: agentId }, speaks: false },
      }),
    /** What each node's watch does when its timer ends. */
    endMissed: () => endMissedOffers(desk, workspaceId),
    lift: () => liftExclusions(desk, { workspaceId }),
    close: (conversationId: string) => {
      const acting = { actor: 'test', acting: null };
      const ending = { workspaceId, conversationId, ...acting, tellRemote: false };
      return closeConversation(desk, ending);
    },
    turn: async (agentId: string, availability: 'online' | 'away') => {
      await updateAgent(desk, { workspaceId, agentId }, { availability });
    },
  };
}

const msOf = (at: string) => `extract(epoch from ${at})::float8 * 1000`;

async function look(pool: Pool, workspaceId: string): Promise<Seen> {
  const read = async <T extends object>(text: string): Promise<T[]> =>
    (await pool.query<T>(text, [workspaceId])).rows;
  const rows = await read<Row>(
    `select conversation_id as id, state, agent_id as "agentId", ${msOf('rank_at')} as "rankAt",
      ${msOf('offered_until')} as "offeredUntil", excluded_agent_ids as excluded
    from conversation where workspace_id = $1 order by rank_at, conversation_id`,
  );
  const given = await read<Given>(
    `select conversation_id as id, assignment_id as "assignmentId", agent_id as "agentId", state, ${msOf('assigned_at')} as at,
      ${msOf('offered_until')} as until, ${msOf('ended_at')} as "endedAt", end_reason as "endReason"
    from assignment where workspace_id = $1 order by assigned_at, assignment_id`,
  );
  const told = await read<Told>(
    `select type, ${msOf('at')} as at, data ->> 'assignmentId' as "assignmentId", data ->> 'agentId' as "agentId",
      (data ->> 'inARow')::integer as "inARow", (data ->> 'byAnswering')::boolean as "byAnswering"
    from event where workspace_id = $1 and type in ('conversation.offered', 'conversation.accepted', 'conversation.declined', 'conversation.missed')
    order by at, stream_id, seq`,
  );
  const agents = await read<Seen['agents'][number]>(
    `select g.agent_id as "agentId", g.availability, g.capacity, (select s.cause from agent_status_change s
      where s.workspace_id = $1 and s.agent_id = g.agent_id order by s.at desc, s.change_id desc limit 1) as cause
    from agent g where g.workspace_id = $1 order by g.agent_id`,
  );
  const [clock] = await read<{ now: number }>(
    `select ${msOf('clock_timestamp()')} as now, $1::uuid`,
  );
  return { now: clock?.now as number, rows, given, told, agents };
}
