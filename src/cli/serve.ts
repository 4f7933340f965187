// `usher serve`: runs until it is told to stop.
import { readConfig } from '../config.ts';
import { openLogs } from '../log.ts';
import { startUsher } from '../main.ts';
import { stopSignal } from './stop-signal.ts';

/** Answers the exit code, once it has stopped. */
export async function serve(environment: NodeJS.ProcessEnv): Promise<number> {
  const config = readConfig(environment);
  const { log, flush } = openLogs(config);
  const usher = await startUsher(config, log);
  if (usher.newAdminToken !== null) {
    process.stderr.write(
      `\nAn admin token was made and is shown this once:\n\n  ${usher.newAdminToken}\n\nIt is also in ${config.USHER_DATA_DIR}/admin-token, where the usher command finds it.\n\n`,
    );
  }
  if (usher.firstRunCode !== null) {
    process.stderr.write(
      `\nNobody can sign in yet. Open ${config.PUBLIC_URL ?? usher.url} and set up the first admin with this code:\n\n  ${usher.firstRunCode}\n\n`,
    );
  }
  const failure = await Promise.race([stopSignal(), usher.failed]);
  if (failure === null) log.info({}, 'stopping');
  else log.fatal({}, `stopping, because ${failure}`);
  await usher.stop();
  await flush();
  return failure === null ? 0 : 1;
}
