// Checks every second whether the database answers, and reads its time: during an outage, callers
// learn of it at once.
import { Client, type Pool, type PoolClient } from 'pg';
import type { NodeClock } from '../clock.ts';
import { measureClock } from './clock.ts';
import { DatabaseAway } from './is-outage.ts';

export interface DatabaseWatch {
  stop(): Promise<void>;
}

const ASK_EVERY_MS = 1000;
// Counted in turns of the event loop, so that a process that itself stood still does not blame the
// database.
const TICK_MS = 250;
const PATIENCE_TICKS = 12;

/**
 * A database that hangs keeps every connection waiting for as long as the statement's limit, and this limit is its
 * own. So once it has not answered for three seconds on a connection that nobody else uses, the pools' connections
 * are cut: what waits on them fails as an outage, which every door has an answer for.
 */
export function watchDatabase(options: {
  connectionString: string;
  pools: readonly Pool[];
  /** Set by each answer. */
  clock: NodeClock;
  onChange: (answers: boolean) => void;
}): DatabaseWatch {
  const guards = options.pools.map(guardPool);
  let away = false;
  let stopped = false;
  let client: Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  const drop = (): void => {
    client?.end().catch(() => {});
    if (client !== null) cut(client);
    client = null;
  };
  const ask = async (): Promise<void> => {
    client ??= await open(options.connectionString);
    await measureClock(client as Pick<PoolClient, 'query'>, options.clock);
  };
  const note = (answers: boolean): void => {
    if (answers === !away) return;
    away = !answers;
    for (const guard of guards) away ? guard.shut() : guard.reopen();
    options.onChange(answers);
  };
  const run = async (): Promise<void> => {
    const answers = await within(ask());
    if (!answers) drop();
    if (stopped) return drop();
    note(answers);
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
  const client = new Client({
    connectionString,
    connectionTimeoutMillis,
    application_name: 'usher',
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** Whether it was done in time. */
function within(work: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
      if (ticks >= PATIENCE_TICKS) settle(false);
    }, TICK_MS);
    timer.unref();
    const settle = (done: boolean): void => {
      clearInterval(timer);
      resolve(done);
    };
    work.then(
      () => settle(true),
      () => settle(false),
    );
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

/** Makes its statement fail at once. */
function cut(client: Client | PoolClient): void {
  const { connection } = client as unknown as { connection?: { stream?: { destroy(): void } } };
  connection?.stream?.destroy();
}
