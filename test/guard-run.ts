// Beside a test run: its PostgreSQL, and a folder for all that its tests make. Both go with the run, however that ends.
import { chmod, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listenForStop } from '../src/cli/stop-signal.ts';
import { locateCluster } from '../src/embedded-postgres/locate-cluster.ts';
import { startEmbeddedPostgres } from '../src/embedded-postgres/start-embedded-postgres.ts';
import { endLeftBehind } from './end-left-behind.ts';

const PLENTY = 8 * 1024 ** 3;

const told = listenForStop();
const gone = new AbortController();
// A run that ends in order says so. Of any other the pipe is closed by the system.
let isInOrder = false;
process.stdin.on('data', () => {
  isInOrder = true;
});
process.stdin.once('end', () => gone.abort());
// A reader that is gone reads nothing.
process.stdout.on('error', () => {});

const stop = AbortSignal.any([told, gone.signal]);
const folder = await mkdtemp(join(await findRoom(), 'usher-tests-'));
try {
  // As the system's own: what root starts as somebody else writes there too.
  await chmod(folder, 0o1777);
  const given = process.env.TEST_DATABASE_URL;
  const dataDir = join(folder, 'run');
  const server = given === undefined ? await startForRun(dataDir) : null;
  process.stdout.write(`${folder}\n${given ?? server?.connectionString}\n`);
  if (!stop.aborted) await new Promise((done) => stop.addEventListener('abort', done));
  if (!isInOrder) await endLeftBehind(folder);
  await server?.stop();
} catch (error) {
  if (!stop.aborted) throw error;
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
}
process.exit();

/** In memory, where nobody has said otherwise and there is plenty: a run makes and drops two thousand databases. */
async function findRoom(): Promise<string> {
  const memory = '/dev/shm';
  const room = process.env.TMPDIR === undefined ? await statfs(memory).catch(() => null) : null;
  return room !== null && room.bavail * room.bsize >= PLENTY ? memory : tmpdir();
}

/**
 * It lives no longer than the run, and tests of crashes start their own: nothing need reach the disk.
 * Three files of tests run at a time, some with three servers.
 */
async function startForRun(dataDir: string) {
  const first = await startEmbeddedPostgres({ dataDir, stop });
  const { pgData: cluster } = await locateCluster(join(dataDir, 'postgres'));
  const off = ['fsync', 'synchronous_commit', 'full_page_writes'].map((name) => `${name} = off\n`);
  const settings = [...off, 'max_connections = 400\n'];
  await writeFile(join(cluster, 'postgresql.auto.conf'), settings.join(''));
  await first.stop();
  return startEmbeddedPostgres({ dataDir, stop });
}
