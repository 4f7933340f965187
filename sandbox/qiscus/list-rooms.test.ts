// Which rooms the API finds, by which filters, in which encodings (protocols/qiscus.md §3.5).

import { request } from 'undici';
import { expect, test } from 'vitest';
import { keyOf, logIn, makeRoom, type Outsider, startOutsider } from './test-outsiders.ts';

const ROOMS = '/api/v2/customer_rooms';

interface RoomAnswer {
  data: { customer_rooms: { room_id: string }[] };
}

const idsOf = (json: unknown) =>
  (json as RoomAnswer).data.customer_rooms.map(({ room_id }) => room_id);

/** A room that waits, one that is served, one that is resolved. */
function makeThree(outsider: Outsider) {
  const [waiting, served, resolved] = [1, 2, 3].map(() => makeRoom(outsider)) as [
    string,
    string,
    string,
  ];
  outsider.qiscus.assignByHand({
    roomId: served,
    agentId: outsider.qiscus.addAgent({ name: 'Ana' }).id,
  });
  outsider.qiscus.resolveByHand({ roomId: resolved });
  return { waiting, served, resolved };
}

test('rooms are found by whether they wait, are served or resolved', async () => {
  const outsider = await startOutsider();
  const { waiting, served, resolved } = makeThree(outsider);
  const find = async (query: Record<string, string>) =>
    idsOf((await outsider.call(ROOMS, { query })).json);
  expect(await find({ serve_status: 'unserved' })).toEqual([waiting]);
  expect(await find({ serve_status: 'served' })).toEqual([served]);
  expect(await find({ status: 'resolved' })).toEqual([resolved]);
  expect(await find({ status: 'unresolved' })).toEqual([served, waiting]);
});

test('with dirtyUnserved the filter lets served and resolved rooms through', async () => {
  const outsider = await startOutsider({ dirtyUnserved: true });
  const { waiting, served, resolved } = makeThree(outsider);
  const query = { serve_status: 'unserved', status: 'unresolved' };
  const { json } = await outsider.call(ROOMS, { query });
  expect(idsOf(json)).toEqual([resolved, served, waiting]);
});

test('filters come as a query, as JSON with POST, and as JSON with GET', async () => {
  const outsider = await startOutsider();
  const wanted = makeRoom(outsider, 102);
  makeRoom(outsider);
  const filter = { channels: [{ channel_id: 102, source: 'wa' }] };
  const query = { 'channels[0][channel_id]': '102' };
  expect(idsOf((await outsider.call(ROOMS, { query })).json)).toEqual([wanted]);
  expect(idsOf((await outsider.call(ROOMS, { json: filter })).json)).toEqual([wanted]);
  const answer = await request(new URL(ROOMS, outsider.qiscus.url), {
    method: 'GET',
    headers: { ...keyOf(outsider.qiscus), 'content-type': 'application/json' },
    body: JSON.stringify(filter),
  });
  expect(idsOf(await answer.body.json())).toEqual([wanted]);
});

test('rooms are found by customer and by name', async () => {
  const outsider = await startOutsider();
  makeRoom(outsider);
  const sari = { userId: 'sari@example.com', name: 'Sari Dewi', text: 'Hi' };
  const { roomId } = outsider.qiscus.customerMessage(sari);
  for (const json of [{ user_ids: ['sari@example.com'] }, { name: 'dewi' }]) {
    expect(idsOf((await outsider.call(ROOMS, { json })).json)).toEqual([roomId]);
  }
});

test('a room tells its channel and customer, never its agent; an unknown one is not found', async () => {
  const outsider = await startOutsider();
  const { served } = makeThree(outsider);
  const { json } = await outsider.call<{ data: { customer_room: object } }>(`${ROOMS}/${served}`);
  const room = json.data.customer_room;
  expect(room).toMatchObject({ room_id: served, channel_id: 101, source: 'qiscus' });
  expect(Object.keys(room).filter((key) => key.includes('agent'))).toEqual([]);
  expect(await outsider.call(`${ROOMS}/0`)).toMatchObject({ status: 404 });
});

test('total_unserved counts the open and the waiting rooms', async () => {
  const outsider = await startOutsider();
  makeThree(outsider);
  const path = '/api/v2/admin/service/total_unserved';
  const { json } = await outsider.call(path, { headers: await logIn(outsider) });
  expect(json).toMatchObject({ data: { total_unresolved: 2, total_unserved: 1 } });
});

test('resolving over the API releases the agent, tells the session, and is refused a second time', async () => {
  const outsider = await startOutsider();
  const { served } = makeThree(outsider);
  const resolve = () => outsider.write('mark_as_resolved', { room_id: served, notes: 'Done.' });
  expect((await resolve()).json).toMatchObject({
    data: {
      service: { room_id: served, is_resolved: true, notes: 'Done.' },
      room_info: { room: { room_id: served } },
    },
  });
  expect(outsider.qiscus.agents()[0]).toMatchObject({ customerCount: 0, resolvedCount: 1 });
  expect(await resolve()).toMatchObject({ status: 400 });
});

test.each(['v1', 'v2'])(
  'initiate_chat %s begins a room, and finds it again unless the app is sessional',
  async (version) => {
    const { qiscus, call } = await startOutsider();
    const json = { app_id: qiscus.app.appId, user_id: 'u@example.com', name: 'U', channel_id: 102 };
    const begin = async () =>
      (await call<{ data: { room_id: string } }>(`/api/${version}/qiscus/initiate_chat`, { json }))
        .json.data.room_id;
    const first = await begin();
    expect(qiscus.room(first)).toMatchObject({ isWaiting: true, channelId: 102, source: 'wa' });
    qiscus.resolveByHand({ roomId: first });
    expect(await begin()).toBe(first);
    qiscus.resolveByHand({ roomId: first });
    qiscus.setSessional(true);
    expect(await begin()).not.toBe(first);
  },
);
