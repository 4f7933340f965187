// A node's connection for news from other nodes; while it stands, the node counts as alive.
import { randomInt } from 'node:crypto';
import type { Client } from 'pg';
import { inTurn } from './in-turn.ts';
import { isOutage } from './is-outage.ts';
import { meetPeers, NODE_NAME, RELAY_CHANNEL } from './peers.ts';
import { cut } from './primary.ts';
import { PrimaryClient } from './primary-client.ts';

export interface Wake {
  workspaceId: string;
  /** What changed: something routing cares about, or a channel's settings. */
  what: 'routing' | 'channels';
}

export interface Node {
  /** Names this process in the deliveries that it sends. */
  readonly nodeId: number;
  /** Tells the other nodes. Best effort: their sweep finds what is lost here. */
  tell(wake: Wake): void;
  /** Passes a text of any length on to all other nodes, in order; nothing where there are none. */
  relay(text: string): void;
  /** Whether other nodes are there, as far as is known. */
  hasPeers(): boolean;
  stop(): Promise<void>;
}

const CHANNEL = 'usher_wake';
const RECONNECT_MS = 1000;
const SAY_WITHIN_MS = 1000;
// A server that vanished without a word keeps the connection open; then the locks of another one count.
const ANSWER_WITHIN_MS = 4500;

/**
 * Holds an advisory lock named by the node's number for as long as the connection lives: PostgreSQL
 * frees it the moment the process dies, and the others take over what it was sending.
 */
export async function joinNodes(options: {
  connectionString: string;
  onWake: (wake: Wake) => void;
  /** A text that another node passed on. */
  onRelay?: (text: string) => void;
  onError: (error: Error) => void;
}): Promise<Node> {
  const nodeId = randomInt(1, 2 ** 47);
  let stopped = false;
  let client: Client | undefined;
  // A connection takes one statement at a time.
  const run = (text: string, values: unknown[]): Promise<unknown[]> =>
    inTurn(`node ${nodeId}`, async () => (client && (await ask(client, text, values))) ?? []);
  const peers = meetPeers({ ...options, nodeId, run });
  const connect = async (): Promise<void> => {
    const next = new PrimaryClient({
      connectionString: options.connectionString,
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
    });
    next.on('error', options.onError);
    next.on('end', () => {
      client = undefined;
      if (!stopped) setTimeout(() => void reconnect(), RECONNECT_MS).unref();
    });
    next.on('notification', ({ channel, payload = '' }) => {
      if (channel === RELAY_CHANNEL) return peers.take(payload);
      const wake = readWake(payload, nodeId);
      if (wake !== null) options.onWake(wake);
    });
    await next.connect();
    // Not set in the connection's options: a name in DATABASE_URL would override it.
    await next.query(
      `set application_name = '${NODE_NAME}'; listen ${CHANNEL}; listen ${RELAY_CHANNEL}`,
    );
    await next.query('select pg_advisory_lock($1)', [nodeId]);
    client = next;
    await peers.join();
  };
  const reconnect = (): Promise<void> => connect().catch(options.onError);
  await connect();
  return {
    nodeId,
    tell: ({ workspaceId, what }) => {
      const payload = JSON.stringify({ workspaceId, what, from: nodeId });
      run('select pg_notify($1, $2)', [CHANNEL, payload]).catch(options.onError);
    },
    relay: peers.relay,
    hasPeers: peers.any,
    stop: async () => {
      stopped = true;
      peers.stop();
      const leaving = client;
      client = undefined;
      const end = async () => leaving?.end();
      // Sends queued texts first: afterwards they would fail, and be logged.
      await inTurn(`node ${nodeId}`, end, { withinMs: SAY_WITHIN_MS }).catch(end);
    },
  };
}

/** A connection that does not answer is given up: it is opened again, perhaps to another server. */
async function ask(client: Client, text: string, values: unknown[]): Promise<unknown[]> {
  try {
    return (await client.query(text, values)).rows;
  } catch (error) {
    if (isOutage(error)) cut(client);
    throw error;
  }
}

function readWake(payload: string | undefined, nodeId: number): Wake | null {
  const { workspaceId, what, from } = JSON.parse(payload ?? '{}') as Partial<
    Wake & { from: number }
  >;
  if (workspaceId === undefined || what === undefined || from === nodeId) return null;
  return { workspaceId, what };
}
