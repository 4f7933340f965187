// Moves the time of a server that sends deliveries, once what is being sent has ended.
import { eventually, type TestUsher } from './start-test-usher.ts';

/** In the middle of an attempt it would be taken for a node that hangs, and its deliveries would be taken over. */
export async function advanceAtRest({ database, clock }: TestUsher, ms: number): Promise<void> {
  await eventually(
    () =>
      database.pool.query(
        `select from delivery_claim c, unnest(c.delivery_ids, c.attempts) as taken(id, attempts), delivery d
        where d.delivery_id = taken.id and d.attempts = taken.attempts and d.state = 'pending' limit 1`,
      ),
    ({ rowCount }) => rowCount === 0,
  );
  await clock.advance(ms);
}
