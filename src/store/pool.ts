// Connections to the database, with the types of PostgreSQL read as the rest of the code wants them.
import { Pool, types } from 'pg';
import { PrimaryClient } from './primary-client.ts';

const INT8 = 20;
const NUMERIC = 1700;

// A node that hangs in a transaction, or does not read its answers, holds the routing lock or rows
// that the router needs: PostgreSQL ends its session, and another node goes on within five seconds.
const HUNG_MS = 4_500;

const limitSilence = { text: `set tcp_user_timeout = ${HUNG_MS}`, query_timeout: HUNG_MS };

/** One code path for the embedded server and for DATABASE_URL. */
export function openPool(options: {
  connectionString: string;
  maxConnections?: number;
  /** For reading alone; otherwise a standby is refused. */
  standbyWillDo?: boolean;
  /** Called for a connection that broke while idle; the pool opens another by itself. */
  onIdleError: (error: Error) => void;
}): Pool {
  const pool = new Pool({
    connectionString: options.connectionString,
    ...{ Client: PrimaryClient, standbyWillDo: options.standbyWillDo },
    max: options.maxConnections ?? 10,
    application_name: 'usher',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: HUNG_MS,
    // Where that cannot be set, the rest still applies; a server that does not answer delays nobody
    // here.
    onConnect: (client) => client.query(limitSilence).catch(() => {}),
    keepAlive: true,
    // Statements sent on one connection without waiting travel together, as store/tx needs.
    pipeline: true,
    types: readTypes,
  });
  pool.on('error', (error: Error & { client?: unknown }) => {
    // The pool hangs the whole connection on it, which would fill a page of the log.
    delete error.client;
    options.onIdleError(error);
  });
  // While a connection is in use the pool does not listen to it, and a cut between two statements
  // of a transaction would end the process. The next statement fails as well, and that is reported.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

export const readTypes = { getTypeParser: readType as typeof types.getTypeParser };

/** int8 and numeric come as text; ours stay below 2^53. */
function readType(oid: number, format?: 'text' | 'binary') {
  if (oid === INT8 || oid === NUMERIC) return Number;
  return types.getTypeParser(oid, format as 'text');
}
