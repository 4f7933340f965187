import { request } from 'undici';
import { expect, test } from 'vitest';
import { startTestRocketChat } from './test-rocketchat.ts';

test('a protected file needs a user, or the visitor of its room', async () => {
  const rocketchat = await startTestRocketChat();
  const { bot, people, url, world } = rocketchat;
  const { _id: rid } = await rocketchat.open('t');
  await rocketchat.open('other');
  const bytes = Buffer.from('picture');
  const { file } = people.upload('ana', rid, { name: 'ä b.png', type: 'image/png', bytes });
  const address = `${url}/file-upload/${file._id}/${encodeURI(file.name)}`;
  const read = async (query: string, headers: Record<string, string> = {}) => {
    const answer = await request(`${address}${query}`, { headers });
    return [answer.statusCode, await answer.body.text()];
  };
  const { userId, authToken } = bot;
  expect((await read(''))[0]).toBe(403);
  expect((await read('', { 'x-user-id': userId, 'x-auth-token': 'wrong' }))[0]).toBe(403);
  expect(await read('', { 'x-user-id': userId, 'x-auth-token': authToken })).toEqual([
    200,
    'picture',
  ]);
  expect(await read('', { cookie: `rc_uid=${userId}; rc_token=${authToken}` })).toEqual([
    200,
    'picture',
  ]);
  expect(await read(`?rc_room_type=l&rc_rid=${rid}&token=t`)).toEqual([200, 'picture']);
  expect((await read(`?rc_room_type=l&rc_rid=${rid}&token=other`))[0]).toBe(403);
  expect((await read('?rc_room_type=l&rc_rid=nowhere&token=t'))[0]).toBe(403);
  world.settings.FileUpload_ProtectFiles = false;
  expect(await read('')).toEqual([200, 'picture']);
  expect((await request(`${url}/file-upload/none/a.png`)).statusCode).toBe(404);
});
