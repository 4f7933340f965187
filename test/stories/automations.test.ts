// What happens by itself: each action, all of them or none; what would never end, is stopped; what fails, is told.
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import type { Automation, AutomationCheck } from '../../src/contract/automations.ts';
import { eventData } from '../../src/contract/events.ts';
import { openShop, putPlans, type Shop } from '../makers/automate.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { startWithReceiver } from '../makers/start-with-receiver.ts';

const THEN = 'then';
const onOpened = (actions: object[], more: object = {}) => ({
  ...{ name: 'First', on: ['conversation.opened'], actions },
  ...more,
});

async function start(): Promise<{ usher: TestUsher; shop: Shop }> {
  const usher = await startTestUsher();
  return { usher, shop: await openShop(usher.call) };
}

const messagesOf = async ({ send }: Shop, id: string) =>
  (await send('GET', `conversations/${id}/messages`)).items as {
    kind: string;
    authorKind: string;
    text: string;
  }[];

const atRest = ({ database }: TestUsher) =>
  eventually(
    () => database.pool.query(`select from delivery where state = 'pending'`),
    ({ rowCount }) => rowCount === 0,
  );

test('tags, priority, note, message and closing are done in one stroke, and the conversation says why', async () => {
  const { shop } = await start();
  const actions = [
    { do: 'add-tags', tags: ['gold', 'new'] },
    { do: 'remove-tags', tags: ['new'] },
    { do: 'set-priority', priority: 'high' },
    { do: 'note', text: 'Be quick.' },
    { do: 'message', texts: { en: 'Hello {{name}}!', id: 'Halo {{name}}!' } },
    { do: 'close', reason: 'not-now' },
  ];
  const { id } = await shop.automate(onOpened(actions));
  const conversation = await shop.open({ contact: { attributes: { language: 'id' } } });
  const [run] = await shop.ran(id, 1);
  expect(run).toMatchObject({
    outcome: 'done',
    depth: 1,
    reason: null,
    event: 'conversation.opened',
  });
  expect(run?.actions.map(({ result }) => result)).toEqual(Array(6).fill('done'));
  expect(await shop.read(conversation)).toMatchObject({
    ...{ tags: ['gold'], priority: 'high', state: 'closed', closeReason: 'not-now' },
  });
  const said = (await messagesOf(shop, conversation)).map(({ kind, authorKind, text }) => {
    return [kind, authorKind, text];
  });
  expect(said).toEqual([
    ['note', 'system', 'Be quick.'],
    ['text', 'system', 'Halo Sari!'],
  ]);
  const events = await shop.events(conversation);
  const told = events.find(({ type }) => type === 'conversation.automated');
  expect(told?.data).toEqual({
    ...{ automationId: id, macroId: null, name: 'First', event: 'conversation.opened' },
    ...{ by: `automation:${id}`, actions: actions.map((one) => one.do) },
  });
  expect(Value.Check(eventData['conversation.automated'], told?.data)).toBe(true);
  const closed = events.find(({ type }) => type === 'conversation.closed');
  expect(closed?.data.by).toBe(`automation:${id}`);
});

test('a conversation goes to a plan, a team, an agent within the capacity', async () => {
  const { shop } = await start();
  await putPlans(shop, ['Default', 'Night']);
  const team = (await shop.send('POST', 'teams', { name: 'Gold' })).id as string;
  const when = (is: string) => ({ field: 'conversation.meta.to', is });
  await shop.automate(
    onOpened([{ do: 'send-to-plan', plan: 'Night' }], { name: 'Plan', when: when('plan') }),
  );
  await shop.automate(
    onOpened([{ do: 'send-to-team', teamId: team }], { name: 'Team', when: when('team') }),
  );
  const [toPlan, toTeam] = [
    await shop.open({ meta: { to: 'plan' } }),
    await shop.open({ meta: { to: 'team' } }),
  ];
  const plan = await eventually(
    () => shop.read(toPlan),
    (one) =>
      (one as { plan?: { name?: string } | string | null }).plan !== null &&
      JSON.stringify(one).includes('Night'),
  );
  expect(plan.state).toBe('waiting');
  await eventually(
    () => shop.read(toTeam),
    ({ teamId }) => teamId === team,
  );
  const ana = (
    await shop.send('POST', 'agents', { name: 'Ana', capacity: 1, availability: 'away' })
  ).id as string;
  const { id } = await shop.automate(
    onOpened([{ do: 'give-to-agent', agentId: ana }], { name: 'Agent', when: when('agent') }),
  );
  const [first, second] = [
    await shop.open({ meta: { to: 'agent' } }),
    await shop.open({ meta: { to: 'agent' } }),
  ];
  const runs = await shop.ran(id, 2);
  expect(runs.map(({ outcome, reason }) => [outcome, reason]).toSorted()).toEqual([
    ['done', null],
    ['failed', 'agent.at-capacity'],
  ]);
  const held = [await shop.read(first), await shop.read(second)].map(({ agentId }) => agentId);
  expect(held.toSorted()).toEqual([ana, null]);
});

test('an endpoint is called alone, signed, and only if it takes calls', async () => {
  const { usher, listen } = await startWithReceiver();
  const shop = await openShop(usher.call);
  const [called, other] = [
    await listen({ events: ['automation.called'] }),
    await listen({ events: ['automation.called'] }),
  ];
  const deaf = await listen({ events: ['conversation.closed'] });
  const { endpoint } = called;
  await shop.automate(onOpened([{ do: 'call-endpoint', endpointId: endpoint.id }]));
  const conversation = await shop.open();
  const [got] = await eventually(
    () => called.receiver.requests,
    (all) => all.length === 1,
  );
  const body = JSON.parse(String(got?.body)) as Record<string, unknown>;
  expect(body).toMatchObject({
    ...{ type: 'automation.called', subjectId: conversation },
    conversation: { id: conversation, state: 'waiting' },
    data: { name: 'First', event: 'conversation.opened', macroId: null },
  });
  expect(called.receiver.unsigned()).toEqual([]);
  expect(other.receiver.requests).toEqual([]);
  const refused = await usher.call('POST', '/api/v1/automations', {
    body: onOpened([{ do: 'call-endpoint', endpointId: deaf.endpoint.id }], { name: 'Deaf' }),
  });
  expect(refused.body).toMatchObject({
    code: 'automation.invalid',
    faults: [{ path: '/actions/0/endpointId', code: 'endpoint.not-bound' }],
  });
});

test('what an action is refused, undoes the others and is told; chance switches nothing off, ten faults in a row do', async () => {
  const { usher, listen } = await startWithReceiver();
  const shop = await openShop(usher.call);
  const { receiver } = await listen({ events: ['automation.disabled'] });
  await putPlans(shop, ['Default', 'Night']);
  const { id } = await shop.automate(
    onOpened([
      { do: 'add-tags', tags: ['seen'] },
      { do: 'note', text: 'To the night.' },
      { do: 'send-to-plan', plan: 'Night' },
    ]),
  );
  await putPlans(shop, ['Default']);
  const told = (await shop.send('GET', `automations/${id}`)) as unknown as Automation;
  expect(told.faults.map(({ path, code }) => [path, code])).toEqual([
    ['/actions/2/plan', 'plan.unknown'],
  ]);
  const conversation = await shop.open();
  const [run] = await shop.ran(id, 1);
  expect(run).toMatchObject({ outcome: 'failed', reason: 'plan.not-found' });
  expect(run?.actions).toEqual([
    { do: 'add-tags', result: 'undone' },
    { do: 'note', result: 'undone' },
    { do: 'send-to-plan', result: 'refused', reason: 'plan.not-found' },
  ]);
  expect((await shop.read(conversation)).tags).toEqual([]);
  expect(await messagesOf(shop, conversation)).toEqual([]);
  for (let nth = 2; nth <= 12; nth += 1) {
    await shop.open();
    if (nth <= 10) await shop.ran(id, nth);
  }
  const after = (await shop.send('GET', `automations/${id}`)) as unknown as Automation;
  expect(after).toMatchObject({ enabled: false, disabledReason: 'failing', failures: 10 });
  expect(await shop.runs(id)).toHaveLength(10);
  const [news] = await eventually(
    () => receiver.requests,
    (all) => all.length === 1,
  );
  expect(JSON.parse(String(news?.body))).toMatchObject({
    ...{ type: 'automation.disabled', subjectId: id },
    data: { name: 'First', reason: 'failing', failures: 10, lastRefusal: 'plan.not-found' },
  });
  await putPlans(shop, ['Default', 'Night']);
  await shop.send('PATCH', `automations/${id}`, { enabled: true });
  await shop.open();
  expect((await shop.ran(id, 11))[0]?.outcome).toBe('done');
});

test('two that wake each other end at the depth, and one that wakes itself by another’s hand at the hour’s bound', async () => {
  const { usher, shop } = await start();
  const toggle = (name: string, from: string, to: string) => ({
    ...{ name, on: ['conversation.updated'], when: { field: 'conversation.tags', is: from } },
    actions: [
      { do: 'remove-tags', tags: [from] },
      { do: 'add-tags', tags: [to] },
    ],
  });
  const ping = await shop.automate(toggle('Ping', 'ping', 'pong'));
  const pong = await shop.automate(toggle('Pong', 'pong', 'ping'));
  const conversation = await shop.open();
  await shop.send('PATCH', `conversations/${conversation}`, { tags: ['ping'] });
  const runs = await eventually(
    async () => [...(await shop.runs(ping.id)), ...(await shop.runs(pong.id))],
    (all) => all.some(({ outcome }) => outcome === 'stopped'),
  );
  const [done, stopped] = ['done', 'stopped'].map((outcome) =>
    runs.filter((run) => run.outcome === outcome),
  );
  expect(new Set(done?.map(({ depth }) => depth))).toEqual(new Set([1, 2, 3]));
  for (const { depth, reason } of stopped ?? []) expect([depth, reason]).toEqual([4, 'too-deep']);
  await atRest(usher);
  const { tags } = await shop.read(conversation);
  await usher.clock.advance(60_000);
  expect((await shop.read(conversation)).tags).toEqual(tags);
  await shop.send('DELETE', `automations/${pong.id}`);
  // Somebody wakes it again and again: it acts twenty times within an hour.
  const once = await shop.open();
  const before = (await shop.runs(ping.id)).length;
  for (let nth = 0; nth < 22; nth += 1) {
    await shop.send('PATCH', `conversations/${once}`, { tags: ['ping'] });
    await shop.ran(ping.id, before + nth + 1);
  }
  const mine = (await shop.runs(ping.id)).filter((run) => run.conversationId === once);
  expect(mine.filter(({ outcome }) => outcome === 'done')).toHaveLength(20);
  expect(mine[0]).toMatchObject({ outcome: 'stopped', reason: 'too-often', actions: [] });
  await usher.clock.advance(3_600_001);
  await shop.send('PATCH', `conversations/${once}`, { tags: ['ping', 'x'] });
  expect((await shop.ran(ping.id, before + 23))[0]).toMatchObject({ outcome: 'done' });
}, 60_000);

test('one that is switched off does nothing, and what happened meanwhile starts nothing later', async () => {
  const { usher, shop } = await start();
  const off = await shop.automate(
    onOpened([{ do: 'add-tags', tags: ['off'] }], { name: 'Off', enabled: false }),
  );
  const on = await shop.automate(onOpened([{ do: 'add-tags', tags: ['on'] }], { name: 'On' }));
  const first = await shop.open();
  await shop.ran(on.id, 1);
  expect((await shop.read(first)).tags).toEqual(['on']);
  await shop.send('PATCH', `automations/${off.id}`, { enabled: true });
  await shop.send('PATCH', `automations/${on.id}`, { enabled: false });
  const second = await shop.open();
  await shop.ran(off.id, 1);
  expect((await shop.read(second)).tags).toEqual(['off']);
  expect((await shop.read(first)).tags).toEqual(['on']);
  await shop.send('DELETE', `automations/${off.id}`);
  await shop.open();
  const { rowCount } = await usher.database.pool.query('select from endpoint_binding');
  expect(rowCount).toBe(0);
});

test('several act in their order, and a later one sees what an earlier one did', async () => {
  const { shop } = await start();
  const second = await shop.automate(
    onOpened([{ do: 'set-priority', priority: 'urgent' }], {
      ...{ name: 'Second', position: 2, when: { field: 'conversation.tags', is: 'gold' } },
    }),
  );
  await shop.automate(onOpened([{ do: 'add-tags', tags: ['gold'] }], { position: 1 }));
  const conversation = await shop.open();
  await shop.ran(second.id, 1);
  expect(await shop.read(conversation)).toMatchObject({ priority: 'urgent', tags: ['gold'] });
});

test('a condition holds for exactly those for which it holds in a rule', async () => {
  const { shop } = await start();
  const leaf = fc.oneof(
    fc.record({
      field: fc.constantFrom('conversation.meta.line', 'contact.name', 'contact.attributes.tier'),
      is: fc.constantFrom('a', 'Sari', 'gold'),
    }),
    fc.record({
      field: fc.constant('conversation.meta.count'),
      moreThan: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({ field: fc.constant('contact.emailDomain'), exists: fc.boolean() }),
    fc.record({ field: fc.constant('now.hour'), lessThan: fc.constantFrom(0, 24) }),
  );
  const condition = fc.oneof(
    leaf,
    fc.record({ all: fc.array(leaf, { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(leaf, { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: leaf }),
  );
  const { policy } = (await shop.send('GET', 'policy')) as { policy: object };
  const plans = ['Held', 'Other'].map((name) => ({ name, steps: [{ after: 0 }] }));
  const automation = await shop.automate(onOpened([{ do: 'add-tags', tags: ['held'] }]));
  const seen = await shop.automate(onOpened([{ do: 'note', text: 'Seen.' }], { name: 'Seen' }));
  let count = 0;
  let held = 0;
  for (const when of fc.sample(condition, { numRuns: 12, seed: 7 })) {
    const rules = [
      { name: 'Held', when, [THEN]: { plan: 'Held' } },
      { name: 'Else', [THEN]: { plan: 'Other' } },
    ];
    await shop.send('PUT', 'policy', { ...policy, plans, rules });
    await shop.send('PATCH', `automations/${automation.id}`, { when });
    for (const meta of [{}, { line: 'a', count: 2 }, { line: 'b', count: '7' }]) {
      const tier = count % 2 === 0 ? 'gold' : 'silver';
      const email = count % 3 === 0 ? { email: 'sari@example.com' } : {};
      const id = await shop.open({ meta, contact: { ...email, attributes: { tier } } });
      count += 1;
      await shop.ran(seen.id, Math.min(count, 200));
      const placed = await eventually(
        () => shop.read(id),
        (one) => /"(Held|Other)"/.test(JSON.stringify(one)),
      );
      const byRule = JSON.stringify(placed).includes('"Held"');
      const byAutomation = placed.tags.includes('held');
      expect({ when, meta, held: byAutomation }).toEqual({ when, meta, held: byRule });
      if (byRule) held += 1;
    }
  }
  expect(held).toBeGreaterThan(5);
  expect(held).toBeLessThan(count - 5);
}, 120_000);

const bad: [title: string, change: object, code: string, path: string][] = [
  ['no name', { name: undefined }, 'document.field-missing', ''],
  ['no event', { on: [] }, 'document.empty', '/on'],
  ['an event that is none', { on: ['conversation.lost'] }, 'document.not-a-choice', '/on/0'],
  ['its own event', { on: ['conversation.automated'] }, 'document.not-a-choice', '/on/0'],
  ['a private event', { on: ['conversation.whispered'] }, 'document.not-a-choice', '/on/0'],
  ['a key too many', { [THEN]: [] }, 'document.field-unknown', '/then'],
  ['a condition that is none', { when: { field: 'x', is: 1 } }, 'field.unknown', '/when/field'],
  [
    'a team that is none',
    { when: { field: 'online.Gold', moreThan: 1 } },
    'team.unknown',
    '/when/field',
  ],
  ['no actions', { actions: [] }, 'actions.no-list', '/actions'],
  ['actions that are no list', { actions: {} }, 'actions.no-list', '/actions'],
  [
    'eleven actions',
    { actions: Array(11).fill({ do: 'note', text: 'x' }) },
    'actions.no-list',
    '/actions',
  ],
  ['an action that is null', { actions: [null] }, 'action.unknown', '/actions/0/do'],
  ['an action that is none', { actions: [{ do: 'delete' }] }, 'action.unknown', '/actions/0/do'],
  ['an inherited action', { actions: [{ do: 'toString' }] }, 'action.unknown', '/actions/0/do'],
  ['no tags', { actions: [{ do: 'add-tags', tags: [] }] }, 'document.empty', '/actions/0/tags'],
  [
    'a plan that is none',
    { actions: [{ do: 'send-to-plan', plan: 'Night' }] },
    'plan.unknown',
    '/actions/0/plan',
  ],
  [
    'a team that is not there',
    { actions: [{ do: 'send-to-team', teamId: '0190a000-0000-7000-8000-000000000001' }] },
    'team.unknown',
    '/actions/0/teamId',
  ],
  [
    'an agent who is not there',
    { actions: [{ do: 'give-to-agent', agentId: '0190a000-0000-7000-8000-000000000001' }] },
    'agent.unknown',
    '/actions/0/agentId',
  ],
  [
    'an endpoint that is not there',
    { actions: [{ do: 'call-endpoint', endpointId: '0190a000-0000-7000-8000-000000000001' }] },
    'endpoint.unknown',
    '/actions/0/endpointId',
  ],
  [
    'an unknown placeholder',
    { actions: [{ do: 'message', texts: { en: 'Hi {{nme}}' } }] },
    'words.placeholder-unknown',
    '/actions/0/texts/en',
  ],
  [
    'a placeholder of plans',
    { actions: [{ do: 'message', texts: { en: 'You are {{position}}.' } }] },
    'words.not-in-messages',
    '/actions/0/texts/en',
  ],
  [
    'no language',
    { actions: [{ do: 'message', texts: { 'not a tag': 'Hi' } }] },
    'words.language-unknown',
    '/actions/0/texts/not a tag',
  ],
  [
    'something behind the closing',
    { actions: [{ do: 'close' }, { do: 'note', text: 'x' }] },
    'action.after-close',
    '/actions/1',
  ],
];

test('what is wrong is refused with its place and what to do, by the check as by the writing', async () => {
  const { usher, shop } = await start();
  for (const [title, change, code, path] of bad) {
    const body = { ...onOpened([{ do: 'note', text: 'x' }]), ...change };
    const { faults } = (await shop.send('POST', 'automations/check', {
      automation: body,
    })) as unknown as AutomationCheck;
    expect([title, faults.map((one) => [one.code, one.path])]).toEqual([title, [[code, path]]]);
    for (const { remedy } of faults) expect(remedy).toMatch(/^[A-Z“].+\.$/s);
    const written = await usher.call('POST', '/api/v1/automations', { body });
    expect([title, written.status, (written.body as { code: string }).code]).toEqual([
      ...[title, 400, 'automation.invalid'],
    ]);
  }
  for (const automation of [null, [], 'x', 7]) {
    const { faults } = (await shop.send('POST', 'automations/check', {
      automation,
    })) as unknown as AutomationCheck;
    expect(faults.length, JSON.stringify(automation)).toBeGreaterThan(0);
  }
  await shop.automate(onOpened([{ do: 'close' }]));
  const twice = await usher.call('POST', '/api/v1/automations', {
    body: onOpened([{ do: 'close' }], { name: 'FIRST' }),
  });
  expect(twice.body).toMatchObject({ code: 'automation.name-taken' });
});

test('a trial tells for which conversations it would act, and writes nothing', async () => {
  const { usher, shop } = await start();
  const gold = await shop.open({ meta: { tier: 'gold' } });
  await shop.open({ meta: { tier: 'silver' } });
  const automation = {
    ...{ name: 'Try', on: ['conversation.opened', 'conversation.closed'] },
    when: { field: 'conversation.meta.tier', is: 'gold' },
    actions: [{ do: 'close' }],
  };
  const before = await usher.database.pool.query('select * from event order by stream_id, seq');
  const { trial } = (await shop.send('POST', 'automations/check', {
    ...{ automation, try: true },
  })) as unknown as AutomationCheck;
  expect(trial).toEqual({
    ...{ of: 2, tried: 2, matched: 1, events: 1 },
    examples: [{ conversationId: gold, contactName: 'Sari', events: 1 }],
  });
  const after = await usher.database.pool.query('select * from event order by stream_id, seq');
  expect(after.rows).toEqual(before.rows);
  expect(await shop.send('GET', 'automations')).toEqual({ items: [] });
});

test('the log comes in pages, and of each automation the last thousand stay', async () => {
  const { usher, shop } = await start();
  const { id } = await shop.automate(onOpened([{ do: 'note', text: 'x' }]));
  const conversation = await shop.open();
  await shop.ran(id, 1);
  await usher.database.pool.query(
    `insert into automation_run (workspace_id, automation_id, conversation_id, event_type, depth, outcome, actions, after_seq, to_seq)
    select workspace_id, automation_id, conversation_id, event_type, 1, 'done', '[]', 0, 0 from automation_run, generate_series(1, 1004)`,
  );
  const page = await shop.send('GET', `automations/${id}/runs?limit=2`);
  expect(page.items).toHaveLength(2);
  const next = await shop.send(
    'GET',
    `automations/${id}/runs?limit=2&cursor=${page.nextCursor as string}`,
  );
  const idsOf = (one: Record<string, unknown>) =>
    (one.items as { id: string }[]).map((run) => Number(run.id));
  expect(Math.max(...idsOf(next))).toBeLessThan(Math.min(...idsOf(page)));
  await usher.clock.advance(301_000);
  const left = await eventually(
    async () => (await usher.database.pool.query('select from automation_run')).rowCount,
    (count) => count === 1000,
  );
  expect(left).toBe(1000);
  expect((await shop.read(conversation)).state).toBe('waiting');
});

test('an automation looks at who wrote, and at whether it is a note; its trial counts what they wrote', async () => {
  const { usher, shop } = await start();
  const by = (is: string) => ({ field: 'message.author', is });
  const on = ['message.created'];
  const tag = (name: string) => [{ do: 'add-tags', tags: [name] }];
  const answered = {
    all: [
      { not: { field: 'message.author', in: ['contact', 'system'] } },
      { field: 'message.kind', is: 'text' },
    ],
  };
  await shop.automate({ name: 'Asked', on, when: by('contact'), actions: tag('asked') });
  await shop.automate({ name: 'Said', on, when: answered, actions: tag('answered') });
  const noted = { field: 'message.kind', is: 'note' };
  await shop.automate({ name: 'Noted', on, when: noted, actions: tag('noted') });
  const id = await shop.open({ externalId: 'written', meta: {} });
  const tags = async () => {
    await atRest(usher);
    return (await shop.read(id)).tags.toSorted();
  };
  const write = (externalId: string) =>
    shop.send('POST', `channels/${shop.channelId}/messages`, {
      ...{ conversation: 'written', externalId, text: 'Hello?' },
    });
  await write('m-1');
  expect(await tags()).toEqual(['asked']);
  await shop.send('POST', `conversations/${id}/notes`, { text: 'Look at this.' });
  expect(await tags()).toEqual(['asked', 'noted']);
  await shop.send('POST', `conversations/${id}/messages`, { text: 'Here I am.' });
  expect(await tags()).toEqual(['answered', 'asked', 'noted']);
  await write('m-2');

  const trial = async (when: object) => {
    const automation = { name: 'Trial', on, when, actions: tag('x') };
    const body = { automation, try: true };
    return ((await shop.send('POST', 'automations/check', body)) as unknown as AutomationCheck)
      .trial;
  };
  expect(await trial(by('contact'))).toMatchObject({ matched: 1, events: 2 });
  expect(await trial({ field: 'message.author', exists: true })).toMatchObject({ events: 4 });
  expect(await trial(by('bot'))).toMatchObject({ matched: 0, events: 0 });
});

test('who wrote is asked only where a message starts it: elsewhere the fault says what to do', async () => {
  const { usher, shop } = await start();
  const when = { field: 'message.author', is: 'agent' };
  const answer = await usher.call('POST', '/api/v1/automations', {
    body: onOpened([{ do: 'close' }], { when }),
  });
  expect([answer.status, answer.body]).toMatchObject([
    400,
    {
      code: 'automation.invalid',
      faults: [{ code: 'field.of-messages', path: '/when/field' }],
    },
  ]);
  const wrong = { ...when, is: 'robot' };
  const unknown = await usher.call('POST', '/api/v1/automations', {
    body: onOpened([{ do: 'close' }], { on: ['message.created'], when: wrong }),
  });
  expect(unknown.body).toMatchObject({ faults: [{ code: 'value.unknown', path: '/when/is' }] });
  const { policy } = await shop.send('GET', 'policy');
  const plans = [{ name: 'Default', steps: [{ after: 0 }] }];
  const rules = [
    { name: 'Agents', when, [THEN]: { plan: 'Default' } },
    { name: 'Everybody', [THEN]: { plan: 'Default' } },
  ];
  const refused = await usher.call('PUT', '/api/v1/policy', {
    body: { ...(policy as object), plans, rules },
  });
  expect(JSON.stringify(refused.body)).toContain('field.of-automations');
});

test('one that names what is gone can be moved, and not switched on', async () => {
  const { usher, shop } = await start();
  const team = (await shop.send('POST', 'teams', { name: 'Gold' })).id as string;
  const { id } = await shop.automate(onOpened([{ do: 'send-to-team', teamId: team }]));
  await shop.send('DELETE', `teams/${team}`);
  const put = (body: object) => usher.call('PATCH', `/api/v1/automations/${id}`, { body });
  expect((await put({ position: 7 })).body).toMatchObject({ position: 7 });
  expect((await put({ enabled: false })).status).toBe(200);
  expect((await put({ enabled: true })).status).toBe(400);
  expect((await put({ position: 7.5 })).status).toBe(400);
});
