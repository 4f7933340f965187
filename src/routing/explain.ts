// Says in plain sentences why an agent was taken, or what a waiting conversation waits for.
import { findObstacle } from './eligible.ts';
import { loadShare } from './preference.ts';
import type { AgentState, Because, Instant, Needs, Obstacle } from './types.ts';

const removals: Record<Obstacle, (count: string) => string> = {
  availability: (count) => `${count} not online`,
  lease: (count) => `${count} not heard of for too long`,
  channel: (count) => `${count} not serving this channel`,
  team: (count) => `${count} not in the team`,
  skills: (count) => `${count} without the skills`,
  excluded: (count) => `${count} who could not take it before`,
  capacity: (count) => `${count} with no room left`,
};

const reasons: Record<Because['decidedBy'], string> = {
  'only-candidate': 'nobody else could have taken it',
  'load-share': 'the runner-up had more of their capacity in use',
  idle: 'the runner-up had been idle for less long',
  turn: 'it was their turn in the round',
  id: 'all else being equal, the lower id goes first',
};

/** Of an assignment that the router made. */
export function explainAssignment(because: Because, nameOf: (agentId: string) => string): string[] {
  const { winner, runnerUp, eligible, considered } = because;
  const sentences = [
    `${nameOf(winner.agentId)} was chosen by the strategy ${because.strategy}: ${percent(winner.loadShare)} of capacity in use, idle for ${winner.idleSeconds} s.`,
    `${agents(considered)} considered, ${eligible} could take it${listRemoved(because.removed)}.`,
  ];
  if (runnerUp !== null) {
    sentences.push(
      `Runner-up: ${nameOf(runnerUp.agentId)} (${percent(runnerUp.loadShare)} in use, idle for ${runnerUp.idleSeconds} s); ${reasons[because.decidedBy]}.`,
    );
  } else sentences.push(`Decided because ${reasons[because.decidedBy]}.`);
  return sentences;
}

/** Of a conversation that waits: what holds it, and the first things that would release it. */
export function explainWait(wait: {
  needs: Needs;
  agents: readonly AgentState[];
  now: Instant;
  position: number;
  waitedSeconds: number;
  hold: { until: Date | null; reason: string } | null;
}): string[] {
  const { needs, agents: all, now, hold } = wait;
  const removed: Partial<Record<Obstacle, number>> = {};
  const byObstacle = new Map<Obstacle | null, AgentState[]>();
  for (const agent of all) {
    const obstacle = findObstacle(agent, needs, { now });
    if (obstacle !== null) removed[obstacle] = (removed[obstacle] ?? 0) + 1;
    byObstacle.set(obstacle, [...(byObstacle.get(obstacle) ?? []), agent]);
  }
  const eligible = byObstacle.get(null)?.length ?? 0;
  const sentences = [
    `It has waited for ${wait.waitedSeconds} s and stands at place ${wait.position} in the queue.`,
  ];
  if (hold !== null) sentences.push(describeHold(hold));
  sentences.push(
    `${agents(all.length)} considered, ${eligible} could take it${listRemoved(removed)}.`,
  );
  if (eligible > 0 && hold === null) {
    sentences.push(
      'It will be given to somebody with the next routing pass, after those before it.',
    );
  }
  if (eligible === 0) sentences.push(...describeReleases(byObstacle, needs));
  return sentences;
}

function describeReleases(
  byObstacle: ReadonlyMap<Obstacle | null, AgentState[]>,
  needs: Needs,
): string[] {
  const sentences: string[] = [];
  const full = byObstacle.get('capacity') ?? [];
  const [nearest] = [...full].sort((a, b) => share(a) - share(b));
  if (nearest !== undefined) {
    const held = nearest.load + nearest.externalLoad;
    sentences.push(
      `It is released when ${nearest.name} (${held} of ${nearest.capacity}) ends a conversation, or when a capacity is raised.`,
    );
  }
  const absent = (byObstacle.get('availability') ?? []).filter(
    (agent) => findObstacle({ ...agent, availability: 'online' }, needs, { now: 0 }) === null,
  );
  if (absent[0] !== undefined) {
    const others = absent.length > 1 ? ` or one of ${absent.length - 1} others` : '';
    sentences.push(`It is released when ${absent[0].name}${others} comes online.`);
  }
  if (sentences.length === 0) {
    sentences.push(
      'Nobody could take it even if online and free: add an agent to its team or channel, or transfer it.',
    );
  }
  return sentences;
}

function describeHold({ until, reason }: { until: Date | null; reason: string }): string {
  const end = until === null ? 'until that is settled' : `until ${until.toISOString()}`;
  const why =
    reason === 'recheck'
      ? 'the same room was closed a moment ago and is being looked up'
      : `its last assignment failed (${reason})`;
  return `It is held back ${end}: ${why}.`;
}

function share(agent: AgentState): number {
  return loadShare(agent, agent.load);
}

function listRemoved(removed: Partial<Record<Obstacle, number>>): string {
  const parts = Object.entries(removed).map(([name, count]) =>
    removals[name as Obstacle](String(count)),
  );
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function agents(count: number): string {
  return count === 1 ? '1 agent was' : `${count} agents were`;
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}
