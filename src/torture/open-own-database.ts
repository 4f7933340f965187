// A PostgreSQL of its own in a folder that is thrown away: it crashes, comes back on another port, and writes slowly, on demand.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { locateCluster } from '../embedded-postgres/locate-cluster.ts';
import { startEmbeddedPostgres } from '../embedded-postgres/start-embedded-postgres.ts';

export interface OwnDatabase {
  /** As it is now: its port changes with each crash. */
  url(): string;
  /** Ends at once, without a checkpoint, if it has not ended by itself, and is there again when this is done. */
  crash(): Promise<void>;
  /** Each commit waits for so many milliseconds before it reaches the disk, 100 at most. */
  delayCommits(ms: number): Promise<void>;
  close(): Promise<void>;
}

export async function openOwnDatabase(dataDir: string): Promise<OwnDatabase> {
  let server = await startEmbeddedPostgres({ dataDir });
  const { pgData } = await locateCluster(join(dataDir, 'postgres'));
  return {
    url: () => server.connectionString,
    crash: async () => {
      const pid = await readPid(pgData).catch(() => null);
      if (pid !== null) process.kill(pid, 'SIGQUIT');
      // Finds nothing left to stop, and gives up the directory.
      await server.stop();
      server = await startEmbeddedPostgres({ dataDir });
    },
    delayCommits: async (ms) => {
      // Read after all other settings, and only the superuser may set it otherwise.
      const file = join(pgData, 'postgresql.auto.conf');
      await writeFile(file, `commit_delay = ${Math.round(ms * 1000)}\ncommit_siblings = 0\n`);
      process.kill(await readPid(pgData), 'SIGHUP');
    },
    close: () => server.stop(),
  };
}

async function readPid(pgData: string): Promise<number> {
  const [pid] = (await readFile(join(pgData, 'postmaster.pid'), 'utf8')).split('\n');
  return Number(pid);
}
