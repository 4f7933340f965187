import { expect, test } from 'vitest';
import { startTestReceiver } from './test-receiver.ts';
import { startTestRocketChat } from './test-rocketchat.ts';

test('a visitor opens a room, writes, is answered and closes', async () => {
  const receiver = await startTestReceiver();
  const rocketchat = await startTestRocketChat({ settings: receiver.settings });
  const room = await rocketchat.open('visitor-1', { name: 'Budi' });
  const { asVisitor, people } = rocketchat;
  expect(room).toMatchObject({ open: true, servedBy: { username: 'ana' }, fname: 'Budi' });

  const rid = room._id;
  const message = { token: 'visitor-1', rid, msg: 'Hello', _id: 'message-1' };
  const sent = await asVisitor.post('livechat/message', message);
  expect(sent.json).toMatchObject({ success: true, message: { _id: 'message-1', msg: 'Hello' } });
  people.answer('ana', rid, 'How can I help?');
  const closed = await asVisitor.post('livechat/room.close', { rid, token: 'visitor-1' });
  expect(closed.json).toEqual({ rid, comment: 'Closed by visitor', success: true });

  await rocketchat.idle();
  expect(receiver.bodies.map(({ type }) => type).toSorted()).toEqual([
    'LivechatSession',
    'LivechatSessionStart',
    'LivechatSessionTaken',
    'Message',
  ]);
  const told = receiver.bodies.find(({ type }) => type === 'Message');
  expect(told.messages).toMatchObject([{ msg: 'How can I help?', agentId: room.servedBy?._id }]);
  const all = receiver.bodies.find(({ type }) => type === 'LivechatSession');
  expect(all).toMatchObject({ closer: 'visitor', visitor: { token: 'visitor-1', name: 'Budi' } });
  expect(all.messages.map(({ msg }: { msg: string }) => msg)).toEqual([
    'Hello',
    'How can I help?',
    'Closed by visitor',
  ]);
  expect(all.messages.map((one: object) => 'agentId' in one)).toEqual([false, true, false]);
});

test('calls are recorded in order, with who called and how they were answered', async () => {
  const rocketchat = await startTestRocketChat();
  await rocketchat.open('visitor-1');
  await rocketchat.asBot.get('livechat/users/agent');
  const { userId } = rocketchat.bot;
  expect(rocketchat.requests).toMatchObject([
    { method: 'POST', path: '/api/v1/livechat/visitor', status: 200, userId: null },
    { method: 'GET', path: '/api/v1/livechat/room', query: { token: 'visitor-1' }, status: 200 },
    { method: 'GET', path: '/api/v1/livechat/users/agent', status: 200, userId },
  ]);
});

test('it goes down and comes back on the same port, and a restart forgets what waits', async () => {
  const receiver = await startTestReceiver({ status: 503 });
  const rocketchat = await startTestRocketChat({ settings: receiver.settings });
  await rocketchat.goDown();
  await expect(rocketchat.asBot.get('me')).rejects.toThrow('ECONNREFUSED');
  await rocketchat.comeBack();
  await rocketchat.open('visitor-1');
  await rocketchat.idle();
  expect(rocketchat.waitingWebhooks()).toBe(2);
  await rocketchat.restart();
  expect(rocketchat.waitingWebhooks()).toBe(0);
  expect((await rocketchat.asBot.get('me')).json.username).toBe('usher.bot');
});

test('an engine of apps answers at the address of its app', async () => {
  const rocketchat = await startTestRocketChat();
  const { url, apps } = rocketchat;
  const address = `${url}/api/apps/public/app-1/room?a=1`;
  expect((await fetch(address)).status).toBe(404);
  apps.answer = async ({ path, query, body, appId }) => ({
    status: 201,
    headers: { 'x-app': appId },
    body: { path, query, said: body.toString() },
  });
  const answer = await fetch(address, { method: 'POST', body: '{"half' });
  expect([answer.status, answer.headers.get('x-app')]).toEqual([201, 'app-1']);
  expect(await answer.json()).toEqual({ path: '/room', query: { a: '1' }, said: '{"half' });
});
