// The database: a given one, or the embedded server that is started here.
import type { Logger } from 'pino';
import { makeClock, type NodeClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { startEmbeddedPostgres } from '../embedded-postgres/start-embedded-postgres.ts';
import { measureClock } from '../store/clock.ts';
import { openPool } from '../store/pool.ts';
import { findPrimary } from '../store/primary.ts';
import { watchDatabase } from '../store/watch-database.ts';
import { checkDatabase } from './explain-database.ts';
import { refuseUnfinishedRestore } from './mark-restore.ts';

// A pass never waits behind requests for a connection: as many slow reports as there are connections
// would hold up every assignment. One for the pass, one for what else the router looks up meanwhile.
const ROUTING_CONNECTIONS = 2;
// However many clients read or send files, requests find their connections free.
const FILE_CONNECTIONS = 3;

const FAULTS = {
  away: 'the database does not answer',
  unconfirmed: 'no standby confirms what the database writes',
};

export async function openDatabase(
  config: Config,
  log: Logger,
  {
    onFailure,
    clock = makeClock(),
    stop,
  }: {
    onFailure: (reason: string) => void;
    clock?: NodeClock;
    stop?: AbortSignal | undefined;
  },
) {
  await refuseUnfinishedRestore(config.USHER_DATA_DIR);
  const onIdleError = (error: Error) => log.warn({ err: error }, 'an idle connection broke');
  const embedded =
    config.DATABASE_URL === undefined
      ? await startEmbeddedPostgres({
          dataDir: config.USHER_DATA_DIR,
          log: (line) => log.info({}, line),
          stop,
          onDeath: () =>
            onFailure('the embedded PostgreSQL ended; start Usher again to recover it'),
        })
      : null;
  const connectionString = embedded?.connectionString ?? config.DATABASE_URL ?? '';
  await findPrimary(connectionString);
  const db = openPool({ connectionString, maxConnections: config.DATABASE_POOL_SIZE, onIdleError });
  if (config.DATABASE_URL !== undefined) {
    await checkDatabase(db, config.DATABASE_URL).catch(async (error: unknown) => {
      await db.end();
      throw error;
    });
  }
  await measureClock(db, clock);
  const open = (maxConnections: number) =>
    openPool({ connectionString, maxConnections, onIdleError });
  const routingDb = open(ROUTING_CONNECTIONS);
  const filesDb = open(FILE_CONNECTIONS);
  const watch = watchDatabase({
    connectionString,
    pools: [db, routingDb, filesDb],
    clock,
    onChange: (state) => {
      if (state === 'well') log.warn({}, 'the database answers again');
      else log.error({}, `${FAULTS[state]}: requests are told to try again`);
    },
  });
  return {
    db,
    routingDb,
    filesDb,
    connectionString,
    // Separately: a connection that is never given back must not keep PostgreSQL running.
    parts: [
      { name: 'PostgreSQL', stop: async () => embedded?.stop() },
      {
        name: 'connections to the database',
        stop: async () => {
          await watch.stop();
          await Promise.all([db.end(), routingDb.end(), filesDb.end()]);
        },
      },
    ],
  };
}
