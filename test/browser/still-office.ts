// An office in which time stands still, so that its screens look the same whenever they are taken.
import { type NodeClock, realTime } from '../../src/clock.ts';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/start-embedded-postgres.ts';
import { openPool } from '../../src/store/pool.ts';
import {
  MOVABLE_TIME,
  MOVE_TIME,
  ownTimeFirst,
  SET_STOPPED_TIME,
  STOP_TIME,
} from '../database-time.ts';
import { type Office, type OfficeOptions, startOffice } from './start-office.ts';

/** A Wednesday morning; later than today, so that nothing in a browser has expired. */
export const STILL_AT = Date.parse('2030-03-13T10:30:00Z');
/** What is seeded happens within this. Half a minute more than minutes: no wait is about to be called the next minute. */
const SEEDING_MS = 630_000;
const TICK_MS = 100;

export interface StillOffice extends Office {
  /** Seeding is over: it is `STILL_AT`, and stays so. */
  arrive(): Promise<void>;
}

type OpenDatabase = NonNullable<Parameters<typeof startOffice>[0]>['openDatabase'];

/** `openDatabase`: one whose time can be moved; left out: of a server of its own. */
export async function startStillOffice({
  openDatabase = openMovableDatabase,
  ...options
}: OfficeOptions & { openDatabase?: OpenDatabase } = {}): Promise<StillOffice> {
  let now = STILL_AT - SEEDING_MS;
  const clock: NodeClock = { ...realTime, now: () => now, measured: () => {} };
  const office = await startOffice({
    ...options,
    clock,
    openDatabase: async (dataDir) => {
      const database = await openDatabase(dataDir);
      await stopTime(database.url, now);
      return database;
    },
  });
  const move = async (ms: number): Promise<void> => {
    now += ms;
    await office.pool.query(MOVE_TIME, [ms]);
  };
  return {
    ...office,
    tick: () => move(TICK_MS),
    arrive: () => move(STILL_AT - now),
  };
}

async function stopTime(url: string, at: number): Promise<void> {
  const pool = openPool({ connectionString: url, maxConnections: 1, onIdleError: () => {} });
  await pool.query(STOP_TIME);
  await pool.query(SET_STOPPED_TIME, [at]);
  await pool.end();
}

async function openMovableDatabase(
  dataDir: string,
): Promise<{ url: string; drop(): Promise<void> }> {
  const server = await startEmbeddedPostgres({ dataDir });
  const url = server.connectionString;
  const pool = openPool({ connectionString: url, maxConnections: 1, onIdleError: () => {} });
  const { rows } = await pool.query<{ name: string }>('select current_database() as name');
  await pool.query(ownTimeFirst(rows[0]?.name ?? ''));
  await pool.query(MOVABLE_TIME);
  await pool.end();
  return { url, drop: server.stop };
}
