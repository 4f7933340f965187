// What capacity, limits, pace and wrap-up allow, said plainly from what is on record: nothing of the router is asked.

export interface BoundAgent {
  id: string;
  isOnline: boolean;
  capacity: number;
  /** By kind, or by the id of a channel. */
  limits: Record<string, number>;
  paceMs: number;
  wrapUpMs: number;
}

export interface BoundConversation {
  id: string;
  channelId: string;
  kind: string;
  weight: number;
}

/** One that an agent was given; times in milliseconds. */
export interface Held {
  conversation: BoundConversation;
  agentId: string;
  byRouter: boolean;
  forced: boolean;
  from: number;
  /** Infinity: it stands. */
  to: number;
  /** Until when its place is taken; `to`, where nothing is wrapped up. */
  freeAt: number;
}

/** What an agent holds at that moment, of these channels: a gift of that very moment not counted. */
function weigh(history: readonly Held[], at: number, isAbout: (one: Held) => boolean): number {
  return history
    .filter((one) => isAbout(one) && one.from < at && one.freeAt > at)
    .reduce((sum, { conversation }) => sum + conversation.weight, 0);
}

const isOf = (scope: string, { channelId, kind }: BoundConversation) =>
  scope === channelId || scope === kind;

/** What stands against giving it to the agent at that moment; null: nothing. */
export function forbids(
  agent: BoundAgent,
  conversation: BoundConversation,
  { history, at }: { history: readonly Held[]; at: number },
): string | null {
  if (!agent.isOnline) return 'away';
  const own = history.filter(({ agentId }) => agentId === agent.id);
  const { weight } = conversation;
  if (weigh(own, at, () => true) + weight > agent.capacity) return 'capacity';
  for (const [scope, most] of Object.entries(agent.limits)) {
    if (!isOf(scope, conversation)) continue;
    if (weigh(own, at, (one) => isOf(scope, one.conversation)) + weight > most) return scope;
  }
  const given = own.filter(({ byRouter, from }) => byRouter && from < at).map(({ from }) => from);
  const last = Math.max(Number.NEGATIVE_INFINITY, ...given);
  return agent.paceMs > 0 && at < last + agent.paceMs ? 'pace' : null;
}

/** The first moment after `at` at which it could be given to the agent if nothing else happens; Infinity: none. */
export function firstFree(
  agent: BoundAgent,
  conversation: BoundConversation,
  { history, at }: { history: readonly Held[]; at: number },
): number {
  const own = history.filter(({ agentId }) => agentId === agent.id);
  // What was given after that holds already.
  const after = Math.max(at, ...history.map(({ from }) => from));
  const moments = own
    .flatMap(({ freeAt, from, byRouter }) => [freeAt, byRouter ? from + agent.paceMs : freeAt])
    .filter((moment) => moment > after && moment < Number.POSITIVE_INFINITY)
    .sort((a, b) => a - b);
  const found = moments.find((moment) => {
    return forbids(agent, conversation, { history, at: moment }) === null;
  });
  return found ?? Number.POSITIVE_INFINITY;
}

/** What is held of the scope, or of all, the gifts of this moment among it. */
export function countHeld(
  agent: BoundAgent,
  { history, at }: { history: readonly Held[]; at: number },
  scope?: string,
): number {
  return history
    .filter(({ agentId, freeAt }) => agentId === agent.id && freeAt > at)
    .filter(({ conversation }) => scope === undefined || isOf(scope, conversation))
    .reduce((sum, { conversation }) => sum + conversation.weight, 0);
}
