// Has each transaction that takes the routing lock note what it could see then, before it reads anything.
import type { Pool, PoolClient } from 'pg';

const NOTE = `insert into sight (place, seen) values ('before', pg_current_snapshot())`;

/** Beside the triggers of race-world: no trigger fires for what only reads. */
export function noteLocks(pool: Pool): Pool {
  const noting = new WeakSet<PoolClient>();
  pool.on('acquire', (client) => {
    if (noting.has(client)) return;
    noting.add(client);
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const noted = (first: unknown, ...rest: unknown[]) => query(note(first), ...rest);
    client.query = noted as typeof client.query;
  });
  return pool;
}

function note(sql: unknown): unknown {
  if (typeof sql !== 'string' || !sql.includes('pg_advisory_xact_lock(')) return sql;
  const [begin, lock, ...then] = sql.split('; ');
  return [begin, lock, NOTE, ...then].join('; ');
}
