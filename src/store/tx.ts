// Transactions, and the lock that makes one routing pass of a workspace at a time. Only desk opens those that write.
import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';

/** A connection inside a transaction. */
export type Tx = PoolClient & { readonly inTransaction: true };

/** A transaction that holds the workspace's routing lock: the only kind that may write agents. */
export type RoutingTx = Tx & { readonly holdsRoutingLock: true };

/** Commits what `work` returns from, rolls back what it throws from. */
export async function withTx<T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transact(pool, 'begin', (tx) => work(tx as Tx));
}

/** Reads that see the database as it was at one moment, with settings of their own (`set local …`); it can write nothing. */
export async function withSnapshot<T>(
  pool: Pool,
  settings: string,
  work: (tx: PoolClient) => Promise<T>,
): Promise<T> {
  return transact(pool, `begin isolation level repeatable read read only; ${settings}`, work);
}

/**
 * Waits for every other pass and manual claim of the workspace, then works alone among them. The
 * lock goes with the transaction, after its rows have become visible.
 */
export async function withRoutingLock<T>(
  pool: Pool,
  workspaceId: string,
  work: (tx: RoutingTx) => Promise<T>,
): Promise<T> {
  const begin = `begin; select pg_advisory_xact_lock(${routingLockKey(workspaceId)})`;
  return transact(pool, begin, (tx) => work(tx as RoutingTx));
}

async function transact<T>(
  pool: Pool,
  begin: string,
  work: (tx: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    broken = await rollBack(client);
    throw error;
  } finally {
    // A connection that cannot even roll back is closed, not reused.
    client.release(broken);
  }
}

async function rollBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** Stable across versions and nodes: 63 bits of a hash, written as a literal. */
function routingLockKey(workspaceId: string): bigint {
  return createHash('sha256').update(`usher routing ${workspaceId}`).digest().readBigInt64BE(0);
}
