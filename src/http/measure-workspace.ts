// Reads what a scenario is measured from, and puts names where the records have ids.
import type { Measured, MeasureNote } from '../contract/lab.ts';
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { Desk } from '../desk/context.ts';
import { namePolicy } from '../desk/name-policy.ts';
import { showPolicy } from '../desk/show-policy.ts';
import { Refused } from '../errors.ts';
import { measureScenario, type NamedKind } from '../lab/measure-scenario.ts';
import {
  type MeasuredKind,
  MOST_MEASURED_KINDS,
  readCapacities,
  readMeasuredKinds,
} from '../store/measured.ts';
import { readOccupancy } from '../store/occupancy-report.ts';
import { readPolicyNames } from '../store/policy-names.ts';
import { refuseTooMuch } from './report-span.ts';

interface Asked {
  workspaceId: string;
  from: Date;
  until: Date;
  /** Empty: every channel. */
  channelIds: readonly string[];
  /** null: the one in force. */
  policy: PolicyDocument | null;
}

/** Refuses `simulation.nothing-recorded`, and `request.invalid` where it is too much. */
export async function measureWorkspace(desk: Desk, asked: Asked): Promise<Measured> {
  const { workspaceId, from, until, channelIds } = asked;
  const named = channelIds.length === 0 ? null : channelIds;
  const span = { workspaceId, from, until, channelIds: named };
  const found = await readMeasuredKinds(desk.db, span).catch(refuseTooMuch);
  if (found.length === 0) throw new Refused('simulation.nothing-recorded');
  const kinds = found.slice(0, MOST_MEASURED_KINDS);
  const names = await readPolicyNames(desk.db, workspaceId);
  const agents = await readAgents(desk, asked, names);
  if (agents.every(({ capacity }) => capacity === 0)) {
    throw new Refused('simulation.nothing-recorded', 'No agent has a capacity above 0.');
  }
  const { scenario, notes } = measureScenario({
    spanSeconds: (until.getTime() - from.getTime()) / 1000,
    kinds: nameKinds(kinds, names),
    agents,
    policy: await readPolicy(desk, asked),
  });
  const cut: MeasureNote[] = found.length > kinds.length ? ['kinds-left-out'] : [];
  const conversations = kinds.reduce((sum, { arrived }) => sum + arrived, 0);
  return { scenario, conversations, notes: [...notes, ...cut] };
}

async function readPolicy(desk: Desk, { workspaceId, policy }: Asked): Promise<PolicyDocument> {
  if (policy !== null) return namePolicy(desk, { workspaceId, policy });
  return (await showPolicy(desk, { workspaceId, names: true })).policy as PolicyDocument;
}

type Names = Awaited<ReturnType<typeof readPolicyNames>>;

const byId = (list: readonly { id: string; name: string }[]) =>
  new Map(list.map(({ id, name }) => [id, name]));

async function readAgents({ db }: Desk, asked: Asked, names: Names) {
  const { workspaceId, from, until } = asked;
  const whom = { agentId: null, teamId: null };
  const days = { workspaceId, ...whom, from, to: until, timeZone: 'UTC', byDay: false };
  const occupied = await readOccupancy(db, 'agent', days).catch(refuseTooMuch);
  const onlineMs = new Map(occupied.map((row) => [row.key, row.onlineMs]));
  const capacities = await readCapacities(db, workspaceId);
  const known = new Map(names.agents.map((agent) => [agent.id, agent]));
  const teams = byId(names.teams);
  const skills = byId(names.skills);
  const spanMs = until.getTime() - from.getTime();
  return capacities.map(({ agentId, capacity }) => {
    const { name = agentId, teamIds = [], skills: levels = {} } = known.get(agentId) ?? {};
    return {
      ...{ name, capacity, online: (onlineMs.get(agentId) ?? 0) / spanMs },
      teams: teamIds.map((id) => teams.get(id) ?? id),
      skills: Object.fromEntries(
        Object.entries(levels).map(([id, level]) => [skills.get(id) ?? id, level]),
      ),
    };
  });
}

function nameKinds(kinds: readonly MeasuredKind[], names: Names): NamedKind[] {
  const channels = byId(names.channels);
  const teams = byId(names.teams);
  const skills = byId(names.skills);
  return kinds.map(
    ({ channelId, teamId, skillIds, skillLevels, services, waits, lefts, ...kind }) => ({
      ...kind,
      channel: channels.get(channelId) ?? channelId,
      team: teamId === null ? null : (teams.get(teamId) ?? teamId),
      skills: Object.fromEntries(
        skillIds.map((id, place) => [skills.get(id) ?? id, skillLevels[place] ?? 1]),
      ),
      services: services ?? [],
      waits: waits.map((seconds, place) => ({ seconds, left: lefts[place] === true })),
    }),
  );
}
