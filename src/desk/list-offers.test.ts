// Two reads of one list, with a miss between them.
import { expect, test } from 'vitest';
import { eventually } from '../../test/makers/start-test-usher.ts';
import { startWithOffers } from '../../test/makers/start-with-offers.ts';
import { listOffers } from './list-offers.ts';

test('an offer that is missed while it is read is told as missed alone', async () => {
  // By one miss she is away, so it is not offered to her again.
  const { usher, addAgent, open, offeredTo, offersOf } = await startWithOffers({
    ...{ within: 20, misses: 1 },
  });
  const { id: agentId, token } = await addAgent('Ana');
  const id = await open();
  await offeredTo(id, agentId);
  const { rows } = await usher.database.pool.query('select workspace_id from agent');
  const missing = async () => {
    await usher.clock.advance(20_001);
    await eventually(
      () => offersOf(token),
      ({ missed }) => missed.length > 0,
    );
  };
  const { db } = usher.desk;
  const query = async (statement: { name: string; text: string; values: unknown[] }) => {
    if (statement.name === 'list-missed-offers') await missing();
    return db.query(statement);
  };
  const slow = { query } as unknown as typeof db;
  const told = await listOffers({ db: slow }, { workspaceId: rows[0].workspace_id, agentId });
  expect(told).toMatchObject({ items: [], missed: [{ conversationId: id }] });
});
