// Says why an agent was taken, or what a waiting conversation waits for: as codes and figures.
import type { Exclusion } from '../contract/exclusion.ts';
import type { Reason } from '../contract/reasons.ts';
import { findObstacle, freeAt, roomOf } from './eligible.ts';
import { findTightest } from './explain-obstacles.ts';
import { loadShare } from './preference.ts';
import type { AgentState, Because, BecauseBalanced, Instant, Needs, Obstacle } from './types.ts';

/** Of an assignment that the router made. */
export function explainAssignment(because: Because, nameOf: (agentId: string) => string): Reason[] {
  const { winner, runnerUp, eligible, considered, removed, strategy, prefer, decidedBy } = because;
  const standing = ({ agentId, loadShare: share, idleSeconds }: NonNullable<typeof runnerUp>) => ({
    agentId,
    agentName: nameOf(agentId),
    loadShare: share,
    idleSeconds,
  });
  return [
    {
      code: 'chosen',
      ...standing(winner),
      strategy,
      ...(prefer !== undefined && { prefer: [...prefer] }),
    },
    { code: 'considered', considered, eligible, removed: known(removed) },
    runnerUp === null
      ? { code: 'no-runner-up', decidedBy }
      : { code: 'runner-up', ...standing(runnerUp), decidedBy },
  ];
}

/** Of a conversation that a re-balance moves, or has moved; `by` null: not yet. */
export function explainBalance(
  { from, to, undoes }: BecauseBalanced,
  agentName: string,
  by: string | null = null,
): Reason {
  return {
    ...{ code: 'balanced', agentName, fromName: from.agentName, by, undone: undoes !== undefined },
    ...{ fromBefore: from.before, fromAfter: from.after, toBefore: to.before, toAfter: to.after },
  };
}

/** For a waiting conversation: what holds it, and the first events that would release it. */
export function explainWait(wait: {
  needs: Needs;
  agents: readonly AgentState[];
  now: Instant;
  position: number;
  waitedSeconds: number;
  hold: { until: Date | null; reason: string } | null;
  /** The agents whom the needs exclude. */
  exclusions: readonly Exclusion[];
  skillName?: (skillId: string) => string;
  channelName?: string;
}): Reason[] {
  const { needs, agents, now, hold } = wait;
  const removed: Partial<Record<Obstacle, number>> = {};
  const byObstacle = new Map<Obstacle | null, AgentState[]>();
  for (const agent of agents) {
    const obstacle = findObstacle(agent, needs, { now });
    if (obstacle !== null) removed[obstacle] = (removed[obstacle] ?? 0) + 1;
    byObstacle.set(obstacle, [...(byObstacle.get(obstacle) ?? []), agent]);
  }
  const eligible = byObstacle.get(null)?.length ?? 0;
  const reasons: Reason[] = [
    { code: 'waits', seconds: wait.waitedSeconds, position: wait.position },
  ];
  if (hold !== null) {
    const until = hold.until?.toISOString() ?? null;
    reasons.push({ code: 'held', until, holdReason: hold.reason });
  }
  reasons.push({
    code: 'considered',
    considered: agents.length,
    eligible,
    removed: known(removed),
  });
  if (eligible > 0 && hold === null) reasons.push({ code: 'next-pass' });
  if (eligible === 0)
    reasons.push(...findLacking(byObstacle, wait), ...findReleases(byObstacle, wait));
  return reasons;
}

/**
 * Of the agents whom only skills exclude, the skills that none has; all skills, when each is
 * present but no agent has all.
 */
function findLacking(
  byObstacle: ReadonlyMap<Obstacle | null, AgentState[]>,
  { needs, skillName = (id) => id }: { needs: Needs; skillName?: (skillId: string) => string },
): Reason[] {
  const without = byObstacle.get('skills') ?? [];
  // When something else excludes everybody, a skill that no agent has is still worth naming.
  const asked = without.length > 0 ? without : [...byObstacle.values()].flat();
  const rare = needs.skillIds.filter((id, nth) => {
    const level = needs.skillLevels?.[nth] ?? 1;
    return !asked.some(({ skills }) => (skills.get(id) ?? 0) >= level);
  });
  const lacking = rare.length === 0 && without.length > 0 ? needs.skillIds : rare;
  return lacking.length === 0 ? [] : [{ code: 'lacks-skills', skills: lacking.map(skillName) }];
}

function findReleases(
  byObstacle: ReadonlyMap<Obstacle | null, AgentState[]>,
  wait: { needs: Needs; exclusions: readonly Exclusion[]; channelName?: string },
): Reason[] {
  const { needs, exclusions } = wait;
  const releases: Reason[] = [];
  // An agent whose capacity is below the conversation's weight could not take it even without load.
  const full = (byObstacle.get('capacity') ?? []).filter(
    ({ capacity }) => capacity >= needs.weight,
  );
  const [nearest] = [...full].sort((a, b) => share(a) - share(b));
  if (nearest !== undefined) {
    const { name: agentName, capacity } = nearest;
    const held = capacity - roomOf(nearest);
    releases.push({ code: 'ends-one', agentName, held, capacity });
  }
  releases.push(...findBoundReleases(byObstacle, wait));
  const absent = (byObstacle.get('availability') ?? []).filter(
    (agent) => findObstacle({ ...agent, availability: 'online' }, needs, { now: 0 }) === null,
  );
  if (absent[0] !== undefined) {
    const { name: agentName } = absent[0];
    releases.push({ code: 'comes-online', agentName, others: absent.length - 1 });
  }
  const excluded = new Map((byObstacle.get('excluded') ?? []).map((one) => [one.agentId, one]));
  const ends = exclusions.filter(({ agentId }) => excluded.has(agentId));
  const [first] = ends.toSorted((a, b) => Date.parse(a.until) - Date.parse(b.until));
  if (first !== undefined) {
    const { agentId, cause, until } = first;
    const agentName = excluded.get(agentId)?.name ?? agentId;
    releases.push({ code: 'may-be-asked-again', agentName, cause, until, others: ends.length - 1 });
  }
  return releases.length === 0 ? [{ code: 'nobody-could' }] : releases;
}

/** What ends by itself, and what a limit holds up. */
function findBoundReleases(
  byObstacle: ReadonlyMap<Obstacle | null, AgentState[]>,
  { needs, channelName }: { needs: Needs; channelName?: string },
): Reason[] {
  const releases: Reason[] = [];
  const wraps = (byObstacle.get('capacity') ?? []).flatMap(({ name, wrapUps }) =>
    wrapUps ? [{ name, at: wrapUps.nextAt }] : [],
  );
  const [wrap] = wraps.toSorted((a, b) => a.at - b.at);
  if (wrap !== undefined) {
    const at = new Date(wrap.at).toISOString();
    releases.push({ code: 'wrap-up-ends', agentName: wrap.name, at });
  }
  const limited = (byObstacle.get('limit') ?? []).flatMap((agent) => {
    const tightest = findTightest(agent, needs);
    return tightest === null || tightest.most < needs.weight ? [] : [{ agent, ...tightest }];
  });
  const [nearest] = limited.toSorted((a, b) => b.room - a.room);
  if (nearest !== undefined) {
    const { agent, scope, most, room } = nearest;
    const channel = scope === needs.channelId ? (channelName ?? scope) : scope;
    const held = most - room;
    releases.push({ code: 'ends-one-of', agentName: agent.name, channel, held, most });
  }
  const paced = (byObstacle.get('pace') ?? []).toSorted((a, b) => freeAt(a) - freeAt(b));
  if (paced[0] !== undefined) {
    const at = new Date(freeAt(paced[0])).toISOString();
    releases.push({
      ...{ code: 'pace-ends', agentName: paced[0].name, at },
      others: paced.length - 1,
    });
  }
  return releases;
}

function share(agent: AgentState): number {
  return loadShare(agent, roomOf(agent));
}

function known(removed: Partial<Record<Obstacle, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(removed).filter(([, count]) => count > 0));
}
