// Reads what a program is to be told after a number, and waits for it where there is nothing yet.
import type { Update } from '../../contract/updates.ts';
import type { Desk } from '../../desk/context.ts';
import { numberUpdates } from '../../desk/number-updates.ts';
import { Refused } from '../../errors.ts';
import { type FeedRow, listUpdates } from '../../store/updates.ts';
import { presentUpdate, type UpdatesShown } from './present-update.ts';
import type { Place } from './waiting-programs.ts';

export interface Reading {
  desk: Desk;
  workspaceId: string;
  channelId: string;
  shown: UpdatesShown;
  /** At most so many at a time. */
  limit: number;
}

/** `number`: the place of the update in the order; null: it has none, and is not kept. */
export interface Told {
  number: number | null;
  update: Update;
}

export interface Heard {
  /** Read on from here. */
  after: number;
  told: Told[];
}

/** What is not for the contact's side is passed over; so many rows at most in one call. */
const MOST_PASSED = 5000;
/** So many are read at a time, however few are asked for: thousands may be passed over. */
const LEAST_READ = 100;

/** From now on. */
export async function readEnd({ desk, workspaceId, channelId }: Reading): Promise<number> {
  return (await numberUpdates(desk, workspaceId, channelId)).last;
}

/** Refuses `cursor.invalid` and `updates.forgotten`. */
export async function readAfter(reading: Reading, after: number): Promise<Heard> {
  const { desk, workspaceId, channelId } = reading;
  const feed = await numberUpdates(desk, workspaceId, channelId);
  refuseLost(feed, after);
  return readOn(reading, { after, last: feed.last });
}

function refuseLost({ last, forgotten }: FeedRow, after: number): void {
  // Of another channel, or of a database that has been put back to an earlier day.
  if (after > last) {
    throw new Refused(
      'cursor.invalid',
      'The cursor lies beyond the last update. Begin without one; send only what an answer of this channel had as after.',
    );
  }
  if (after < forgotten) throw new Refused('updates.forgotten');
}

async function readOn(
  { desk, workspaceId, channelId, shown, limit }: Reading,
  { after, last }: { after: number; last: number },
): Promise<Heard> {
  let reached = after;
  const until = Math.min(last, after + MOST_PASSED);
  while (reached < until) {
    const asked = { after: reached, limit: Math.max(limit, LEAST_READ) };
    const rows = await listUpdates(desk.db, { workspaceId, channelId, ...asked });
    const all = rows.flatMap((row) => {
      const update = presentUpdate(row, shown);
      return update === null ? [] : [{ number: row.number, update }];
    });
    const told = all.slice(0, limit);
    const lastTold = told.at(-1);
    if (lastTold !== undefined && told.length < all.length) {
      return { after: lastTold.number, told };
    }
    reached = rows.at(-1)?.number ?? last;
    if (told.length > 0) return { after: reached, told };
  }
  return { after: reached, told: [] };
}

export interface WaitingReader {
  reading: Reading;
  place: Pick<Place, 'next'>;
  /** Refuses a program whose right has ended. */
  judge: () => Promise<void>;
}

/**
 * Answers as soon as there is something, with nothing when the time is over, and null at the end: the
 * server stops, or the program has gone. Nothing is answered to whose right has ended.
 */
export async function waitForUpdates(
  { reading, place, judge }: WaitingReader,
  { after, withinMs }: { after: number; withinMs: number },
): Promise<Heard | null> {
  const { clock } = reading.desk;
  const until = clock.elapsed() + withinMs;
  let reached = after;
  for (;;) {
    const heard = await readAfter(reading, reached);
    reached = heard.after;
    if (heard.told.length > 0) {
      await judge();
      return heard;
    }
    const woken = await place.next(until - clock.elapsed());
    if (woken === 'end') return null;
    if (woken === 'time') return { after: reached, told: [] };
    if (woken === 'judge') await judge();
    if (typeof woken === 'object') {
      await judge();
      return { after: reached, told: woken.passing.map((update) => ({ number: null, update })) };
    }
  }
}
