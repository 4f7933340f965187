// What the sweep finds that nobody woke a lane for, and what becomes of lanes that are not needed any more.
import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { makeEndpoint } from '../../test/makers/make-endpoint.ts';
import { promising } from '../../test/makers/promising.ts';
import { makeTestClock, moveDatabase } from '../../test/makers/test-clock.ts';
import { defaultPolicy } from '../contract/policy/policy.ts';
import { CLAIM_SECONDS, takeOverDeliveries } from '../store/delivery-claims.ts';
import { insertPolicy, insertWorkspace } from '../store/workspaces.ts';
import { sendDeliveries } from './send-deliveries.ts';

/** Something that is tried again and again. */
async function leaveDelivery(place: Pick<TestDesk, 'desk' | 'workspaceId'>): Promise<void> {
  await makeEndpoint(place, { events: ['conversation.opened'] });
  await makeConversation(place, await makeChannel(place));
}

test('for a removed workspace nothing more is sent, and its claim is given back', async () => {
  const made = await makeDesk();
  const { desk, workspaceId } = made;
  const { db } = desk;
  const other = { desk, workspaceId: uuid() };
  await insertWorkspace(db, { ...other, name: 'Other', defaultCapacity: 2 });
  await insertPolicy(promising(db), { ...other, policy: defaultPolicy, createdBy: 'test' });
  await leaveDelivery(made);
  await leaveDelivery(other);
  const attempts = new Map([workspaceId, other.workspaceId].map((id) => [id, 0]));
  const count = (id: string) => attempts.get(id) ?? 0;
  const errors: unknown[] = [];
  const loop = sendDeliveries({
    ...{ db, clock: desk.clock, nodeId: 1, sweepMs: 20 },
    carry: async ({ workspaceId: id }) => {
      attempts.set(id, count(id) + 1);
      return { state: 'retry', result: 'not yet', afterMs: 10 };
    },
    onAttempts: async () => {},
    onError: (error) => void errors.push(error),
  });
  onTestFinished(() => loop.stop(1000));
  const isClaimed = async () =>
    (await db.query('select from delivery_claim where workspace_id = $1', [workspaceId])).rows
      .length === 1;
  await vi.waitFor(() => expect(count(workspaceId)).toBeGreaterThan(2), 10_000);
  expect(await isClaimed()).toBe(true);
  await db.query('update workspace set removed_at = now() where workspace_id = $1', [workspaceId]);
  await vi.waitFor(async () => expect(await isClaimed()).toBe(false), 10_000);
  const before = [count(workspaceId), count(other.workspaceId)] as const;
  await vi.waitFor(() => expect(count(other.workspaceId)).toBeGreaterThan(before[1] + 5), 10_000);
  expect(count(workspaceId)).toBe(before[0]);
  expect(errors).toEqual([]);
});

function send(
  { desk }: Pick<TestDesk, 'desk'>,
  options: Partial<Parameters<typeof sendDeliveries>[0]> = {},
) {
  const sent: number[] = [];
  const loop = sendDeliveries({
    ...{ db: desk.db, clock: desk.clock, nodeId: 1, sweepMs: 50 },
    carry: async ({ attempts }) => {
      sent.push(attempts);
      return { state: 'done', result: 'ok' };
    },
    onAttempts: async () => {},
    onError: () => {},
    ...options,
  });
  onTestFinished(() => loop.stop(1000));
  return { loop, sent };
}

test.each([-5000, 5000])(
  'with a machine that is wrong by %i ms a claim lasts as long as the database says, and as it is renewed',
  async (skewMs) => {
    const place = await makeDesk();
    const { workspaceId } = place;
    const { db } = place.desk;
    const moved = makeTestClock(db, { skewMs });
    let hangs = false;
    const clock = {
      ...moved,
      after: (ms: number, act: () => void) => moved.after(ms, () => void (hangs || act())),
    };
    // As the connection of a living node does.
    const living = await db.connect();
    onTestFinished(() => living.release(true));
    await living.query('select pg_advisory_lock(1)');
    const never = Promise.withResolvers<null>();
    const carry = vi.fn(() => never.promise);
    const { loop } = send(place, { carry, clock, sweepMs: 60_000 });
    onTestFinished(() => {
      hangs = false;
      never.resolve(null);
    });
    await leaveDelivery(place);
    loop.wake(workspaceId);
    await vi.waitFor(() => expect(carry).toHaveBeenCalledTimes(1), 10_000);
    const secondsLeft = async () =>
      (
        await db.query<{ left: number }>(
          'select extract(epoch from claimed_until - clock_timestamp())::float8 as left from delivery_claim',
        )
      ).rows[0]?.left ?? 0;
    const takeOver = () => takeOverDeliveries(db, { workspaceId, nodeId: 2 });
    for (let times = 0; times < 2; times += 1) {
      await moved.advance((CLAIM_SECONDS / 2) * 1000);
      await vi.waitFor(
        async () => expect(await secondsLeft()).toBeGreaterThan(CLAIM_SECONDS / 2),
        10_000,
      );
    }
    expect(await takeOver()).toBe(0);
    hangs = true;
    await moveDatabase(db, (await secondsLeft()) * 1000 - 5000);
    expect(await takeOver()).toBe(0);
    await moveDatabase(db, 5000);
    expect(await takeOver()).toBe(1);
  },
);

test('what is due is sent though nobody woke the lane', async () => {
  const place = await makeDesk();
  const { sent } = send(place);
  await leaveDelivery(place);
  await vi.waitFor(() => expect(sent).toEqual([1]), 10_000);
});

test('what comes due after its lane was let go is sent in its time', async () => {
  const place = await makeDesk();
  await leaveDelivery(place);
  const dueIn = (ms: number) =>
    place.desk.db.query(
      'update delivery set due_at = clock_timestamp() + make_interval(secs => $1 / 1000.0)',
      [ms],
    );
  await dueIn(1500);
  const { loop, sent } = send(place, { letGoAfterMs: 100 });
  loop.wake(place.workspaceId);
  const claims = async () => (await place.desk.db.query('select from delivery_claim')).rows.length;
  await vi.waitFor(async () => expect(await claims()).toBe(1), 10_000);
  await vi.waitFor(async () => expect(await claims()).toBe(0), 10_000);
  expect(sent).toEqual([]);
  await vi.waitFor(() => expect(sent).toEqual([1]), 10_000);
});

test('what is held of an endpoint that is switched on is released and sent', async () => {
  const place = await makeDesk();
  await leaveDelivery(place);
  await place.desk.db.query(`update delivery set state = 'held'`);
  const { sent } = send(place);
  await vi.waitFor(() => expect(sent).toEqual([1]), 10_000);
});

test('what a node that is gone was sending is sent again', async () => {
  const place = await makeDesk();
  const { desk, workspaceId } = place;
  await leaveDelivery(place);
  await desk.db.query(
    `insert into delivery_claim (workspace_id, node_id, delivery_ids, attempts, claimed_until)
    select workspace_id, 99, array[delivery_id], array[0], clock_timestamp() + interval '1 hour' from delivery`,
  );
  await desk.db.query('insert into delivery_turn (workspace_id) values ($1)', [workspaceId]);
  const { sent } = send(place);
  await vi.waitFor(() => expect(sent).toEqual([2]), 10_000);
});

test('a workspace that has nothing to send costs no query', async () => {
  const place = await makeDesk();
  await leaveDelivery(place);
  const { loop, sent } = send(place, { letGoAfterMs: 100 });
  await vi.waitFor(() => expect(sent).toEqual([1]), 10_000);
  loop.wake(place.workspaceId);
  const claims = async () => (await place.desk.db.query('select from delivery_claim')).rows.length;
  await vi.waitFor(async () => expect(await claims()).toBe(0), 10_000);
  const asked = vi.spyOn(Client.prototype, 'query');
  onTestFinished(() => asked.mockRestore());
  await vi.waitFor(() => expect(asked.mock.calls.length).toBeGreaterThan(20), 10_000);
  const named = asked.mock.calls.filter(([what]) =>
    JSON.stringify(what).includes(place.workspaceId),
  );
  expect(named).toEqual([]);
});
