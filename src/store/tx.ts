// Transactions, and the lock that makes one routing pass of a workspace at a time. Only desk opens those that write.
import { createHash } from 'node:crypto';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { inTurn } from './in-turn.ts';
import { type Call, type Db, run } from './sql.ts';

/** A connection inside a transaction. */
export type Tx = PoolClient & { readonly inTransaction: true };

/** A transaction that holds the workspace's routing lock: the only kind that may write agents. */
export type RoutingTx = Tx & { readonly holdsRoutingLock: true };

// Any constant will do, except the one of the migrations.
export const INSTALLATION_LOCK = 7_283_645_121;

/** Commits when `work` returns, rolls back when it throws. */
export async function withTx<T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transact(pool, { begin: 'begin', work: (tx) => work(tx as Tx) });
}

/** Reads that see the database as it was at one moment, with settings of their own (`set local …`); it can write nothing. */
export async function withSnapshot<T>(
  pool: Pool,
  settings: string,
  work: (tx: PoolClient) => Promise<T>,
): Promise<T> {
  const begin = `begin isolation level repeatable read read only; ${settings}`;
  return transact(pool, { begin, work });
}

/** What `work` wrote is undone when it throws; the transaction goes on. */
export async function withSavepoint<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.query('savepoint part');
  try {
    const result = await work();
    await tx.query('release savepoint part');
    return result;
  } catch (error) {
    await tx.query('rollback to savepoint part; release savepoint part');
    throw error;
  }
}

/**
 * Waits for every other pass and manual claim of the workspace, then works alone among them. The
 * lock ends with the transaction, after its rows have become visible. `now` is the moment at which
 * it was taken, by the clock that stamps every row, so no decision compares two clocks.
 * `rowWaitMs`: a transaction that waits longer for a row fails and releases the lock; 0: as long as
 * a statement may take. A node asks for the lock on one connection at a time, whichever its pool.
 * With several, a node that hangs would be given the lock again with each of them, each time for as
 * long as a hung transaction is tolerated.
 */
export async function withRoutingLock<T>(
  pool: Pool,
  workspaceId: string,
  work: (tx: RoutingTx, now: Date) => Promise<T>,
  { rowWaitMs = 0 }: { rowWaitMs?: number } = {},
): Promise<T> {
  const act = (tx: PoolClient, begun: readonly QueryResult[]) =>
    work(tx as RoutingTx, begun.at(-1)?.rows[0].now);
  const transaction = { begin: takeLock(workspaceId, rowWaitMs), work: act };
  return transact(pool, transaction, oneOfNode(pool, workspaceId));
}

/** What a pass writes, and its answer after the commit. */
export interface Outcome<T> {
  calls: readonly Call<object>[];
  /** Made from the rows that each call returned. */
  answer(rows: readonly object[][]): T;
}

/**
 * As withRoutingLock, in two round trips: `read` is sent together with what takes the lock, and
 * what `decide` wants written together with the commit. The lock waits for more only if `decide`
 * itself queries.
 */
export async function withRoutingPass<Read extends object, T>(
  pool: Pool,
  pass: {
    workspaceId: string;
    read: Call<Read>;
    decide: (tx: RoutingTx, rows: Read[]) => Promise<Outcome<T>>;
    rowWaitMs: number;
  },
): Promise<T> {
  // A setting costs less than a query that answers the time too: what is read has its own.
  const settings = `set local lock_timeout = ${pass.rowWaitMs}; ${KEEP_PLANS}`;
  const begin = `begin; ${lockOf(pass.workspaceId)}; ${settings}`;
  const transaction = async (client: PoolClient): Promise<T> => {
    const [, rows] = await Promise.all([client.query(begin), run(client, pass.read)]);
    const { calls, answer } = await pass.decide(client as RoutingTx, rows);
    // When a call fails, the commit after it rolls back.
    const written = Promise.all(calls.map((call) => run(client as Db, call)));
    const [rowsWritten] = await Promise.all([written, client.query('commit')]);
    return answer(rowsWritten);
  };
  return withClient(pool, transaction, oneOfNode(pool, pass.workspaceId));
}

// The statements of a pass find their rows by keys, whatever their values, so a plan of its own for
// each call is never worth its making: 2 ms for what is read, which takes 0.4 to run.
const KEEP_PLANS = 'set local plan_cache_mode = force_generic_plan';

function takeLock(workspaceId: string, rowWaitMs: number): string {
  return `begin; ${lockOf(workspaceId)}; select set_config('lock_timeout', '${rowWaitMs}', true), clock_timestamp() as now`;
}

function lockOf(workspaceId: string): string {
  return `select pg_advisory_xact_lock(${routingLockKey(workspaceId)})`;
}

/** With a connection in hand: a pass has its own, and does not compete with verbs for one. */
function oneOfNode(pool: Pool, workspaceId: string): WaitForTurn {
  const node = `${pool.options.connectionString} ${workspaceId}`;
  return (transaction) => inTurn(node, transaction);
}

/**
 * Waits for every other transaction that does the same. It guards values that must be unique among
 * all workspaces, which no index can do, because every index begins with the workspace.
 */
export async function lockInstallation(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(${INSTALLATION_LOCK})`);
}

async function transact<T>(
  pool: Pool,
  { begin, work }: { begin: string; work: Work<T> },
  waitForTurn?: WaitForTurn,
): Promise<T> {
  const transaction = async (client: PoolClient): Promise<T> => {
    // Several statements in one round trip have several results.
    const begun = await client.query(begin);
    const result = await work(client, [begun].flat());
    await client.query('commit');
    return result;
  };
  return withClient(pool, transaction, waitForTurn);
}

type Work<T> = (tx: PoolClient, begun: readonly QueryResult[]) => Promise<T>;

/** Between getting a connection and using it. */
type WaitForTurn = <T>(transaction: () => Promise<T>) => Promise<T>;

async function withClient<T>(
  pool: Pool,
  transaction: (client: PoolClient) => Promise<T>,
  waitForTurn: WaitForTurn = (act) => act(),
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    return await waitForTurn(async () => {
      try {
        return await transaction(client);
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
