import { expect, test } from 'vitest';
import { startTestRocketChat } from '../test-rocketchat.ts';

test('who shares a phone number is the same visitor, who keeps the first token', async () => {
  const { asVisitor } = await startTestRocketChat();
  const register = async (visitor: object) =>
    (await asVisitor.post('livechat/visitor', { visitor })).json.visitor;
  const first = await register({ token: 'first', phone: '5550100' });
  const second = await register({ token: 'second', phone: '5550100', name: 'Budi' });
  expect(second).toMatchObject({ _id: first._id, token: 'first', name: 'Budi' });
  const room = await asVisitor.get('livechat/room', { token: 'second' });
  expect(room.json.error).toBe('invalid-token');
});

test('who shares an e-mail address is the same visitor, whose rooms stay with the old token', async () => {
  const rocketchat = await startTestRocketChat();
  const { asVisitor } = rocketchat;
  const old = await rocketchat.open('first', { email: 'Budi@shop.example' });
  const second = await asVisitor.post('livechat/visitor', {
    visitor: { token: 'second', email: 'budi@shop.example' },
  });
  expect(second.json.visitor).toMatchObject({ _id: old.v._id, token: 'second' });
  const body = { rid: old._id, token: 'first', msg: 'Hello' };
  expect((await asVisitor.post('livechat/message', body)).json.error).toBe('invalid-token');
  const opened = await asVisitor.get('livechat/room', { token: 'second' });
  expect(opened.json).toMatchObject({ newRoom: true });
});

test('without either each token is a visitor', async () => {
  const rocketchat = await startTestRocketChat();
  const first = await rocketchat.open('first', { name: 'Budi' });
  const second = await rocketchat.open('second', { name: 'Budi' });
  expect(second.v._id).not.toBe(first.v._id);
});
