// Reads what a list of conversations is asked for, with `me` and `mine` as whoever asks.
import type { Actor } from '../access/can.ts';
import type { ConversationQuery } from '../contract/inbox.ts';
import type { Desk } from '../desk/context.ts';
import { getAgent } from '../store/agents.ts';
import type { InboxFilter, Scope, Sort } from '../store/inbox-filter.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

export async function readFilter(
  { db }: Pick<Desk, 'db'>,
  actor: Actor,
  asked: Omit<ConversationQuery, 'cursor' | 'limit'>,
): Promise<InboxFilter> {
  const { state, sort, agentId, teamId, consulted, ...rest } = asked;
  const own = actor.agentId ?? NOBODY;
  const scope = state ?? 'any';
  const teamsOf = async ({ workspaceId, agentId: id }: Actor): Promise<string[]> =>
    id === null ? [] : ((await getAgent(db, { workspaceId, agentId: id }))?.teamIds ?? []);
  return {
    ...rest,
    scope,
    sort: sort ?? firstSort(scope),
    ...(consulted !== undefined && { consulted: own }),
    ...(agentId !== undefined && { agentId: agentId === 'me' ? own : agentId }),
    ...(teamId !== undefined && { teamIds: teamId === 'mine' ? await teamsOf(actor) : [teamId] }),
  };
}

function firstSort(scope: Scope): Sort {
  if (scope === 'parked') return 'until';
  return scope === 'waiting' ? 'waiting' : 'recent';
}
