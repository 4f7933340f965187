// A channel of the API: a company's own program opens conversations, and agents answer them here.
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import type { Channel } from '../../src/contract/channels.ts';
import type { Conversation } from '../../src/contract/conversation.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

async function makeChannel(usher: TestUsher): Promise<Channel> {
  const body = { kind: 'api', name: 'Our shop' };
  const made = await usher.call('POST', '/api/v1/channels', { body });
  expect(made.status).toBe(201);
  return made.body as Channel;
}

const opening = {
  externalId: 'case-17',
  contact: { externalId: 'customer-4', name: 'Ana', email: 'ana@example.com' },
};

const open = (usher: TestUsher, channelId: string, change: object = {}, token = usher.token) =>
  usher.call('POST', `/api/v1/channels/${channelId}/conversations`, {
    body: { ...opening, ...change },
    token,
  });

async function makeAgent(usher: TestUsher): Promise<{ agent: Agent; token: string }> {
  const agent = (await usher.call('POST', '/api/v1/agents', { body: { name: 'Ben' } }))
    .body as Agent;
  const availability = { body: { availability: 'online' } };
  expect((await usher.call('PATCH', `/api/v1/agents/${agent.id}`, availability)).status).toBe(200);
  const body = { name: 'Ben', role: 'agent', agentId: agent.id };
  const made = await usher.call('POST', '/api/v1/tokens', { body });
  return { agent, token: (made.body as { token: string }).token };
}

test('a conversation opened over the API is routed, answered in the desk, closed and taken back', async () => {
  const usher = await startTestUsher();
  const channel = await makeChannel(usher);
  expect(channel.urls.conversations).toBe(
    `${usher.url}/api/v1/channels/${channel.id}/conversations`,
  );
  const { agent, token } = await makeAgent(usher);

  const opened = await open(usher, channel.id, { priority: 'high' });
  expect(opened).toMatchObject({ status: 201, body: { opened: true } });
  const { id } = opened.body as { id: string };
  const look = async () =>
    (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
  await eventually(look, (one) => one.agentId === agent.id);
  expect(await look()).toMatchObject({
    channelKind: 'api',
    externalId: 'case-17',
    priority: 'high',
    state: 'assigned',
    confirmedAt: expect.any(String),
    contact: { externalId: 'customer-4', displayName: 'Ana', verified: null },
  });

  const act = (verb: string, body: object) =>
    usher.call('POST', `/api/v1/conversations/${id}/${verb}`, { body, token });
  expect(await act('messages', { text: 'How can I help?' })).toMatchObject({ status: 201 });
  expect(await act('close', {})).toMatchObject({ status: 200, body: { state: 'closed' } });
  expect(await act('reopen', {})).toMatchObject({ status: 200, body: { agentId: agent.id } });
  const sent = 'select count(*)::integer as count from delivery where event_id is null';
  expect((await usher.database.pool.query(sent)).rows).toEqual([{ count: 0 }]);
});

test('a repeat while it is open opens nothing new, and after the end a new one', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const first = await open(usher, channelId);
  expect(await open(usher, channelId)).toMatchObject({
    status: 200,
    body: { ...(first.body as object), opened: false },
  });
  const { id } = first.body as { id: string };
  await usher.call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
  const next = await open(usher, channelId);
  expect(next).toMatchObject({ status: 201, body: { opened: true } });
  expect((next.body as { id: string }).id).not.toBe(id);
});

test('an agent’s token opens none, nor does any on a channel of another kind or in a wrong form', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const { token } = await makeAgent(usher);
  expect((await open(usher, channelId, {}, token)).status).toBe(403);
  const { body } = await usher.call('GET', '/api/v1/channels');
  for (const { id, kind } of (body as { items: Channel[] }).items) {
    if (kind !== 'api') expect((await open(usher, id)).status).toBe(404);
  }
  for (const change of [{ externalId: '' }, { externalId: 'x'.repeat(65) }, { contact: {} }]) {
    expect((await open(usher, channelId, change)).status).toBe(400);
  }
  const update = { body: { config: { title: 'Hello' } } };
  expect(await usher.call('PATCH', `/api/v1/channels/${channelId}`, update)).toMatchObject({
    status: 400,
    body: { detail: 'body/config holds what an API channel does not know' },
  });
  expect(await usher.conversations()).toEqual([]);
});

test('the first message stands in the conversation, once, however often the opening is repeated', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const url = 'https://files.example/a.png';
  const message = { text: 'My parcel is lost.', attachments: [{ type: 'image/png', url }] };
  const first = await open(usher, channelId, { message });
  expect(first.status, first.text).toBe(201);
  expect((await open(usher, channelId, { message })).status).toBe(200);
  const { id } = first.body as { id: string };
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/messages`);
  const { items } = body as { items: object[] };
  expect(items).toEqual([
    expect.objectContaining({
      ...message,
      kind: 'text',
      authorKind: 'contact',
    }),
  ]);
});

test('what is too large, or no address, is refused with its place, and opens nothing', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const many = (count: number) => Object.fromEntries([...Array(count).keys()].map((n) => [n, 1]));
  const { contact } = opening;
  const attachments = [{ type: 'text/html', url: 'javascript:alert(1)' }];
  for (const [change, place] of [
    [{ meta: { text: 'a'.repeat(16_384) } }, 'body.meta'],
    [{ meta: many(51) }, 'body.meta'],
    [{ contact: { ...contact, attributes: many(51) } }, 'body.contact.attributes'],
    [{ contact: { ...contact, attributes: { deep: {} } } }, 'body.contact.attributes.deep'],
    [{ contact: { ...contact, language: 'a language' } }, 'body.contact.language'],
    [{ tags: ['a', 'a'] }, 'body.tags'],
    [{ message: { text: ' ' } }, 'body.message'],
    [{ message: { text: 'a', attachments } }, 'body.message.attachments.0.url'],
  ] as const) {
    const refused = await open(usher, channelId, change);
    expect(refused.status, refused.text).toBe(400);
    expect((refused.body as { detail: string }).detail).toContain(place);
  }
  expect(await usher.conversations()).toEqual([]);
});

test.each([64, 5000, 500_000])(
  'meta that nests %d deep is kept as far as it can be, also under a key',
  async (depth) => {
    const usher = await startTestUsher();
    const { id: channelId } = await makeChannel(usher);
    const deep = `{"x":${'['.repeat(depth)}${']'.repeat(depth)},"order":"7"}`;
    const body = JSON.stringify({ ...opening, meta: 0 }).replace('"meta":0', `"meta":${deep}`);
    const send = () =>
      usher.call('POST', `/api/v1/channels/${channelId}/conversations`, {
        ...{ body, headers: { 'idempotency-key': 'deep' } },
      });
    const [first, repeat] = [await send(), await send()];
    expect([first.status, repeat.status], first.text).toEqual([201, 201]);
    expect(repeat.body).toEqual(first.body);
    expect(await usher.conversations()).toMatchObject([{ meta: { order: '7' } }]);
  },
);

test('what comes of a contact again is added to what is known', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const say = (more: object) => ({ contact: { ...opening.contact, ...more } });
  const first = await open(usher, channelId, say({ tags: ['vip'], attributes: { tier: 'gold' } }));
  await open(usher, channelId, {
    ...say({ tags: ['vip', 'new'], attributes: { city: 'Porto' }, language: 'pt' }),
    externalId: 'case-18',
  });
  const { id } = first.body as { id: string };
  const conversation = (await usher.call('GET', `/api/v1/conversations/${id}`))
    .body as Conversation;
  const contact = await usher.call('GET', `/api/v1/contacts/${conversation.contact.id}`);
  expect(contact.body).toMatchObject({
    ...{ tags: ['vip', 'new'], attributes: { tier: 'gold', city: 'Porto' }, lang: 'pt' },
  });
});

const write = (usher: TestUsher, channelId: string, change: object = {}, token = usher.token) =>
  usher.call('POST', `/api/v1/channels/${channelId}/messages`, {
    body: { conversation: 'case-17', externalId: 'm-1', text: 'Is it there?', ...change },
    token,
  });

async function readSaid(usher: TestUsher, conversationId: string) {
  const { body } = await usher.call('GET', `/api/v1/conversations/${conversationId}/messages`);
  return (body as { items: { authorKind: string; text: string }[] }).items.map(
    ({ authorKind, text }) => `${authorKind}: ${text}`,
  );
}

test('what the contact writes on stands in the conversation, once for each id, and is an event', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const { id } = (await open(usher, channelId)).body as { id: string };
  const first = await write(usher, channelId);
  expect(first).toMatchObject({ status: 201, body: { conversationId: id, repeated: false } });
  const again = await Promise.all([1, 2, 3].map(() => write(usher, channelId)));
  for (const { status, body } of again) {
    expect({ status, body }).toEqual({
      status: 200,
      body: { ...(first.body as object), repeated: true },
    });
  }
  await write(usher, channelId, { externalId: 'm-2', text: 'Hello?' });
  expect(await readSaid(usher, id)).toEqual(['contact: Is it there?', 'contact: Hello?']);
  const { rows } = await usher.database.pool.query(
    `select data ->> 'text' as text, data ->> 'authorKind' as by from event where stream_id = $1 and type = 'message.created' order by seq`,
    [id],
  );
  expect(rows).toEqual([
    { text: 'Is it there?', by: 'contact' },
    { text: 'Hello?', by: 'contact' },
  ]);
});

test('fifty messages that are sent at once, each three times, are said once each', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const { id } = (await open(usher, channelId)).body as { id: string };
  const names = Array.from({ length: 50 }, (_, nth) => `m-${nth}`);
  const answers = await Promise.all(
    [...names, ...names, ...names].map((externalId) =>
      write(usher, channelId, { externalId, text: externalId }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 201]));
  const said = await readSaid(usher, id);
  expect(said.sort()).toEqual(names.map((name) => `contact: ${name}`).sort());
});

test('a file that was uploaded, or lies elsewhere, goes along', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const { id } = (await open(usher, channelId)).body as { id: string };
  const form = new FormData();
  form.append('file', new Blob(['hello'], { type: 'text/plain' }), 'hello.txt');
  const uploaded = await fetch(new URL('/api/v1/attachments', usher.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${usher.token}` },
    body: form,
  });
  const file = (await uploaded.json()) as { id: string };
  const url = 'https://files.example/a.png';
  const attachments = [{ type: 'image/png', url }];
  const said = await write(usher, channelId, { text: '', attachments, attachmentIds: [file.id] });
  expect(said.status, said.text).toBe(201);
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/messages`);
  expect((body as { items: object[] }).items).toMatchObject([
    {
      attachments: [
        { type: 'image/png', url },
        { id: file.id, name: 'hello.txt' },
      ],
    },
  ]);
  const attachmentIds = ['00000000-0000-4000-8000-000000000000'];
  expect(await write(usher, channelId, { externalId: 'm-2', attachmentIds })).toMatchObject({
    body: { code: 'attachment.not-found' },
  });
});

test('to a parked conversation the contact’s message brings its agent back, and into a closed one nothing is said', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const { agent, token } = await makeAgent(usher);
  const { id } = (await open(usher, channelId)).body as { id: string };
  const look = async () =>
    (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
  await eventually(look, (one) => one.agentId === agent.id);
  const act = (verb: string) =>
    usher.call('POST', `/api/v1/conversations/${id}/${verb}`, { body: {}, token });
  expect((await act('park')).status).toBe(200);
  expect((await write(usher, channelId)).status).toBe(201);
  await eventually(look, (one) => one.state === 'assigned' && one.agentId === agent.id);
  expect((await act('close')).status).toBe(200);
  expect((await write(usher, channelId)).status).toBe(200);
  expect(await write(usher, channelId, { externalId: 'm-2' })).toMatchObject({
    status: 409,
    body: { code: 'conversation.closed' },
  });
  expect((await open(usher, channelId)).status).toBe(201);
  expect((await write(usher, channelId, { externalId: 'm-2' })).status).toBe(201);
  expect(await readSaid(usher, id)).toEqual(['contact: Is it there?']);
});

test('what says nothing, is not known or has no right is refused, and nothing is said', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const { id: otherId } = await makeChannel(usher);
  const { token } = await makeAgent(usher);
  const { id } = (await open(usher, channelId)).body as { id: string };
  for (const [change, code] of [
    [{ text: '  ' }, 'message.empty'],
    [{ text: undefined }, 'message.empty'],
    [{ text: 'a'.repeat(10_001) }, 'request.invalid'],
    [{ externalId: '' }, 'request.invalid'],
    [{ conversation: 'case-18' }, 'conversation.not-found'],
    [{ attachments: [{ type: 'text/html', url: 'javascript:alert(1)' }] }, 'request.invalid'],
    [{ more: 1 }, 'request.invalid'],
  ] as const) {
    expect((await write(usher, channelId, change)).body, JSON.stringify(change)).toMatchObject({
      code,
    });
  }
  expect((await write(usher, otherId)).body).toMatchObject({ code: 'conversation.not-found' });
  expect((await write(usher, channelId, {}, token)).status).toBe(403);
  expect(await readSaid(usher, id)).toEqual([]);
});

const read = (usher: TestUsher, channelId: string, query: string, token = usher.token) =>
  usher.call('GET', `/api/v1/channels/${channelId}/messages?${query}`, { token });

test('the program reads what was written from a number on, and nothing that only agents see', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const { agent, token } = await makeAgent(usher);
  const { id } = (await open(usher, channelId)).body as { id: string };
  await write(usher, channelId);
  const look = async () =>
    (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
  await eventually(look, (one) => one.agentId === agent.id);
  const act = (verb: string, body: object) =>
    usher.call('POST', `/api/v1/conversations/${id}/${verb}`, { body, token });
  await act('notes', { text: 'He is angry.' });
  await act('messages', { text: 'It is on its way.' });
  const first = await read(usher, channelId, 'conversation=case-17&limit=2');
  expect(first).toMatchObject({
    status: 200,
    body: { conversationId: id, open: true, items: [{ authorKind: 'contact' }] },
  });
  expect((first.body as { items: object[] }).items).toHaveLength(1);
  const { after } = first.body as { after: string };
  await act('close', {});
  const next = await read(usher, channelId, `conversation=case-17&after=${after}`);
  expect(next.body).toMatchObject({
    open: false,
    items: [{ authorKind: 'agent', text: 'It is on its way.' }],
  });
  const end = (next.body as { after: string }).after;
  const last = await read(usher, channelId, `conversation=case-17&after=${end}`);
  expect(last.body).toMatchObject({ after: end, items: [] });
  expect(JSON.stringify([first.body, next.body])).not.toContain('angry');
  expect((await read(usher, channelId, 'conversation=case-18')).status).toBe(404);
  expect((await read(usher, channelId, 'conversation=case-17&after=7')).status).toBe(400);
});

test('the address of an agent’s file is one that the program can fetch', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  await open(usher, channelId);
  const form = new FormData();
  form.append('file', new Blob(['hello'], { type: 'text/plain' }), 'a b.txt');
  const authorization = `Bearer ${usher.token}`;
  const uploaded = await fetch(new URL('/api/v1/attachments', usher.url), {
    ...{ method: 'POST', headers: { authorization }, body: form },
  });
  const file = (await uploaded.json()) as { id: string };
  await write(usher, channelId, { attachmentIds: [file.id] });
  const { body } = await read(usher, channelId, 'conversation=case-17');
  const [said] = (body as { items: { attachments: { url: string }[] }[] }).items;
  expect(await (await fetch(said?.attachments[0]?.url ?? '')).text()).toBe('hello');
});

test('who asks on misses nothing when it ends and is opened again', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const { id } = (await open(usher, channelId)).body as { id: string };
  const say = (conversationId: string, text: string) =>
    usher.call('POST', `/api/v1/conversations/${conversationId}/messages`, { body: { text } });
  let after: string | undefined;
  const heard: string[] = [];
  const ask = async () => {
    const query = `conversation=case-17${after === undefined ? '' : `&after=${after}`}`;
    const { body } = await read(usher, channelId, query);
    const page = body as { after: string; items: { text: string }[] };
    after = page.after;
    heard.push(...page.items.map(({ text }) => text));
  };
  await write(usher, channelId, { text: 'one' });
  await ask();
  await say(id, 'two');
  await usher.call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
  const again = (await open(usher, channelId)).body as { id: string };
  await write(usher, channelId, { externalId: 'm-2', text: 'three' });
  for (let nth = 0; nth < 3; nth += 1) await ask();
  await say(again.id, 'four');
  await ask();
  expect(heard).toEqual(['one', 'two', 'three', 'four']);
  // Its answer was lost: said again after the end, it is known.
  expect(await write(usher, channelId, { text: 'one' })).toMatchObject({
    status: 200,
    body: { conversationId: id, repeated: true },
  });
  expect((await write(usher, channelId, { text: 'another' })).body).toMatchObject({
    code: 'idempotency-key.reused',
  });
});

test('whoever may only speak reads nothing, and reading what is a colleague’s is on record', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  await open(usher, channelId);
  const speaks = { name: 'Speaker', role: 'supervisor', scopes: ['conversations.speak'] };
  const made = await usher.call('POST', '/api/v1/tokens', { body: speaks });
  const { token } = made.body as { token: string };
  expect((await write(usher, channelId, {}, token)).status).toBe(201);
  expect((await read(usher, channelId, 'conversation=case-17', token)).status).toBe(403);
  expect((await read(usher, channelId, 'conversation=case-17')).status).toBe(200);
  const { body } = await usher.call('GET', '/api/v1/audit');
  const reads = (body as { items: { action: string }[] }).items.filter(
    ({ action }) => action === 'conversation.read',
  );
  expect(reads).toHaveLength(1);
});

test('a token of one channel uploads files, and sends no others', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  await open(usher, channelId);
  const body = { name: 'Shop', role: 'agent', scopes: [`channel:${channelId}`] };
  const { token } = (await usher.call('POST', '/api/v1/tokens', { body })).body as {
    token: string;
  };
  const upload = async (by: string) => {
    const form = new FormData();
    form.append('file', new Blob(['hello'], { type: 'text/plain' }), 'a.txt');
    const headers = { authorization: `Bearer ${by}` };
    const answer = await fetch(new URL('/api/v1/attachments', usher.url), {
      ...{ method: 'POST', headers, body: form },
    });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { id: string }).id;
  };
  const [own, other] = [await upload(token), await upload(usher.token)];
  const send = (externalId: string, id: string) =>
    write(usher, channelId, { externalId, attachmentIds: [id] }, token);
  expect((await send('m-1', own)).status).toBe(201);
  expect((await send('m-2', other)).body).toMatchObject({ code: 'attachment.not-found' });
});

test('a token of one channel opens, says and reads there, and does nothing else', async () => {
  const usher = await startTestUsher();
  const { id: channelId } = await makeChannel(usher);
  const { id: otherId } = await makeChannel(usher);
  const make = (scopes: string[]) =>
    usher.call('POST', '/api/v1/tokens', { body: { name: 'Shop', role: 'agent', scopes } });
  const made = await make([`channel:${channelId}`]);
  expect(made.status, made.text).toBe(201);
  const { token } = made.body as { token: string };
  const opened = await open(usher, channelId, {}, token);
  expect(opened.status).toBe(201);
  expect((await write(usher, channelId, {}, token)).status).toBe(201);
  expect((await read(usher, channelId, 'conversation=case-17', token)).status).toBe(200);
  expect((await open(usher, otherId, {}, token)).status).toBe(403);
  expect((await write(usher, otherId, {}, token)).status).toBe(403);
  expect((await read(usher, otherId, 'conversation=case-17', token)).status).toBe(403);
  const { id } = opened.body as { id: string };
  const { paths } = (await usher.call('GET', '/openapi.json')).body as {
    paths: Record<string, Record<string, object>>;
  };
  for (const [path, methods] of Object.entries(paths)) {
    for (const method of Object.keys(methods)) {
      const isOwn =
        path === '/api/v1/attachments' ||
        /^\/api\/v1\/channels\/\{id\}\/(conversations|messages|updates|typing|read|close|contacts\/\{externalId\})$/.test(
          path,
        );
      if (isOwn || !path.startsWith('/api/v1/') || path.includes('/operator/')) continue;
      const at = path.replace(/\{[^}]+\}/g, id);
      const body = ['post', 'put', 'patch'].includes(method) ? { body: {} } : {};
      const ask = (by: string) => usher.call(method.toUpperCase(), at, { token: by, ...body });
      const stranger = await ask('nobody');
      expect([403, stranger.status], `${method} ${path}`).toContain((await ask(token)).status);
    }
  }
  expect(await usher.conversations()).toHaveLength(1);
  for (const scope of [`channel:${id}`, 'channel:x', 'channel:', `channel:${channelId}x`]) {
    expect([400, 404], scope).toContain((await make([scope])).status);
  }
});
