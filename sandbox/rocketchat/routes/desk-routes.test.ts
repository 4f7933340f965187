import { expect, test } from 'vitest';
import { startTestRocketChat } from '../test-rocketchat.ts';

test('somebody signs in, and is told who they are', async () => {
  const rocketchat = await startTestRocketChat();
  rocketchat.addAgent({ username: 'eva', password: 'right' });
  const { asVisitor, asBot, bot } = rocketchat;
  const wrong = await asVisitor.post('login', { user: 'eva', password: 'wrong' });
  expect(wrong.status).toBe(401);
  const right = await asVisitor.post('login', { user: 'eva', password: 'right' });
  expect(right.json).toMatchObject({ status: 'success', data: { me: { username: 'eva' } } });
  const me = await asBot.get('me');
  expect(me.json).toMatchObject({
    _id: bot.userId,
    roles: ['user', 'livechat-agent', 'livechat-manager'],
  });
});

test('the configuration says whether somebody is there, by department', async () => {
  const rocketchat = await startTestRocketChat({ agents: ['ana', 'eva'] });
  const { asVisitor, world, people } = rocketchat;
  const support = rocketchat.addDepartment({ name: 'Support', agents: ['eva'] });
  const ask = async (query = {}) => (await asVisitor.get('livechat/config', query)).json.config;
  expect(await ask()).toMatchObject({
    enabled: true,
    online: true,
    departments: [{ name: 'Support' }],
  });
  people.setStatus('eva', { statusLivechat: 'not-available' });
  expect((await ask({ department: support._id })).online).toBe(false);
  expect((await ask()).online).toBe(true);
  const room = await rocketchat.open('t', { name: 'Budi' });
  expect(await ask({ token: 't' })).toMatchObject({
    guest: { name: 'Budi' },
    room: { _id: room._id },
    agent: { username: 'ana' },
  });
  expect(await ask({ token: 'x' })).not.toHaveProperty('guest');
  world.settings.Livechat_enabled = false;
  expect(await ask()).toEqual({ enabled: false });
});

test('departments are listed with how many serve, and one with its agents', async () => {
  const rocketchat = await startTestRocketChat();
  const { asBot } = rocketchat;
  const support = rocketchat.addDepartment({ name: 'Support', agents: ['ana'] });
  rocketchat.addDepartment({ name: 'Billing', enabled: false });
  const listed = await asBot.get('livechat/department');
  expect(listed.json).toMatchObject({
    departments: [{ name: 'Billing' }, { name: 'Support', numAgents: 1 }],
    ...{ count: 2, offset: 0, total: 2 },
  });
  expect((await asBot.get('livechat/department', { enabled: 'true' })).json.total).toBe(1);
  const one = await asBot.get(`livechat/department/${support._id}`);
  expect(one.json).toMatchObject({
    department: { name: 'Support' },
    agents: [{ username: 'ana' }],
  });
  expect((await asBot.get('livechat/department/nowhere')).json.department).toBeNull();
});

test('agents are listed with their presence and whether they serve', async () => {
  const rocketchat = await startTestRocketChat();
  const { asBot, people } = rocketchat;
  rocketchat.addAgent({ username: 'eva', email: 'eva@desk.example' });
  people.setStatus('ana', { status: 'offline' });
  people.setStatus('eva', { statusLivechat: 'not-available' });
  const names = async (query: Record<string, string>) =>
    (await asBot.get('livechat/users/agent', query)).json.users.map(
      ({ username }: { username: string }) => username,
    );
  expect(await names({})).toEqual(['ana', 'eva', 'usher.bot']);
  expect(await names({ onlyAvailable: 'true' })).toEqual(['ana']);
  expect(await names({ showIdleAgents: 'false' })).toEqual(['eva', 'usher.bot']);
  expect(await names({ text: 'eva@desk' })).toEqual(['eva']);
  expect(await names({ count: '1', offset: '1' })).toEqual(['eva']);
  const managers = await asBot.get('livechat/users/manager');
  expect(managers.json.users).toMatchObject([{ username: 'usher.bot' }]);
  expect((await asBot.get('livechat/users/other')).json.error).toBe('Invalid type');
});

test('one agent is shown without roles, and somebody who is none as null', async () => {
  const rocketchat = await startTestRocketChat();
  const { asBot, admin } = rocketchat;
  const { user } = rocketchat.addAgent({ username: 'eva' });
  const shown = await asBot.get(`livechat/users/agent/${user._id}`);
  expect(shown.json.user).toMatchObject({ username: 'eva', statusLivechat: 'available' });
  expect(shown.json.user).not.toHaveProperty('roles');
  expect((await asBot.get(`livechat/users/agent/${admin.userId}`)).json.user).toBeNull();
  expect((await asBot.get('livechat/users/agent/nobody')).json.error).toBe('User not found');
});

test('a manager switches an agent, and presence tells who changed', async () => {
  const rocketchat = await startTestRocketChat();
  const { asBot, clock, people } = rocketchat;
  const { user } = rocketchat.addAgent({ username: 'eva' });
  const body = { agentId: user._id, status: 'not-available' };
  expect((await asBot.post('livechat/agent.status', body)).json).toMatchObject({
    status: 'not-available',
  });
  expect(user.statusLivechat).toBe('not-available');
  const nobody = await asBot.post('livechat/agent.status', { agentId: 'nobody' });
  expect([nobody.status, nobody.json.error]).toEqual([404, 'Agent not found']);
  clock.advance(1000);
  const from = clock.date().toISOString();
  clock.advance(1000);
  people.setStatus('ana', { status: 'busy' });
  const changed = await asBot.get('users.presence', { from });
  expect(changed.json).toMatchObject({ full: false, users: [{ username: 'ana', status: 'busy' }] });
});
