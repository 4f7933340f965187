import { expect, test } from 'vitest';
import { startTestRocketChat } from '../test-rocketchat.ts';

test('a message needs a visitor, its own open room and a text', async () => {
  const rocketchat = await startTestRocketChat();
  const { asVisitor, people } = rocketchat;
  const room = await rocketchat.open('t');
  const other = await rocketchat.open('other');
  const send = async (body: object) => (await asVisitor.post('livechat/message', body)).json.error;
  expect(await send({})).toBe("must have required property 'rid' [invalid-params]");
  expect(await send({ rid: room._id })).toBe("must have required property 'msg' [invalid-params]");
  expect(await send({ rid: room._id, msg: 7, token: 't' })).toBe(
    '/msg must be string [invalid-params]',
  );
  expect(await send({ rid: room._id, msg: 'a', token: 'x' })).toBe('invalid-token');
  expect(await send({ rid: 'nowhere', msg: 'a', token: 't' })).toBe('invalid-room');
  expect(await send({ rid: other._id, msg: 'a', token: 't' })).toBe('invalid-room');
  people.close('ana', room._id);
  expect(await send({ rid: room._id, msg: 'a', token: 't' })).toBe('room-closed');
});

test('a repeat with the same id is refused, and one message is kept', async () => {
  const rocketchat = await startTestRocketChat();
  const { asVisitor, world } = rocketchat;
  const { _id: rid } = await rocketchat.open('t');
  const body = { rid, token: 't', msg: 'Hello', _id: 'mine' };
  expect((await asVisitor.post('livechat/message', body)).status).toBe(200);
  const again = await asVisitor.post('livechat/message', { ...body, msg: 'Other' });
  expect(again.json).toEqual({
    success: false,
    error: 'Cannot convert undefined or null to object',
  });
  const kept = world.state.messagesByRoom.get(rid)?.filter(({ t }) => t === undefined);
  expect(kept).toMatchObject([{ _id: 'mine', msg: 'Hello', token: 't' }]);
  const found = await asVisitor.get('livechat/message/mine', { rid, token: 't' });
  expect(found.json.message.msg).toBe('Hello');
});

test('long messages are refused where the limit is on', async () => {
  const rocketchat = await startTestRocketChat();
  const { _id: rid } = await rocketchat.open('t');
  const { settings } = rocketchat.world;
  const send = (msg: string) =>
    rocketchat.asVisitor.post('livechat/message', { rid, token: 't', msg });
  settings.Livechat_message_character_limit = 3;
  expect((await send('four')).status).toBe(200);
  settings.Livechat_enable_message_character_limit = true;
  expect((await send('four')).json.error).toBe('message-length-exceeds-character-limit');
  expect((await send('six')).status).toBe(200);
});

test('a message of another room is not shown, and only its writer edits it', async () => {
  const rocketchat = await startTestRocketChat();
  const { asVisitor, people } = rocketchat;
  const { _id: rid } = await rocketchat.open('t');
  const other = await rocketchat.open('other');
  const theirs = people.answer('ana', rid, 'Yes?');
  const query = { token: 'other', rid: other._id };
  expect((await asVisitor.get(`livechat/message/${theirs._id}`, query)).json.error).toBe(
    'invalid-message',
  );
  const body = { rid, token: 't', msg: 'Hello', _id: 'mine' };
  await asVisitor.post('livechat/message', body);
  const edited = await asVisitor.put('livechat/message/mine', { rid, token: 't', msg: 'Hello!' });
  expect(edited.json.message).toMatchObject({ msg: 'Hello!', editedBy: { username: 'guest-1' } });
  expect(edited.json.message.editedAt).toBeDefined();
  const refused = await asVisitor.put(`livechat/message/${theirs._id}`, {
    rid,
    token: 't',
    msg: 'No',
  });
  expect(refused.json.error).toBe('error-action-not-allowed');
});

test('the history is the newest first, system messages with it, up to an end', async () => {
  const rocketchat = await startTestRocketChat({
    agents: [],
    settings: { Livechat_accept_chats_with_no_agents: true },
  });
  const { asVisitor, clock } = rocketchat;
  const { _id: rid } = await rocketchat.open('t');
  await asVisitor.post('livechat/message', { rid, token: 't', msg: 'one' });
  clock.advance(1000);
  const end = clock.date().toISOString();
  clock.advance(1000);
  await asVisitor.post('livechat/message', { rid, token: 't', msg: 'two' });
  const list = async (query: Record<string, string>) => {
    const answer = await asVisitor.get(`livechat/messages.history/${rid}`, {
      token: 't',
      ...query,
    });
    return answer.json.messages.map(({ t, msg }: { t?: string; msg: string }) => t ?? msg);
  };
  expect(await list({})).toEqual(['two', 'one', 'livechat-started']);
  expect(await list({ limit: '1' })).toEqual(['two']);
  expect(await list({ limit: '1', offset: '1' })).toEqual(['one']);
  expect(await list({ end })).toEqual(['one', 'livechat-started']);
  expect(await list({ ls: clock.date().toISOString() })).toHaveLength(3);
});

test('the history is a visitor’s own', async () => {
  const rocketchat = await startTestRocketChat();
  const { asVisitor } = rocketchat;
  const { _id: rid } = await rocketchat.open('t');
  await rocketchat.open('other');
  const ask = async (query: Record<string, string>, of = rid) =>
    (await asVisitor.get(`livechat/messages.history/${of}`, query)).json.error;
  expect(await ask({})).toBe('error-token-param-not-provided');
  expect(await ask({ token: 'x' })).toBe('invalid-token');
  expect(await ask({ token: 'other' })).toBe('invalid-room');
  expect(await ask({ token: 't' }, 'nowhere')).toBe('invalid-room');
});

test('a user sends many messages at once, and registers their visitor', async () => {
  const rocketchat = await startTestRocketChat();
  const { asVisitor, asBot } = rocketchat;
  const messages = [{ msg: 'one' }, { msg: 'two' }];
  expect((await asVisitor.post('livechat/messages', {})).status).toBe(401);
  for (const body of [
    {},
    { visitor: {} },
    { visitor: { token: 't' } },
    { visitor: { token: 't' }, messages: {} },
    { visitor: { token: 't' }, messages: [] },
  ]) {
    expect((await asBot.post('livechat/messages', body)).status).toBe(400);
  }
  const sent = await asBot.post('livechat/messages', { visitor: { token: 't' }, messages });
  expect(sent.json.messages).toMatchObject([
    { username: 'guest-1', msg: 'one' },
    { username: 'guest-1', msg: 'two' },
  ]);
  const room = [...rocketchat.world.state.rooms.values()][0];
  const listed = await asBot.get(`livechat/${room?._id}/messages`);
  expect(listed.json).toMatchObject({ total: 2, messages: [{ msg: 'two' }, { msg: 'one' }] });
  expect((await asBot.get('livechat/nowhere/messages')).json.error).toBe('invalid-room');
});

test('a user writes and edits as an agent', async () => {
  const rocketchat = await startTestRocketChat();
  const { asBot } = rocketchat;
  const { _id: roomId } = await rocketchat.open('t');
  const sent = await asBot.post('chat.postMessage', { roomId, text: 'Hello' });
  expect(sent.json.message).toMatchObject({ msg: 'Hello', u: { username: 'usher.bot' } });
  expect(sent.json.message).not.toHaveProperty('token');
  const msgId = sent.json.message._id;
  const edited = await asBot.post('chat.update', { roomId, msgId, text: 'Hi' });
  expect(edited.json.message).toMatchObject({ msg: 'Hi', editedBy: { username: 'usher.bot' } });
});
