// Gets a ready server for a cluster: the one that a killed Usher left, or a new one.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clearStalePidFile } from './clear-stale-pid-file.ts';
import { findPostmaster, type Postmaster } from './find-postmaster.ts';
import { type Launch, launchPostmaster, waitUntilReady } from './launch-postmaster.ts';
import { logTail } from './log-tail.ts';
import { isProcessAlive } from './process-command.ts';
import { serverSettings } from './server-settings.ts';
import { makeStartFailure } from './start-failure.ts';
import { stopPostmaster } from './stop-postmaster.ts';
import { writeFileDurably } from './write-file-durably.ts';

export interface Server {
  pid: number;
  port: number;
  adopted: boolean;
}

interface Need extends Launch {
  home: string;
  stop?: AbortSignal | undefined;
}

const ATTEMPTS = 5;
const PAUSE_MS = 300;

/** What passes by itself: a port taken since it was seen free, or a dying server's last processes. */
const PASSING = /Address already in use|"postmaster\.pid" already exists|still in use/;

export async function runServer(need: Need): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const left = await findPostmaster(need.pgData);
    const adopted = left && (await adoptOrStop(need, left));
    if (adopted) return adopted;
    const outcome = await startNew(need);
    if ('port' in outcome) return outcome;
    if (attempt === ATTEMPTS || !outcome.passing) {
      throw makeStartFailure(
        'embedded_postgres.start_failed',
        `PostgreSQL does not start in ${need.pgData}. Its log in ${join(need.home, 'log')} ends:\n${outcome.said || '(nothing)'}`,
      );
    }
    await sleep(PAUSE_MS);
  }
}

/** Undefined after the server that was left has been stopped, or has stopped by itself. */
async function adoptOrStop(need: Need, left: Postmaster): Promise<Server | undefined> {
  const { pgData, log, stop } = need;
  if (await isAsWeWouldStart(need, left)) {
    const isAlive = () => isProcessAlive(left.pid);
    const ready = await waitUntilReady({ pgData, isAlive, log, stop });
    if (ready) {
      log(`Took over the PostgreSQL server (process ${ready.pid}) that an ended Usher left.`);
      return { pid: ready.pid, port: ready.port, adopted: true };
    }
  }
  log(`Stopping the PostgreSQL server (process ${left.pid}) that an ended Usher left.`);
  await stopPostmaster({ pid: left.pid, pgData, log });
  return undefined;
}

/** An update of Usher brings other programs or settings, which only a restart takes up. */
async function isAsWeWouldStart(need: Need, left: Postmaster): Promise<boolean> {
  const running = await readFile(settingsFile(need.pgData), 'utf8').catch(() => '');
  return running === serverSettings() && left.command.includes(`${need.binaries.postgres} -D`);
}

async function startNew(need: Need): Promise<Server | { said: string; passing: boolean }> {
  const { home, pgData, identity, startLog, log, stop } = need;
  const since = Date.now();
  await clearStalePidFile(pgData);
  await writeFileDurably({
    path: settingsFile(pgData),
    content: serverSettings(),
    mode: 0o600,
    owner: identity.kind === 'user' ? identity : undefined,
  });
  const child = await launchPostmaster(need);
  const isAlive = () => child.pid !== undefined && child.exitCode === null && !child.signalCode;
  const ready = await waitUntilReady({ pgData, isAlive, log, stop });
  // An ended Usher had launched one an instant earlier: that one is found by the next attempt.
  if (ready && ready.pid !== child.pid) return { said: '', passing: true };
  if (ready === undefined) {
    const said = await logTail({ startLog, logDir: join(home, 'log'), since });
    return { said, passing: PASSING.test(said) };
  }
  return { pid: ready.pid, port: ready.port, adopted: false };
}

function settingsFile(pgData: string): string {
  return join(pgData, 'usher.conf');
}
