import { expect, test } from 'vitest';
import { makeCaller } from '../test-caller.ts';
import { startTestRocketChat } from '../test-rocketchat.ts';

test('without a login it is 401, without the right 403', async () => {
  const rocketchat = await startTestRocketChat();
  const { asVisitor, url } = rocketchat;
  const ana = rocketchat.addAgent({ username: 'eva' });
  const asAgent = makeCaller(url, { userId: ana.user._id, authToken: ana.authToken });
  const paths = [
    'livechat/rooms',
    'livechat/inquiries.list',
    'livechat/department',
    'livechat/users/agent',
    'settings/Livechat_enabled',
  ];
  for (const path of paths) {
    const anonymous = await asVisitor.get(path);
    expect([anonymous.status, anonymous.json.message]).toEqual([
      401,
      'You must be logged in to do this.',
    ]);
    const refused = await asAgent.get(path);
    expect(refused.status).toBe(403);
    expect(refused.json.error).toContain('error-unauthorized');
  }
  const wrong = makeCaller(url, { userId: ana.user._id, authToken: 'wrong' });
  expect((await wrong.get('livechat/rooms')).status).toBe(401);
});

test('a user closes an open room with a comment, and tags are kept', async () => {
  const rocketchat = await startTestRocketChat();
  const { asBot, world } = rocketchat;
  const { _id: rid } = await rocketchat.open('t');
  const close = (body: object) => asBot.post('livechat/room.closeByUser', body);
  expect((await close({})).status).toBe(400);
  expect((await close({ rid: 'nowhere' })).json.error).toBe('error-invalid-room');
  expect((await close({ rid })).json.error).toBe('error-comment-is-required');
  const closed = await close({ rid, comment: 'Solved', tags: ['refund'] });
  expect(closed.json).toEqual({ success: true });
  const room = world.state.rooms.get(rid);
  expect(room).toMatchObject({
    closer: 'user',
    closedBy: { username: 'usher.bot' },
    tags: ['refund'],
  });
  expect(room).not.toHaveProperty('open');
  expect(world.state.inquiries.has(rid)).toBe(false);
  expect((await close({ rid, comment: 'Again' })).json.error).toBe('error-room-already-closed');
});

test('an agent closes only the rooms that the agent is in', async () => {
  const rocketchat = await startTestRocketChat();
  const eva = rocketchat.addAgent({ username: 'eva', statusLivechat: 'not-available' });
  const asEva = makeCaller(rocketchat.url, { userId: eva.user._id, authToken: eva.authToken });
  const { _id: rid } = await rocketchat.open('t');
  const refused = await asEva.post('livechat/room.closeByUser', { rid, comment: 'Mine' });
  expect(refused.json.error).toBe('error-not-authorized');
});

test('a department may insist on tags', async () => {
  const rocketchat = await startTestRocketChat();
  const department = rocketchat.addDepartment({
    name: 'Support',
    agents: ['ana'],
    requestTagBeforeClosingChat: true,
    chatClosingTags: ['done'],
  });
  const { _id: rid } = await rocketchat.open('t', { department: department._id });
  const close = (tags: string[]) =>
    rocketchat.asBot.post('livechat/room.closeByUser', { rid, comment: 'Solved', tags });
  expect((await close([])).json.error).toBe('error-tags-must-be-assigned-before-closing-chat');
  expect((await close(['refund'])).status).toBe(200);
  expect(rocketchat.world.state.rooms.get(rid)?.tags).toEqual(['refund', 'done']);
});

test('rooms are listed by agent, department and whether they are open; wrong filters are refused', async () => {
  const rocketchat = await startTestRocketChat({ agents: ['ana', 'eva'] });
  const { asBot, people } = rocketchat;
  const first = await rocketchat.open('one');
  const second = await rocketchat.open('two');
  people.close('ana', first._id);
  const list = async (query: Record<string, string>) =>
    (await asBot.get('livechat/rooms', query)).json.rooms.map(({ _id }: { _id: string }) => _id);
  expect(await list({})).toEqual([second._id, first._id]);
  expect(await list({ open: 'true' })).toEqual([second._id]);
  expect(await list({ 'agents[]': first.servedBy?._id ?? '' })).toEqual([first._id]);
  expect(await list({ departmentId: 'nowhere' })).toEqual([]);
  expect(await list({ count: '1', offset: '1' })).toEqual([first._id]);
  const span = '{"start":"2018-01-26T00:11:22.345Z","end":"2018-01-26T00:11:22.345Z"}';
  expect((await asBot.get('livechat/rooms', { createdAt: span })).status).toBe(200);
  for (const query of [
    { agents: 'ana' },
    { 'open[]': 'true' },
    { createdAt: 'x' },
    { customFields: 'x' },
  ]) {
    expect((await asBot.get('livechat/rooms', query as Record<string, string>)).status).toBe(400);
  }
});

test('the queue is listed for managers, and for agents that of their departments', async () => {
  const rocketchat = await startTestRocketChat({
    settings: { Livechat_Routing_Method: 'Manual_Selection' },
  });
  rocketchat.addAgent({ username: 'eva' });
  const support = rocketchat.addDepartment({ name: 'Support', agents: ['ana'] });
  const eva = rocketchat.addAgent({ username: 'rafi' });
  const asRafi = makeCaller(rocketchat.url, { userId: eva.user._id, authToken: eva.authToken });
  const room = await rocketchat.open('t', { department: support._id, name: 'Budi' });
  const open = await rocketchat.open('other');
  const { asBot } = rocketchat;
  const listed = await asBot.get('livechat/inquiries.list');
  expect(listed.json).toMatchObject({ total: 2, count: 2, offset: 0 });
  const ofSupport = await asBot.get('livechat/inquiries.list', { department: 'Support' });
  expect(ofSupport.json.inquiries).toMatchObject([{ rid: room._id, status: 'queued' }]);
  const ofRafi = await asRafi.get('livechat/inquiries.queuedForUser');
  expect(ofRafi.json.inquiries).toMatchObject([{ rid: open._id }]);
  const one = await asBot.get('livechat/inquiries.getOne', { roomId: room._id });
  expect(one.json.inquiry).toMatchObject({
    ...{ rid: room._id, status: 'queued', name: 'Budi', t: 'l', source: { type: 'api' } },
    v: { _id: room.v._id },
  });
  const none = await asBot.get('livechat/inquiries.getOne', { roomId: 'nowhere' });
  expect(none.json).toEqual({ success: true, inquiry: null });
});

test('an inquiry is taken once, for an agent who is there', async () => {
  const rocketchat = await startTestRocketChat({
    settings: { Livechat_Routing_Method: 'Manual_Selection' },
  });
  const away = rocketchat.addAgent({ username: 'eva', statusLivechat: 'not-available' });
  const ana = rocketchat.world.state.users.get(
    [...rocketchat.world.state.users.values()].find(({ username }) => username === 'ana')?._id ??
      '',
  );
  const { _id: roomId } = await rocketchat.open('t');
  const { asBot } = rocketchat;
  const { inquiry } = (await asBot.get('livechat/inquiries.getOne', { roomId })).json;
  const take = (body: object) => asBot.post('livechat/inquiries.take', body);
  expect((await take({ inquiryId: { $ne: '' } })).status).toBe(400);
  expect((await take({ inquiryId: 'none', userId: 'nobody' })).json.error).toBe(
    'The user is invalid',
  );
  expect((await take({ inquiryId: 'none', userId: ana?._id })).json.errorType).toBe(
    'error-not-found',
  );
  const unavailable = await take({ inquiryId: inquiry._id, userId: away.user._id });
  expect(unavailable.json.errorType).toBe('error-agent-status-service-offline');
  expect((await take({ inquiryId: inquiry._id, userId: ana?._id })).json).toEqual({
    success: true,
  });
  const again = await take({ inquiryId: inquiry._id, userId: ana?._id });
  expect(again.json.error).toBe('Inquiry already taken [error-inquiry-taken]');
  const room = (await asBot.get('rooms.info', { roomId })).json.room;
  expect(room.servedBy.username).toBe('ana');
});

test('a room is forwarded to an agent, with the comment in its history', async () => {
  const rocketchat = await startTestRocketChat();
  const eva = rocketchat.addAgent({ username: 'eva', statusLivechat: 'not-available' });
  const { _id: roomId, servedBy } = await rocketchat.open('t');
  const forward = (body: object) => rocketchat.asBot.post('livechat/room.forward', body);
  const userId = eva.user._id;
  expect((await forward({ roomId: 'nowhere', userId })).json.error).toBe('error-invalid-room');
  expect((await forward({ roomId })).json).toEqual({ success: false });
  expect((await forward({ roomId, userId })).json.error).toBe('error-user-is-offline');
  rocketchat.people.setStatus('eva', { statusLivechat: 'available' });
  const same = await forward({ roomId, userId: servedBy?._id });
  expect(same.json.error).toBe('error-selected-agent-room-agent-are-same');
  const done = await forward({ roomId, userId, comment: 'She knows', clientAction: true });
  expect(done.json).toEqual({ success: true });
  const room = rocketchat.world.state.rooms.get(roomId);
  expect(room?.servedBy?.username).toBe('eva');
  expect(room?.lastMessage).toMatchObject({
    t: 'livechat_transfer_history',
    u: { username: 'usher.bot' },
    transferData: { comment: 'She knows', scope: 'agent', transferredTo: { username: 'eva' } },
  });
  rocketchat.people.close('eva', roomId);
  expect((await forward({ roomId, userId })).json.error).toBe(
    'This_conversation_is_already_closed',
  );
});

test('a room is forwarded to a department', async () => {
  const rocketchat = await startTestRocketChat({ agents: ['ana', 'eva'] });
  const first = rocketchat.addDepartment({ name: 'Support', agents: ['ana'] });
  const next = rocketchat.addDepartment({ name: 'Billing', agents: ['eva'] });
  const { _id: roomId } = await rocketchat.open('t', { department: first._id });
  const forward = (departmentId: string) =>
    rocketchat.asBot.post('livechat/room.forward', { roomId, departmentId, comment: 'A bill' });
  expect((await forward(first._id)).json.error).toBe('error-forwarding-chat-same-department');
  rocketchat.people.setStatus('eva', { status: 'offline' });
  expect((await forward(next._id)).json.error).toBe('error-no-agents-online-in-department');
  rocketchat.people.setStatus('eva', { status: 'online' });
  expect((await forward(next._id)).json).toEqual({ success: true });
  const room = rocketchat.world.state.rooms.get(roomId);
  expect(room).toMatchObject({ departmentId: next._id, servedBy: { username: 'eva' } });
  expect(room?.lastMessage?.transferData).toMatchObject({
    ...{ comment: 'A bill', scope: 'department', nextDepartment: { _id: next._id } },
  });
});

test('a room goes back to the queue', async () => {
  const rocketchat = await startTestRocketChat();
  const { asBot, world } = rocketchat;
  const { _id: roomId } = await rocketchat.open('t');
  const giveBack = () => asBot.post('livechat/inquiries.returnAsInquiry', { roomId });
  expect((await giveBack()).json).toEqual({ success: true, result: true });
  expect(world.state.rooms.get(roomId)).not.toHaveProperty('servedBy');
  expect(world.state.inquiries.get(roomId)?.status).toBe('queued');
  expect((await giveBack()).json).toEqual({ success: true, result: false });
});

test('who serves a room edits its data, and a manager does; fields that do not exist are left out', async () => {
  const rocketchat = await startTestRocketChat();
  const eva = rocketchat.addAgent({ username: 'eva', statusLivechat: 'not-available' });
  const asEva = makeCaller(rocketchat.url, { userId: eva.user._id, authToken: eva.authToken });
  rocketchat.addCustomField({ _id: 'order', scope: 'room' });
  const { _id } = await rocketchat.open('t');
  const roomData = { _id, topic: 'A bill', tags: ['a'], livechatData: { order: '7', no: '1' } };
  const body = { roomData, guestData: { _id: 'x' } };
  const { asBot, world } = rocketchat;
  expect((await asBot.post('livechat/room.saveInfo', { roomData })).status).toBe(400);
  expect((await asEva.post('livechat/room.saveInfo', body)).status).toBe(403);
  expect((await asBot.post('livechat/room.saveInfo', body)).status).toBe(200);
  const saved = world.state.rooms.get(_id);
  expect(saved).toMatchObject({ topic: 'A bill', tags: ['a'] });
  expect(saved?.livechatData).toEqual({ order: '7' });
});
