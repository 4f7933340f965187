// Gives what a channel's program is to be told its place in the order, after the commit that wrote it.
//
// Ids of a sequence are drawn before the commit, so one that commits late would lie behind readers who have passed it.
// A number is given to what is committed, under a lock: whatever comes later gets a later one (decision 57).
import { makeGather } from '../store/gather.ts';
import { type FeedRow, lockFeed, numberUpdateRows, readFeed } from '../store/updates.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';

/** Answers how far the channel is numbered now: everything that was committed before the call is. */
export const numberUpdates = makeGather(
  async (desk: Desk, workspaceId: string, channelIds: string[]) => {
    const feeds = new Map<string, FeedRow>();
    for (const channelId of new Set(channelIds)) {
      feeds.set(channelId, await numberAll(desk, { workspaceId, channelId }));
    }
    return channelIds.map((id) => feeds.get(id) as FeedRow);
  },
);

async function numberAll(
  desk: Desk,
  key: { workspaceId: string; channelId: string },
): Promise<FeedRow> {
  const feed = await readFeed(desk.db, key);
  if (!feed.more) return feed;
  let more = true;
  while (more) {
    more = await commit(desk, key.workspaceId, async (tx) => {
      await lockFeed(tx, key);
      return numberUpdateRows(tx, key);
    });
  }
  return readFeed(desk.db, key);
}
