// What the network repeats is kept once, also when it comes together with the first.
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { sayMessage } from './say-message.ts';

async function makeTalk() {
  const world = await makeDesk();
  const { desk, workspaceId } = world;
  const conversationId = await makeConversation(world, await makeChannel(world));
  const sql = 'select contact_id as id from conversation where conversation_id = $1';
  const authorId = (await desk.db.query(sql, [conversationId])).rows[0].id;
  return (text: string, isRepeat = false) =>
    sayMessage(desk, {
      ...{ workspaceId, conversationId, authorKind: 'contact', authorId, text, isRepeat },
      ...{ attachments: [], clientMessageId: null, sessionId: null },
    });
}

test('a repeat without a name of its own, in one batch with what it repeats, is stored once', async () => {
  const say = await makeTalk();
  // The first goes alone, the others share what follows.
  const said = await Promise.all([
    say('Hello'),
    say('Anybody?'),
    say('Anybody?', true),
    say('Anybody?'),
  ]);
  expect(said.map(({ seq }) => seq)).toEqual([1, 2, 2, 3]);
});

test('of a batch the message that the database refuses fails alone', async () => {
  const say = await makeTalk();
  // The first goes alone, the others share what follows.
  const said = await Promise.allSettled(
    ['Hello', 'Anybody?', 'nul \0', 'There?'].map((text) => say(text)),
  );
  expect(said).toMatchObject([
    { status: 'fulfilled', value: { seq: 1 } },
    { status: 'fulfilled', value: { seq: 2 } },
    { status: 'rejected' },
    { status: 'fulfilled', value: { seq: 3 } },
  ]);
});
