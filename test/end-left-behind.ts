// Ends what a test run had started when it was killed: workers, servers, brokers, browsers.
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const ROUNDS = 50;
const BETWEEN_MS = 100;

/** All that have the run's own folder in their environment or arguments, where the system shows these. */
export async function endLeftBehind(folder: string): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await findAll(folder);
    if (found.length === 0) return;
    for (const { pid, isPostgres } of found) end(pid, isPostgres ? 'SIGQUIT' : 'SIGKILL');
    await delay(BETWEEN_MS);
  }
}

async function findAll(folder: string): Promise<{ pid: number; isPostgres: boolean }[]> {
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter((pid) => pid > 1);
  const read = (pid: number, name: string) =>
    readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '');
  const looked = pids.map(async (pid) => {
    const [command, environment] = await Promise.all([read(pid, 'cmdline'), read(pid, 'environ')]);
    const isOurs = pid !== process.pid && (command + environment).includes(folder);
    return { pid, isOurs, isPostgres: /^[^\0]*postgres\b/.test(command) };
  });
  return (await Promise.all(looked)).filter(({ isOurs }) => isOurs);
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended meanwhile.
  }
}
