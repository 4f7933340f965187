import { request } from 'undici';
import { expect, test } from 'vitest';
import { startTestRocketChat } from './test-rocketchat.ts';

test('a protected file needs the visitor of its room, or a user whom the settings let read it', async () => {
  const rocketchat = await startTestRocketChat();
  const { bot, people, url, world } = rocketchat;
  const { userId, authToken } = bot;
  const { _id: rid } = await rocketchat.open('t');
  await rocketchat.open('other');
  const bytes = Buffer.from('picture');
  const { file } = people.upload('ana', rid, { name: 'ä b.png', type: 'image/png', bytes });
  const address = `${url}/file-upload/${file._id}/${encodeURI(file.name)}`;
  const read = async (query: string, headers: Record<string, string> = {}) => {
    const answer = await request(`${address}${query}`, { headers });
    return [answer.statusCode, await answer.body.text()];
  };
  const visitors = (token: string, room = rid) =>
    `?rc_room_type=l&rc_rid=${room}&rc_token=${token}`;
  expect((await read(''))[0]).toBe(403);
  expect(await read(visitors('t'))).toEqual([200, 'picture']);
  expect((await read(visitors('other')))[0]).toBe(403);
  expect((await read(visitors('t', 'nowhere')))[0]).toBe(403);
  const login = { 'x-user-id': userId, 'x-auth-token': authToken };
  expect((await read('', login))[0]).toBe(403);
  world.settings.FileUpload_Restrict_to_room_members = false;
  expect(await read('', login)).toEqual([200, 'picture']);
  expect((await read('', { ...login, 'x-auth-token': 'wrong' }))[0]).toBe(403);
  const cookie = `rc_uid=${userId}; rc_token=${authToken}`;
  expect(await read('', { cookie })).toEqual([200, 'picture']);
  world.settings.FileUpload_Restrict_to_users_who_can_access_room = true;
  expect(await read('', login)).toEqual([200, 'picture']);
  const user = world.state.users.get(userId);
  if (user) user.roles = ['user', 'livechat-agent'];
  expect((await read('', login))[0]).toBe(403);
  world.settings.FileUpload_ProtectFiles = false;
  expect(await read('')).toEqual([200, 'picture']);
  expect((await request(`${url}/file-upload/none/a.png`)).statusCode).toBe(404);
});
