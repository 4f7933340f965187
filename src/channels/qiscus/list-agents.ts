// Lists agents, by the newer call or, for accounts that lack it, the older one.

import { listPages } from './list-pages.ts';
import type { Caller } from './open-caller.ts';
import { readAgent } from './read-agent.ts';
import { readObject } from './read-field.ts';
import { readJson } from './read-json.ts';
import type { Outcome, RemoteAgent } from './types.ts';
import { unreadable } from './unreadable.ts';

const PAGE_SIZE = '100';

/** Qiscus' answers for an account that may not use the call, or does not have it. */
const NO_SUCH_CALL = [403, 404, 405];

/** All agents of the app. */
export async function listAgents(caller: Caller): Promise<Outcome<RemoteAgent[]>> {
  const list = (path: string) => fetchAll(caller, { path, paging: 'page', query: {} });
  const newer = await list('/api/v2/admin/agents');
  if (newer.ok || !NO_SUCH_CALL.includes(newer.failure.status ?? 0)) return newer;
  const older = await list('/api/v1/admin/agents');
  return older.ok ? older : newer;
}

/** null: Qiscus knows no such agent. */
export async function fetchAgent(
  caller: Caller,
  agentId: string,
): Promise<Outcome<RemoteAgent | null>> {
  const path = `/api/v2/admin/agent/${encodeURIComponent(agentId)}`;
  const outcome = await caller.call({ scheme: 'either', method: 'GET', path });
  if (!outcome.ok) {
    return outcome.failure.status === 404 ? { ok: true, value: null } : outcome;
  }
  const { body, status } = outcome.value;
  const agent = readAgent(readObject(readObject(readJson(body)).data).agent);
  return agent === null ? unreadable(status) : { ok: true, value: agent };
}

/**
 * For the room's channel. Despite the name of Qiscus' list, some of these agents are unavailable.
 */
export function listAgentsForRoom(caller: Caller, roomId: string): Promise<Outcome<RemoteAgent[]>> {
  const path = '/api/v2/admin/service/available_agents';
  return fetchAll(caller, { path, paging: 'cursor', query: { room_id: roomId } });
}

function fetchAll(
  caller: Caller,
  listing: { path: string; paging: 'page' | 'cursor'; query: Record<string, string> },
): Promise<Outcome<RemoteAgent[]>> {
  const { path, paging, query } = listing;
  return listPages<RemoteAgent>({
    listName: 'agents',
    paging,
    fetch: (next) =>
      caller.call({
        scheme: 'either',
        method: 'GET',
        path,
        query: { ...query, limit: PAGE_SIZE, ...next },
      }),
    read: readAgent,
    idOf: (agent) => agent.externalId,
  });
}
