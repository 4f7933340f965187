// Two servers of which one is killed, then the other, then both at once; and when none was there.
import type { Pool } from 'pg';
import type { Downtime } from './check-steps.ts';
import { type Killing, killInTurn } from './kill-in-turn.ts';
import type { ServerProcess } from './server-process.ts';

/** Answers the times at which no server was there, by the database's clock. */
export async function killOneThenBoth(
  servers: readonly ServerProcess[],
  { pool, ...killing }: Pick<Killing, 'kills' | 'random' | 'pause'> & { pool: Pool },
): Promise<Downtime[]> {
  const downtimes: Downtime[] = [];
  await killInTurn(servers, {
    ...killing,
    victims: (turn) => (turn % 3 === 2 ? servers : servers.slice(turn % 3, (turn % 3) + 1)),
    onKilled: async () => {
      if (servers.some((server) => server.isAlive())) return;
      downtimes.push({ from: await readNow(pool), to: Number.POSITIVE_INFINITY });
    },
    onReady: async () => {
      const last = downtimes.at(-1);
      if (last !== undefined) last.to = Math.min(last.to, await readNow(pool));
    },
  });
  return downtimes;
}

async function readNow(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ now: number }>(
    'select extract(epoch from clock_timestamp())::float8 * 1000 as now',
  );
  return rows[0]?.now as number;
}
