// To whom a conversation can be handed over: agents, teams, skills and plans, and how much room there is.
import { useQuery } from '@tanstack/react-query';
import { agentsQuery, planNamesQuery, skillsQuery, teamsQuery } from '../../api/queries.ts';
import type { Agent, Conversation } from '../../api/shapes.ts';

export type Receiver =
  | { kind: 'agent'; id: string; agent: Agent }
  | { kind: 'team'; id: string; name: string; online: number; room: number }
  | { kind: 'skill'; id: string; name: string; online: number; room: number }
  | { kind: 'plan'; id: string; name: string; waiting: number };

export const receiverKinds = ['agents', 'teams', 'plans'] as const;
export type ReceiverKind = (typeof receiverKinds)[number];

/** What is typed is looked for among all of them; without a word those of `kind` are offered. */
export function useReceivers(
  conversation: Pick<Conversation, 'agentId' | 'teamId'>,
  { typed, kind }: { typed: string; kind: ReceiverKind },
): { found: Receiver[]; kinds: ReceiverKind[] } {
  const agents = useQuery(agentsQuery).data ?? [];
  const teams = useQuery(teamsQuery).data ?? [];
  const skills = useQuery(skillsQuery).data ?? [];
  const plans = useQuery(planNamesQuery).data ?? [];
  const wanted = typed.trim().toLowerCase();
  const all: Record<ReceiverKind, Receiver[]> = {
    agents: sortAgents(agents)
      .filter(({ id }) => id !== conversation.agentId)
      .map((agent) => ({ kind: 'agent', id: agent.id, agent })),
    teams: [
      ...teams
        .filter(({ id }) => id !== conversation.teamId)
        .map(({ id, name }) => {
          const room = roomAmong(agents, (agent) => agent.teamIds.includes(id));
          return { kind: 'team' as const, id, name, ...room };
        }),
      ...skills.map(({ id, name }) => {
        const room = roomAmong(agents, (agent) => agent.skillIds.includes(id));
        return { kind: 'skill' as const, id, name, ...room };
      }),
    ],
    plans: plans.map(({ name, waiting }) => ({ kind: 'plan', id: `plan ${name}`, name, waiting })),
  };
  const fits = (one: Receiver) => nameOf(one).toLowerCase().includes(wanted);
  return {
    found: (wanted === '' ? all[kind] : Object.values(all).flat()).filter(fits),
    kinds: receiverKinds.filter((one) => one === 'agents' || all[one].length > 0),
  };
}

const nameOf = (one: Receiver): string => (one.kind === 'agent' ? one.agent.name : one.name);

const order = { online: 0, away: 1, offline: 2 };

/** The agents who are there and have the most room come first. */
export function sortAgents(agents: readonly Agent[]): Agent[] {
  return agents.toSorted(
    (a, b) => order[a.availability] - order[b.availability] || share(a) - share(b),
  );
}

function share({ load, effectiveCapacity }: Agent): number {
  return effectiveCapacity === 0 ? 1 : load / effectiveCapacity;
}

function roomAmong(agents: readonly Agent[], belongs: (agent: Agent) => boolean) {
  const online = agents.filter(
    (agent) => agent.kind !== 'bot' && agent.availability === 'online' && belongs(agent),
  );
  const roomOf = ({ effectiveCapacity, load, externalLoad }: Agent) =>
    Math.max(0, effectiveCapacity - load - externalLoad);
  return { online: online.length, room: online.reduce((sum, one) => sum + roomOf(one), 0) };
}
