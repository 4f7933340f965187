// Lets a single node do something; another takes over within seconds when it dies.
import type { Client } from 'pg';
import { PrimaryClient } from './primary-client.ts';

export interface Holding {
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 1000;
const ANSWER_WITHIN_MS = 3000;
// It is checked every second. A process that hangs, or a host that vanishes silently, keeps its
// connection.
const SILENT_AT_MOST_MS = 4500;
// A key of two halves never equals a single key, as nodes and workspaces use.
const TRY = 'select pg_try_advisory_lock(1431520594, $1) as held';

/**
 * An advisory lock on a connection of its own: PostgreSQL frees it the moment the process dies, and
 * some seconds after it hangs. `onLost` is called when we may have lost it, and at the end.
 */
export function holdAlone(options: {
  connectionString: string;
  /** The task that only one node may do. */
  number: number;
  onHeld: () => void;
  onLost: () => Promise<void>;
  onError: (error: unknown) => void;
}): Holding {
  const { connectionString, number, onHeld, onLost, onError } = options;
  let stopped = false;
  let wake = () => {};
  const rest = () =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, LOOK_EVERY_MS);
      wake = () => {
        clearTimeout(timer);
        done();
      };
      if (stopped) wake();
    });
  const look = async (client: Client): Promise<void> => {
    let held = false;
    try {
      await client.connect();
      await client.query(`set idle_session_timeout = ${SILENT_AT_MOST_MS}`);
      while (!stopped) {
        if (held) await client.query('select 1');
        else {
          const { rows } = await client.query<{ held: boolean }>(TRY, [number]);
          held = rows[0]?.held === true;
          if (held) onHeld();
        }
        await rest();
      }
    } finally {
      if (held) await onLost();
    }
  };
  const run = async (): Promise<void> => {
    while (!stopped) {
      const client = new PrimaryClient({
        connectionString,
        application_name: 'usher-holder',
        keepAlive: true,
        connectionTimeoutMillis: ANSWER_WITHIN_MS,
        query_timeout: ANSWER_WITHIN_MS,
      });
      client.on('error', () => wake());
      await look(client).catch(onError);
      await client.end().catch(() => {});
      if (!stopped) await rest();
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
  };
}
