// The database: a given one, or the embedded server that is started here.
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { startEmbeddedPostgres } from '../store/embedded/start-embedded-postgres.ts';
import { openPool } from '../store/pool.ts';

// A pass never waits behind requests for a connection: as many slow reports as there are connections
// would hold up every assignment. One for the pass, one for what else the router looks up meanwhile.
const ROUTING_CONNECTIONS = 2;

export async function openDatabase(
  config: Config,
  log: Logger,
  onFailure: (reason: string) => void,
) {
  const onIdleError = (error: Error) => log.warn({ err: error }, 'an idle connection broke');
  const embedded =
    config.DATABASE_URL === undefined
      ? await startEmbeddedPostgres({
          dataDir: config.USHER_DATA_DIR,
          log: (line) => log.info({}, line),
          onDeath: () =>
            onFailure('the embedded PostgreSQL ended; start Usher again to recover it'),
        })
      : null;
  const connectionString = embedded?.connectionString ?? config.DATABASE_URL ?? '';
  const db = openPool({ connectionString, maxConnections: config.DATABASE_POOL_SIZE, onIdleError });
  const maxConnections = ROUTING_CONNECTIONS;
  const routingDb = openPool({ connectionString, maxConnections, onIdleError });
  return {
    db,
    routingDb,
    connectionString,
    stop: async () => {
      await Promise.all([db.end(), routingDb.end()]);
      await embedded?.stop();
    },
  };
}
