// Notes when the commit of each claim is answered, without changing the router.
import type { Pool, PoolClient } from 'pg';

/** Where the batch of a claim begins among its values: with the ids of the conversations. */
const BATCH_AT = 10;

/** What a connection is asked. */
export type Sent = string | { name: string; values?: unknown[] };

export function isClaim(sql: Sent): sql is Exclude<Sent, string> {
  return typeof sql === 'object' && sql.name.startsWith('claim');
}

/** A pool for `startRouter` alone: it offers what transactions and single statements use. */
export function watchClaims(
  db: Pool,
  onCommitted: (conversationIds: readonly string[], at: number) => void,
): Pool {
  const connect = async () => watchClient(await db.connect(), onCommitted);
  return { connect, query: db.query.bind(db), options: db.options } as unknown as Pool;
}

function watchClient(
  client: PoolClient,
  onCommitted: (conversationIds: readonly string[], at: number) => void,
): PoolClient {
  let claimed: readonly string[] = [];
  const query = async (sql: Sent) => {
    const result = await client.query(sql as string);
    if (isClaim(sql)) claimed = [...claimed, ...readIds(sql.values?.[BATCH_AT] as Buffer)];
    if (sql === 'commit') {
      onCommitted(claimed, performance.now());
      claimed = [];
    }
    return result;
  };
  const release = (error?: Error) => client.release(error);
  return { query, release } as unknown as PoolClient;
}

/** Of store/binary-array.ts: 20 bytes of header, then each id after its length. */
function readIds(array: Buffer): string[] {
  return Array.from({ length: (array.length - 20) / 20 }, (_, index) => {
    const at = 20 + 20 * index + 4;
    const hex = array.toString('hex', at, at + 16);
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  });
}
