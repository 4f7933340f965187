// Tells the moment at which the commit of each claim was answered, without touching the router.
import type { Pool, PoolClient } from 'pg';

/** A pool for `startRouter` alone: it offers what transactions and single statements use. */
export function watchClaims(
  db: Pool,
  onCommitted: (conversationIds: readonly string[], at: number) => void,
): Pool {
  const connect = async () => watchClient(await db.connect(), onCommitted);
  return { connect, query: db.query.bind(db) } as unknown as Pool;
}

function watchClient(
  client: PoolClient,
  onCommitted: (conversationIds: readonly string[], at: number) => void,
): PoolClient {
  let claimed: readonly string[] = [];
  const query = async (sql: string | { name: string; text: string; values: unknown[] }) => {
    const result = await client.query(sql as string);
    if (typeof sql === 'object' && sql.name === 'claim') claimed = sql.values[1] as string[];
    if (sql === 'commit') onCommitted(claimed, performance.now());
    return result;
  };
  const release = (error?: Error) => client.release(error);
  return { query, release } as unknown as PoolClient;
}
