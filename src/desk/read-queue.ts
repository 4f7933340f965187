// The heads of the queue that a pass decides about: no more than it may need, and in the order of their ranks without a gap.
import type { Waiting } from '../routing/types.ts';
import { type HeadSize, headSizes, MAX_BATCH, readHeads, type WaitingRow } from '../store/queue.ts';
import { FIRST_HEADS } from '../store/read-pass.ts';
import type { Db } from '../store/sql.ts';

/** The heads of the groups. Nothing more is read when all of them were read already. */
export async function readQueue(
  db: Db,
  args: { workspaceId: string; read: Read; whole: boolean } & Wanted,
): Promise<Queue> {
  const { workspaceId, read, needsKeys, rooms, whole } = args;
  if (needsKeys.length === 0) return { heads: [], last: null };
  const wanted = new Set(needsKeys);
  const known = read.heads.filter(({ needsKey }) => wanted.has(needsKey));
  if (isEnough(known, args)) return { heads: known, last: null };
  const room = Math.max(...needsKeys.map((key) => rooms.get(key) ?? 0));
  // Of many groups some of each make a batch.
  const share = Math.ceil((MAX_BATCH * 3) / 2 / needsKeys.length);
  const size = headSizes.find((limit) => limit >= (whole ? room : Math.min(room, share)));
  const limit: HeadSize = size ?? MAX_BATCH;
  const heads = await readHeads(db, { workspaceId, needsKeys, size: limit });
  return { heads, last: findLast(heads, { rooms, limit }) };
}

interface Wanted {
  needsKeys: readonly string[];
  rooms: ReadonlyMap<string, number>;
}

export interface Queue {
  heads: readonly WaitingRow[];
  /** Behind it others may stand that were not read; null: behind all of them nobody could be given any. */
  last: WaitingRow | null;
}

/** The first of the groups that were asked for. */
export interface Read {
  heads: readonly WaitingRow[];
  asked: ReadonlySet<string>;
}

/** Whether as many of each group were read as wait, or as there is room for. */
function isEnough(
  known: readonly WaitingRow[],
  { needsKeys, read, rooms }: Wanted & { read: Read },
): boolean {
  const counts = countByGroup(known);
  return needsKeys.every((key) => {
    const count = counts.get(key) ?? 0;
    return read.asked.has(key) && (count < FIRST_HEADS || count >= (rooms.get(key) ?? 0));
  });
}

/** Of those groups of which fewer were read than there is room for, and of a whole batch, the last that came first. */
function findLast(
  heads: readonly WaitingRow[],
  { rooms, limit }: { rooms: ReadonlyMap<string, number>; limit: number },
): WaitingRow | null {
  const counts = countByGroup(heads);
  const lasts = new Map(heads.map((one) => [one.needsKey, one]));
  const cut = [...lasts.values()].filter(({ needsKey }) => {
    return counts.get(needsKey) === limit && limit < (rooms.get(needsKey) ?? 0);
  });
  const batch = heads.length < MAX_BATCH ? [] : heads.slice(-1);
  return [...cut, ...batch].sort(byRank)[0] ?? null;
}

function countByGroup(heads: readonly WaitingRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { needsKey } of heads) counts.set(needsKey, (counts.get(needsKey) ?? 0) + 1);
  return counts;
}

export function isUpTo(last: WaitingRow | null, one: Waiting): boolean {
  return last === null || byRank(one, last) <= 0;
}

type Ranked = Pick<Waiting, 'conversationId' | 'rankAt'>;

export function byRank(a: Ranked, b: Ranked): number {
  if (a.conversationId === b.conversationId) return 0;
  return a.rankAt - b.rankAt || (a.conversationId < b.conversationId ? -1 : 1);
}
