// Says why the database of DATABASE_URL cannot be used, and what to do about it. Never its password.
import type { Pool } from 'pg';

const OLDEST = 15;

/** Throws a sentence when the database cannot be used. */
export async function checkDatabase(pool: Pool, url: string): Promise<{ version: number }> {
  let version: number;
  try {
    const { rows } = await pool.query<{ version: number }>(
      `select current_setting('server_version_num')::integer / 10000 as version`,
    );
    version = rows[0]?.version ?? 0;
  } catch (error) {
    throw new Error(`DATABASE_URL: ${explain(error, url)}`, { cause: error });
  }
  const tooOld = judgeVersion(version);
  if (tooOld !== null) throw new Error(`DATABASE_URL: ${tooOld}`);
  return { version };
}

export function judgeVersion(version: number): string | null {
  if (version >= OLDEST) return null;
  return `PostgreSQL ${version} is too old; use ${OLDEST} or later, or leave DATABASE_URL empty for the one that Usher brings`;
}

function explain(error: unknown, url: string): string {
  const { code = '', message } = error as { code?: string; message: string };
  const { hostname, port, username, pathname } = new URL(url);
  const server = `${hostname || 'the local socket'}:${port || '5432'}`;
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
