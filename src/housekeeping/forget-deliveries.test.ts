// The log of deliveries loses what is long over, and nothing that is still to be sent.
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { purgeDeliveries } from '../store/delivery-log.ts';
import { forgetDeliveries } from './forget-deliveries.ts';

/** Each with an attempt in the log. */
async function addDeliveries(
  { database, workspaceId }: Pick<TestDesk, 'database' | 'workspaceId'>,
  { state, days, count = 1 }: { state: string; days: number; count?: number },
): Promise<void> {
  await database.pool.query(
    `with added as (
      insert into delivery (workspace_id, subscriber_id, stream_id, event_id, type, state, due_at, created_at)
      select $1, $2, gen_random_uuid(), gen_random_uuid(), 'conversation.opened', $3, now(), now() - make_interval(days => $4)
      from generate_series(1, $5::integer) returning delivery_id)
    insert into delivery_attempt (workspace_id, delivery_id, attempt, started_at, latency_ms, result)
    select $1, delivery_id, 1, now(), 1, 'x' from added`,
    [workspaceId, uuid(), state, days, count],
  );
}

async function left({ database }: TestDesk): Promise<[string, number][]> {
  const { rows } = await database.pool.query(
    'select state, count(*)::integer as count from delivery group by state order by state',
  );
  return rows.map(({ state, count }) => [state, count]);
}

/** Answers how many went. */
async function forget({ database }: TestDesk, workspaceId: string): Promise<number> {
  const { pool: db } = database;
  const count = async () =>
    (await db.query<{ n: number }>('select count(*)::integer as n from delivery')).rows[0]?.n ?? 0;
  const before = await count();
  const act = forgetDeliveries({ db, days: 30 });
  expect(await act(workspaceId, () => true)).toBe(false);
  return before - (await count());
}

test('only what is old and over, or held, goes; its attempts go with it', async () => {
  const place = await makeDesk();
  const states = ['pending', 'held', 'done', 'failed'];
  for (const state of states) {
    await addDeliveries(place, { state, days: 31 });
    await addDeliveries(place, { state, days: 29 });
  }
  const { pool: db } = place.database;
  expect(await forget(place, place.workspaceId)).toBe(3);
  const counts = { pending: 2, held: 1, done: 1, failed: 1 };
  expect(Object.fromEntries(await left(place))).toEqual(counts);
  const { rows } = await db.query(
    `select count(*)::integer as all, count(*) filter (where not exists (select from delivery d
      where d.delivery_id = a.delivery_id))::integer as orphans from delivery_attempt a`,
  );
  expect(rows).toEqual([{ all: 5, orphans: 0 }]);
});

test('it walks past thousands that stay, and stops where all are young', async () => {
  const place = await makeDesk();
  await addDeliveries(place, { state: 'pending', days: 40, count: 2100 });
  await addDeliveries(place, { state: 'done', days: 40, count: 1500 });
  await addDeliveries(place, { state: 'done', days: 1, count: 1200 });
  const { pool: db } = place.database;
  const { workspaceId } = place;
  expect(await forget(place, workspaceId)).toBe(1500);
  expect(await left(place)).toEqual([
    ['done', 1200],
    ['pending', 2100],
  ]);
  const { rows } = await db.query(
    `select max(delivery_id) as id from delivery where state = 'pending'`,
  );
  const young = await purgeDeliveries(db, { workspaceId, afterId: rows[0].id, days: 30 });
  expect(young).toMatchObject({ purged: 0, more: false });
});

test('the other workspaces keep theirs', async () => {
  const place = await makeDesk();
  await addDeliveries(place, { state: 'done', days: 40 });
  expect(await forget(place, uuid())).toBe(0);
  expect(await left(place)).toEqual([['done', 1]]);
});

test('while one node is at it, the others leave it alone', async () => {
  const place = await makeDesk();
  await addDeliveries(place, { state: 'done', days: 40 });
  const { pool: db } = place.database;
  const { workspaceId } = place;
  const other = await db.connect();
  await other.query(`select pg_advisory_lock(hashtextextended('usher purge ' || $1, 0))`, [
    workspaceId,
  ]);
  expect(await forget(place, workspaceId)).toBe(0);
  await other.query('select pg_advisory_unlock_all()');
  other.release();
  expect(await forget(place, workspaceId)).toBe(1);
});

test('a turn that is over goes on with the next where it ended', async () => {
  const place = await makeDesk();
  await addDeliveries(place, { state: 'pending', days: 40, count: 1000 });
  await addDeliveries(place, { state: 'done', days: 40, count: 1500 });
  const { workspaceId } = place;
  const act = forgetDeliveries({ db: place.database.pool, days: 30 });
  const once = () => {
    let asked = 0;
    return () => {
      asked += 1;
      return asked === 1;
    };
  };
  expect(await act(workspaceId, once())).toBe(true);
  expect(await left(place)).toEqual([
    ['done', 1500],
    ['pending', 1000],
  ]);
  expect(await act(workspaceId, once())).toBe(true);
  expect(await act(workspaceId, () => true)).toBe(false);
  expect(await left(place)).toEqual([['pending', 1000]]);
});
