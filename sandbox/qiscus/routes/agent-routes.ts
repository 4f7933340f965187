// The lists of agents, each in the shape of its API version.
import { type Fields, readFlag, readInteger, readIntegers, readText } from '../fields.ts';
import { cursorPage, laravelPage, numberedPage, readLimit } from '../paging.ts';
import { presentAgent } from '../present-agent.ts';
import { worksOnChannel } from '../roster.ts';
import type { Agent } from '../state.ts';
import type { World } from '../world.ts';
import {
  type Answer,
  type ApiCall,
  answerV1,
  answerV2,
  type Route,
  refuseMissing,
  refuseV2,
} from './route.ts';

export const agentRoutes: Route[] = [
  { method: 'GET', path: '/api/v2/admin/agents', scheme: 'either', handle: listAgents },
  { method: 'GET', path: '/api/v1/admin/agents', scheme: 'either', handle: listAgentsV1 },
  { method: 'GET', path: '/api/v1/admin/agents/get_by_ids', scheme: 'secret', handle: listByIds },
  { method: 'GET', path: '/api/v2/admin/agent/:id', scheme: 'either', handle: readAgent },
  {
    method: 'GET',
    path: '/api/v2/admin/agents/by_division',
    scheme: 'either',
    handle: listByDivision,
  },
  {
    method: 'GET',
    path: '/api/v2/admin/service/available_agents',
    scheme: 'either',
    handle: (world, call) => listForRoom(world, call, { isFit: true }),
  },
  {
    method: 'GET',
    path: '/api/v2/admin/service/other_agents',
    scheme: 'either',
    handle: (world, call) => listForRoom(world, call, { isFit: false }),
  },
];

function listAgents(world: World, { query }: ApiCall): Answer {
  const { metaInData, totalCountNull } = world.switches;
  const found = search(listed(world), query);
  const totalCount = totalCountNull ? null : found.length;
  const hasCursor = (query.cursor_after ?? query.cursor_before) !== undefined;
  if (!metaInData && !hasCursor) {
    const { rows, limit } = numberedPage(found, query);
    const agents = rows.map((agent) => presentAgent(world, agent));
    return answerV2({ agents }, { per_page: limit, total_count: totalCount });
  }
  const limit = readLimit(query);
  // A numbered page may be asked for in this model too.
  const skip = hasCursor ? 0 : Math.max(0, (readInteger(query.page) ?? 1) - 1) * limit;
  const page = cursorPage(found, query, { skip });
  const meta = { after: page.after, before: page.before, per_page: limit, total_count: totalCount };
  const agents = page.rows.map((agent) => presentAgent(world, agent));
  return { status: 200, json: { data: { agents, meta }, status: 200 } };
}

function listed({ state, switches }: World): Agent[] {
  return switches.agentsUnlisted ? [] : [...state.agents.values()];
}

/** By name or e-mail; `scope` narrows it to one of the two (assumption). */
function search(agents: Agent[], query: Fields): Agent[] {
  const text = readText(query.search)?.toLowerCase();
  if (text === undefined) return agents;
  const fields =
    query.scope === 'name' || query.scope === 'email' ? [query.scope] : ['name', 'email'];
  return agents.filter((agent) =>
    fields.some((field) => agent[field as 'name' | 'email'].toLowerCase().includes(text)),
  );
}

function listAgentsV1(world: World, { query, url }: ApiCall): Answer {
  if (world.switches.v1Agents403) {
    return {
      status: 403,
      json: { errors: { message: 'Forbidden' }, status: 403, traceid: '6c1f0f2e8b9d4c7a' },
    };
  }
  const page = numberedPage(listed(world), query);
  const rows = page.rows.map((agent) => ({
    ...presentAgent(world, agent),
    // Strings, as seen.
    total_resolved: String(agent.resolvedCount),
    total_customers: String(agent.resolvedCount + agent.rooms.size),
  }));
  return answerV1({ agents: laravelPage({ ...page, rows }, url) });
}

/** Unknown ids are left out (assumption). */
function listByIds(world: World, { query }: ApiCall): Answer {
  const agents = readIntegers(query.ids).map((id) => world.state.agents.get(id));
  const known = agents.filter((agent) => agent !== undefined);
  return answerV1(known.map((agent) => presentAgent(world, agent)));
}

function readAgent(world: World, { params }: ApiCall): Answer {
  const agent = world.state.agents.get(readInteger(params.id) ?? 0);
  if (agent === undefined) return refuseV2(404, 'Agent not found');
  return answerV2({ agent: presentAgent(world, agent) });
}

/** A bare array. `sort=asc` puts those with the fewest customers first. */
function listByDivision(world: World, { query }: ApiCall): Answer {
  const divisionIds = readIntegers(query.division_ids);
  const isAvailable = readFlag(query.is_available);
  const shown = [...world.state.agents.values()]
    .filter((agent) => agent.divisionIds.some((id) => divisionIds.includes(id)))
    .filter((agent) => isAvailable === undefined || agent.isAvailable === isAvailable)
    .map((agent) => presentAgent(world, agent));
  const sign = { asc: 1, desc: -1 }[readText(query.sort) ?? ''] ?? 0;
  const count = (agent: (typeof shown)[number]) => agent.current_customer_count ?? 0;
  shown.sort((left, right) => sign * (count(left) - count(right)));
  const { rows, page, limit, total, pages } = numberedPage(shown, query);
  return answerV2(rows, { limit, page, total, total_page: pages });
}

/**
 * Agents who are not in the room: those on its channel, or (assumption) those on other channels.
 * Unavailable ones are listed too, unless the switch `roomAgents` or `is_available_in_room` says otherwise.
 */
function listForRoom(world: World, { query }: ApiCall, { isFit }: { isFit: boolean }): Answer {
  const roomId = readText(query.room_id);
  if (roomId === undefined) return refuseMissing('room_id');
  const room = world.state.rooms.get(roomId);
  if (room === undefined) return refuseV2(404, 'Room not found');
  const onlyAvailable =
    world.switches.roomAgents === 'available' || readFlag(query.is_available_in_room) === true;
  const others = [...world.state.agents.values()].filter(
    (agent) =>
      !room.agentIds.includes(agent.id) &&
      worksOnChannel(agent, room.channelId) === isFit &&
      (agent.isAvailable || !onlyAvailable),
  );
  const found = isFit ? others : search(others, query);
  const { rows, after, before } = cursorPage(found, query);
  const agents = rows.map((agent) => presentAgent(world, agent));
  return answerV2({ agents }, { after, before, per_page: readLimit(query), total_count: null });
}
