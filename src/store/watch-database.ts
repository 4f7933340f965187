// Checks every second whether the database answers and confirms what it writes, and reads its time: during an outage,
// callers learn of it at once.
import type { Client, Pool, PoolClient } from 'pg';
import type { NodeClock } from '../clock.ts';
import { measureClock } from './clock.ts';
import { DatabaseAway } from './is-outage.ts';
import { cut, findPrimary } from './primary.ts';
import { PrimaryClient } from './primary-client.ts';
import { query, statement } from './sql.ts';

export interface DatabaseWatch {
  stop(): Promise<void>;
}

const ASK_EVERY_MS = 1000;
// Counted in turns of the event loop, so that a process that itself stood still does not blame the
// database.
const TICK_MS = 250;
const PATIENCE_TICKS = 12;
// Where there are several servers: of two that take writes one may have been left behind by a promotion.
const LOOK_AROUND_EVERY = 5;

/** Commits of any node, which wait for a standby without end when none is there. */
const readUnconfirmed = statement<{ waits: boolean }>(
  'read-unconfirmed',
  `-- across workspaces: there is one database
  select exists (select from pg_stat_activity where datname = current_database() and wait_event = 'SyncRep'
    and query_start < clock_timestamp() - interval '4 seconds') as waits`,
);

/** `unconfirmed`: it answers, and no standby confirms what it writes. */
export type DatabaseState = 'well' | 'away' | 'unconfirmed';

/**
 * A database that hangs keeps every connection waiting for as long as the statement's limit, and this limit is its
 * own. So once it has not answered for three seconds on a connection that nobody else uses, the pools' connections
 * are cut: what waits on them fails as an outage, which every door has an answer for. Of several servers it then looks
 * for the one that takes writes, and the pools connect to that one.
 *
 * The same holds where commits wait for a standby and none is there. Such a commit takes a connection without end; and
 * one that somebody cancels can be read by everybody, though it is lost when a standby takes over.
 */
export function watchDatabase(options: {
  connectionString: string;
  pools: readonly Pool[];
  /** Set by each answer. */
  clock: NodeClock;
  onChange: (state: DatabaseState) => void;
}): DatabaseWatch {
  const guards = options.pools.map(guardPool);
  let state: DatabaseState = 'well';
  let stopped = false;
  let client: Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  const drop = (): void => {
    client?.end().catch(() => {});
    if (client !== null) cut(client);
    client = null;
  };
  let asked = 0;
  const ask = async (): Promise<DatabaseState> => {
    asked += 1;
    const looks = client === null || asked % LOOK_AROUND_EVERY === 0;
    const isAnother = looks && (await findPrimary(options.connectionString));
    // What is connected to the one of before is cut before it is used again.
    if (isAnother && client !== null) throw new DatabaseAway();
    client ??= await open(options.connectionString);
    await measureClock(client as Pick<PoolClient, 'query'>, options.clock);
    const [found] = await query(client as Pick<PoolClient, 'query'>, readUnconfirmed, []);
    return found?.waits === true ? 'unconfirmed' : 'well';
  };
  const note = (now: DatabaseState): void => {
    if (now === state) return;
    state = now;
    for (const guard of guards) state === 'well' ? guard.reopen() : guard.shut();
    options.onChange(state);
  };
  const run = async (): Promise<void> => {
    const found = await within(ask());
    if (found === 'away') drop();
    if (stopped) return drop();
    note(found);
    timer = setTimeout(() => (running = run()), ASK_EVERY_MS);
    timer.unref();
  };
  let running = run();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
      drop();
      for (const guard of guards) guard.reopen();
    },
  };
}

async function open(connectionString: string): Promise<Client> {
  const connectionTimeoutMillis = PATIENCE_TICKS * TICK_MS;
  const client = new PrimaryClient({
    connectionString,
    connectionTimeoutMillis,
    application_name: 'usher',
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** `away`: it failed, or took too long. */
function within(work: Promise<DatabaseState>): Promise<DatabaseState> {
  return new Promise((resolve) => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
      if (ticks >= PATIENCE_TICKS) settle('away');
    }, TICK_MS);
    timer.unref();
    const settle = (found: DatabaseState): void => {
      clearInterval(timer);
      resolve(found);
    };
    work.then(settle, () => settle('away'));
  });
}

type Connect = (done?: (...found: unknown[]) => void) => Promise<PoolClient> | undefined;

/** While it is closed nobody gets a connection, and nobody keeps one. */
function guardPool(pool: Pool) {
  const clients = new Set<PoolClient>();
  let shut = false;
  let refuseAll = Promise.withResolvers<never>();
  refuseAll.promise.catch(() => {});
  // Not on the connect event: some connections are older than the guard.
  pool.on('acquire', (client) => void clients.add(client));
  pool.on('remove', (client) => void clients.delete(client));
  const connect = pool.connect.bind(pool) as () => Promise<PoolClient>;
  const guarded = async (): Promise<PoolClient> => {
    if (shut) throw new DatabaseAway();
    const found = connect();
    const { promise: refused } = refuseAll;
    try {
      return await Promise.race([found, refused]);
    } catch (error) {
      // It may still come later, when nobody waits for it any more.
      found.then(
        (client) => client.release(true),
        () => {},
      );
      throw error;
    }
  };
  // The pool's own query() asks with a callback.
  const either: Connect = (done) => {
    if (done === undefined) return guarded();
    guarded().then(
      (client) => done(undefined, client, client.release),
      (error: unknown) => done(error, undefined, () => {}),
    );
    return undefined;
  };
  pool.connect = either as Pool['connect'];
  return {
    shut: () => {
      shut = true;
      refuseAll.reject(new DatabaseAway());
      for (const client of clients) cut(client);
    },
    reopen: () => {
      shut = false;
      refuseAll = Promise.withResolvers<never>();
      refuseAll.promise.catch(() => {});
    },
  };
}
