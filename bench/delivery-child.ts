// Sends many deliveries to their receiver in a separate process: by Usher's loop, or by bare requests,
// sequential or a few in parallel.
import type { Pool } from 'pg';
import { Pool as Connections } from 'undici';
import { openPool } from '../src/store/pool.ts';
import { runLoop } from './delivery-loop.ts';

/** `count` deliveries are due for the loop; the bare ways repeat the latest so many that it sent. */
export interface DeliveryOrder {
  way: 'loop' | 'sequential' | 'parallel';
  connectionString: string;
  workspaceId: string;
  url: string;
  count: number;
}

export interface DeliveryTime {
  seconds: number;
}

/** As many as the loop has under way at one endpoint. */
const AT_ONCE = 8;

let pool: Pool | undefined;

/** One for all rounds, as a server has it: what a connection has prepared it need not plan again. */
function poolOf({ connectionString }: DeliveryOrder): Pool {
  pool ??= openPool({ connectionString, onIdleError: () => {} });
  return pool;
}

async function sendByLoop(order: DeliveryOrder) {
  const { workspaceId, count } = order;
  const db = poolOf(order);
  let left = count;
  const done = Promise.withResolvers<void>();
  const began = performance.now();
  const loop = runLoop(db, (attempts) => {
    left -= attempts;
    if (left <= 0) done.resolve();
  });
  loop.wake(workspaceId);
  await done.promise;
  const seconds = (performance.now() - began) / 1000;
  await loop.close();
  return seconds;
}

interface Sent {
  body: string;
  headers: Record<string, string>;
}

async function sendBare(order: DeliveryOrder, atOnce: number) {
  const { workspaceId, url, count } = order;
  const { rows } = await poolOf(order).query<Sent>(
    `select d.body, a.request_headers as headers
    from (select delivery_id, body from delivery where workspace_id = $1 order by delivery_id desc limit $2) d
    cross join lateral (
      select request_headers from delivery_attempt where workspace_id = $1 and delivery_id = d.delivery_id limit 1) a`,
    [workspaceId, count],
  );
  const connections = new Connections(new URL(url).origin, { connections: atOnce });
  const began = performance.now();
  const sender = async (): Promise<void> => {
    for (let next = rows.pop(); next !== undefined; next = rows.pop()) {
      const request = { path: '/hook', method: 'POST' as const, ...next };
      const { body } = await connections.request(request);
      await body.text();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
  const seconds = (performance.now() - began) / 1000;
  await connections.close();
  return seconds;
}

function send(order: DeliveryOrder): Promise<number> {
  if (order.way === 'loop') return sendByLoop(order);
  return sendBare(order, order.way === 'sequential' ? 1 : AT_ONCE);
}

// The parent may have ended without saying so.
process.once('disconnect', () => process.exit());
process.on('message', async (order: DeliveryOrder | 'stop') => {
  if (order === 'stop') {
    await pool?.end();
    return process.disconnect();
  }
  const seconds = await send(order);
  process.send?.({ seconds } satisfies DeliveryTime);
});
