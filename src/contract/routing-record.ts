// What is kept of a routing pass so that it can be decided again: as the router saw agents and the queue.

/** What of an agent no assignment changes. */
export interface AgentSetup {
  isBot: boolean;
  capacity: number;
  answersHere: boolean;
  /** By channel: the outside channels that the agent serves; null: all. */
  identities: Readonly<Record<string, readonly string[] | null>>;
  teamIds: readonly string[];
  skills: Readonly<Record<string, number>>;
  limits: readonly { scope: string; most: number }[];
  paceMs: number;
}

/** Times in milliseconds since 1970. */
export interface RecordedAgent {
  agentId: string;
  /** The digest of the agent's AgentSetup. */
  setup: string;
  availability: 'online' | 'away' | 'offline';
  /** null: for ever. */
  leaseUntil: number | null;
  load: number;
  externalLoad: number;
  idleSince: number;
  /** null: never. */
  pacedFrom: number | null;
  /** In the order of the setup's limits. */
  limitLoads: readonly number[];
}

export interface RecordedGroup {
  channelId: string;
  channelKind: string;
  remote: boolean;
  externalChannelId: string | null;
  teamId: string | null;
  skillIds: readonly string[];
  skillLevels: readonly number[];
  weight: number;
  excludedAgentIds: readonly string[];
  askedAgentIds: readonly string[];
  botAgentId: string | null;
  plan: string | null;
}

export interface RecordedWaiting {
  conversationId: string;
  /** null: nobody could be given it. */
  assignmentId: string | null;
  rankAt: number;
  /** Of `groups`. */
  group: number;
  stickyAgentId: string | null;
  onlySticky: boolean;
}

export interface RecordedPass {
  /** Of the process that made it, for as long as it knew the agents without a break. */
  node: string;
  now: number;
  policyVersion: number;
  roundRobinAfter: string | null;
  /** `agents` has all of them; otherwise those that changed since the passes before. */
  whole: boolean;
  agents: readonly RecordedAgent[];
  /** Agents who are no more. */
  gone: readonly string[];
  groups: readonly RecordedGroup[];
  /** By rank, to the last that was given. */
  waiting: readonly RecordedWaiting[];
}

/** What rules looked at when they were asked: enough to tell whether it is still the same, and no more. */
export interface SeenByRules {
  /** When they were asked, in milliseconds since 1970. */
  at: number;
  /** Of what they read of the conversation and its contact. Too short for anything to be read back from it. */
  digest: string;
  /** Of the plans and teams that they count; absent: they count none. */
  counts?: readonly number[];
}
