// Which server takes writes, where DATABASE_URL names several: one primary and its standbys.
import { Client } from 'pg';
import { listServers } from '../addresses/database-address.ts';

const LOOK_WITHIN_MS = 1000;

const LOOK = `select case when not pg_is_in_recovery()
    then ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint end as timeline,
  current_setting('synchronous_standby_names') <> '' as "waitsForStandby"`;

/** A server as it was found. */
export interface FoundServer {
  role: 'primary' | 'standby' | 'away';
  /**
   * A promotion begins a new one, so of two that take writes the one with the higher is the primary of now.
   * -1: it takes none.
   */
  timeline: number;
  /** Whether a commit waits until a standby has it. */
  waitsForStandby: boolean;
}

const AWAY: FoundServer = { role: 'away', timeline: -1, waitsForStandby: false };

const found = new Map<string, string>();

/** The server that took writes when it was last looked for; before that, the first. */
export function primaryOf(url: string): string {
  return found.get(url) ?? (listServers(url)[0] as string);
}

/**
 * Looks at all servers for the one that takes writes. The one of before stays where none does, and where another does
 * on the same timeline.
 *
 * @returns whether it is another one than before.
 */
export async function findPrimary(url: string): Promise<boolean> {
  const servers = listServers(url);
  if (servers.length === 1) return false;
  const timelines = (await lookAtServers(url)).map(({ timeline }) => timeline);
  const highest = Math.max(...timelines);
  if (highest < 0 || timelines[servers.indexOf(primaryOf(url))] === highest) return false;
  found.set(url, servers[timelines.indexOf(highest)] as string);
  return true;
}

/** In the order of the address. */
export function lookAtServers(url: string): Promise<FoundServer[]> {
  return Promise.all(listServers(url).map(look));
}

async function look(connectionString: string): Promise<FoundServer> {
  const client = new Client({
    connectionString,
    application_name: 'usher-look',
    connectionTimeoutMillis: LOOK_WITHIN_MS,
    query_timeout: LOOK_WITHIN_MS,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ timeline: string | null; waitsForStandby: boolean }>(
      LOOK,
    );
    const { timeline = null, waitsForStandby = false } = rows[0] ?? {};
    const role = timeline === null ? 'standby' : 'primary';
    return { role, timeline: Number(timeline ?? -1), waitsForStandby };
  } catch {
    return AWAY;
  } finally {
    cut(client);
  }
}

/** Makes what a connection waits for fail at once. A server that hangs is not waited for. */
export function cut(client: Client | { end(): unknown }): void {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
  connection.stream.destroy();
}
