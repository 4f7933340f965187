// `usher migrate`: brings the schema up to date, as the start of a server does, and nothing else.
import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { openDatabase } from '../startup/open-database.ts';
import { stopAll } from '../startup/stop-all.ts';
import { migrate } from '../store/migrate.ts';
import { listenForStop } from './stop-signal.ts';

/** Answers the migrations it applied. */
export async function migrateOnly(environment: NodeJS.ProcessEnv): Promise<string[]> {
  const silent = pino({ level: 'silent' });
  const { db, parts } = await openDatabase(readConfig(environment), silent, {
    onFailure: () => {},
    stop: listenForStop(),
  });
  try {
    return await migrate(db);
  } finally {
    await stopAll(parts, () => {});
  }
}
