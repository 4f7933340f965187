// What rules look at, from what is known of a waiting conversation. Only what they ask for is looked up.
import type { Routing } from '../routing/plans/compile-policy.ts';
import { countOnline, readMoment } from '../routing/read-moment.ts';
import type { Facts } from '../routing/rules/facts.ts';
import type { AgentState, Instant } from '../routing/types.ts';
import { type GroupRow, listGroups } from '../store/groups.ts';
import { countWaitingByPlan } from '../store/place-conversations.ts';
import type { CostlyFact, PlacingRow } from '../store/read-for-placing.ts';
import type { Db } from '../store/sql.ts';
import { findGroup } from './find-group.ts';

const costs: Readonly<Record<string, CostlyFact>> = {
  'conversation.text': 'text',
  'conversation.files': 'files',
  'contact.conversations': 'conversations',
  'contact.lastRating': 'lastRating',
  'contact.agent': 'lastAgent',
};

/** The part of a policy by which facts are gathered. */
export type Asking = Pick<Routing, 'used' | 'isSticky' | 'hasTargets' | 'calendars' | 'clock'>;

export function listCostlyFacts({ used, isSticky, hasTargets }: Asking): CostlyFact[] {
  const asked = Object.entries(costs).flatMap(([field, fact]) => {
    return used.fields.has(field) || (isSticky && fact === 'lastAgent') ? [fact] : [];
  });
  return hasTargets ? [...asked, 'lines'] : asked;
}

/** Rules look at what teams are called, or at who is online in them. */
export function asksForTeams({ used }: Pick<Asking, 'used'>): boolean {
  return used.online.size > 0 || used.fields.has('conversation.department');
}

/** The same for all conversations of a pass. */
export interface Surroundings {
  teams: readonly GroupRow[];
  agents: readonly AgentState[];
  agentById: ReadonlyMap<string, AgentState>;
  now: Facts['now'];
  waiting: Readonly<Record<string, number>>;
  online: Readonly<Record<string, number>>;
}

/** `teams`: null where they were not read yet. */
export async function readSurroundings(
  db: Db,
  args: {
    workspaceId: string;
    routing: Asking;
    agents: readonly AgentState[];
    now: Instant;
    teams?: readonly GroupRow[] | null;
  },
): Promise<Surroundings> {
  const { workspaceId, routing, agents, now } = args;
  const { used } = routing;
  const [teams, counts] = await Promise.all([
    args.teams ?? (asksForTeams(routing) ? listGroups(db, 'team', workspaceId) : []),
    used.waiting.size > 0 ? countWaitingByPlan(db, { workspaceId, most: used.waiting }) : [],
  ]);
  return {
    ...{ teams, agents },
    agentById: nameById(agents),
    now: readMoment(routing, now),
    waiting: Object.fromEntries(counts.map(({ plan, waiting }) => [plan, waiting])),
    online: Object.fromEntries(
      [...used.online].map((name) => [name, countOnline(agents, findGroup(teams, name)?.id, now)]),
    ),
  };
}

// A roster has one list of agents for as long as nobody comes or goes.
const indexes = new WeakMap<readonly AgentState[], ReadonlyMap<string, AgentState>>();

function nameById(agents: readonly AgentState[]): ReadonlyMap<string, AgentState> {
  const known = indexes.get(agents);
  if (known !== undefined) return known;
  const index = new Map(agents.map((agent) => [agent.agentId, agent]));
  indexes.set(agents, index);
  return index;
}

export function gatherFacts(row: PlacingRow, around: Surroundings): Facts {
  const { meta, contact, route } = row;
  const { priority, teamId } = route?.asked ?? row;
  const page = isObject(meta.page) ? meta.page : {};
  return {
    channel: [row.channelId, row.channelName],
    channelKind: row.channelKind,
    source: asText(meta.source),
    externalChannel: row.externalChannelId,
    contact: {
      name: contact.name,
      emailDomain: contact.email?.split('@').at(-1) ?? null,
      phone: contact.phone,
      // As people or the outside system say, else as the chat is shown, else as the browser asks.
      language: languageOf(row),
      attributes: contact.attributes,
      tags: contact.tags,
      proved: contact.proved,
      conversations: row.conversations,
      lastRating: row.lastRating,
      agent: nameAgent(contact.agentId ?? row.lastAgent?.agentId ?? null, around),
    },
    conversation: {
      department: nameDepartment(meta, teamId, around),
      ...{ priority, tags: row.tags, meta, text: row.text, files: row.files },
      page: asText(page.url),
      referrer: asText(page.referrer),
    },
    now: around.now ?? null,
    waiting: around.waiting,
    online: around.online,
  };
}

/** As somebody set it, as the visitor's page says, or as the browser asks for it. */
export function languageOf({ contact, meta }: Pick<PlacingRow, 'contact' | 'meta'>): string | null {
  const page = isObject(meta.page) ? meta.page : {};
  return contact.lang ?? asText(meta.locale) ?? asText(page.language);
}

function nameAgent(agentId: string | null, { agentById }: Surroundings): string[] | null {
  if (agentId === null) return null;
  const agent = agentById.get(agentId);
  return agent === undefined ? [agentId] : [agentId, agent.name];
}

/** As the outside system calls it, with the types of attendants of web chat; and the team that was asked for. */
function nameDepartment(
  { department, attendants }: Record<string, unknown>,
  teamId: string | null,
  { teams }: Surroundings,
): string[] | null {
  const team = teams.find(({ id }) => id === teamId);
  const types = Array.isArray(attendants) ? attendants : [];
  const asked = [department, ...types].map(asText);
  const names = [...asked, team?.id, team?.name].filter(
    (name) => name !== null && name !== undefined,
  );
  return names.length === 0 ? null : names;
}

function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
