// `usher serve`: runs until it is told to stop.
import { readConfig } from '../config.ts';
import { openLogs } from '../log.ts';
import { startUsher } from '../main.ts';

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
  await stopSignal();
  log.info({}, 'stopping');
  await usher.stop();
  await flush();
  return 0;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}
