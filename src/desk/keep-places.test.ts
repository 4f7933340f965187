import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { promising } from '../../test/makers/promising.ts';
import { eventually } from '../../test/makers/start-test-usher.ts';
import { putWebConversation } from '../store/put-web-conversation.ts';
import { listWebQueuePlaces } from '../store/web-conversations.ts';
import { keepPlaces } from './keep-places.ts';

/** A queue of web visitors, and what those who listen are told of their places. */
async function makeQueue(length: number) {
  const world = await makeDesk();
  const { desk, workspaceId } = world;
  const channel = await makeChannel(world);
  const ids: string[] = [];
  for (let n = 0; n < length; n += 1) {
    const conversationId = await makeConversation(world, channel);
    const topic = `server/sessions/${conversationId}`;
    await putWebConversation(promising(desk.db), {
      ...{ workspaceId, conversationId, sessionId: randomUUID(), requestId: null },
      ...{ wantedTopic: topic, ownTopic: topic, verified: false },
    });
    ids.push(conversationId);
  }
  const told: string[] = [];
  const listening = { is: true };
  let looks = 0;
  desk.db.on('acquire', () => {
    looks += 1;
  });
  const places = keepPlaces(
    {
      db: desk.db,
      clock: desk.clock,
      list: (first) => listWebQueuePlaces(desk.db, { workspaceId, first }),
      tell: async (now) => {
        for (const [id, { position }] of now) told.push(`${ids.indexOf(id)} is at ${position}`);
      },
      isHeard: () => listening.is,
      onError: (error) => {
        throw error;
      },
      roundMs: 20,
    },
    workspaceId,
  );
  onTestFinished(places.stop);
  const leave = (number: number) =>
    desk.db.query(
      `update conversation set state = 'closed', closed_at = now() where conversation_id = $1`,
      [ids[number]],
    );
  return { places, ids, told, listening, leave, looks: () => looks };
}

test('only those whose place has changed are told, also when somebody left without news', async () => {
  const { places, told, leave } = await makeQueue(4);
  places.moved();
  await eventually(
    () => told,
    ({ length }) => length >= 4,
  );
  expect(told.toSorted()).toEqual(['0 is at 1', '1 is at 2', '2 is at 3', '3 is at 4']);
  told.length = 0;
  await leave(1);
  await eventually(
    () => told,
    ({ length }) => length >= 2,
  );
  expect(told.toSorted()).toEqual(['2 is at 2', '3 is at 3']);
});

test('while nobody listens nothing is looked up', async () => {
  const { places, told, listening, looks } = await makeQueue(2);
  places.moved();
  await eventually(
    () => told,
    ({ length }) => length >= 2,
  );
  listening.is = false;
  const settled = async () => {
    const before = looks();
    await new Promise((done) => setTimeout(done, 200));
    return looks() - before;
  };
  await eventually(settled, (count) => count === 0);
  listening.is = true;
  told.length = 0;
  places.moved();
  await eventually(
    () => told,
    ({ length }) => length >= 2,
  );
});

test('an empty queue is looked at once', async () => {
  const { places, looks } = await makeQueue(0);
  places.moved();
  await eventually(looks, (count) => count > 0);
  const before = looks();
  await new Promise((done) => setTimeout(done, 200));
  expect(looks()).toBe(before);
});

test('whoever asks for a place takes the news of it from nobody', async () => {
  const { places, ids, told, leave } = await makeQueue(2);
  places.moved();
  await eventually(
    () => told,
    ({ length }) => length >= 2,
  );
  told.length = 0;
  await leave(0);
  expect(await places.of(ids[1] ?? '')).toMatchObject({ position: 1 });
  await eventually(
    () => told,
    (lines) => lines.includes('1 is at 1'),
  );
});
