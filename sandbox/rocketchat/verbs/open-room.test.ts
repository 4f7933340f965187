import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startTestRocketChat, type TestRocketChat } from '../test-rocketchat.ts';

const served = async (rocketchat: TestRocketChat, token: string, visitor = {}) =>
  (await rocketchat.open(token, visitor)).servedBy?.username;

const refusal = async ({ asVisitor }: TestRocketChat, token: string, visitor = {}) => {
  await asVisitor.post('livechat/visitor', { visitor: { token, ...visitor } });
  const answer = await asVisitor.get('livechat/room', { token });
  return answer.json.error;
};

test('Auto_Selection gives to whom was given least ever, and floods who comes back', async () => {
  const rocketchat = await startTestRocketChat({ agents: ['ana', 'eva'] });
  const { people } = rocketchat;
  expect(await served(rocketchat, '1')).toBe('ana');
  expect(await served(rocketchat, '2')).toBe('eva');
  people.setStatus('eva', { statusLivechat: 'not-available' });
  expect([await served(rocketchat, '3'), await served(rocketchat, '4')]).toEqual(['ana', 'ana']);
  people.setStatus('eva', { statusLivechat: 'available' });
  expect([await served(rocketchat, '5'), await served(rocketchat, '6')]).toEqual(['eva', 'eva']);
  expect(await served(rocketchat, '7')).toBe('ana');
});

test('a department’s agents are counted by themselves, then follow its order', async () => {
  const rocketchat = await startTestRocketChat({ agents: ['ana', 'eva'] });
  const { _id } = rocketchat.addDepartment({ name: 'Support', agents: ['eva', 'ana'] });
  await rocketchat.open('elsewhere');
  expect(await served(rocketchat, '1', { department: _id })).toBe('eva');
  expect(await served(rocketchat, '2', { department: 'Support' })).toBe('ana');
});

test.each([
  [{ status: 'offline' }, {}],
  [{ statusLivechat: 'not-available' }, {}],
  [{ status: 'away' }, { Livechat_enabled_when_agent_idle: false }],
] as const)('nobody serves with %j, and the visitor is refused', async (change, settings) => {
  const rocketchat = await startTestRocketChat({ settings });
  rocketchat.people.setStatus('ana', change);
  expect(await refusal(rocketchat, 't')).toBe('Sorry, no online agents [no-agent-online]');
  expect(rocketchat.world.state.rooms.size).toBe(0);
});

test('without agents a room that is accepted stays ready, and no list shows it', async () => {
  const rocketchat = await startTestRocketChat({
    settings: { Livechat_accept_chats_with_no_agents: true },
  });
  const comeBack = rocketchat.nobodyOnline();
  const { _id } = await rocketchat.open('t');
  comeBack();
  expect(rocketchat.world.state.inquiries.get(_id)?.status).toBe('ready');
  expect((await rocketchat.asBot.get('livechat/inquiries.list')).json.total).toBe(0);
});

test('the wanted agent is heeded while online, and replaced otherwise', async () => {
  const rocketchat = await startTestRocketChat({ agents: ['ana', 'eva'] });
  const { asVisitor, people, world } = rocketchat;
  const eva = [...world.state.users.values()].find(({ username }) => username === 'eva');
  const open = async (token: string) => {
    await asVisitor.post('livechat/visitor', { visitor: { token } });
    const query = { token, agentId: eva?._id ?? '' };
    return (await asVisitor.get('livechat/room', query)).json.room.servedBy?.username;
  };
  expect(await open('1')).toBe('eva');
  people.setStatus('eva', { statusLivechat: 'not-available' });
  expect(await open('2')).toBe('ana');
  people.setStatus('eva', { statusLivechat: 'available' });
  world.settings.Livechat_Routing_Method = 'Manual_Selection';
  expect(await open('3')).toBeUndefined();
});

test('a bot of the department comes first where that is set, whatever the method', async () => {
  const rocketchat = await startTestRocketChat({
    settings: { Livechat_Routing_Method: 'Manual_Selection' },
  });
  rocketchat.addAgent({ username: 'robot', roles: ['bot', 'livechat-agent'] });
  const first = rocketchat.addDepartment({ name: 'Support', agents: ['robot', 'ana'] });
  rocketchat.addDepartment({ name: 'Billing', agents: ['ana'] });
  expect(await served(rocketchat, '1', { department: first._id })).toBeUndefined();
  rocketchat.world.settings.Livechat_assign_new_conversation_to_bot = true;
  expect(await served(rocketchat, '2', { department: first._id })).toBe('robot');
  expect(await served(rocketchat, '3', { department: 'Billing' })).toBeUndefined();
});

test('External asks ten times at once, and takes the first agent who is online', async () => {
  const asked: { url: string; token: unknown }[] = [];
  const answers = [{ username: 'nobody' }, { username: 'eva' }];
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', token: request.headers['x-rocketchat-secret-token'] });
    response.end(JSON.stringify(answers[asked.length % 2]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const rocketchat = await startTestRocketChat({
    agents: ['ana', 'eva'],
    settings: {
      Livechat_Routing_Method: 'External',
      Livechat_External_Queue_URL: `http://127.0.0.1:${port}/route`,
      Livechat_External_Queue_Token: 'told',
    },
  });
  const { _id } = rocketchat.addDepartment({ name: 'Support', agents: ['ana', 'eva'] });
  expect(await served(rocketchat, 't', { department: _id })).toBe('eva');
  expect(asked).toEqual(Array(10).fill({ url: `/route?departmentId=${_id}`, token: 'told' }));
  answers.splice(0, 2, { username: 'x' }, { username: 'y' });
  expect(await refusal(rocketchat, 'other')).toBe('Sorry, no online agents [no-agent-online]');
});

test('the paid methods do not exist', async () => {
  const rocketchat = await startTestRocketChat({
    settings: { Livechat_Routing_Method: 'Load_Balancing' },
  });
  expect(await refusal(rocketchat, 't')).toBe('[error-routing-method-not-available]');
  expect(rocketchat.world.state.rooms.size).toBe(0);
});
