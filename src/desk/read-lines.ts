// What is known of the lines of a workspace: how long their conversations take, how many give up, and where their ranges have lain.
import { judgeRecord, MOST_SCORED, type WaitRecord } from '../routing/waits/judge-record.ts';
import { measureLeaving, scorePasts } from '../routing/waits/measure-line.ts';
import type { Db } from '../store/sql.ts';
import { listPasts, readHolds } from '../store/told-waits.ts';

export interface Line {
  holdSeconds: number;
  leavingPerSecond: number;
  /** null: too little is known, so that nothing can be told. */
  record: WaitRecord | null;
}

/** Of a plan, or (null) of what waits in none; null: nothing has been served yet. */
export type Lines = (plan: string | null) => Line | null;

/** A plan of which fewer are over takes as long as all do. */
const LEAST_HELD = 10;

export async function readLines(
  db: Db,
  args: { workspaceId: string; plans: readonly (string | null)[] },
): Promise<Lines> {
  const { workspaceId, plans } = args;
  const pasts = await listPasts(db, { workspaceId, plans, most: MOST_SCORED });
  const holds = await readHolds(db, workspaceId);
  const all = holds.reduce((sum, { count }) => sum + count, 0);
  const mean = holds.reduce((sum, { seconds, count }) => sum + seconds * count, 0) / all;
  return (plan) => {
    if (all === 0) return null;
    const own = holds.find((one) => one.plan === plan);
    const holdSeconds = own !== undefined && own.count >= LEAST_HELD ? own.seconds : mean;
    const past = pasts.filter((one) => one.plan === plan);
    const record = judgeRecord(scorePasts(past));
    return { holdSeconds, leavingPerSecond: measureLeaving(past), record };
  };
}
