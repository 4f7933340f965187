// What happens at intervals: asking outside systems for what they never tell, requeueing what agents left, statistics.
import type { ChannelWithSecrets } from '../store/channels.ts';
import { finishChannelSync, takeChannelSync } from '../store/channels.ts';
import { refreshStatistics } from '../store/statistics.ts';
import { listWorkspaceIds } from '../store/workspaces.ts';
import type { ChannelDirectory } from './channel-directory.ts';
import type { Desk } from './context.ts';
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
  const syncOne = async (channel: ChannelWithSecrets): Promise<void> => {
    const key = { workspaceId: channel.workspaceId, channelId: channel.channelId };
    const turn = await takeChannelSync(desk.db, { ...key, holdForMs: HOLD_MS });
    if (turn === null) return;
    const error = await options.sync(channel).catch((thrown: Error) => thrown.message);
    if (error !== null) desk.log.warn({ ...key, error }, 'asking the outside system failed');
    const nextInMs = turn.waiting ? options.busyMs : options.calmMs;
    await finishChannelSync(desk.db, { ...key, nextInMs, error });
  };
  const tick = async (): Promise<void> => {
    try {
      const remote = directory.all().filter(({ kind }) => kind === 'qiscus');
      await Promise.all(remote.map(syncOne));
      for (const workspaceId of await listWorkspaceIds(desk.db))
        await requeueLeft(desk, workspaceId);
      await refreshStatistics(desk.db);
    } catch (error) {
      desk.log.error({ err: error }, 'polling failed');
    }
    if (!stopped) timer = setTimeout(run, TICK_MS);
  };
  let running = tick();
  function run(): void {
    running = tick();
  }
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
