// The plans by which PostgreSQL answers a statement of ours, with what it really read.
import type { Pool } from 'pg';
import type { Db } from '../../src/store/sql.ts';

/** Of the last statement that `ask` makes; it is answered no rows. */
export async function explain(pool: Pool, ask: (db: Db) => Promise<unknown>): Promise<string> {
  let plan = '';
  const explaining = {
    query: async ({ text, values }: { text: string; values: unknown[] }) => {
      const { rows } = await pool.query(`explain (analyze) ${text}`, values);
      plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      return { rows: [] };
    },
  } as unknown as Db;
  await ask(explaining);
  return plan;
}
