// `usher migrate`: brings the schema up to date, as the start of a server does, and nothing else.
import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { openDatabase } from '../parts/open-database.ts';
import { migrate } from '../store/migrate.ts';

/** Answers what was applied. */
export async function migrateOnly(environment: NodeJS.ProcessEnv): Promise<string[]> {
  const silent = pino({ level: 'silent' });
  const { db, stop } = await openDatabase(readConfig(environment), silent, () => {});
  try {
    return await migrate(db);
  } finally {
    await stop();
  }
}
