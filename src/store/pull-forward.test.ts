// A take that is looking while somebody changes what waits in front.

import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { makeEndpoint } from '../../test/makers/make-endpoint.ts';
import { promising } from '../../test/makers/promising.ts';
import { createDeliveryClaim } from './delivery-claims.ts';
import { hastenDelivery } from './delivery-log.ts';
import { pullForward } from './pull-forward.ts';
import { takeDueDeliveries } from './take-deliveries.ts';
import { withTx } from './tx.ts';

test('a take that found one behind a retry puts nothing off when the retry is hastened before it writes', async () => {
  const made = await makeDesk();
  const { desk, workspaceId, database } = made;
  const endpointId = await makeEndpoint(made, { events: ['conversation.opened'] });
  await makeConversation(made, await makeChannel(made));
  // Another behind it, and the first waits for its retry.
  await database.pool.query(
    `insert into delivery (workspace_id, subscriber_id, stream_id, event_id, type, due_at, created_at)
    select workspace_id, subscriber_id, stream_id, gen_random_uuid(), type, due_at, created_at from delivery`,
  );
  const { rows } = await database.pool.query<{ id: number; streamId: string }>(
    `update delivery set due_at = due_at + interval '1 hour' where delivery_id = (select min(delivery_id) from delivery)
    returning delivery_id as id, stream_id as "streamId"`,
  );
  const [{ id, streamId } = { id: 0, streamId: '' }] = rows;
  const claimId = await createDeliveryClaim(database.pool, { workspaceId, nodeId: 1 });
  const key = { workspaceId, claimId, underWay: [], gaveUp: false, most: 8 };
  const taking = await withTx(desk.db, async (tx) => {
    await hastenDelivery(promising(tx), { workspaceId, deliveryId: id });
    await pullForward(promising(tx), { workspaceId, endpointId, streamIds: [streamId] });
    // Sees neither, and has to wait for the turn.
    const began = { take: takeDueDeliveries(desk.db, { ...key, places: new Map() }) };
    await waitsForLock(database.pool);
    return began;
  });
  expect((await taking.take)?.deliveries).toMatchObject([{ deliveryId: id }]);
  const { rows: put } = await database.pool.query(
    'select from delivery where behind_until is not null',
  );
  expect(put).toEqual([]);
});

/** In this database: others on the same server wait too. */
const waiting = `select from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock'`;

async function waitsForLock(pool: { query(text: string): Promise<{ rowCount: number | null }> }) {
  await expect.poll(async () => (await pool.query(waiting)).rowCount).toBeGreaterThan(0);
}
