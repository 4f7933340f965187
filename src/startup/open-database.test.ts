// The database ends with the server, whatever somebody still holds of it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../config.ts';
import { openDatabase } from './open-database.ts';
import { stopAll } from './stop-all.ts';

test('a connection that nobody gives back does not keep the embedded PostgreSQL running', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-kept-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const config = readConfig({ USHER_DATA_DIR: dataDir });
  const log = pino({ level: 'silent' });
  const { db, parts, connectionString } = await openDatabase(config, log, { onFailure: () => {} });
  const kept = await db.connect();
  const late: string[] = [];
  await stopAll(parts, (_, what) => void late.push(what), 1000);
  expect(late).toEqual(['a part did not stop cleanly: connections to the database']);
  const knock = new Client({ connectionString });
  await expect(knock.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  kept.release(true);
});
