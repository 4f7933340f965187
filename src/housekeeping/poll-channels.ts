// Asks outside systems at intervals for what they do not send.
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import { keepLanes } from '../loops/keep-lanes.ts';
import { openLane } from '../loops/open-lane.ts';
import { repeat } from '../loops/repeat.ts';
import {
  type ChannelWithSecrets,
  finishChannelSync,
  holdChannelSync,
  listChannelsDue,
  takeChannelSync,
} from '../store/channels.ts';

export interface PollOptions {
  desk: Pick<Desk, 'db' | 'log' | 'clock'>;
  directory: Pick<ChannelDirectory, 'byId'>;
  /** Asks one outside system; answers what went wrong, or null. */
  sync: (channel: ChannelWithSecrets) => Promise<string | null>;
  /** How often while conversations wait, and otherwise (qiscus.md §5.9). */
  busyMs: number;
  calmMs: number;
}

const TICK_MS = 1000;
/** A node that dies while it asks leaves the turn to another after this long; one that asks for longer says so in time. */
const HOLD_MS = 10_000;
const HOLD_AGAIN_MS = 3000;

export function pollChannels(options: PollOptions): { stop(): Promise<void> } {
  const { desk, directory, busyMs, calmMs } = options;
  const { clock } = desk;
  const onError = (error: unknown, what: string) => desk.log.error({ err: error }, what);
  const hold = (key: { workspaceId: string; channelId: string }) => {
    const lane = openLane({
      work: async () => {
        await holdChannelSync(desk.db, { ...key, holdForMs: HOLD_MS });
        lane.wakeIn(HOLD_AGAIN_MS);
      },
      onError: (error) => onError(error, `holding the turn of channel ${key.channelId} failed`),
      clock,
    });
    lane.wakeIn(HOLD_AGAIN_MS);
    return lane;
  };
  const syncOne = async (channel: ChannelWithSecrets): Promise<void> => {
    const { workspaceId, channelId } = channel;
    const key = { workspaceId, channelId };
    const turn = await takeChannelSync(desk.db, { ...key, holdForMs: HOLD_MS });
    if (turn === null) return;
    const holding = hold(key);
    const error = await options.sync(channel).catch((thrown: Error) => thrown.message);
    await holding.stop();
    if (error !== null) desk.log.warn({ ...key, error }, 'asking the outside system failed');
    const nextInMs = turn.waiting ? busyMs : calmMs;
    await finishChannelSync(desk.db, { ...key, nextInMs, error });
  };
  // By channel: an outside system that does not answer delays no other.
  const lanes = keepLanes(
    (channelId) =>
      openLane({
        work: async () => {
          const channel = directory.byId(channelId);
          if (channel !== null) await syncOne(channel);
        },
        onError: (error) => onError(error, `asking for channel ${channelId} failed`),
        clock,
      }),
    { clock },
  );
  const looking = repeat({
    ...{ everyMs: TICK_MS, clock },
    act: async () => {
      for (const channelId of await listChannelsDue(desk.db)) lanes.of(channelId).look();
    },
    onError: (error) => onError(error, 'looking for channels to ask failed'),
  });
  return {
    stop: async () => {
      await looking.stop();
      await lanes.stop();
    },
  };
}
