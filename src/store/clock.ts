// The clock that stamps every row: to compare with a stamp, ask it, or a clock that is measured by
// it.
import type { NodeClock } from '../clock.ts';
import { type Db, query, statement } from './sql.ts';

const readClock_ = statement<{ now: Date }>(
  'read-clock',
  `-- across workspaces: there is one clock
  select clock_timestamp() as now`,
);

export async function readClock(db: Db): Promise<Date> {
  const [row] = await query(db, readClock_, []);
  return (row as { now: Date }).now;
}

/** Sets this node's clock by the database's. */
export async function measureClock(db: Db, clock: NodeClock): Promise<void> {
  const asked = clock.elapsed();
  const at = await readClock(db);
  clock.measured(at.getTime(), asked, clock.elapsed());
}
