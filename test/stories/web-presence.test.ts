// Visitors are told whether somebody is there for them: by the rules of routing, as it changes, at whichever server they are.
import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../src/contract/policy/policy.ts';
import { mosquittoMissing } from '../makers/start-mosquitto.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { connectVisitor, connectWeb, type VisitorClient } from '../makers/web-client.ts';
import { embeddedStand, mosquittoStand, type Stand, startAt } from '../makers/webchat-stand.ts';

const topicOf = (channelId: string) => `server/channels/${channelId}/presence`;

async function make(usher: TestUsher, path: string, body: object): Promise<string> {
  const answer = await usher.call('POST', `/api/v1/${path}`, { body });
  expect(answer.status, answer.text).toBe(201);
  return (answer.body as { id: string }).id;
}

const makeShop = (usher: TestUsher, more: object = {}) =>
  make(usher, 'channels', { kind: 'webchat', name: 'Shop', ...more });

const hire = (usher: TestUsher, more: object = {}) =>
  make(usher, 'agents', { name: 'Ana', capacity: 1, availability: 'online', ...more });

const change = (usher: TestUsher, agentId: string, body: object) =>
  usher.call('PATCH', `/api/v1/agents/${agentId}`, { body });

/** As whoever is not connected is told it. */
async function look(usher: TestUsher, channelId: string): Promise<unknown> {
  const config = await usher.call('GET', `/widget/config?channelId=${channelId}`, { token: null });
  return (config.body as { presence: { state: string } }).presence.state;
}

const becomes = (usher: TestUsher, channelId: string, state: string) =>
  eventually(
    () => look(usher, channelId),
    (found) => found === state,
  );

/** What was told of the channel since, each in its turn. */
function follow(client: VisitorClient, channelId: string) {
  const from = client.heard.length;
  return (states: string[]) =>
    eventually(
      () =>
        client.heard
          .slice(from)
          .filter(({ topic }) => topic === topicOf(channelId))
          .map(({ body }) => body.state as string)
          // Told again by a server that had not heard of the other, or to those who have just come.
          .filter((state, at, all) => state !== all[at - 1]),
      (told) => JSON.stringify(told.slice(-states.length)) === JSON.stringify(states),
    );
}

async function ask(client: VisitorClient): Promise<void> {
  const { customerId, sessionId } = client.session;
  const request = { customerId, sessionId, requestID: 'r1' };
  await client.say('server/sessions/request', request);
}

async function makeTwoServers(stand: Stand) {
  const { usher: first, settings } = await startAt(stand);
  const environment = { ...settings, ...stand.second(), DATABASE_URL: first.database.url };
  const second = await startTestUsher(environment);
  const channelId = await makeShop(first);
  await eventually(
    () => second.call('GET', `/widget/config?channelId=${channelId}`, { token: null }),
    ({ status }) => status === 200,
  );
  const here = await connectVisitor(first, { channelId });
  const there = await connectVisitor(second, { channelId });
  for (const client of [here, there]) {
    expect(await client.listen(topicOf(channelId))).toEqual([1]);
  }
  return { first, second, channelId, here, there };
}

const stands: [string, Stand, string | null][] = [
  ['at two servers', embeddedStand, null],
  [`at two servers beside mosquitto ${mosquittoMissing ?? ''}`, mosquittoStand, mosquittoMissing],
];

describe.each(stands)('%s', (_, stand, missing) => {
  test.skipIf(missing !== null)(
    'all visitors are told of somebody, of all busy, and of nobody, whichever server knew it first',
    async () => {
      const { first, second, channelId, here, there } = await makeTwoServers(stand);
      const [toHere, toThere] = [follow(here, channelId), follow(there, channelId)];
      const agentId = await hire(first);
      await Promise.all([toHere(['here']), toThere(['here'])]);
      await ask(there);
      await Promise.all([toHere(['here', 'busy']), toThere(['here', 'busy'])]);
      await change(second, agentId, { capacity: 2 });
      await Promise.all([toHere(['busy', 'here']), toThere(['busy', 'here'])]);
      await change(first, agentId, { availability: 'away' });
      await Promise.all([toHere(['here', 'away']), toThere(['here', 'away'])]);
      await change(second, agentId, { availability: 'online' });
      await Promise.all([toHere(['away', 'here']), toThere(['away', 'here'])]);
    },
  );
});

test('only those count who may have the channel’s conversations: its team, its skills, and who answers here', async () => {
  const usher = await startTestUsher();
  const teamId = await make(usher, 'teams', { name: 'Orders' });
  const skillId = await make(usher, 'skills', { name: 'Spanish' });
  const plain = await makeShop(usher);
  const ofTeam = await makeShop(usher, { teamId });
  const spanish = await makeShop(usher, { config: { skills: ['spanish'] } });
  const all = async () => [
    await look(usher, plain),
    await look(usher, ofTeam),
    await look(usher, spanish),
  ];
  const become = (states: string[]) =>
    eventually(all, (found) => JSON.stringify(found) === JSON.stringify(states));
  await become(['away', 'away', 'away']);
  const ana = await hire(usher);
  await become(['here', 'away', 'away']);
  await change(usher, ana, { teamIds: [teamId] });
  await become(['here', 'here', 'away']);
  await change(usher, ana, { skillIds: [skillId] });
  await become(['here', 'here', 'here']);
  await change(usher, ana, { capacity: 0 });
  await become(['busy', 'busy', 'busy']);
  await hire(usher);
  await become(['here', 'busy', 'busy']);
  await change(usher, ana, { answersHere: false });
  await become(['here', 'away', 'away']);
});

test('a visitor is told of the own channel and of no other', async () => {
  const usher = await startTestUsher();
  const [own, other] = [await makeShop(usher), await makeShop(usher)];
  const visitor = await connectVisitor(usher, { channelId: own });
  const filters = [topicOf(own), topicOf(other), 'server/channels/+/presence', 'server/channels/#'];
  expect(await visitor.listen(...filters)).toEqual([1, 128, 128, 128]);
  const forged = await connectVisitor(usher, { channelId: own });
  // It is never acknowledged.
  forged.say(topicOf(own), { state: 'here' }).catch(() => {});
  await eventually(forged.isClosed, (is) => is);
  expect(visitor.heard.filter(({ topic }) => topic === topicOf(own))).toEqual([]);
  const stranger = await connectWeb({ ...visitor.session.mqtt, clientId: 'again' });
  expect(await stranger.listen(topicOf(own))).toEqual([1]);
});

test('a conversation ends at once for want of somebody, or is a message that is left, as visitors are told', async () => {
  const usher = await startTestUsher();
  const policy = { ...defaultPolicy, whenNobodyOnline: 'abort' };
  expect((await usher.call('PUT', '/api/v1/policy', { body: policy })).status).toBe(200);
  await make(usher, 'skills', { name: 'Spanish' });
  const spanish = await makeShop(usher, { config: { skills: ['Spanish'] } });
  const leaving = await makeShop(usher, {
    config: { skills: ['Spanish'], offline: { enabled: true, text: '' } },
  });
  // She is online, and may have neither.
  await hire(usher);
  await becomes(usher, spanish, 'away');
  const aborted = await connectVisitor(usher, { channelId: spanish });
  await ask(aborted);
  const unavailable = 'session/aborted/unavailableAttendants';
  await aborted.hears(
    `${aborted.session.sessionTopic}/client/control`,
    ({ instruction }) => instruction === unavailable,
  );
  const left = await connectVisitor(usher, { channelId: leaving });
  await ask(left);
  await left.hears(
    `${left.session.sessionTopic}/client/control`,
    ({ instruction }) => instruction === 'session/queued',
  );
  const [waiting] = await usher.conversations('waiting');
  expect(waiting).toMatchObject({ channelId: leaving, meta: { left: true } });
});

test('a keep-alive tells the visitor whether the agent they talk to is there', async () => {
  const usher = await startTestUsher();
  const agentId = await hire(usher);
  const visitor = await connectVisitor(usher);
  await ask(visitor);
  const control = `${visitor.session.sessionTopic}/client/control`;
  const ready = await visitor.hears(control, ({ instruction }) => instruction === 'session/ready');
  expect(ready.sessionInfo.attendant).toMatchObject({ id: agentId, present: true });
  await change(usher, agentId, { availability: 'offline' });
  const { customerId, sessionId, sessionTopic } = visitor.session;
  const alive = { sessionTopic, sessionId, customer: { id: customerId } };
  await visitor.say('server/sessions/online', alive);
  const update = await visitor.hears(
    control,
    ({ instruction }) => instruction === 'session/update',
  );
  expect(update.sessionInfo.attendant).toMatchObject({ id: agentId, present: false });
});
