// Says why the database of DATABASE_URL cannot be used, and what to do about it. Never its password.
import type { Pool, PoolClient } from 'pg';
import { nameServers } from '../addresses/database-address.ts';
import { primaryOf } from '../store/primary.ts';
import { StandbyRefused } from '../store/primary-client.ts';

const OLDEST = 15;

interface Session {
  pid: number;
  version: number;
  isLimited: boolean;
}

const READ_SESSION = `select pg_backend_pid() as pid, current_setting('server_version_num')::integer / 10000 as version,
  current_setting('idle_in_transaction_session_timeout') <> '0' as "isLimited"`;

/**
 * Takes two connections of the pool.
 *
 * @throws a sentence when the database cannot be used.
 */
export async function checkDatabase(pool: Pool, url: string): Promise<{ version: number }> {
  const session = await readSession(pool).catch((error: unknown) => {
    throw new Error(`DATABASE_URL: ${explain(error, url)}`, { cause: error });
  });
  const { version, isLimited, isOwn } = session;
  const fault = judgeVersion(version) ?? (isLimited && isOwn ? null : sayPooler(url));
  if (fault !== null) throw new Error(`DATABASE_URL: ${fault}`);
  return { version };
}

/** A pooler that shares sessions gives one connection's to another, and the one gets another in its place. */
async function readSession(pool: Pool): Promise<Session & { isOwn: boolean }> {
  const clients: PoolClient[] = [];
  const open = async () => {
    const client = await pool.connect();
    clients.push(client);
    return client;
  };
  const read = async (client: PoolClient) =>
    (await client.query<Session>(READ_SESSION)).rows[0] as Session;
  try {
    const one = await open();
    const before = await read(one);
    const other = await open();
    await other.query('begin');
    await read(other);
    const after = await read(one);
    await other.query('rollback');
    return { ...before, isOwn: after.pid === before.pid };
  } finally {
    for (const client of clients) client.release(true);
  }
}

function sayPooler(url: string): string {
  return `a pooler, such as PgBouncer, stands before the database at ${nameOf(primaryOf(url))}. Usher needs sessions of its own, for locks, news between nodes and limits of time: name PostgreSQL itself. Each process opens DATABASE_POOL_SIZE connections and a few more`;
}

function nameOf(server: string): string {
  return nameServers(server)[0] as string;
}

export function judgeVersion(version: number): string | null {
  if (version >= OLDEST) return null;
  return `PostgreSQL ${version} is too old; use ${OLDEST} or later, or leave DATABASE_URL empty for the one that Usher brings`;
}

function explain(error: unknown, url: string): string {
  const servers = nameServers(url);
  const one = explainOne(error, primaryOf(url));
  return servers.length > 1 ? `none of ${servers.join(', ')} takes writes: ${one}` : one;
}

function explainOne(error: unknown, url: string): string {
  const { code = '', message } = error as { code?: string; message: string };
  const { hostname, port, username, pathname } = new URL(url);
  const server = nameOf(url);
  // PgBouncer refuses the limits that a session is to begin with.
  if (/unsupported startup parameter/.test(message)) return sayPooler(url);
  if (error instanceof StandbyRefused) {
    return `the server at ${server} is a standby, which takes no writes; name the primary, or all servers with commas between their hosts`;
  }
  const user = decodeURIComponent(username);
  const database = decodeURIComponent(pathname.slice(1)) || user;
  if (['ENOTFOUND', 'EAI_AGAIN'].includes(code)) {
    return `the host ${hostname} is not known here; check its name`;
  }
  if (/^(ECONN|EHOST|ENET|ETIMEDOUT|ENOENT)/.test(code) || /timeout/i.test(message)) {
    return `no PostgreSQL answers at ${server}; start it, or check host, port and firewall`;
  }
  if (code.startsWith('28') || /password must be a string/.test(message)) {
    return `PostgreSQL at ${server} refuses the user ${user || '(none)'}: ${message}; check user, password and pg_hba.conf`;
  }
  if (code === '3D000') {
    return `there is no database ${database} at ${server}; make it: createdb -h ${hostname} -p ${port || '5432'} -O ${user} ${database}`;
  }
  if (code === '42501') {
    return `the user ${user} may not use the database ${database}: ${message}; make it the owner of the database`;
  }
  if (/certificate|SSL|TLS/i.test(`${code} ${message}`)) {
    return `no safe connection to ${server}: ${message}; check sslmode and the certificate`;
  }
  return `the database at ${server} cannot be used: ${message}`;
}
