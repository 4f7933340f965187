// What taking a publish needs, and its possible outcomes.
import type { Shown } from '../contract/webchat.ts';
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import type { AgentAtWork } from './identity.ts';
import type { Onlookers } from './keep-onlookers.ts';
import type { PublishTraces } from './trace-publishes.ts';
import type { Wire } from './wire.ts';

export type Fields = Record<string, unknown>;

export interface PublishMeans {
  desk: Desk;
  directory: ChannelDirectory;
  wire: Pick<Wire, 'publish' | 'tellPrograms'>;
  shown: Shown;
  onlookers: Pick<Onlookers, 'said' | 'shownIn'>;
  /** Milliseconds for which an agent counts as present after each heartbeat. */
  agentTTL: number;
  /** false: the company's own system says that the agent is not at work. */
  isSeen(agent: { workspaceId: string; agentId: string }): boolean;
  traces?: PublishTraces | undefined;
  /** One of the agent's clients has said that it leaves. */
  agentLeft(agent: AgentAtWork, how: { awake: boolean }): void;
}

/** ignored: without effect, and why. forbidden: the sender is disconnected. */
export type Taken = 'taken' | 'forbidden' | { ignored: string };
