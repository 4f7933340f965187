// Transactions, and the lock that makes one routing pass of a workspace at a time. Only desk opens those that write.
import { createHash } from 'node:crypto';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { inTurn } from './in-turn.ts';

/** A connection inside a transaction. */
export type Tx = PoolClient & { readonly inTransaction: true };

/** A transaction that holds the workspace's routing lock: the only kind that may write agents. */
export type RoutingTx = Tx & { readonly holdsRoutingLock: true };

// Any constant will do, but for the one of the migrations.
const INSTALLATION_LOCK = 7_283_645_121;

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
 * lock goes with the transaction, after its rows have become visible. `now` is the moment at which it was
 * taken, by the clock that stamps every row: no decision compares two clocks. `rowWaitMs`: whoever waits
 * longer for a row fails and lets the lock go; 0: as long as a statement may take.
 *
 * A node asks for the lock on one connection at a time, whichever pool it is of. On several, a node that hangs would
 * be given it again with each of them, and each time for as long as a hung transaction is borne.
 */
export async function withRoutingLock<T>(
  pool: Pool,
  workspaceId: string,
  work: (tx: RoutingTx, now: Date) => Promise<T>,
  { rowWaitMs = 0 }: { rowWaitMs?: number } = {},
): Promise<T> {
  const lock = `select pg_advisory_xact_lock(${routingLockKey(workspaceId)})`;
  const limit = `set local lock_timeout = ${rowWaitMs}`;
  const begin = `begin; ${lock}; ${limit}; select clock_timestamp() as now`;
  const node = `${pool.options.connectionString} ${workspaceId}`;
  const act = (tx: PoolClient, begun: readonly QueryResult[]) =>
    work(tx as RoutingTx, begun.at(-1)?.rows[0].now);
  // With a connection in hand: a pass has its own, and does not wait for a verb that waits for one.
  return transact(pool, begin, act, (transaction) => inTurn(node, transaction));
}

/**
 * Waits for every other transaction that does the same: for what must be one workspace's alone among all
 * of them, which no index can say, since every index begins with the workspace.
 */
export async function lockInstallation(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(${INSTALLATION_LOCK})`);
}

async function transact<T>(
  pool: Pool,
  begin: string,
  work: (tx: PoolClient, begun: readonly QueryResult[]) => Promise<T>,
  /** Between having a connection and using it. */
  waitForTurn: (transaction: () => Promise<T>) => Promise<T> = (transaction) => transaction(),
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    return await waitForTurn(async () => {
      try {
        // Several statements in one round trip have several results.
        const begun = await client.query(begin);
        const result = await work(client, [begun].flat());
        await client.query('commit');
        return result;
      } catch (error) {
        broken = await rollBack(client);
        throw error;
      }
    });
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
