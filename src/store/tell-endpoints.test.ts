// No event without its deliveries, and no delivery to anybody else.

import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { makeEndpoint } from '../../test/makers/make-endpoint.ts';
import { promising } from '../../test/makers/promising.ts';
import { defaultPolicy } from '../contract/policy/policy.ts';
import { updateEndpoint } from '../desk/change-endpoint.ts';
import { closeConversation } from '../desk/close-conversation.ts';
import { insertPolicy, insertWorkspace } from './workspaces.ts';

interface Row {
  endpointId: string;
  eventId: string;
  type: string;
  state: string;
  payload: { event: string; seq: number; conversation: Record<string, unknown> };
}

async function rowsOf({ database, workspaceId }: Pick<TestDesk, 'database' | 'workspaceId'>) {
  const { rows } = await database.pool.query<Row>(
    `select subscriber_id as "endpointId", event_id as "eventId", type, state, payload from delivery
    where workspace_id = $1 and event_id is not null order by delivery_id`,
    [workspaceId],
  );
  return rows;
}

const close = ({ desk, workspaceId }: TestDesk, conversationId: string) =>
  closeConversation(desk, {
    workspaceId,
    conversationId,
    actor: 'Ana',
    acting: null,
    tellRemote: false,
  });

test('every type that an endpoint is bound to is a delivery of its own, of the one event', async () => {
  const place = await makeDesk();
  const events = ['session_state_open', 'conversation.opened', 'session_state_close'];
  await makeEndpoint(place, { events });
  await makeConversation(place, await makeChannel(place));
  const rows = await rowsOf(place);
  expect(rows.map(({ type }) => type).toSorted()).toEqual([
    'conversation.opened',
    'session_state_open',
  ]);
  const { rows: logged } = await place.database.pool.query('select event_id, seq from event');
  expect(logged).toEqual([{ event_id: rows[0]?.eventId, seq: 1 }]);
  expect(new Set(rows.map(({ eventId }) => eventId)).size).toBe(1);
});

test('every endpoint that is bound gets its own; the ones that are switched off for later', async () => {
  const place = await makeDesk();
  const [on, off] = [await makeEndpoint(place), await makeEndpoint(place)];
  await makeEndpoint(place, { events: ['session_state_close'] });
  const key = { workspaceId: place.workspaceId, endpointId: off, actor: 'test' };
  await updateEndpoint(place.desk, key, { enabled: false });
  await makeConversation(place, await makeChannel(place));
  const states = (await rowsOf(place)).map(({ endpointId, state }) => [endpointId, state]);
  expect(Object.fromEntries(states)).toEqual({ [on]: 'pending', [off]: 'held' });
});

test('the endpoints of other workspaces hear nothing', async () => {
  const place = await makeDesk();
  const other = { ...place, workspaceId: uuid() };
  const db = place.database.pool;
  const { workspaceId } = other;
  await insertWorkspace(db, { workspaceId, name: 'Other', defaultCapacity: 2 });
  await insertPolicy(promising(db), { workspaceId, policy: defaultPolicy, createdBy: 'test' });
  await makeEndpoint(other);
  const mine = await makeEndpoint(place);
  await makeConversation(place, await makeChannel(place));
  expect(await rowsOf(other)).toEqual([]);
  expect((await rowsOf(place)).map(({ endpointId }) => endpointId)).toEqual([mine]);
});

test('the facts are frozen as they were when the event had happened', async () => {
  const place = await makeDesk();
  await makeEndpoint(place, { events: ['session_state_open', 'session_state_close'] });
  const id = await makeConversation(place, await makeChannel(place));
  await close(place, id);
  await place.database.pool.query(`update conversation set tags = '{later}'`);
  const [opened, closed] = await rowsOf(place);
  expect(opened?.payload).toMatchObject({
    event: 'conversation.opened',
    seq: 1,
    conversation: { id, state: 'waiting', closedAt: null },
  });
  expect(closed?.payload).toMatchObject({
    event: 'conversation.closed',
    seq: 2,
    conversation: { id, state: 'closed', closedAt: expect.any(String), tags: [] },
  });
});

test('a burst that is opened by one statement tells of each', async () => {
  const place = await makeDesk();
  await makeEndpoint(place);
  const channel = await makeChannel(place);
  const ids = await Promise.all(Array.from({ length: 20 }, () => makeConversation(place, channel)));
  const told = (await rowsOf(place)).map(({ payload }) => payload.conversation.id);
  expect(told.toSorted()).toEqual(ids.toSorted());
});
