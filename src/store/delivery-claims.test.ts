// Who may still write what of a delivery, when others have taken it over meanwhile.
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { createEndpoint, updateEndpoint } from '../desk/change-endpoint.ts';
import {
  CLAIM_SECONDS,
  createDeliveryClaim,
  type Delivery,
  giveUpDeliveries,
  handBackDeliveries,
  renewDeliveryClaim,
  takeOverDeliveries,
} from './delivery-claims.ts';
import { listDeliveries } from './delivery-log.ts';
import { type Finish, finishDeliveries } from './finish-deliveries.ts';
import { takeDueDeliveries } from './take-deliveries.ts';

const LATE = 1;
const OTHER = 2;

/** One delivery, taken by the node LATE; nobody holds its lock, so it counts as dead. */
async function makeTaken() {
  const made = await makeDesk();
  const { desk, workspaceId } = made;
  const events = ['conversation.opened'];
  const by = { workspaceId, actor: 'test' };
  const endpointId = await createEndpoint(desk, by, { url: 'https://example.com/hook', events });
  await makeConversation(made, await makeChannel(made));
  const { key: late, taken } = await claim(made, LATE);
  const [delivery] = taken ?? [];
  if (delivery === undefined) throw new Error('Nothing was taken.');
  const pause = () => updateEndpoint(desk, { ...by, endpointId }, { enabled: false });
  const unbind = () => updateEndpoint(desk, { ...by, endpointId }, { events: [] });
  return { ...made, endpointId, late, delivery, pause, unbind };
}

type Made = Pick<TestDesk, 'desk' | 'workspaceId'>;

/** A claim of that node, and what is due under it. */
async function claim({ desk, workspaceId }: Made, nodeId: number) {
  const claimId = await createDeliveryClaim(desk.db, { workspaceId, nodeId });
  const key = { workspaceId, claimId };
  return { key, taken: await take(desk, key) };
}

async function take(
  desk: TestDesk['desk'],
  key: { workspaceId: string; claimId: number },
  underWay: readonly Delivery[] = [],
) {
  const rest = { underWay, gaveUp: true, places: new Map(), most: 8 };
  return (await takeDueDeliveries(desk.db, { ...key, ...rest }))?.deliveries ?? null;
}

function finishOf(delivery: Delivery, change: Partial<Finish> = {}): Finish {
  return {
    delivery,
    state: 'done',
    afterMs: 0,
    parked: false,
    refusals: 0,
    uncertain: false,
    result: 'delivered',
    status: 200,
    answer: '',
    address: null,
    requestHeaders: null,
    body: '{}',
    startedAt: new Date(),
    latencyMs: 1,
    ...change,
  };
}

const read = async ({ desk }: Pick<TestDesk, 'desk'>) =>
  (await desk.db.query('select state, attempts, uncertain, body from delivery')).rows;
const untouched = { state: 'pending', attempts: 0, uncertain: false, body: null };
const expire = ({ clock }: Pick<TestDesk, 'clock'>) => clock.advance(CLAIM_SECONDS * 1000);

test('what one claim holds no other takes, and it shows as being sent', async () => {
  const made = await makeTaken();
  const { desk, workspaceId, endpointId, late, delivery } = made;
  expect((await claim(made, OTHER)).taken).toEqual([]);
  expect(await take(desk, late, [delivery])).toEqual([]);
  const args = { workspaceId, endpointId, before: Number.MAX_SAFE_INTEGER, limit: 5 };
  expect(await listDeliveries(desk.db, args)).toMatchObject([{ state: 'sending', attempts: 0 }]);
  expect(await listDeliveries(desk.db, { ...args, state: 'pending' })).toEqual([]);
});

test('what was taken and not begun can be taken by another', async () => {
  const made = await makeTaken();
  const { desk, late } = made;
  await made.pause();
  expect(await take(desk, late)).toEqual([]);
  await desk.db.query(
    `update delivery set state = 'pending'; update endpoint set enabled = true, disabled_reason = null`,
  );
  expect((await claim(made, OTHER)).taken).toMatchObject([{ attempts: 1, uncertain: false }]);
});

test('a retry is due again although the claim of its last attempt was not written anew', async () => {
  const made = await makeTaken();
  const { desk, late, delivery } = made;
  await finishDeliveries(desk.db, late, [finishOf(delivery, { state: 'pending', status: 500 })]);
  expect((await claim(made, OTHER)).taken).toMatchObject([{ attempts: 2 }]);
});

test('the facts go when there is the body that was made of them, which every later attempt repeats', async () => {
  const made = await makeTaken();
  const { desk, late, delivery } = made;
  const body = '{"text":"ünï \\"quoted\\" \u2028 {,}"}';
  const again = finishOf(delivery, { state: 'pending', status: 500, body });
  await finishDeliveries(desk.db, late, [again]);
  const { taken } = await claim(made, OTHER);
  expect(taken).toMatchObject([{ body, payload: {} }]);
});

test('a node whose delivery was taken over can neither end it, nor give it up, nor hand it back', async () => {
  const made = await makeTaken();
  const { desk, workspaceId, late, delivery } = made;
  expect(await takeOverDeliveries(desk.db, { workspaceId, nodeId: OTHER })).toBe(1);
  const { taken } = await claim(made, OTHER);
  expect(taken).toMatchObject([{ attempts: 2, uncertain: true }]);
  expect(await finishDeliveries(desk.db, late, [finishOf(delivery)])).toEqual(new Set());
  await giveUpDeliveries(desk.db, late, [delivery]);
  await handBackDeliveries(desk.db, late, [delivery]);
  expect(await renewDeliveryClaim(desk.db, late)).toBe(false);
  expect(await take(desk, late)).toBeNull();
  expect(await read(made)).toEqual([{ ...untouched, attempts: 1, uncertain: true }]);
  expect((await desk.db.query('select 1 from delivery_attempt')).rowCount).toBe(0);
});

test('a node that has taken its own delivery anew cannot write by what it remembers of the first time', async () => {
  const made = await makeTaken();
  const { desk, late, delivery } = made;
  await giveUpDeliveries(desk.db, late, [delivery]);
  const [again] = (await take(desk, late)) ?? [];
  expect(again?.attempts).toBe(2);
  expect(await finishDeliveries(desk.db, late, [finishOf(delivery)])).toEqual(new Set());
  await giveUpDeliveries(desk.db, late, [delivery]);
  expect(await read(made)).toEqual([{ ...untouched, attempts: 1, uncertain: true }]);
});

test('a living node keeps what it is sending until its claim has run out', async () => {
  const made = await makeTaken();
  const { desk, workspaceId, late } = made;
  const node = await made.database.pool.connect();
  await node.query('select pg_advisory_lock($1)', [LATE]);
  expect(await takeOverDeliveries(desk.db, { workspaceId, nodeId: OTHER })).toBe(0);
  await expire(made);
  expect(await renewDeliveryClaim(desk.db, late)).toBe(true);
  expect(await takeOverDeliveries(desk.db, { workspaceId, nodeId: OTHER })).toBe(0);
  await expire(made);
  expect(await takeOverDeliveries(desk.db, { workspaceId, nodeId: OTHER })).toBe(1);
  node.release(true);
});

test('an attempt that is being written while its claim is taken over counts once', async () => {
  const made = await makeTaken();
  const { desk, workspaceId, late, delivery } = made;
  const [ours, taken] = await Promise.all([
    finishDeliveries(desk.db, late, [finishOf(delivery)]),
    takeOverDeliveries(desk.db, { workspaceId, nodeId: OTHER }),
  ]);
  expect(ours.size + taken).toBe(1);
  expect(await read(made)).toMatchObject([
    ours.size === 1 ? { state: 'done', attempts: 1 } : { state: 'pending', uncertain: true },
  ]);
});

test('two nodes that take at the same moment share the endpoint’s eight places, and neither takes what the other has', async () => {
  const made = await makeTaken();
  await takeOverDeliveries(made.desk.db, { workspaceId: made.workspaceId, nodeId: OTHER });
  const channel = await makeChannel(made);
  for (let n = 0; n < 9; n += 1) await makeConversation(made, channel);
  const both = await Promise.all([claim(made, LATE), claim(made, OTHER)]);
  const ids = both.flatMap(({ taken }) => taken ?? []).map(({ deliveryId }) => deliveryId);
  expect(ids).toHaveLength(8);
  expect(new Set(ids).size).toBe(8);
});

const ways: [string, (made: Awaited<ReturnType<typeof makeTaken>>) => Promise<unknown>][] = [
  [
    'failed',
    ({ desk, late, delivery }) =>
      finishDeliveries(desk.db, late, [
        finishOf(delivery, { state: 'pending', afterMs: 5000, status: 500 }),
      ]),
  ],
  ['was given up', ({ desk, late, delivery }) => giveUpDeliveries(desk.db, late, [delivery])],
  ['was handed back', ({ desk, late, delivery }) => handBackDeliveries(desk.db, late, [delivery])],
  [
    'was taken over',
    ({ desk, workspaceId }) => takeOverDeliveries(desk.db, { workspaceId, nodeId: OTHER }),
  ],
];

test.each(ways)('what %s while its endpoint was paused is held', async (_how, act) => {
  const made = await makeTaken();
  await made.pause();
  await act(made);
  expect(await read(made)).toMatchObject([{ state: 'held' }]);
});

test.each(ways)('what %s while its type was unbound is over', async (_how, act) => {
  const made = await makeTaken();
  await made.unbind();
  await act(made);
  expect(await read(made)).toMatchObject([{ state: 'failed' }]);
});

test('what arrives although it was cancelled meanwhile is done, and stays over if it did not', async () => {
  for (const [state, ends] of [
    ['done', 'done'],
    ['pending', 'failed'],
  ] as const) {
    const made = await makeTaken();
    await made.unbind();
    await finishDeliveries(made.desk.db, made.late, [finishOf(made.delivery, { state })]);
    expect(await read(made)).toMatchObject([{ state: ends, attempts: 1 }]);
    expect((await made.desk.db.query('select 1 from delivery_attempt')).rowCount).toBe(1);
  }
});
