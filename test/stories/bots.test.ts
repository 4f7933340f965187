// A bot is first by its plan, answers, hands over and fails: whatever it does, a person gets the customer, and nothing is lost.
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import type { Decisions } from '../../src/contract/decisions.ts';
import { EventBody, eventData } from '../../src/contract/events.ts';
import { advanceAtRest } from '../makers/advance-at-rest.ts';
import { good, startBot } from '../makers/start-bot.ts';
import {
  ALLOWED,
  expectPersonWithin,
  type Shop,
  setUpShop,
  startShopWithBot,
  withBot,
  withPerson,
} from '../makers/start-shop-with-bot.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';

const saidBy = async ({ messages }: Pick<Shop, 'messages'>, id: string) =>
  (await messages(id)).filter(({ kind }) => kind === 'text').map(({ authorKind }) => authorKind);

const noteOf = async ({ messages }: Pick<Shop, 'messages'>, id: string) =>
  (await messages(id)).findLast(({ kind }) => kind === 'note');

async function eventsOf(
  { usher }: { usher: { database: { pool: import('pg').Pool } } },
  id: string,
) {
  const { rows } = await usher.database.pool.query<{ type: string; data: object }>(
    'select type, data from event where stream_id = $1 order by seq',
    [id],
  );
  return rows;
}

test('a good bot is first, knows what was said before, answers each message, and ends the conversation', async () => {
  const shop = await startShopWithBot();
  const { bot, open, until, write } = shop;
  const id = await open('Where is my parcel?');
  expect(await until(id, withBot)).toMatchObject({
    state: 'assigned',
    agentId: bot.agent.id,
    agentName: 'Botty',
  });
  await eventually(
    () => saidBy(shop, id),
    (said) => said.length === 2,
  );
  const [assigned] = bot.events;
  expect(assigned).toMatchObject({
    type: 'conversation.assigned',
    subjectId: id,
    history: [{ authorKind: 'contact', text: 'Where is my parcel?', attachments: [] }],
    contact: { name: null },
  });
  await write(id, 'Order 17.');
  await eventually(
    () => saidBy(shop, id),
    (said) => said.length === 4,
  );
  expect(await saidBy(shop, id)).toEqual(['contact', 'bot', 'contact', 'bot']);
  expect(await bot.says(id).close({ note: 'solved' })).toBe(200);
  await eventually(
    () => bot.of(id),
    (types) => types.includes('conversation.closed'),
  );
  expect(bot.of(id)).toEqual(['conversation.assigned', 'message.created', 'conversation.closed']);

  const why = (await shop.call('GET', `/api/v1/conversations/${id}/decisions`)).body as Decisions;
  expect(why.decisions[0]?.sentences.join(' ')).toContain('the plan gives it to the bot first');
});

test('a bot is told of nothing that others have, and not of what it says itself', async () => {
  const shop = await startShopWithBot();
  await shop.putPlan({});
  const theirs = await shop.open();
  await shop.until(theirs, withPerson);
  await shop.write(theirs, 'Hello?');
  await shop.putPlan({ bot: { agent: 'Botty' } });
  const id = await shop.open();
  await eventually(
    () => saidBy(shop, id),
    (said) => said.length === 2,
  );
  await shop.write(id, 'Thanks.');
  await eventually(
    () => saidBy(shop, id),
    (said) => said.length === 4,
  );
  expect(shop.bot.of(theirs)).toEqual([]);
  expect(shop.bot.of(id)).toEqual(['conversation.assigned', 'message.created']);
});

test('a bot hands over with a reason, fields, a priority and a note: a person sees them first, at the old rank', async () => {
  const shop = await startShopWithBot();
  const id = await shop.open();
  const before = await shop.until(id, withBot);
  const handover = {
    reason: 'needs-refund',
    text: 'The customer wants the money back.',
    fields: { order: 17, paid: true },
    priority: 'high',
    note: 'Look at the second parcel.',
  };
  expect(await shop.bot.says(id).handOver(handover)).toBe(200);
  const after = await shop.until(id, withPerson);
  expect(after).toMatchObject({
    agentId: shop.ana.id,
    priority: 'high',
    queuedAt: before.queuedAt,
    meta: { order: 17, paid: true },
    transfer: { how: 'handed-over', by: `agent:${shop.bot.agent.id}`, fromAgentId: null },
  });
  const note = await noteOf(shop, id);
  expect(note).toMatchObject({ authorKind: 'bot', authorId: shop.bot.agent.id, mark: 'transfer' });
  expect(note?.text.split('\n')).toEqual([
    'Botty: The customer wants the money back.',
    'Look at the second parcel.',
    'order: 17',
    'paid: true',
  ]);
  const events = await eventsOf(shop, id);
  expect(events.find(({ type }) => type === 'conversation.left-by-bot')?.data).toMatchObject({
    agentId: shop.bot.agent.id,
    reason: 'needs-refund',
    fields: { order: 17, paid: true },
  });
  await eventually(
    () => shop.bot.of(id),
    (types) => types.includes('conversation.left-by-bot'),
  );
  // What it gave away it may not touch, nor give away twice.
  expect(await shop.bot.says(id).say('One more thing.')).toBe(409);
  expect(await shop.bot.says(id).handOver({ reason: 'again' })).toBe(409);
});

test('every body that a bot hears is as the reference of events has it', async () => {
  const shop = await startShopWithBot();
  const id = await shop.open();
  await eventually(
    () => saidBy(shop, id),
    (said) => said.length === 2,
  );
  await shop.write(id, 'Thanks.');
  await eventually(
    () => shop.bot.of(id),
    (types) => types.includes('message.created'),
  );
  await shop.bot.says(id).handOver({ reason: 'x', fields: { a: 1 } });
  await eventually(
    () => shop.bot.of(id),
    (types) => types.includes('conversation.left-by-bot'),
  );
  for (const body of shop.bot.events) {
    expect([...Value.Errors(EventBody, body)], body.type).toEqual([]);
    expect([...Value.Errors(eventData[body.type], body.data)], body.type).toEqual([]);
  }
});

test('a bot hands over into a plan, or to a team, and never gets it again', async () => {
  const shop = await startShopWithBot();
  const team = (await shop.call('POST', '/api/v1/teams', { body: { name: 'Money' } })).body as {
    id: string;
  };
  const id = await shop.open();
  await shop.until(id, withBot);
  expect(await shop.bot.says(id).handOver({ reason: 'money', teamId: team.id })).toBe(200);
  expect(await shop.until(id, ({ state }) => state === 'waiting')).toMatchObject({
    teamId: team.id,
  });
  const back = { body: { plan: 'Default' } };
  expect((await shop.call('POST', `/api/v1/conversations/${id}/transfer`, back)).status).toBe(200);
  await shop.call('PATCH', `/api/v1/agents/${shop.ana.id}`, { body: { teamIds: [team.id] } });
  await shop.until(id, withPerson);
  expect(shop.bot.of(id).filter((type) => type === 'conversation.assigned')).toHaveLength(1);

  const other = await shop.open();
  await shop.until(other, withBot);
  const both = { reason: 'x', plan: 'Default', teamId: team.id };
  expect(await shop.bot.says(other).handOver(both)).toBe(400);
  expect(await shop.bot.says(other).handOver({ reason: 'x', plan: 'No such plan' })).toBe(404);
  expect(await shop.bot.says(other).handOver({ reason: 'x', plan: 'Default' })).toBe(200);
  expect((await shop.until(other, withPerson)).agentId).toBe(shop.ana.id);
});

test('a handover that is too large, of nobody, or of a person is refused with what to do', async () => {
  const shop = await startShopWithBot();
  const id = await shop.open();
  await shop.until(id, withBot);
  const fields = Object.fromEntries(
    Array.from({ length: 10 }, (_, nth) => [`f${nth}`, 'x'.repeat(1999)]),
  );
  expect(await shop.bot.says(id).handOver({ reason: 'x', fields })).toBe(413);
  expect(await shop.bot.says(id).handOver({ reason: 'No code' })).toBe(400);
  await shop.bot.says(id).handOver({ reason: 'x' });
  await shop.until(id, withPerson);
  const again = await shop.call('POST', `/api/v1/conversations/${id}/handover`, {
    body: { reason: 'x' },
  });
  expect(again).toMatchObject({ status: 409, body: { code: 'conversation.not-with-bot' } });
});

for (const [language, text] of [
  ['English', 'I want to talk to a HUMAN, please!'],
  ['Indonesian', 'Saya mau bicara dengan manusia.'],
  ['Korean', '상담원과 연결해 주세요'],
  ['Portuguese', 'Quero falar com um ATENDENTE.'],
]) {
  test(`a contact who asks for a person in ${language} has one within five seconds`, async () => {
    const shop = await startShopWithBot();
    const id = await shop.open();
    await eventually(
      () => saidBy(shop, id),
      (said) => said.length === 2,
    );
    await shop.write(id, text as string);
    await expectPersonWithin(shop, id);
    expect((await noteOf(shop, id))?.text).toBe('Botty: the contact asks for a person.');
    expect(await saidBy(shop, id)).toContain('contact');
  });
}

test('a contact whose very first message asks for a person gets one', async () => {
  const shop = await startShopWithBot();
  const id = await shop.open('Can I speak with an agent?');
  await expectPersonWithin(shop, id);
});

test('a bot whose program refuses what it is told loses that conversation at once, and keeps the others', async () => {
  const shop = await startShopWithBot();
  const kept = await shop.open();
  await shop.until(kept, withBot);
  await eventually(
    () => saidBy(shop, kept),
    (said) => said.length === 2,
  );
  shop.bot.behave(() => 422);
  const id = await shop.open();
  await expectPersonWithin(shop, id);
  expect((await noteOf(shop, id))?.text).toBe(
    'Botty: its program did not take what was sent to it.',
  );
  expect(await shop.read(kept)).toMatchObject({ agentKind: 'bot' });
});

test('a bot whose door is gone loses everything at once, is given nothing more, and comes back with its door', async () => {
  const shop = await startShopWithBot();
  const ids = [await shop.open(), await shop.open(), await shop.open()];
  for (const id of ids) {
    await shop.until(id, withBot);
    await eventually(
      () => saidBy(shop, id),
      (said) => said.length === 2,
    );
  }
  shop.bot.behave(() => 503);
  await shop.write(ids[0] as string, 'Are you there?');
  for (const id of ids) await expectPersonWithin(shop, id);
  const botty = async () =>
    (await shop.call('GET', `/api/v1/agents/${shop.bot.agent.id}`)).body as Agent;
  expect(await botty()).toMatchObject({ availability: 'offline', statusCause: 'elsewhere' });
  const heard = shop.bot.events.length;
  const next = await shop.open();
  await shop.until(next, withPerson);
  expect(shop.bot.of(next)).toEqual([]);
  expect(shop.bot.events.length).toBeGreaterThanOrEqual(heard);

  shop.bot.behave(good);
  // The first retry comes after five seconds.
  await advanceAtRest(shop.usher, 8000);
  await eventually(botty, ({ availability }) => availability === 'online');
  await shop.until(await shop.open(), withBot);
});

test('a bot that hangs is silent: once its time is over a person has it within five seconds', async () => {
  const shop = await startShopWithBot({
    behave: () => 'never',
    plan: { bot: { agent: 'Botty', silentFor: 12 } },
  });
  const id = await shop.open();
  await shop.until(id, withBot);
  await eventually(
    () => shop.bot.of(id),
    (types) => types.length === 1,
  );
  await shop.usher.clock.advance(12_000);
  const took = await expectPersonWithin(shop, id);
  expect((await noteOf(shop, id))?.text).toBe('Botty: it did not answer in time.');
  expect(took).toBeLessThan(5000);
});

test('a bot that answers in time is asked again from the contact’s next message on', async () => {
  const shop = await startShopWithBot({ plan: { bot: { agent: 'Botty', silentFor: 10 } } });
  const id = await shop.open();
  await eventually(
    () => saidBy(shop, id),
    (said) => said.length === 2,
  );
  await advanceAtRest(shop.usher, 60_000);
  await shop.write(id, 'Thanks!');
  await eventually(
    () => saidBy(shop, id),
    (said) => said.length === 4,
  );
  expect(await shop.read(id)).toMatchObject({ agentKind: 'bot' });
  shop.bot.behave(() => 204);
  await shop.write(id, 'And my other parcel?');
  await eventually(
    () => shop.bot.of(id).length,
    (count) => count === 3,
  );
  await advanceAtRest(shop.usher, 10_000);
  await expectPersonWithin(shop, id);
});

test('a bot that floods is stopped at the limit, and a person has the contact at once', async () => {
  const shop = await startShopWithBot({
    behave: () => 204,
    plan: { bot: { agent: 'Botty', messages: 3 } },
  });
  const id = await shop.open();
  await shop.until(id, withBot);
  const answers: number[] = [];
  for (let nth = 0; nth < 8; nth += 1) answers.push(await shop.bot.says(id).say(`Buy ${nth}!`));
  expect(answers.slice(0, 4)).toEqual([201, 201, 201, 409]);
  expect(answers.slice(4).every((status) => status === 409)).toBe(true);
  await expectPersonWithin(shop, id);
  expect(await saidBy(shop, id)).toEqual(['contact', 'bot', 'bot', 'bot']);
  expect((await noteOf(shop, id))?.text).toBe('Botty: it wrote more messages than it may.');
});

test('a bot and a machine that answer each other for ever end with a person', async () => {
  const shop = await startShopWithBot({ plan: { bot: { agent: 'Botty', replies: 4 } } });
  const id = await shop.open();
  for (let nth = 1; nth <= 5; nth += 1) {
    await eventually(
      () => saidBy(shop, id),
      (said) => said.length >= 2 * nth,
    );
    if (nth < 5) await shop.write(id, `I am out of office (${nth}).`);
  }
  await expectPersonWithin(shop, id);
  expect((await noteOf(shop, id))?.text).toBe(
    'Botty: it has taken its last turn without a person.',
  );
});

test('people get at once what comes while the bot is full, and never more than its capacity goes to it', async () => {
  const shop = await startShopWithBot({ capacity: 3, behave: () => 204 });
  const ids = await Promise.all(Array.from({ length: 9 }, () => shop.open()));
  const all = await Promise.all(
    ids.map((id) => shop.until(id, ({ state }) => state === 'assigned')),
  );
  expect(all.filter(withBot)).toHaveLength(3);
  expect(all.filter(withPerson)).toHaveLength(6);
  const { body } = await shop.call('GET', `/api/v1/agents/${shop.bot.agent.id}`);
  expect(body).toMatchObject({ load: 3 });
});

test('a bot is chosen by no plan that does not name it, by no skill and no team', async () => {
  const shop = await startShopWithBot();
  const team = (await shop.call('POST', '/api/v1/teams', { body: { name: 'Money' } })).body as {
    id: string;
  };
  const path = `/api/v1/agents/${shop.bot.agent.id}`;
  await shop.call('PATCH', path, { body: { teamIds: [team.id] } });
  await shop.putPlan({ steps: [{ after: 0, team: 'Money' }] });
  const id = await shop.open();
  await shop.usher.clock.advance(5000);
  expect(await shop.read(id)).toMatchObject({ state: 'waiting', agentId: null });
  const why = await shop.call('GET', `/api/v1/conversations/${id}/why-not/${shop.bot.agent.id}`);
  expect(why.body).toMatchObject({ reasons: [{ code: 'bot-not-named' }] });
});

test('a bot that is set away or removed hands everything over at once', async () => {
  const shop = await startShopWithBot();
  const path = `/api/v1/agents/${shop.bot.agent.id}`;
  const first = await shop.open();
  await shop.until(first, withBot);
  await shop.call('PATCH', path, { body: { availability: 'away' } });
  await expectPersonWithin(shop, first);
  await shop.call('PATCH', path, { body: { availability: 'online' } });
  const second = await shop.open();
  await shop.until(second, withBot);
  expect((await shop.call('DELETE', path)).status).toBe(204);
  await expectPersonWithin(shop, second);
  const { body } = await shop.call('GET', '/api/v1/endpoints');
  expect((body as { items: object[] }).items).toEqual([]);
  await shop.until(await shop.open(), withPerson);
});

test('a paused webhook is a bot that is off; it is told of fixed events', async () => {
  const shop = await startShopWithBot();
  const { endpointId } = shop.bot.agent.webhook ?? { endpointId: '' };
  const path = `/api/v1/endpoints/${endpointId}`;
  const events = { body: { events: ['agent.status-changed'] } };
  expect(await shop.call('PATCH', path, events)).toMatchObject({
    status: 409,
    body: { code: 'endpoint.of-bot' },
  });
  const id = await shop.open();
  await shop.until(id, withBot);
  expect((await shop.call('PATCH', path, { body: { enabled: false } })).status).toBe(200);
  await expectPersonWithin(shop, id);
  await shop.until(await shop.open(), withPerson);
  expect((await shop.call('PATCH', path, { body: { enabled: true } })).status).toBe(200);
  await shop.until(await shop.open(), withBot);
});

test('a webhook whose secret was changed signs with the new one, and its address stays', async () => {
  const shop = await startShopWithBot();
  const path = `/api/v1/agents/${shop.bot.agent.id}`;
  const secret = { body: { webhook: { secret: 'another secret' } } };
  const changed = await shop.call('PATCH', path, secret);
  expect(changed).toMatchObject({ status: 200, body: { webhook: shop.bot.agent.webhook } });
  // The bot of this test knows the old one alone, which signs as well for a day.
  const id = await shop.open();
  await shop.until(id, withBot);
  await eventually(
    () => saidBy(shop, id),
    (said) => said.length === 2,
  );
  const removed = await shop.call('PATCH', path, { body: { webhook: null } });
  expect(removed).toMatchObject({ body: { webhook: null, availability: 'offline' } });
  await expectPersonWithin(shop, id);
});

test('what a person takes over from a bot the bot is told of, and writes in no more', async () => {
  const shop = await startShopWithBot();
  const id = await shop.open();
  await eventually(
    () => saidBy(shop, id),
    (said) => said.length === 2,
  );
  const to = { body: { agentId: shop.ana.id } };
  expect((await shop.call('POST', `/api/v1/conversations/${id}/transfer`, to)).status).toBe(200);
  expect(await shop.read(id)).toMatchObject({ agentId: shop.ana.id, agentKind: 'human' });
  await eventually(
    () => shop.bot.of(id),
    (types) => types.includes('conversation.transferred'),
  );
  expect(await shop.bot.says(id).say('Hello?')).toBe(409);
  const back = { body: {} };
  expect((await shop.call('POST', `/api/v1/conversations/${id}/requeue`, back)).status).toBe(200);
  expect((await shop.until(id, withPerson)).agentId).toBe(shop.ana.id);
});

test('a bot takes nothing by itself, least of all what it has handed over; a person can give it', async () => {
  const shop = await startShopWithBot({ behave: () => undefined });
  const { call, bot, ana } = shop;
  const post = (id: string, verb: string, body: object, token?: string) =>
    call('POST', `/api/v1/conversations/${id}/${verb}`, { body, ...(token && { token }) });
  const away = { body: { availability: 'offline' } };
  const id = await shop.open();
  await shop.until(id, withBot);
  expect((await call('PATCH', `/api/v1/agents/${ana.id}`, away)).status).toBe(200);
  expect(await bot.says(id).handOver({ reason: 'mine' })).toBe(200);
  const own = { agentId: bot.agent.id };
  const macro = await call('POST', '/api/v1/macros', {
    body: { name: 'Mine', actions: [{ do: 'give-to-agent', ...own }] },
  });
  const { id: macroId } = macro.body as { id: string };
  const taking = [
    ['assign', own],
    ['transfer', own],
    ['take-over', {}],
    [`macros/${macroId}`, {}],
  ] as const;
  const tryAll = async () => {
    for (const [verb, body] of taking) {
      const answer = await post(id, verb, body, bot.token);
      expect(answer, verb).toMatchObject({ status: 409, body: { code: expect.any(String) } });
      expect((await shop.read(id)).agentId, verb).not.toBe(bot.agent.id);
    }
  };
  await tryAll();
  const back = { body: { availability: 'online' } };
  await call('PATCH', `/api/v1/agents/${ana.id}`, back);
  await shop.until(id, withPerson);
  await tryAll();
  expect((await post(id, 'transfer', own)).status).toBe(200);
  expect(await shop.read(id)).toMatchObject(own);
});

test('a bot gets no credentials of the broker: there it would speak as a person', async () => {
  const { usher, bot } = await startShopWithBot();
  const login = await usher.call('POST', '/api/v1/session/mqtt', { token: bot.token });
  expect(login).toMatchObject({ status: 409, body: { code: 'agent.is-bot' } });
});

test('a bot has no address, role or lease, and a person no webhook', async () => {
  const { call } = await startTestUsher();
  const make = (body: object) => call('POST', '/api/v1/agents', { body: { name: 'B', ...body } });
  for (const more of [{ email: 'b@example.com' }, { role: 'admin' }]) {
    expect(await make({ kind: 'bot', ...more })).toMatchObject({ body: { code: 'agent.is-bot' } });
  }
  const webhook = { url: 'https://bot.example/hook' };
  expect(await make({ webhook })).toMatchObject({ body: { code: 'agent.no-bot' } });
  const nowhere = { kind: 'bot', webhook: { secret: 's' } };
  expect(await make(nowhere)).toMatchObject({ body: { code: 'endpoint.url-refused' } });
  const inside = { kind: 'bot', webhook: { url: 'http://127.0.0.1:1/' } };
  expect(await make(inside)).toMatchObject({ body: { code: 'endpoint.url-refused' } });
  const { body } = await call('GET', '/api/v1/agents');
  expect((body as { items: object[] }).items).toEqual([]);
});

test('a plan that names nobody, or a person, as its bot is refused at its path', async () => {
  const { putPlan, ana } = await startShopWithBot();
  await expect(putPlan({ bot: { agent: ana.id } })).rejects.toThrow('/plans/0/bot/agent');
  await expect(putPlan({ bot: { agent: 'Nobody' } })).rejects.toThrow('agent.unknown');
  await expect(putPlan({ bot: { agent: 'Botty', silentFor: -1 } })).rejects.toThrow(
    '/plans/0/bot/silentFor',
  );
});

test('two bots in two plans: each is asked once, and a person comes after both', async () => {
  const shop = await startShopWithBot();
  const second = await startBot(shop.call, { name: 'Second' });
  const { policy } = (await shop.call('GET', '/api/v1/policy')).body as {
    policy: { plans: object[] };
  };
  const plans = [
    ...policy.plans,
    { name: 'Money', steps: [{ after: 0 }], bot: { agent: 'Second' } },
  ];
  const put = await shop.call('PUT', '/api/v1/policy', { body: { ...policy, plans } });
  expect(put.status, put.text).toBe(200);
  const id = await shop.open();
  await shop.until(id, ({ agentId }) => agentId === shop.bot.agent.id);
  expect(await shop.bot.says(id).handOver({ reason: 'money', plan: 'Money' })).toBe(200);
  await shop.until(id, ({ agentId }) => agentId === second.agent.id);
  expect(await second.says(id).handOver({ reason: 'stuck' })).toBe(200);
  await shop.until(id, withPerson);
});

test('a bot that works is seen to type by the contact, where it has the conversation', async () => {
  const usher = await startTestUsher(ALLOWED);
  const shop = await setUpShop(usher.call, { behave: () => undefined });
  const { channelId, bot, ana, open, until } = shop;
  const id = await open();
  await until(id, withBot);
  const typing = (body: object, token = bot.token) =>
    usher.call('POST', `/api/v1/conversations/${id}/typing`, { token, body });
  const updates = `/api/v1/channels/${channelId}/updates`;
  const own = { name: 'Shop', role: 'admin', scopes: [`channel:${channelId}`] };
  const program = await tokenOf(usher.call, own);
  const first = await usher.call('GET', updates, { token: program });
  const { after } = first.body as { after: string };
  const heard = usher.call('GET', `${updates}?after=${after}&wait=50`, { token: program });
  await eventually(
    async () => {
      expect((await typing({ typing: true })).status).toBe(204);
      return Promise.race([heard, Promise.resolve(null)]);
    },
    (page) => page !== null,
  );
  const told = { type: 'typing', conversationId: id, typing: true, agent: { name: 'Botty' } };
  const page = await heard;
  expect((page.body as { items: object[] }).items[0]).toMatchObject(told);

  const colleague = { name: 'Ana', role: 'agent', agentId: ana.id };
  expect(await typing({ typing: true }, await tokenOf(usher.call, colleague))).toMatchObject({
    ...{ status: 409, body: { code: 'conversation.held-by-another' } },
  });
  expect((await typing({ typing: 'yes' })).status).toBe(400);
  await bot.says(id).close();
  expect(await typing({ typing: true })).toMatchObject({
    ...{ status: 409, body: { code: 'conversation.closed' } },
  });
});

async function tokenOf(call: Shop['call'], body: object): Promise<string> {
  const made = await call('POST', '/api/v1/tokens', { body });
  return (made.body as { token: string }).token;
}

test('a bot without a webhook hands over too before it is removed', async () => {
  const shop = await startShopWithBot({ behave: () => undefined });
  const path = `/api/v1/agents/${shop.bot.agent.id}`;
  await shop.call('PATCH', path, { body: { webhook: null } });
  await shop.call('PATCH', path, { body: { availability: 'online' } });
  const id = await shop.open();
  await shop.until(id, withBot);
  expect((await shop.call('DELETE', path)).status).toBe(204);
  await expectPersonWithin(shop, id);
  expect((await eventsOf(shop, id)).map(({ type }) => type)).toContain('conversation.left-by-bot');
  expect(await noteOf(shop, id)).toMatchObject({ mark: 'transfer' });
});

test('a note says whether a bot wrote it, whoever has the conversation, and so does its event', async () => {
  const shop = await startShopWithBot({ behave: () => undefined });
  const { call, bot, ana } = shop;
  const id = await shop.open();
  await shop.until(id, withBot);
  const human = await tokenOf(call, { name: 'Ana', role: 'agent', agentId: ana.id });
  const post = async (end: string, token: string, body: object) => {
    const answer = await call('POST', `/api/v1/conversations/${id}/${end}`, { token, body });
    expect(answer.status, answer.text).toBeLessThan(300);
  };
  await post('notes', bot.token, { text: 'with it' });
  await post('notes', human, { text: 'beside it' });
  await bot.says(id).handOver({ reason: 'needs-person' });
  await shop.until(id, withPerson);
  await post('notes', bot.token, { text: 'without it' });
  await post('consult', human, { agentIds: [await colleagueOf(shop)], note: 'Please look.' });
  const wrote = (await shop.messages(id)).filter(({ kind }) => kind === 'note');
  expect(
    wrote.map(({ text, authorKind, authorId }) => [text.split('\n')[0], authorKind, authorId]),
  ).toEqual([
    ['with it', 'bot', bot.agent.id],
    ['beside it', 'agent', ana.id],
    [wrote[2]?.text.split('\n')[0], 'bot', bot.agent.id],
    ['without it', 'bot', bot.agent.id],
    ['Please look.', 'agent', ana.id],
  ]);
  const told = (await eventsOf(shop, id)).filter(({ type, data }) => {
    return type === 'message.created' && (data as { kind: string }).kind === 'note';
  });
  expect(told.map(({ data }) => (data as { authorKind: string }).authorKind)).toEqual([
    ...['bot', 'agent', 'bot', 'bot', 'agent'],
  ]);
  expect(told.every(({ data }) => Value.Check(eventData['message.created'], data))).toBe(true);
});

async function colleagueOf({ call }: Pick<Shop, 'call'>): Promise<string> {
  const made = await call('POST', '/api/v1/agents', { body: { name: 'Budi' } });
  return (made.body as Agent).id;
}
