// What happens at intervals: asking outside systems for what they never tell, requeueing what agents left, statistics.
import { channelKinds } from '../contract/channel-kinds.ts';
import type { ChannelWithSecrets } from '../store/channels.ts';
import { finishChannelSync, takeChannelSync } from '../store/channels.ts';
import { everyWorkspace } from '../store/every-workspace.ts';
import { listWorkspacesWithEndedExclusions } from '../store/exclusions.ts';
import { listWorkspacesWithLeftAgents } from '../store/left-agents.ts';
import { refreshStatistics } from '../store/statistics.ts';
import type { ChannelDirectory } from './channel-directory.ts';
import type { Desk } from './context.ts';
import { liftExclusions } from './lift-exclusions.ts';
import { requeueLeft } from './requeue-left.ts';

export interface PollOptions {
  desk: Desk;
  directory: ChannelDirectory;
  /** Asks one outside system; answers what went wrong, or null. */
  sync: (channel: ChannelWithSecrets) => Promise<string | null>;
  /** How often while conversations wait, and otherwise (qiscus.md §5.9). */
  busyMs: number;
  calmMs: number;
}

const TICK_MS = 1000;
// A node that dies while asking leaves the turn to another after this long.
const HOLD_MS = 60_000;

export function pollChannels(options: PollOptions): { stop(): Promise<void> } {
  const { desk, directory } = options;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const onError = (error: unknown, what: string) => desk.log.error({ err: error }, what);
  const syncOne = async (channel: ChannelWithSecrets): Promise<void> => {
    const key = keyOf(channel);
    const turn = await takeChannelSync(desk.db, { ...key, holdForMs: HOLD_MS });
    if (turn === null) return;
    const error = await options.sync(channel).catch((thrown: Error) => thrown.message);
    if (error !== null) desk.log.warn({ ...key, error }, 'asking the outside system failed');
    const nextInMs = turn.waiting ? options.busyMs : options.calmMs;
    await finishChannelSync(desk.db, { ...key, nextInMs, error });
  };
  // By channel: an outside system that does not answer keeps none of the others waiting.
  const underWay = new Map<string, Promise<void>>();
  const begin = (channel: ChannelWithSecrets): void => {
    const { channelId } = channel;
    if (underWay.has(channelId)) return;
    const sync = syncOne(channel)
      .catch((error) => onError(error, `asking for channel ${channelId} failed`))
      .finally(() => underWay.delete(channelId));
    underWay.set(channelId, sync);
  };
  let statistics = Promise.resolve();
  const tick = (): void => {
    for (const channel of directory.all()) if (isAsked(channel)) begin(channel);
    statistics = refreshStatistics(desk.db)
      .catch((error) => onError(error, 'looking at the tables failed'))
      .finally(() => {
        if (!stopped) timer = setTimeout(tick, TICK_MS);
      });
  };
  tick();
  const sweep = { db: desk.db, sweepMs: TICK_MS, onError };
  const lifting = everyWorkspace(
    { ...sweep, list: listWorkspacesWithEndedExclusions },
    { 'lifting exclusions': (workspaceId) => liftExclusions(desk, { workspaceId }) },
  );
  const leaving = everyWorkspace(
    { ...sweep, list: listWorkspacesWithLeftAgents },
    { 'taking back what agents left': (workspaceId) => requeueLeft(desk, workspaceId) },
  );
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await Promise.all([lifting.stop(), leaving.stop(), statistics, ...underWay.values()]);
    },
  };
}

/** Of the agents at a desk of its own an outside system tells nothing by itself. */
function isAsked({ kind }: ChannelWithSecrets): boolean {
  return channelKinds[kind].desk === 'remote';
}

function keyOf({ workspaceId, channelId }: ChannelWithSecrets) {
  return { workspaceId, channelId };
}
