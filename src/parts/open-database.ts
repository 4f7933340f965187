// The database: a given one, or the embedded server that is started here.
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { startEmbeddedPostgres } from '../store/embedded/start-embedded-postgres.ts';
import { openPool } from '../store/pool.ts';
import { watchDatabase } from '../store/watch-database.ts';
import { checkDatabase } from './explain-database.ts';

// A pass never waits behind requests for a connection: as many slow reports as there are connections
// would hold up every assignment. One for the pass, one for what else the router looks up meanwhile.
const ROUTING_CONNECTIONS = 2;
// However many read or send files, requests find their connections free.
const FILE_CONNECTIONS = 3;

export async function openDatabase(
  config: Config,
  log: Logger,
  { onFailure, stop }: { onFailure: (reason: string) => void; stop?: AbortSignal | undefined },
) {
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
  const db = openPool({ connectionString, maxConnections: config.DATABASE_POOL_SIZE, onIdleError });
  if (config.DATABASE_URL !== undefined) {
    await checkDatabase(db, config.DATABASE_URL).catch(async (error: unknown) => {
      await db.end();
      throw error;
    });
  }
  const open = (maxConnections: number) =>
    openPool({ connectionString, maxConnections, onIdleError });
  const routingDb = open(ROUTING_CONNECTIONS);
  const filesDb = open(FILE_CONNECTIONS);
  const watch = watchDatabase({
    connectionString,
    pools: [db, routingDb, filesDb],
    onChange: (answers) => {
      if (answers) log.warn({}, 'the database answers again');
      else log.error({}, 'the database does not answer: requests are told to try again');
    },
  });
  return {
    db,
    routingDb,
    filesDb,
    connectionString,
    // Apart: a connection that nobody gives back must not keep PostgreSQL running.
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
