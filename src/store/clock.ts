// The clock that stamps every row: whoever compares with a stamp asks it, not the node's own.
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
