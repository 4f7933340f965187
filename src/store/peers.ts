// Passes texts between nodes through the database, and tells whether there are other nodes.
import type { Pool } from 'pg';

export const RELAY_CHANNEL = 'usher_relay';
/** The name by which nodes find each other among all connections. */
export const NODE_NAME = 'usher-node';

export interface Peers {
  /** Looks which nodes are there, and announces this one. */
  join(): Promise<void>;
  /** What came on the channel. */
  take(payload: string): void;
  relay(text: string): void;
  any(): boolean;
  stop(): void;
}

// A notification holds 8,000 bytes; base64 takes four thirds.
const CHUNK_BYTES = 5600;
const LOOK_EVERY_MS = 2000;

interface Part {
  from: number;
  /** Numbers the batches of a node. */
  no: number;
  at: number;
  of: number;
  data: string;
}

export function meetPeers(options: {
  nodeId: number;
  run: (text: string, values: unknown[]) => Promise<unknown[]>;
  onRelay?: (text: string) => void;
  onError: (error: Error) => void;
}): Peers {
  const { nodeId, run, onRelay = () => {}, onError } = options;
  const parts = new Map<string, string[]>();
  let found = false;
  let batches = 0;
  let waiting: string[] = [];
  const look = async (): Promise<void> => {
    const rows = await run(COUNT, []);
    found = (rows as { others: boolean }[])[0]?.others ?? found;
  };
  const timer = setInterval(() => look().catch(onError), LOOK_EVERY_MS);
  timer.unref();
  const notify = (part: Partial<Part>) =>
    run('select pg_notify($1, $2)', [RELAY_CHANNEL, JSON.stringify({ from: nodeId, ...part })]);
  const flush = (): void => {
    const data = Buffer.from(JSON.stringify(waiting));
    waiting = [];
    batches += 1;
    const of = Math.ceil(data.length / CHUNK_BYTES);
    for (let at = 0; at < of; at += 1) {
      const chunk = data.subarray(at * CHUNK_BYTES, (at + 1) * CHUNK_BYTES).toString('base64');
      notify({ no: batches, at, of, data: chunk }).catch(onError);
    }
  };
  const takePart = ({ from, no, at, of, data }: Part): void => {
    const key = `${from} ${no}`;
    const got = [...(parts.get(key) ?? []), data];
    // One connection sends them in order, so the last part completes the batch, unless some were
    // lost.
    if (at < of - 1) return void parts.set(key, got);
    parts.delete(key);
    if (got.length !== of) return;
    const whole = Buffer.concat(got.map((chunk) => Buffer.from(chunk, 'base64')));
    for (const text of JSON.parse(whole.toString()) as string[]) onRelay(text);
  };
  return {
    join: async () => {
      await look();
      await notify({});
    },
    take: (payload) => {
      const part = JSON.parse(payload) as Partial<Part>;
      if (part.from === nodeId) return;
      found = true;
      if (part.data !== undefined) takePart(part as Part);
    },
    relay: (text) => {
      if (!found) return;
      if (waiting.length === 0) setImmediate(flush);
      waiting.push(text);
    },
    any: () => found,
    stop: () => clearInterval(timer),
  };
}

/** How many nodes hold a connection for news to this database. */
export async function countNodes(db: { query: Pool['query'] }): Promise<number> {
  const { rows } = await db.query<{ nodes: number }>(COUNT_ALL, [NODE_NAME]);
  return rows[0]?.nodes ?? 0;
}

const COUNT_ALL =
  'select count(*)::integer as nodes from pg_stat_activity where application_name = $1 and datname = current_database()';

const COUNT = `select exists (select from pg_stat_activity where application_name = '${NODE_NAME}'
  and datname = current_database() and pid <> pg_backend_pid()) as others`;
