// One way to bring many deliveries to their receiver, in a process of its own: Usher's loop, or bare requests.
import { Pool as Connections } from 'undici';
import { openPool } from '../src/store/pool.ts';
import { runLoop } from './delivery-loop.ts';

/** `count` deliveries are due for the loop; the bare way repeats the latest so many that it sent. */
export interface DeliveryOrder {
  way: 'loop' | 'bare';
  connectionString: string;
  workspaceId: string;
  url: string;
  count: number;
}

export interface DeliveryTime {
  seconds: number;
}

const AT_ONCE = 8;

async function sendByLoop({ connectionString, workspaceId, count }: DeliveryOrder) {
  const db = openPool({ connectionString, onIdleError: () => {} });
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
  await db.end();
  return seconds;
}

interface Sent {
  body: string;
  headers: Record<string, string>;
}

async function sendBare({ connectionString, workspaceId, url, count }: DeliveryOrder) {
  const db = openPool({ connectionString, onIdleError: () => {} });
  const { rows } = await db.query<Sent>(
    `select d.body, a.request_headers as headers from delivery d
    join delivery_attempt a on a.workspace_id = $1 and a.delivery_id = d.delivery_id
    where d.workspace_id = $1 order by d.delivery_id desc limit $2`,
    [workspaceId, count],
  );
  await db.end();
  const connections = new Connections(new URL(url).origin, { connections: AT_ONCE });
  const began = performance.now();
  const sender = async (): Promise<void> => {
    for (let next = rows.pop(); next !== undefined; next = rows.pop()) {
      const request = { path: '/hook', method: 'POST' as const, ...next };
      const { body } = await connections.request(request);
      await body.text();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  const seconds = (performance.now() - began) / 1000;
  await connections.close();
  return seconds;
}

// Whoever asked may be gone without a word.
process.once('disconnect', () => process.exit());
process.on('message', async (order: DeliveryOrder | 'stop') => {
  if (order === 'stop') return process.disconnect();
  const seconds = await (order.way === 'loop' ? sendByLoop(order) : sendBare(order));
  process.send?.({ seconds } satisfies DeliveryTime);
});
