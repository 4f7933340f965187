import { request } from 'undici';
import { expect, test } from 'vitest';
import { startTestRocketChat } from './test-rocketchat.ts';

test('the limiter counts calls by path and address, and its window ends', async () => {
  const rocketchat = await startTestRocketChat({ settings: { API_Enable_Rate_Limiter: true } });
  const { asVisitor, asBot, asAdmin, clock } = rocketchat;
  const register = () => asVisitor.post('livechat/visitor', { visitor: { token: 't' } });
  for (let call = 0; call < 5; call += 1) expect((await register()).status).toBe(200);
  const refused = await register();
  expect(refused.status).toBe(429);
  expect(refused.json.error).toMatch(/You must wait \d+ seconds .*\[error-too-many-requests\]$/);
  expect(refused.headers).toMatchObject({ 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '0' });
  const room = await asVisitor.get('livechat/room', { token: 't' });
  expect([room.status, room.headers['x-ratelimit-limit']]).toEqual([200, '10']);
  for (let call = 0; call < 10; call += 1) expect((await asBot.get('me')).status).toBe(200);
  expect((await asBot.get('me')).status).toBe(429);
  expect((await asAdmin.get('me')).status).toBe(200);
  clock.advance(60_000);
  expect((await register()).status).toBe(200);
});

test('a told fault meets the next calls of its path alone', async () => {
  const rocketchat = await startTestRocketChat();
  const { asBot, faults } = rocketchat;
  faults.next('server-error', { path: 'livechat/rooms', times: 2 });
  expect((await asBot.get('me')).status).toBe(200);
  expect((await asBot.get('livechat/rooms')).status).toBe(500);
  expect((await asBot.get('livechat/rooms')).status).toBe(500);
  expect((await asBot.get('livechat/rooms')).status).toBe(200);
  faults.next('too-many-requests');
  faults.chances.waitSeconds = 3;
  const refused = await asBot.get('me');
  expect([refused.status, refused.json.error]).toEqual([429, expect.stringContaining('3 seconds')]);
});

test('what is cut has no effect, and a dropped answer has', async () => {
  const rocketchat = await startTestRocketChat();
  const { asVisitor, faults, world } = rocketchat;
  const { _id: rid } = await rocketchat.open('t');
  const send = (msg: string) => asVisitor.post('livechat/message', { rid, token: 't', msg });
  faults.next('cut');
  await expect(send('one')).rejects.toThrow();
  faults.next('answer-dropped');
  await expect(send('two')).rejects.toThrow();
  const said = world.state.messagesByRoom.get(rid)?.filter(({ t }) => t === undefined);
  expect(said?.map(({ msg }) => msg)).toEqual(['two']);
  expect(rocketchat.requests.slice(-2)).toMatchObject([
    { fault: 'cut', status: null },
    { fault: 'answer-dropped', status: null },
  ]);
});

test('chances are drawn for each call', async () => {
  const draws = [0.4, 0.6];
  const rocketchat = await startTestRocketChat({ random: () => draws.shift() ?? 1 });
  rocketchat.faults.chances.calls['server-error'] = 0.5;
  expect((await rocketchat.asBot.get('me')).status).toBe(500);
  expect((await rocketchat.asBot.get('me')).status).toBe(200);
});

test('a proxy’s page instead of an answer, and a call that hangs', async () => {
  const rocketchat = await startTestRocketChat();
  const { faults, url } = rocketchat;
  faults.next('html');
  const page = await request(`${url}/api/v1/livechat/config`);
  expect(await page.body.text()).toContain('<html>');
  faults.next('hang');
  const hanging = request(`${url}/api/v1/livechat/config`);
  await expect.poll(() => rocketchat.requests.length, { timeout: 20_000 }).toBe(2);
  const [ended] = await Promise.allSettled([hanging, rocketchat.goDown()]);
  expect(ended.status).toBe('rejected');
});

test('half a body is no JSON, and an unknown path no endpoint', async () => {
  const { url } = await startTestRocketChat();
  const post = async (path: string, body: string) => {
    const answer = await request(`${url}${path}`, { method: 'POST', body });
    return [answer.statusCode, await answer.body.json()];
  };
  const [status] = await post('/api/v1/livechat/message', '{"half');
  expect(status).toBe(400);
  const missing = { success: false, error: 'Endpoint not found' };
  expect(await post('/api/v1/livechat/none', '{}')).toEqual([404, missing]);
});
