import { expect, test } from 'vitest';
import { startTestRocketChat, type TestRocketChat } from '../test-rocketchat.ts';

const upload = async (
  { url }: TestRocketChat,
  rid: string,
  file: { token?: string; name?: string; type?: string; bytes?: string; field?: string },
) => {
  const { token, name = 'note.txt', type = 'text/plain', bytes = 'hello', field = 'file' } = file;
  const form = new FormData();
  form.append(field, new File([bytes], name, { type }));
  form.append('description', 'A note');
  const answer = await fetch(new URL(`/api/v1/livechat/upload/${rid}`, url), {
    method: 'POST',
    headers: token === undefined ? {} : { 'x-visitor-token': token },
    body: form,
  });
  // biome-ignore lint/suspicious/noExplicitAny: the answers differ in shape.
  return { status: answer.status, json: (await answer.json()) as any };
};

test('a visitor is registered once, and changed by the same token', async () => {
  const { asVisitor } = await startTestRocketChat();
  const first = await asVisitor.post('livechat/visitor', { visitor: { token: 't', name: 'Ana' } });
  expect(first.json).toMatchObject({ success: true, visitor: { token: 't', name: 'Ana' } });
  const again = await asVisitor.post('livechat/visitor', { visitor: { token: 't', name: 'Eva' } });
  expect(again.json.visitor).toMatchObject({ _id: first.json.visitor._id, name: 'Eva' });
  expect((await asVisitor.get('livechat/visitor/t')).json.visitor.name).toBe('Eva');
});

test.each([
  [{}, "must have required property 'visitor' [invalid-params]"],
  [{ visitor: {} }, "must have required property 'token' [invalid-params]"],
  [{ visitor: { token: ' ' } }, 'Token cannot be empty [error-invalid-token]'],
  [{ visitor: { token: 't', email: 'none' } }, 'Invalid email none [error-invalid-email]'],
  [
    { visitor: { token: 't', department: 'nowhere' } },
    'The provided department is invalid [error-invalid-department]',
  ],
])('the visitor %j is refused', async (body, error) => {
  const { asVisitor } = await startTestRocketChat();
  const answer = await asVisitor.post('livechat/visitor', body);
  expect([answer.status, answer.json.success, answer.json.error]).toEqual([400, false, error]);
});

test('fields of visitors that exist are kept; unknown keys and those of rooms are passed over', async () => {
  const rocketchat = await startTestRocketChat();
  rocketchat.addCustomField({ _id: 'phone' });
  rocketchat.addCustomField({ _id: 'order', scope: 'room' });
  const save = (key: string, value: string, overwrite: boolean) =>
    rocketchat.asVisitor.post('livechat/visitor', {
      visitor: { token: 't', customFields: [{ key, value, overwrite }] },
    });
  await save('phone', '5550100', true);
  await save('order', '7', true);
  const unknown = await save('colour', 'red', true);
  expect(unknown.json.visitor.livechatData).toEqual({ phone: '5550100' });
  expect((await save('phone', '5550199', false)).json.visitor.livechatData.phone).toBe('5550100');
  expect((await save('phone', '5550199', true)).json.visitor.livechatData.phone).toBe('5550199');
});

test('an unknown token is no visitor, and a visitor with an open room is not deleted', async () => {
  const rocketchat = await startTestRocketChat();
  const { asVisitor } = rocketchat;
  for (const answer of [
    await asVisitor.get('livechat/visitor/x'),
    await asVisitor.delete('livechat/visitor/x'),
  ]) {
    expect([answer.status, answer.json.error]).toEqual([400, '[invalid-token]']);
  }
  const room = await rocketchat.open('t');
  const refused = await asVisitor.delete('livechat/visitor/t');
  expect(refused.json).toEqual({
    success: false,
    error: 'Cannot remove visitors with opened rooms [visitor-has-open-rooms]',
    errorType: 'visitor-has-open-rooms',
  });
  await asVisitor.post('livechat/room.close', { rid: room._id, token: 't' });
  const gone = await asVisitor.delete('livechat/visitor/t');
  expect(gone.json).toMatchObject({ success: true, visitor: { _id: room.v._id } });
  expect(rocketchat.world.state.rooms.size).toBe(0);
});

test('a room is opened once, and found by its id', async () => {
  const rocketchat = await startTestRocketChat();
  const { asVisitor } = rocketchat;
  expect((await asVisitor.get('livechat/room')).status).toBe(400);
  expect((await asVisitor.get('livechat/room', { token: 'x' })).json.error).toBe('invalid-token');
  await asVisitor.post('livechat/visitor', { visitor: { token: 't' } });
  const first = await asVisitor.get('livechat/room', { token: 't' });
  expect(first.json).toMatchObject({
    success: true,
    newRoom: true,
    room: { v: { token: 't' }, source: { type: 'api' }, open: true },
  });
  const rid = first.json.room._id;
  const again = await asVisitor.get('livechat/room', { token: 't' });
  expect([again.json.room._id, again.json.newRoom]).toEqual([rid, false]);
  const byId = await asVisitor.get('livechat/room', { token: 't', rid });
  expect([byId.json.room._id, byId.json.newRoom]).toEqual([rid, false]);
  const wrong = await asVisitor.get('livechat/room', { token: 't', rid: 'nowhere' });
  expect([wrong.status, wrong.json.error]).toEqual([400, 'invalid-room']);
});

test('a visitor closes its own open room alone, and then gets a new one', async () => {
  const rocketchat = await startTestRocketChat();
  const { asVisitor } = rocketchat;
  const room = await rocketchat.open('t');
  const other = await rocketchat.open('other');
  const close = (rid: string, token: string) =>
    asVisitor.post('livechat/room.close', { rid, token });
  expect((await close(room._id, 'x')).json.error).toBe('invalid-token');
  expect((await close('nowhere', 't')).json.error).toBe('invalid-room');
  expect((await close(other._id, 't')).json.error).toBe('invalid-room');
  expect((await close(room._id, 't')).json).toMatchObject({ success: true, rid: room._id });
  expect((await close(room._id, 't')).json.error).toBe('room-closed');
  expect((await rocketchat.open('t'))._id).not.toBe(room._id);
});

test('a file is uploaded into an open room of the visitor', async () => {
  const rocketchat = await startTestRocketChat();
  const room = await rocketchat.open('t');
  expect((await upload(rocketchat, room._id, {})).status).toBe(403);
  expect((await upload(rocketchat, room._id, { token: 'x' })).status).toBe(403);
  expect((await upload(rocketchat, 'nowhere', { token: 't' })).status).toBe(403);
  expect((await upload(rocketchat, room._id, { token: 't', field: 'other' })).status).toBe(400);
  const sent = await upload(rocketchat, room._id, {
    token: 't',
    name: 'a b.png',
    type: 'image/png',
  });
  const { file, files, attachments } = sent.json;
  expect(file).toMatchObject({ name: 'a b.png', type: 'image/png', size: 5 });
  expect(files).toEqual([file]);
  const image_url = `/file-upload/${file._id}/a%20b.png`;
  expect(attachments).toMatchObject([{ title: 'a b.png', image_url, description: 'A note' }]);
});

test('files are refused by type and by size', async () => {
  const rocketchat = await startTestRocketChat();
  const room = await rocketchat.open('t');
  const { settings } = rocketchat.world;
  const drawing = await upload(rocketchat, room._id, { token: 't', type: 'image/svg+xml' });
  expect([drawing.status, drawing.json.reason]).toEqual([400, 'error-type-not-allowed']);
  settings.FileUpload_MaxFileSize = 4;
  const large = await upload(rocketchat, room._id, { token: 't' });
  expect([large.status, large.json.reason]).toEqual([400, 'error-size-not-allowed']);
  settings.FileUpload_MediaTypeWhiteList = 'image/*';
  const text = await upload(rocketchat, room._id, { token: 't', bytes: 'a' });
  expect(text.json.reason).toBe('error-type-not-allowed');
  expect(rocketchat.world.state.files.size).toBe(0);
});
