// What a queue promises, told by itself: it knows what was done, and asks nothing of the code it judges.

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];
export const STRATEGIES = ['least-loaded', 'longest-idle', 'round-robin'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export interface ModelConversation {
  id: string;
  /** When it came: the first has the lowest. */
  came: number;
  priority: Priority;
  weight: number;
  teamId: string | null;
  agentId: string | null;
  /** Who has set it aside, and gets it first when it comes back. */
  parkedWith: string | null;
  /** It has just come back to them; null: it has not, or somebody had it since. */
  comesBackTo: string | null;
  isClosed: boolean;
}

export interface ModelAgent {
  id: string;
  teamIds: readonly string[];
  isOnline: boolean;
  capacity: number;
  load: number;
  /** The last moment at which something was given to the agent, or came off the load. */
  busyAt: number;
}

/** One workspace. A moment is a number that grows with everything that happens. */
export interface ModelQueue {
  strategy: Strategy;
  now: number;
  conversations: ModelConversation[];
  agents: ModelAgent[];
  /** Whom the round reached last. */
  lastInRound: string;
}

export type Given = [conversationId: string, agentId: string];

/** Gives what waits to whoever has room, one after another, and answers it in order. */
export function giveAll(queue: ModelQueue): Given[] {
  queue.now += 1;
  const given: Given[] = [];
  const round = startRound(queue);
  for (const conversation of inOrder(queue.conversations)) {
    const able = queue.agents.filter((agent) => isAble(agent, conversation));
    const former = able.find(({ id }) => id === conversation.comesBackTo);
    const [first] = able.sort(
      (a, b) => prefer(queue.strategy, round, a, b) || (a.id < b.id ? -1 : 1),
    );
    const best = former ?? first;
    conversation.comesBackTo = null;
    if (best === undefined) continue;
    conversation.agentId = best.id;
    best.load += conversation.weight;
    best.busyAt = queue.now;
    // Whoever had a turn stands last.
    round.push(...round.splice(round.indexOf(best.id), 1));
    queue.lastInRound = best.id;
    given.push([conversation.id, best.id]);
  }
  return given;
}

/** Takes it from whoever has it. */
export function takeAway(queue: ModelQueue, conversation: ModelConversation): void {
  const agent = queue.agents.find(({ id }) => id === conversation.agentId);
  if (agent === undefined) return;
  queue.now += 1;
  agent.load -= conversation.weight;
  agent.busyAt = queue.now;
  conversation.agentId = null;
}

/** By priority, then by when they came. */
function inOrder(conversations: readonly ModelConversation[]): ModelConversation[] {
  const urgency = ({ priority }: ModelConversation) => PRIORITIES.indexOf(priority);
  return conversations
    .filter(({ agentId, parkedWith, isClosed }) => {
      return agentId === null && parkedWith === null && !isClosed;
    })
    .sort((a, b) => urgency(b) - urgency(a) || a.came - b.came);
}

function isAble(agent: ModelAgent, { teamId, weight }: ModelConversation): boolean {
  if (!agent.isOnline || agent.load + weight > agent.capacity) return false;
  return teamId === null || agent.teamIds.includes(teamId);
}

/** Everybody, from the one after whom the round reached last. */
function startRound({ agents, lastInRound }: ModelQueue): string[] {
  const ids = agents.map(({ id }) => id).sort();
  return [...ids.filter((id) => id > lastInRound), ...ids.filter((id) => id <= lastInRound)];
}

function prefer(
  strategy: Strategy,
  round: readonly string[],
  a: ModelAgent,
  b: ModelAgent,
): number {
  if (strategy === 'round-robin') return round.indexOf(a.id) - round.indexOf(b.id);
  // a.load / a.capacity against b.load / b.capacity, without fractions.
  const share = strategy === 'least-loaded' ? a.load * b.capacity - b.load * a.capacity : 0;
  return share || a.busyAt - b.busyAt;
}
