// Who may still write what of a delivery, when others have taken it over meanwhile.
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { createEndpoint, updateEndpoint } from '../desk/change-endpoint.ts';
import {
  type Delivery,
  type Finish,
  finishDeliveries,
  handBackDeliveries,
  putBackDeliveries,
  takeDueDeliveries,
  takeOverDeliveries,
} from './deliveries.ts';

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
  const [delivery] = await take(made, LATE);
  if (delivery === undefined) throw new Error('Nothing was taken.');
  const pause = () => updateEndpoint(desk, { ...by, endpointId }, { enabled: false });
  const unbind = () => updateEndpoint(desk, { ...by, endpointId }, { events: [] });
  return { ...made, delivery, pause, unbind };
}

function take({ desk, workspaceId }: Pick<TestDesk, 'desk' | 'workspaceId'>, nodeId: number) {
  return takeDueDeliveries(desk.db, { workspaceId, nodeId, free: new Map(), most: 8 });
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
  (await desk.db.query('select state, attempts, sent_by, body from delivery')).rows;

test('a node whose delivery was taken over can neither end it, nor put it back, nor hand it back', async () => {
  const made = await makeTaken();
  const { desk, workspaceId, delivery } = made;
  expect(await takeOverDeliveries(desk.db, { workspaceId, nodeId: OTHER })).toBe(1);
  const [again] = await take(made, OTHER);
  expect(again?.attempts).toBe(2);
  const sending = [{ state: 'sending', attempts: 2, sent_by: OTHER, body: null }];
  const late = { workspaceId, nodeId: LATE };
  expect(await finishDeliveries(desk.db, late, [finishOf(delivery)])).toEqual(new Set());
  await putBackDeliveries(desk.db, late, [delivery]);
  await handBackDeliveries(desk.db, late);
  expect(await read(made)).toEqual(sending);
  expect((await desk.db.query('select 1 from delivery_attempt')).rowCount).toBe(0);
});

test('a node that has taken its own delivery anew cannot write by what it remembers of the first time', async () => {
  const made = await makeTaken();
  const { desk, workspaceId, delivery } = made;
  const me = { workspaceId, nodeId: LATE };
  await desk.db.query('update delivery set sent_until = clock_timestamp()');
  await takeOverDeliveries(desk.db, me);
  const [again] = await take(made, LATE);
  expect(again?.attempts).toBe(2);
  expect(await finishDeliveries(desk.db, me, [finishOf(delivery)])).toEqual(new Set());
  await putBackDeliveries(desk.db, me, [delivery]);
  expect(await read(made)).toMatchObject([{ state: 'sending', attempts: 2 }]);
});

test('a living node keeps what it is sending until its lease is over', async () => {
  const made = await makeTaken();
  const { desk, workspaceId } = made;
  const node = await made.database.pool.connect();
  await node.query('select pg_advisory_lock($1)', [LATE]);
  expect(await takeOverDeliveries(desk.db, { workspaceId, nodeId: OTHER })).toBe(0);
  await desk.db.query('update delivery set sent_until = clock_timestamp()');
  expect(await takeOverDeliveries(desk.db, { workspaceId, nodeId: OTHER })).toBe(1);
  node.release(true);
});

const ways: [string, (made: Awaited<ReturnType<typeof makeTaken>>) => Promise<unknown>][] = [
  [
    'failed',
    ({ desk, workspaceId, delivery }) =>
      finishDeliveries(desk.db, { workspaceId, nodeId: LATE }, [
        finishOf(delivery, { state: 'pending', afterMs: 5000, status: 500 }),
      ]),
  ],
  [
    'was put back',
    ({ desk, workspaceId, delivery }) =>
      putBackDeliveries(desk.db, { workspaceId, nodeId: LATE }, [delivery]),
  ],
  [
    'was handed back',
    ({ desk, workspaceId }) => handBackDeliveries(desk.db, { workspaceId, nodeId: LATE }),
  ],
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
