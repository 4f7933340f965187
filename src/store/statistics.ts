// Keeps the planner's statistics fresh while tables grow fast: autovacuum's minute is too late for a busy first start.
import type { Pool } from 'pg';

const tables = [
  'conversation',
  'assignment',
  'contact',
  'delivery',
  'event',
  'message',
  'agent',
  'desk_room',
  'desk_message',
  'channel_update',
  'told_wait',
] as const;

/**
 * Analyses the tables that have doubled, or changed by half, and by some hundred rows since they
 * were last analysed; the rest is left to autovacuum and its minute. With a fifth instead of a
 * half, ANALYZE took a twentieth of two cores while a queue of 10,000 was drained. Before a table's
 * first ANALYZE the planner takes a workspace for a single row: a claim of 816 conversations took
 * 1.9 s with the plans it then made, and 0.1 s after.
 */
export async function refreshStatistics(db: Pool): Promise<void> {
  const { rows } = await db.query<{ name: (typeof tables)[number] }>(
    `select relname as name from pg_stat_user_tables
    where schemaname = 'public' and relname = any ($1) and n_mod_since_analyze > 300 + n_live_tup / 2`,
    [tables],
  );
  for (const { name } of rows) await db.query(`analyze ${name}`);
}
