import { expect, test } from 'vitest';
import { startTestReceiver } from './test-receiver.ts';
import { startTestRocketChat, type TestRocketChat } from './test-rocketchat.ts';

const TWENTY_SECONDS = 20_000;

/** Waits for what was begun, and for what a move of the clock begins. */
const after = async ({ clock, idle }: TestRocketChat, ms: number) => {
  clock.advance(ms);
  await idle();
};

test('the secret goes along, and not at all while it is empty', async () => {
  const receiver = await startTestReceiver();
  const rocketchat = await startTestRocketChat({ settings: receiver.settings });
  await rocketchat.open('one');
  await rocketchat.idle();
  rocketchat.world.settings.Livechat_secret_token = '';
  await rocketchat.open('two');
  await rocketchat.idle();
  expect(receiver.tokens).toEqual(['a-shared-secret', 'a-shared-secret', null, null]);
});

test.each([500, 503, 429, 0])(
  'after %i it is sent again, five times in all, 20 s apart',
  async (status) => {
    const receiver = await startTestReceiver({ status });
    const settings = { ...receiver.settings, Livechat_webhook_on_chat_taken: false };
    const rocketchat = await startTestRocketChat({ settings });
    await rocketchat.open('t');
    await rocketchat.idle();
    await after(rocketchat, TWENTY_SECONDS / 2);
    expect(receiver.bodies).toHaveLength(1);
    for (let more = 0; more < 6; more += 1) await after(rocketchat, TWENTY_SECONDS);
    expect(receiver.bodies).toHaveLength(5);
    expect(rocketchat.webhooks.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
    const times = rocketchat.webhooks.map(({ at }) => at);
    const gaps = times.slice(1).map((at, place) => at - (times[place] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(TWENTY_SECONDS);
    expect(new Set(rocketchat.webhooks.map(({ payload }) => payload)).size).toBe(1);
  },
);

test.each([201, 204, 301, 400, 401, 404])('after %i the event is lost', async (status) => {
  const receiver = await startTestReceiver({ status });
  const settings = { ...receiver.settings, Livechat_webhook_on_chat_taken: false };
  const rocketchat = await startTestRocketChat({ settings });
  await rocketchat.open('t');
  await rocketchat.idle();
  expect(rocketchat.webhooks).toMatchObject([{ status, attempt: 1 }]);
  expect(rocketchat.waitingWebhooks()).toBe(0);
});

test('what the receiver answers is kept with the room', async () => {
  const receiver = await startTestReceiver();
  const rocketchat = await startTestRocketChat({ settings: receiver.settings });
  const { _id } = await rocketchat.open('t');
  await rocketchat.idle();
  expect(rocketchat.world.state.rooms.get(_id)?.crmData).toBe('{"kept":true}');
});

test('each kind has its switch', async () => {
  const receiver = await startTestReceiver();
  const rocketchat = await startTestRocketChat({
    agents: ['ana', 'eva'],
    settings: { Livechat_webhookUrl: receiver.url },
  });
  const { people, world } = rocketchat;
  const live = async (token: string) => {
    const { _id: rid, servedBy } = await rocketchat.open(token);
    const [from, to] = servedBy?.username === 'ana' ? ['ana', 'eva'] : ['eva', 'ana'];
    await rocketchat.asVisitor.post('livechat/message', { rid, token, msg: 'Hello' });
    people.answer(from, rid, 'Yes?');
    await people.forward(from, rid, { agent: to });
    people.returnToQueue(rid);
    people.take(to, rid);
    people.close(to, rid);
    await rocketchat.idle();
    return receiver.bodies.splice(0).map(({ type }) => type);
  };
  expect(await live('none')).toEqual([]);
  const switches = [
    ['Livechat_webhook_on_start', ['LivechatSessionStart']],
    ['Livechat_webhook_on_close', ['LivechatSession']],
    ['Livechat_webhook_on_chat_taken', Array(3).fill('LivechatSessionTaken')],
    ['Livechat_webhook_on_chat_queued', ['LivechatSessionQueued']],
    ['Livechat_webhook_on_forward', ['LivechatSessionForwarded']],
    ['Livechat_webhook_on_agent_message', ['Message', 'Message']],
    ['Livechat_webhook_on_visitor_message', ['Message']],
  ] as const;
  for (const [id, types] of switches) {
    world.settings[id] = true;
    expect(await live(id)).toEqual(types);
    world.settings[id] = false;
  }
});

test('an agent’s file, edit and closing comment are told as messages', async () => {
  const receiver = await startTestReceiver();
  const rocketchat = await startTestRocketChat({ settings: receiver.settings });
  const { people, url } = rocketchat;
  const { _id: rid, servedBy } = await rocketchat.open('t');
  const tell = async () => {
    await rocketchat.idle();
    return receiver.bodies
      .splice(0)
      .filter(({ type }) => type === 'Message')
      .flatMap(({ messages }) => messages);
  };
  const bytes = Buffer.from('bytes');
  const { file } = people.upload('ana', rid, { name: 'a.png', type: 'image/png', bytes });
  expect(await tell()).toMatchObject([
    {
      agentId: servedBy?._id,
      file: { name: 'a.png' },
      fileUpload: {
        publicFilePath: `${url}/file-upload/${file._id}/a.png`,
        ...{ type: 'image/png', size: 5 },
      },
    },
  ]);
  const sent = people.answer('ana', rid, 'Helo');
  people.edit('ana', sent._id, 'Hello');
  const [first, second] = (await tell()).toSorted((a) => (a.editedAt === undefined ? -1 : 1));
  expect(first).toMatchObject({ _id: sent._id, msg: 'Helo', username: 'ana' });
  expect(second).toMatchObject({ _id: sent._id, msg: 'Hello', editedAt: expect.any(String) });
  people.close('ana', rid, 'Bye');
  expect(await tell()).toMatchObject([{ msg: 'Bye', closingMessage: true }]);
});

test('a forward tells from whom, and whence', async () => {
  const receiver = await startTestReceiver();
  const settings = { Livechat_webhookUrl: receiver.url, Livechat_webhook_on_forward: true };
  const rocketchat = await startTestRocketChat({ agents: ['ana', 'eva'], settings });
  const first = rocketchat.addDepartment({ name: 'Support', agents: ['ana'] });
  const next = rocketchat.addDepartment({ name: 'Billing', agents: ['eva'] });
  const { _id: rid } = await rocketchat.open('t', { department: first._id });
  await rocketchat.people.forward('ana', rid, { agent: 'eva' });
  await rocketchat.idle();
  expect(receiver.bodies.splice(0)).toMatchObject([
    { oldServedBy: { username: 'ana' }, servedBy: { username: 'eva' }, departmentId: first._id },
  ]);
  await rocketchat.people.forward('eva', rid, { agent: 'ana' });
  await rocketchat.idle();
  receiver.bodies.splice(0);
  await rocketchat.people.forward('ana', rid, { departmentId: next._id });
  await rocketchat.idle();
  expect(receiver.bodies).toMatchObject([
    { oldDepartmentId: first._id, departmentId: next._id, servedBy: { username: 'eva' } },
  ]);
});

test('webhooks are lost, doubled and held back as the chances say', async () => {
  const receiver = await startTestReceiver();
  const settings = { ...receiver.settings, Livechat_webhook_on_chat_taken: false };
  const rocketchat = await startTestRocketChat({ settings });
  const { faults } = rocketchat;
  faults.chances.webhooks.lost = 1;
  await rocketchat.open('one');
  await rocketchat.idle();
  expect(receiver.bodies).toEqual([]);
  faults.clear();
  faults.chances.webhooks.doubled = 1;
  await rocketchat.open('two');
  await rocketchat.idle();
  expect(receiver.bodies.splice(0)).toHaveLength(2);
  faults.clear();
  Object.assign(faults.chances.webhooks, { heldBack: 1, heldBackMs: 600_000 });
  const held = await rocketchat.open('three');
  faults.clear();
  const next = await rocketchat.open('four');
  await rocketchat.idle();
  await after(rocketchat, 600_000);
  expect(receiver.bodies.map(({ _id }) => _id)).toEqual([next._id, held._id]);
});
