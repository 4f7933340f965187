// Agents see which colleagues have a conversation open, and who of them writes: at both servers, soon, and no longer than it lasts.
import { describe, expect, test } from 'vitest';
import type { ToldOnlookers } from '../../src/contract/onlookers.ts';
import { mosquittoMissing } from '../makers/start-mosquitto.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import {
  type AgentClient,
  connectAgent,
  connectVisitor,
  type WebClient,
} from '../makers/web-client.ts';
import { embeddedStand, mosquittoStand, type Stand, startAt } from '../makers/webchat-stand.ts';

const SOON_MS = 2000;
const LEFT_MS = 11_000;

async function converse(usher: TestUsher, agentId: string): Promise<string> {
  const customer = { id: 'dewi', name: 'Dewi' };
  const visitor = await connectVisitor(usher, { customer });
  const { sessionId } = visitor.session;
  const ask = { customerId: 'dewi', sessionId, requestID: 'r1' };
  await visitor.say('server/sessions/request', ask);
  const [opened] = await eventually(
    () => usher.conversations(),
    (all) => all.length === 1,
  );
  const id = opened?.id ?? '';
  await usher.call('POST', `/api/v1/conversations/${id}/assign`, {
    body: { agentId, force: true },
  });
  return id;
}

/** An agent whose client hears of colleagues. */
async function enter(usher: TestUsher, name: string, more: object = {}): Promise<AgentClient> {
  const agent = await connectAgent(usher, { name, ...more });
  expect(await agent.listen(`client/agents/${agent.agentId}/onlookers`)).toEqual([1]);
  return agent;
}

/** Under their own id, so that a broker beside Usher can tell who speaks. */
const lookingTopic = ({ agentId }: AgentClient) => `server/agents/${agentId}/agents/looking`;
const sayLook = (client: AgentClient, look: object, qos: 0 | 1 = 1) =>
  client.say(lookingTopic(client), { tab: 't1', ...look }, qos);

/** Says it as often as a tab does. */
function keepLooking(client: AgentClient, look: object): () => void {
  const say = () => void sayLook(client, look, 0);
  say();
  const timer = setInterval(say, 4000);
  return () => clearInterval(timer);
}

/** Who looks, as the client was told it last: the agents, and what they write. */
function shownTo(client: AgentClient, conversationId: string): Record<string, string | null> {
  let shown: ToldOnlookers['conversations'] = {};
  for (const { topic, body } of client.heard) {
    if (topic !== `client/agents/${client.agentId}/onlookers`) continue;
    const told = body as ToldOnlookers;
    shown = told.whole ? told.conversations : { ...shown, ...told.conversations };
  }
  const there = shown[conversationId] ?? [];
  return Object.fromEntries(there.map(({ agentId, writing }) => [agentId, writing]));
}

const becomes = (client: AgentClient, id: string, wanted: object, withinMs: number) =>
  eventually(
    () => shownTo(client, id),
    (shown) => JSON.stringify(shown) === JSON.stringify(wanted),
    withinMs,
  );

const stands: [string, Stand, string | null][] = [
  ['at two servers', embeddedStand, null],
  [`at two servers beside mosquitto ${mosquittoMissing ?? ''}`, mosquittoStand, mosquittoMissing],
];

describe.each(stands)('%s', (_, stand, missing) => {
  test.skipIf(missing !== null)(
    'a colleague who opens it, writes, leaves or dies is shown so to whoever is at the other server',
    async () => {
      const { usher: first, settings } = await startAt(stand);
      const environment = { ...settings, ...stand.second(), DATABASE_URL: first.database.url };
      const second = await startTestUsher(environment);
      const ana = await enter(first, 'Ana');
      const budi = await enter(second, 'Budi');
      const id = await converse(first, ana.agentId);
      // The servers know of each other within two seconds.
      const stop = keepLooking(budi, { conversationId: id });
      await becomes(ana, id, { [budi.agentId]: null }, 8000);

      await sayLook(budi, { conversationId: id, writing: 'reply' });
      await becomes(ana, id, { [budi.agentId]: 'reply' }, SOON_MS);
      await sayLook(budi, { conversationId: id, writing: 'note' });
      await becomes(ana, id, { [budi.agentId]: 'note' }, SOON_MS);
      stop();
      await sayLook(budi, { conversationId: null });
      await becomes(ana, id, {}, SOON_MS);

      const stopAgain = keepLooking(budi, { conversationId: id });
      await becomes(ana, id, { [budi.agentId]: null }, SOON_MS);
      stopAgain();
      budi.mqtt.stream.destroy();
      await becomes(ana, id, {}, LEFT_MS);
    },
    60_000,
  );
});

test('whoever opens it is told at once who is there, and two tabs of one person are one', async () => {
  const usher = await startTestUsher();
  const ana = await enter(usher, 'Ana');
  const id = await converse(usher, ana.agentId);
  await sayLook(ana, { tab: 'one', conversationId: id });
  await sayLook(ana, { tab: 'two', conversationId: id, writing: 'reply' });
  const budi = await enter(usher, 'Budi');
  await sayLook(budi, { conversationId: id });
  await eventually(
    () => shownTo(budi, id),
    (shown) => shown[ana.agentId] === 'reply' && Object.keys(shown).length === 2,
    SOON_MS,
  );
});

test('who may not see a conversation neither hears who looks at it nor is shown there; visitors hear nothing', async () => {
  const usher = await startTestUsher();
  await usher.call('PATCH', '/api/v1/settings', { body: { agentsSee: 'own-and-teams' } });
  const ana = await enter(usher, 'Ana');
  const budi = await enter(usher, 'Budi');
  const susi = await enter(usher, 'Susi', { role: 'supervisor' });
  const visitor: WebClient = await connectVisitor(usher, { customer: { id: 'rini' } });
  const id = await converse(usher, ana.agentId);
  await sayLook(budi, { conversationId: id, writing: 'reply' });
  await sayLook(susi, { conversationId: id, writing: 'note' });
  await becomes(ana, id, { [susi.agentId]: 'note' }, SOON_MS);
  await becomes(susi, id, { [susi.agentId]: 'note' }, SOON_MS);
  expect(shownTo(budi, id)).toEqual({});
  const told = budi.heard.filter(({ topic }) => topic.endsWith('/onlookers'));
  expect(JSON.stringify(told)).not.toContain(susi.agentId);
  expect(await budi.listen(`client/agents/${ana.agentId}/onlookers`)).toEqual([128]);
  expect(await visitor.listen(`client/agents/${ana.agentId}/onlookers`)).toEqual([128]);
  expect(JSON.stringify(visitor.heard)).not.toContain(susi.agentId);
});

test('what is not a tab or a conversation is left out, and of many tabs of one person the last ten count', async () => {
  const usher = await startTestUsher();
  const ana = await enter(usher, 'Ana');
  const budi = await enter(usher, 'Budi');
  const id = await converse(usher, ana.agentId);
  const say = (body: object) => budi.say(lookingTopic(budi), body);
  await say({ conversationId: id });
  await say({ tab: 'x'.repeat(41), conversationId: id });
  await say({ tab: 't1', conversationId: 'nonsense' });
  await say({ tab: 't1', conversationId: '00000000-0000-7000-8000-000000000000' });
  expect(budi.isClosed()).toBe(false);
  await say({ tab: 'first', conversationId: id });
  await becomes(ana, id, { [budi.agentId]: null }, SOON_MS);
  expect(ana.heard.filter(({ body }) => 'conversations' in body)).not.toEqual([]);

  // Ten others make room for themselves: the first one is forgotten.
  const other = await converseMore(usher);
  for (let nth = 0; nth < 10; nth += 1) await say({ tab: `tab-${nth}`, conversationId: other });
  await becomes(ana, id, {}, SOON_MS);
  expect(shownTo(ana, other)).toEqual({ [budi.agentId]: null });
});

async function converseMore(usher: TestUsher): Promise<string> {
  const visitor = await connectVisitor(usher, { customer: { id: 'rini', name: 'Rini' } });
  await visitor.say('server/sessions/request', { customerId: 'rini', requestID: 'r1' });
  const all = await eventually(
    () => usher.conversations(),
    (found) => found.length === 2,
  );
  return all.find(({ contact }) => contact.externalId === 'rini')?.id ?? '';
}
