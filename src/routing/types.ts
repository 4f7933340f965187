// The values that the router decides on: who is there, who waits, and why an agent was chosen.
import type { Criterion, CriterionName, Strategy } from '../contract/strategies.ts';

/** Milliseconds since 1970, with fractions where the database gave microseconds. */
export type Instant = number;

/** What an agent must satisfy to be given a conversation. */
export interface Needs {
  channelId: string;
  channelKind: string;
  /** The agent answers in the outside system, so must be known there. */
  remote: boolean;
  externalChannelId: string | null;
  teamId: string | null;
  skillIds: readonly string[];
  /** The least level of each, in the order of `skillIds`; absent or shorter: 1. */
  skillLevels?: readonly number[];
  weight: number;
  /** Agents who have just declined or failed it. */
  excludedAgentIds: readonly string[];
  /** Agents who did not take it when they were asked, the one asked longest ago first: they come after all others. */
  askedAgentIds?: readonly string[];
  /** The bot that is given it first: nobody else is for now. Absent: people are, and no bot. */
  botAgentId?: string;
}

export interface Identity {
  externalId: string;
  /** null: every channel of that system, or not known. */
  externalChannelIds: ReadonlySet<string> | null;
}

/** How much of one kind of channel, or of one channel, an agent may hold. */
export interface Limit {
  /** A kind, or the id of a channel. */
  scope: string;
  most: number;
  /** What we hold for the agent of that. */
  load: number;
}

/** Ended conversations whose places are still taken, because the agent wraps them up. */
export interface WrapUps {
  weight: number;
  /** When the first of them ends by itself. */
  nextAt: Instant;
}

export interface AgentState {
  agentId: string;
  name: string;
  /** A program, which is given only what is given to it by name. Absent: a person. */
  isBot?: boolean;
  availability: 'online' | 'away' | 'offline';
  leaseUntil: Instant;
  capacity: number;
  /** What we hold for the agent, with what they wrap up. */
  load: number;
  /** What the outside system reports beyond that: people assign there by hand. */
  externalLoad: number;
  answersHere: boolean;
  identities: ReadonlyMap<string, Identity>;
  teamIds: ReadonlySet<string>;
  /** The level of each skill, 1 to 5. */
  skills: ReadonlyMap<string, number>;
  idleSince: Instant;
  limits: readonly Limit[];
  /** The least time between two that the router gives to the agent; 0: none. */
  paceMs: number;
  /** When the router last gave the agent one; -Infinity: never, or not one that they took. */
  pacedFrom: Instant;
  /** Only where it is asked for, to be explained. */
  wrapUps?: WrapUps | null;
}

export interface Waiting {
  conversationId: string;
  rankAt: Instant;
  /** Conversations with equal needs carry equal keys. */
  needsKey: string;
  /** Whom the contact knows. */
  stickyAgentId?: string | null;
  /** Nobody else may have it for now. */
  onlySticky?: boolean;
}

/** Why an agent is not eligible, in the order in which it is checked. */
export const obstacles = [
  'availability',
  'bot',
  'channel',
  'team',
  'skills',
  'excluded',
  'lease',
  'capacity',
  'limit',
  'pace',
] as const;
export type Obstacle = (typeof obstacles)[number];
export type Removed = Partial<Record<Obstacle, number>>;

interface Standing {
  agentId: string;
  /** Conversations held before this one, over capacity. */
  loadShare: number;
  idleSeconds: number;
}

/** The recorded reason of an assignment. Small enough to write for every one. */
export interface Because {
  strategy: Strategy;
  /** The plan's own order of preference; absent: the strategy's. */
  prefer?: readonly CriterionName[];
  considered: number;
  removed: Removed;
  eligible: number;
  /** `place`: among the eligible, by each criterion of the strategy. */
  winner: Standing & { place: Partial<Record<Criterion, number>> };
  /** What set the winner apart from the runner-up. */
  decidedBy: 'only-candidate' | 'bot' | Criterion | 'id';
  runnerUp: Standing | null;
}

/** Of a re-balance, each with the shares before and after all of its moves. */
export interface BecauseBalanced {
  kind: 'balance';
  /** Absent: it takes one back. */
  balanceId?: string;
  undoes?: string;
  from: BalancedParty;
  to: BalancedParty;
}

export interface BalancedParty {
  agentId: string;
  agentName: string;
  before: number;
  after: number;
}

export interface Assignment {
  conversationId: string;
  agentId: string;
  weight: number;
  because: Because;
}
