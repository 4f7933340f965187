// Each channel fills the fields that rules look at: through its own door, a rule on the field decides.
import { createHmac, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Condition } from '../../src/contract/policy/rule-fields.ts';
import { startRapidPro } from '../makers/start-rapidpro.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { connectVisitor, connectWeb, type Login } from '../makers/web-client.ts';

/** By what the rule looks at: the rule, and what this one alone brings. Each opens a conversation of its own. */
type Cases<Brings> = Record<string, [when: Condition, brings: Brings]>;

const is = (field: string, value: string | number | boolean): Condition => ({ field, is: value });

/** One rule for each case, in order, each with a tag; nobody is there, so everything waits. */
async function put(usher: TestUsher, conditions: readonly (readonly [string, Condition])[]) {
  const { body } = await usher.call('GET', '/api/v1/policy');
  const { policy } = body as { policy: object };
  const plans = [{ name: 'Default', steps: [{ after: 0 }] }];
  const rules = [
    ...conditions.map(([name, when]) => {
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      return { name, when, then: { plan: 'Default', addTags: [name] } };
    }),
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    { name: 'else', then: { plan: 'Default', addTags: ['else'] } },
  ];
  const put = await usher.call('PUT', '/api/v1/policy', { body: { ...policy, plans, rules } });
  expect(put.status, put.text).toBe(200);
}

/** The rule that decided, as the tag which it added. */
async function decided(usher: TestUsher, id: string): Promise<string[]> {
  const look = async () =>
    (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
  return (await eventually(look, ({ tags }) => tags.length > 0)).tags;
}

/** `open` begins a conversation by the channel's door, and answers its id. */
async function tell<Brings>(
  usher: TestUsher,
  cases: Cases<Brings>,
  open: (brings: Brings | null) => Promise<string>,
) {
  await put(
    usher,
    Object.entries(cases).map(([name, [when]]) => [name, when] as const),
  );
  for (const [name, [, brings]] of Object.entries(cases)) {
    expect(await decided(usher, await open(brings)), name).toEqual([name]);
  }
  expect(await decided(usher, await open(null))).toEqual(['else']);
}

/** What every conversation of the channel has. */
async function tellChannel(
  usher: TestUsher,
  { name, kind }: { name: string; kind: string },
  open: () => Promise<string>,
) {
  await put(usher, [['own', { all: [is('channel', name), is('channelKind', kind)] }]]);
  expect(await decided(usher, await open())).toEqual(['own']);
}

async function makeChannel(usher: TestUsher, body: object): Promise<string> {
  const made = await usher.call('POST', '/api/v1/channels', { body });
  expect(made.status, made.text).toBe(201);
  return (made.body as { id: string }).id;
}

async function findByExternalId(usher: TestUsher, externalId: string): Promise<string> {
  const one = await eventually(
    async () => (await usher.conversations()).find((each) => each.externalId === externalId),
    (found) => found !== undefined,
  );
  return (one as Conversation).id;
}

test('Qiscus: the webhook’s source, channel, customer, extras and division', async () => {
  const usher = await startTestUsher({ QISCUS_WEBHOOK_SECRET: 'hook' });
  const open = async (brings: object | null = null) => {
    const room_id = String(Math.floor(Math.random() * 1e12));
    const body = { app_id: 'test-app', room_id, source: 'line', email: `u${room_id}`, ...brings };
    const path = '/api/v1/webhook/agent_allocation/hook';
    const told = await usher.call('POST', path, { body, token: null });
    expect(told.status, told.text).toBe(200);
    return findByExternalId(usher, room_id);
  };
  const extras = (value: object) => ({ extras: JSON.stringify(value) });
  await tell<object>(
    usher,
    {
      source: [is('source', 'fb'), { source: 'fb' }],
      'source of the channel': [
        is('source', 'tg'),
        { channel: { id: 1, source: 'ig' }, source: 'tg' },
      ],
      externalChannel: [is('externalChannel', '6120'), { channel: { id: 6120 } }],
      name: [is('contact.name', 'Ibu Ratna'), { name: 'Ibu Ratna' }],
      email: [is('contact.emailDomain', 'travel.example'), { email: 'a@travel.example' }],
      phone: [
        { field: 'contact.phone', startsWith: '62812' },
        { source: 'wa', email: '6281200001' },
      ],
      attributes: [
        is('contact.attributes.tier', 'gold'),
        extras({ user_properties: { tier: 'gold' } }),
      ],
      'attributes as pairs': [
        is('contact.attributes.Kota', 'Bandung'),
        extras({ user_properties: [{ key: 'Kota', value: 'Bandung' }] }),
      ],
      department: [is('conversation.department', 'nowhere'), extras({ division: 'Nowhere' })],
      'list of divisions': [
        { field: 'conversation.meta.extras.division', contains: 'second' },
        extras({ division: ['first', 'second'] }),
      ],
      meta: [
        is('conversation.meta.extras.additional_extras.timezone_offset', 7),
        extras({ additional_extras: { timezone_offset: 7 } }),
      ],
    },
    open,
  );
  await tellChannel(usher, { name: 'Qiscus', kind: 'qiscus' }, open);
}, 60_000);

test('RapidPro: the ticket’s department, contact and fields, and the first message', async () => {
  const { usher, call } = await startRapidPro();
  const open = async (brings: { say?: object; priority?: string } | null = null) => {
    const { say, priority, ...visitor } = brings ?? {};
    const token = randomUUID();
    const ticket = { visitor: { token, ...visitor }, ticketID: randomUUID(), priority };
    const { status, body, text } = await call('GET', '/room', { body: ticket });
    expect(status, text).toBe(200);
    if (say !== undefined) {
      const said = await call('POST', '/visitor-message', { body: { visitor: { token }, ...say } });
      expect(said.status, said.text).toBeLessThan(300);
    }
    return (body as { id: string }).id;
  };
  const image = { type: 'image/png', url: 'https://files.example/a.png' };
  // A rule on the message matches once it is there: until then another has added its tag.
  const late = async (when: Condition, say: object) => {
    await put(usher, [['late', when]]);
    const id = await open({ say });
    await eventually(
      () => decided(usher, id),
      (tags) => tags.includes('late'),
    );
  };
  await tell<object>(
    usher,
    {
      department: [is('conversation.department', 'lawyers'), { department: 'Lawyers' }],
      name: [is('contact.name', 'Joana'), { name: 'Joana' }],
      email: [is('contact.emailDomain', 'ngo.example'), { email: 'j@ngo.example' }],
      phone: [{ field: 'contact.phone', startsWith: '+55' }, { phone: '+5511' }],
      attributes: [is('contact.attributes.tier', 'gold'), { customFields: { tier: 'Gold' } }],
      uuid: [
        { field: 'contact.attributes.contactUuid', exists: true },
        { contactUUID: randomUUID() },
      ],
      priority: [is('conversation.priority', 'urgent'), { priority: 'urgent' }],
    },
    open,
  );
  await tellChannel(usher, { name: 'RapidPro', kind: 'rapidpro' }, open);
  await late({ field: 'conversation.text', contains: 'refund' }, { text: 'A refund, please' });
  await late({ field: 'conversation.files', moreThan: 0 }, { attachments: [image] });
}, 60_000);

test('web chat: attendants, page, language, profile with the form’s answers, proof, and the first message', async () => {
  const usher = await startTestUsher();
  const secret = 'widget-secret';
  const body = { kind: 'webchat', name: 'Shop', secrets: { widgetSecret: secret } };
  const channelId = await makeChannel(usher, body);
  const hash = (id: string) => createHmac('sha256', secret).update(id).digest('hex');
  type Brings = { session?: object; request?: object; content?: string };
  const open = async ({ session = {}, request = {}, content }: Brings = {}) => {
    const visitor = await connectVisitor(usher, { channelId, ...session });
    const { customerId, sessionTopic } = visitor.session;
    await visitor.say('server/sessions/request', { customerId, requestID: 'r1', ...request });
    await visitor.hears(`client/sessions/${customerId}/r1`);
    if (content !== undefined) {
      await visitor.say(`${sessionTopic}/server/messages`, { content, clientMessageId: 'm1' });
    }
    return findByExternalId(usher, customerId);
  };
  const attendants = [{ type: 'support/billing', required: true }];
  await tell<Brings>(
    usher,
    {
      attendants: [
        { field: 'conversation.meta.attendants', contains: 'support/billing' },
        { request: { sessionTemplate: { attendants } } },
      ],
      department: [
        is('conversation.department', 'support/sales'),
        { request: { sessionTemplate: { attendants: [{ type: 'support/sales' }] } } },
      ],
      page: [
        { field: 'conversation.page', contains: '/pricing' },
        { session: { page: { url: 'https://shop.example/pricing' } } },
      ],
      title: [
        is('conversation.meta.page.title', 'Shoes'),
        { session: { page: { title: 'Shoes' } } },
      ],
      referrer: [
        { field: 'conversation.referrer', startsWith: 'https://search.example' },
        { session: { page: { referrer: 'https://search.example/?q=a' } } },
      ],
      language: [is('contact.language', 'pt-BR'), { session: { locale: 'pt-BR' } }],
      name: [is('contact.name', 'Dewi'), { session: { customer: { name: 'Dewi' } } }],
      email: [
        is('contact.emailDomain', 'shop.example'),
        { session: { customer: { email: 'd@shop.example' } } },
      ],
      phone: [is('contact.phone', '+62'), { session: { customer: { phone: '+62' } } }],
      form: [is('contact.attributes.order', '17'), { session: { customer: { order: '17' } } }],
      attributes: [
        is('contact.attributes.plan', 'pro'),
        { session: { customer: { attributes: { plan: 'pro' } } } },
      ],
      proved: [
        is('contact.proved', true),
        { session: { customer: { id: 'dewi' }, identityHash: hash('dewi') } },
      ],
    },
    async (brings) => open(brings ?? {}),
  );
  await tellChannel(usher, { name: 'Shop', kind: 'webchat' }, () => open({}));
  await put(usher, [['late', { field: 'conversation.text', contains: 'refund' }]]);
  const id = await open({ content: 'A refund, please' });
  await eventually(
    () => decided(usher, id),
    (tags) => tags.includes('late'),
  );
}, 60_000);

test('web chat: the browser’s language counts where the page names none', async () => {
  const usher = await startTestUsher();
  const channelId = await makeChannel(usher, { kind: 'webchat', name: 'Shop' });
  await put(usher, [['korean', is('contact.language', 'ko-KR')]]);
  const headers = { 'accept-language': 'ko-KR,ko;q=0.9' };
  const begun = await usher.call('POST', '/session', { body: { channelId }, token: null, headers });
  const { mqtt, customerId } = begun.body as { mqtt: Login; customerId: string };
  const visitor = await connectWeb(mqtt);
  await visitor.say('server/sessions/request', { customerId, requestID: 'r1' });
  expect(await decided(usher, await findByExternalId(usher, customerId))).toEqual(['korean']);
});

test('API: all that the opening brings, with its first message', async () => {
  const usher = await startTestUsher();
  const channelId = await makeChannel(usher, { kind: 'api', name: 'Our shop' });
  const open = async (brings: { contact?: object } | null = {}) => {
    const { contact, ...rest } = brings ?? {};
    const [externalId, own] = [randomUUID(), randomUUID()];
    const body = { externalId, contact: { externalId: own, ...contact }, ...rest };
    const path = `/api/v1/channels/${channelId}/conversations`;
    const opened = await usher.call('POST', path, { body });
    expect(opened.status, opened.text).toBe(201);
    return (opened.body as { id: string }).id;
  };
  const image = { type: 'image/png', url: 'https://files.example/a.png' };
  await tell<object>(
    usher,
    {
      source: [is('source', 'form'), { source: 'form' }],
      externalChannel: [is('externalChannel', 'till-3'), { externalChannelId: 'till-3' }],
      name: [is('contact.name', 'Ana'), { contact: { name: 'Ana' } }],
      email: [is('contact.emailDomain', 'a.example'), { contact: { email: 'a@a.example' } }],
      phone: [is('contact.phone', '+351'), { contact: { phone: '+351' } }],
      language: [is('contact.language', 'pt-PT'), { contact: { language: 'pt-PT' } }],
      attributes: [
        { field: 'contact.attributes.spent', moreThan: 100 },
        { contact: { attributes: { spent: 101 } } },
      ],
      tags: [{ field: 'contact.tags', contains: 'vip' }, { contact: { tags: ['vip'] } }],
      department: [is('conversation.department', 'lawyers'), { team: 'Lawyers' }],
      priority: [is('conversation.priority', 'urgent'), { priority: 'urgent' }],
      meta: [is('conversation.meta.items.0.sku', 'A-1'), { meta: { items: [{ sku: 'A-1' }] } }],
      page: [
        is('conversation.page', 'https://a.example/'),
        { page: { url: 'https://a.example/' } },
      ],
      referrer: [is('conversation.referrer', 'b'), { page: { referrer: 'b' } }],
      text: [
        { field: 'conversation.text', contains: 'refund' },
        { message: { text: 'A refund, please' } },
      ],
      files: [is('conversation.files', 2), { message: { text: '', attachments: [image, image] } }],
    },
    open,
  );
  await put(usher, [['own', { field: 'conversation.tags', contains: 'returns' }]]);
  const tagged = await open({ tags: ['returns'] } as object);
  await eventually(
    () => decided(usher, tagged),
    (tags) => tags.join() === 'returns,own',
  );
  await tellChannel(usher, { name: 'Our shop', kind: 'api' }, open);
}, 60_000);

test('web chat: a visitor who signs in while they wait goes by the rule for those who are proved', async () => {
  const usher = await startTestUsher();
  const secret = 'widget-secret';
  const body = { kind: 'webchat', name: 'Shop', secrets: { widgetSecret: secret } };
  const channelId = await makeChannel(usher, body);
  await put(usher, [['proved', is('contact.proved', true)]]);
  const guest = await connectVisitor(usher, { channelId });
  const { customerId, visitorKey } = guest.session;
  await guest.say('server/sessions/request', { customerId, requestID: 'r1' });
  const id = await findByExternalId(usher, customerId);
  expect(await decided(usher, id)).toEqual(['else']);
  const identityHash = createHmac('sha256', secret).update('dewi').digest('hex');
  await connectVisitor(usher, { channelId, customer: { id: 'dewi' }, identityHash, visitorKey });
  await eventually(
    () => decided(usher, id),
    (tags) => tags.includes('proved'),
  );
});

test('RapidPro: the same ticket again, with other fields of the contact, goes by another rule', async () => {
  const { usher, call } = await startRapidPro();
  await put(usher, [['gold', is('contact.attributes.tier', 'gold')]]);
  const [token, ticketID] = [randomUUID(), randomUUID()];
  const open = async (tier: string) => {
    const ticket = { visitor: { token, customFields: { tier } }, ticketID };
    return ((await call('GET', '/room', { body: ticket })).body as { id: string }).id;
  };
  const id = await open('silver');
  expect(await decided(usher, id)).toEqual(['else']);
  expect(await open('gold')).toBe(id);
  await eventually(
    () => decided(usher, id),
    (tags) => tags.includes('gold'),
  );
});
