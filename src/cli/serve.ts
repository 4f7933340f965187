// `usher serve`: runs until it is told to stop.
import { type Config, findWarnings, readConfig } from '../config.ts';
import { startUsher, type Usher } from '../main.ts';
import { spellCommand } from '../program/usher-command.ts';
import { version } from '../program/version.ts';
import { openLogs } from '../telemetry/log.ts';
import { listenForStop, whenAborted } from './stop-signal.ts';
import { openTerminalLog } from './terminal-log.ts';
import { writeCard } from './write-card.ts';

/** Answers the exit code, once it has stopped. */
export async function serve(environment: NodeJS.ProcessEnv): Promise<number> {
  const stop = listenForStop();
  const config = readConfig(environment);
  // On a terminal the card replaces ordinary log lines and warnings are plain, unless LOG_LEVEL is
  // set.
  const isCalm = process.stdout.isTTY && environment.LOG_LEVEL === undefined;
  const terminal = isCalm ? openTerminalLog((text) => void process.stdout.write(text)) : null;
  const { log, flush } =
    terminal === null
      ? openLogs(config)
      : openLogs({ ...config, LOG_LEVEL: 'warn' }, terminal.stream);
  for (const warning of findWarnings(config)) log.warn({}, warning);
  const usher = await startUsher(config, log, { stop }).catch((error: unknown) => {
    terminal?.release();
    if (stop.aborted) return null;
    throw error;
  });
  if (usher === null) {
    log.info({}, 'stopped before it served');
    await flush();
    return 0;
  }
  terminal?.release();
  tellStart(usher, config);
  const failure = await Promise.race([whenAborted(stop), usher.failed]);
  if (failure === null) log.info({}, 'stopping');
  else log.fatal({}, `stopping, because ${failure}`);
  await usher.stop();
  await flush();
  return failure === null ? 0 : 1;
}

function tellStart(usher: Usher, config: Config): void {
  const address = config.PUBLIC_URL ?? usher.url;
  if (process.stdout.isTTY) {
    const dataDir = config.USHER_DATA_DIR;
    process.stdout.write(writeCard({ ...usher, version, address, dataDir }));
    return;
  }
  if (usher.newAdminToken !== null) {
    process.stderr.write(
      `\nAn admin token was made and is shown this once:\n\n  ${usher.newAdminToken}\n\nIt is also in ${config.USHER_DATA_DIR}/admin-token, where ${spellCommand('')} finds it.\n\n`,
    );
  }
  if (usher.firstRunCode !== null) {
    process.stderr.write(
      `\nNobody can sign in yet. Open ${address} and set up the first admin with this code:\n\n  ${usher.firstRunCode}\n\n`,
    );
  }
}
