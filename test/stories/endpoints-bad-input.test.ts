// Whatever people and programs get wrong about endpoints is refused in words that help, and nothing is half written.
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import type { Role } from '../../src/contract/agents.ts';
import { makeToken } from '../../src/desk/make-token.ts';
import { insertWorkspace } from '../../src/store/workspaces.ts';
import { TOKEN } from '../makers/start-test-usher.ts';
import { type Listening, startWithReceiver } from '../makers/start-with-receiver.ts';

interface Place extends Listening {
  endpointId: string;
  contactId: string;
  conversationId: string;
  deliveryId: string;
}

async function arrange(): Promise<Place> {
  const listening = await startWithReceiver();
  const { usher, listen, open } = listening;
  const { endpoint } = await listen({ enabled: false });
  const conversationId = await open();
  const { rows } = await usher.database.pool.query(
    'select (select contact_id from contact) as "contactId", (select delivery_id::text from delivery) as "deliveryId"',
  );
  return { ...listening, endpointId: endpoint.id, conversationId, ...rows[0] };
}

// What could be half written; nothing of it changes by itself here.
const TABLES =
  'endpoint endpoint_binding delivery delivery_attempt audit_entry event contact conversation assignment agent';

/** How many rows there are, and what is in them. */
async function everything({ usher }: Listening): Promise<unknown[]> {
  const parts = TABLES.split(' ').map(
    (table) =>
      `select '${table}' as name, count(*), md5(string_agg(t::text, ',' order by t::text)) from ${table} t`,
  );
  return (await usher.database.pool.query(parts.join(' union all '))).rows;
}

interface Refusal {
  status: number;
  code: string;
  detail: string;
}

interface Try {
  method?: string;
  path: string;
  body?: unknown;
  token?: string | null;
  type?: string;
}

/** Fails unless it is refused as RFC 9457 has it, in words, with nothing written. */
async function refused(
  place: Place,
  { method = 'POST', path, body, token, type }: Try,
): Promise<Refusal> {
  const before = await everything(place);
  const headers = type === undefined ? {} : { 'content-type': type };
  const answer = await fetch(new URL(path, place.usher.url), {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token ?? TOKEN}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  expect([answer.status, text]).toEqual([expect.toSatisfy((n) => n >= 400 && n < 500), text]);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const problem = JSON.parse(text);
  expect(problem).toEqual({
    type: 'about:blank',
    title: problem.code,
    status: answer.status,
    detail: expect.any(String),
    code: expect.stringMatching(/^[a-z-]+\.[a-z-]+$/),
    requestId: expect.any(String),
  });
  // A sentence for a person, not a rule of the validator.
  expect(problem.detail).toMatch(/^.{10,}\.$/s);
  expect(problem.detail).not.toMatch(
    /must (NOT|match|have|be equal)|undefined|SQL|[\ud800-\udfff]/u,
  );
  expect(await everything(place)).toEqual(before);
  return problem;
}

/** Every one of them is tried, so that one run shows all that is wrong. */
async function refusedAll(
  place: Place,
  tries: readonly (Try & { says?: RegExp; status?: number; code?: string })[],
): Promise<void> {
  const wrong: string[] = [];
  for (const { says = /./, status = 400, code, ...one } of tries) {
    try {
      const problem = await refused(place, one);
      expect(problem.detail).toMatch(says);
      expect(problem.status).toBe(status);
      if (code !== undefined) expect(problem.code).toBe(code);
    } catch (error) {
      wrong.push(
        `${one.method ?? 'POST'} ${one.path} ${JSON.stringify(one.body)?.slice(0, 200)}: ${error}`,
      );
    }
  }
  expect(wrong).toEqual([]);
}

const good = { url: 'https://example.com/hook', events: ['session_state_open'], secret: 's' };
const endpoints = '/api/v1/endpoints';
const HALF = '\ud800';
const control = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code));

test('addresses that nobody can call are refused, each with what to do', async () => {
  const place = await arrange();
  const urls: [string, RegExp][] = [
    ['', /empty/],
    ['   ', /https/],
    ['example.com', /start with https/],
    ['//example.com', /start with https/],
    ['/hook', /start with https/],
    ...['ftp', 'file', 'javascript', 'data', 'ws', 'wss', 'gopher', 'mailto', 'HTTPX'].map(
      (scheme): [string, RegExp] => [`${scheme}://example.com/`, /start with https/],
    ),
    ['https://', /complete address/],
    ['https://exa mple.com/', /complete address/],
    ['https://example.com:99999/', /complete address/],
    ['https://%00.com/', /complete address/],
    ['https:\\\\example.com', /complete address/],
    ['https://user:password@example.com/', /user name and password/],
    ['https://user@example.com/', /user name and password/],
    ['https://@example.com/', /user name and password/],
    [`https://example.com/${'a'.repeat(2040)}`, /2048/],
    [`https://example.com/${'a'.repeat(20_000)}`, /2048/],
    [`https://example.com/${'é'.repeat(1000)}`, /2048/],
    ['https://example.com:25/', /port/],
    ['http://10.0.0.1/', /public/],
    ['http://2130706434.1/', /./],
    ['http://169.254.169.254/', /public/],
    ['http://[::ffff:10.0.0.1]/', /public/],
    [`https://example.com/${HALF}`, /surrogate/],
    ...control
      .slice(1)
      .map((one): [string, RegExp] => [`https://example.com/a${one}b`, /complete/]),
    ['https://example.com/\0', /NUL/],
  ];
  const path = `${endpoints}/${place.endpointId}`;
  const tries = urls.flatMap(([url, says]) => [
    { path: endpoints, body: { ...good, url }, says },
    { method: 'PATCH', path, body: { url }, says },
  ]);
  await refusedAll(place, tries);
});

test('fields of an endpoint that are wrong, unknown or too much are refused by their names', async () => {
  const place = await arrange();
  const bodies: [unknown, RegExp][] = [
    [{ url: good.url }, /events/],
    [{ events: good.events }, /url/],
    [
      { ...good, events: ['session_state_gone'] },
      /events.*session_state_open.*conversation\.closed/s,
    ],
    [{ ...good, events: ['SESSION_STATE_OPEN'] }, /session_state_open/],
    [{ ...good, events: ['session_state_open', 'session_state_open'] }, /twice/],
    [{ ...good, events: 'session_state_open' }, /events.*list/],
    [{ ...good, events: [null] }, /events/],
    [{ ...good, events: {} }, /events.*list/],
    [{ ...good, events: Array.from({ length: 101 }, (_, n) => `e${n}`) }, /events/],
    [{ ...good, secret: 'x'.repeat(10_000) }, /secret.*500/],
    [{ ...good, secret: 5 }, /secret.*text/],
    [{ ...good, secret: null }, /secret.*text/],
    [{ ...good, secret: `a${HALF}` }, /surrogate/],
    [{ ...good, secret: 'a\0' }, /NUL/],
    [{ ...good, url: 5 }, /url.*text/],
    [{ ...good, url: null }, /url.*text/],
    [{ ...good, verifyTls: 'yes' }, /verifyTls.*true or false/],
    [{ ...good, verifyTls: 0 }, /verifyTls.*true or false/],
    [{ ...good, enabled: 'true' }, /enabled.*true or false/],
    [{ ...good, signatureEncoding: 'base32' }, /signatureEncoding.*hex, base64/],
    [{ ...good, absentTimes: null }, /absentTimes.*omit, null/],
    [{ ...good, retries: 5 }, /retries/],
    [{ ...good, keepOldSecretSeconds: 5 }, /keepOldSecretSeconds/],
    [[good], /object/],
    ['"text"', /object/],
    ['null', /object/],
    ['', /empty/i],
    ['{"url":', /JSON/],
    ['{"url": undefined}', /JSON/],
    ['url=https://example.com', /JSON/],
    ['{"__proto__": {"url": "x"}}', /__proto__/],
    [`{"url":"https://example.com/", "events":[], "x":"${'x'.repeat(1_100_000)}"}`, /1 MiB/],
  ];
  await refusedAll(
    place,
    bodies.map(([body, says]) => ({
      path: endpoints,
      body,
      says,
      status: String(says).includes('MiB') ? 413 : 400,
    })),
  );
  const path = `${endpoints}/${place.endpointId}`;
  const changes: [unknown, RegExp][] = [
    [{}, /at least/],
    [{ keepOldSecretSeconds: -1 }, /keepOldSecretSeconds.*0/],
    [{ keepOldSecretSeconds: 604_801 }, /keepOldSecretSeconds.*604800/],
    [{ keepOldSecretSeconds: 1.5 }, /keepOldSecretSeconds.*whole number/],
    [{ keepOldSecretSeconds: '60' }, /keepOldSecretSeconds.*whole number/],
    [{ held: 'forget' }, /held.*send, drop/],
    [{ url: 'http://127.0.0.1:1/', events: ['nothing'] }, /events/],
    [{ id: uuid() }, /id/],
    [{ state: 'healthy' }, /state/],
  ];
  await refusedAll(
    place,
    changes.map(([body, says]) => ({ method: 'PATCH', path, body, says })),
  );
  const tests: [unknown, RegExp, number?][] = [
    [{ type: 'nothing' }, /session_state_open/],
    [{ type: 'conversation.opened' }, /bound/, 409],
    [{ kind: 'session_state_open' }, /kind/],
    [[], /object/],
  ];
  await refusedAll(
    place,
    tests.map(([body, says, status = 400]) => ({ path: `${path}/test`, body, says, status })),
  );
});

test('what is no JSON by its own word is refused with the right one', async () => {
  const place = await arrange();
  const types = ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'x'];
  await refusedAll(
    place,
    types.map((type) => ({
      path: endpoints,
      body: good,
      type,
      says: /application\/json/,
      status: type === 'text/plain' ? 400 : 415,
    })),
  );
});

test('texts that cannot be kept are refused wherever people write them', async () => {
  const place = await arrange();
  const contact = `/api/v1/contacts/${place.contactId}`;
  const message = `${contact}/external-message`;
  const close = `/api/v1/conversations/${place.conversationId}/close`;
  const path = (text: string) => [
    { path: message, body: { text } },
    { method: 'PATCH', path: contact, body: { name: text } },
    { method: 'PATCH', path: contact, body: { lang: text } },
    { method: 'PATCH', path: contact, body: { groups: [text] } },
    { method: 'PATCH', path: contact, body: { attributes: { plan: text } } },
    { method: 'PATCH', path: contact, body: { attributes: { [text]: 'gold' } } },
    { path: close, body: { note: text } },
    { path: close, body: { tags: [text] } },
    { path: close, body: { meta: { [text]: 'x' } } },
    { path: close, body: { meta: [{ type: 'input', name: text, value: 'x' }] } },
    { path: close, body: { meta: [{ type: 'input', name: 'x', value: text }] } },
    {
      path: close,
      body: { meta: [{ type: 'select', name: 'x', value: [{ name: text, value: text }] }] },
    },
  ];
  await refusedAll(place, ['a\0b', `a${HALF}b`, '\udc00'].flatMap(path));
});

test('texts that are too much or nothing are refused', async () => {
  const place = await arrange();
  const contact = `/api/v1/contacts/${place.contactId}`;
  const message = `${contact}/external-message`;
  const long = 'x'.repeat(10_001);
  const many = Array.from({ length: 101 }, (_, n) => `t${n}`);
  await refusedAll(place, [
    { path: message, body: { text: '' }, says: /text.*empty/ },
    { path: message, body: { text: long }, says: /text.*10000/ },
    { path: message, body: { text: 5 }, says: /text/ },
    { path: message, body: {}, says: /text/ },
    { path: message, body: { text: 'x', to: 'y' }, says: /to/ },
    { method: 'PATCH', path: contact, body: {}, says: /at least/ },
    { method: 'PATCH', path: contact, body: { name: long }, says: /name.*255/ },
    { method: 'PATCH', path: contact, body: { tags: many }, says: /tags.*100/ },
    { method: 'PATCH', path: contact, body: { tags: [''] }, says: /tags/ },
    { method: 'PATCH', path: contact, body: { tags: 'vip' }, says: /tags.*list/ },
    { method: 'PATCH', path: contact, body: { lang: 'klingon!' }, says: /lang/ },
    { method: 'PATCH', path: contact, body: { attributes: { '': 'x' } }, says: /attributes/ },
    { method: 'PATCH', path: contact, body: { attributes: { [long]: 'x' } }, says: /attributes/ },
    { method: 'PATCH', path: contact, body: { attributes: { a: long } }, says: /attributes/ },
    { method: 'PATCH', path: contact, body: { attributes: { a: 5 } }, says: /attributes/ },
    { method: 'PATCH', path: contact, body: { attributes: { 'a\nb': 5 } }, says: /attributes/ },
    { method: 'PATCH', path: contact, body: { attributes: { a: { b: 'c' } } }, says: /attributes/ },
    { method: 'PATCH', path: contact, body: { anonymous: true }, says: /anonymous/ },
    { method: 'PATCH', path: contact, body: { externalId: 'x' }, says: /externalId/ },
  ]);
});

test('every other control character, emoji and script is taken as it is', async () => {
  const place = await arrange();
  const text = `${control.slice(1).join('')}\u007f\u2028👋시크릿`;
  const { call } = place.usher;
  const body = { ...good, secret: text };
  expect((await call('POST', endpoints, { body })).status).toBe(201);
  expect((await call('POST', endpoints, { body: { ...good, secret: '' } })).status).toBe(201);
  expect((await call('POST', endpoints, { body: { ...good, secret: 'whsec_' } })).status).toBe(201);
  const attributes = { plan: text, [text.slice(0, 50)]: 'x' };
  const path = `/api/v1/contacts/${place.contactId}`;
  const changed = await call('PATCH', path, { body: { name: text, tags: [text], attributes } });
  expect(changed.body).toMatchObject({ name: text, tags: [text], attributes });
  const meta = [{ type: 'input', name: text.slice(0, 50), value: text }];
  const close = `/api/v1/conversations/${place.conversationId}/close`;
  expect((await call('POST', close, { body: { note: text, meta } })).status).toBe(200);
});

test('ids, cursors, limits, states and times that are none are refused', async () => {
  const place = await arrange();
  const get = (path: string, says: RegExp) => ({ method: 'GET', path, says });
  const strange = [
    'x',
    '1',
    'null',
    '%F0%9F%91%8B',
    `urn:uuid:${place.endpointId}`,
    `{${place.endpointId}}`,
    `${place.endpointId}0`,
  ];
  const log = `${endpoints}/${place.endpointId}/deliveries`;
  const redeliver = `${endpoints}/${place.endpointId}/redeliver`;
  const since = [
    '',
    'yesterday',
    '2026-01-31',
    '2026-01-31T08:00:00',
    '2026-02-30T08:00:00Z',
    '2026-01-31T25:00:00Z',
    '2026-01-31T23:59:60Z',
    '2026-01-31T08:00:00+01',
    '2026-01-31T08:00:00+0100',
    '2026-01-31 08:00:00Z',
    1_769_846_400,
    null,
  ];
  await refusedAll(place, [
    ...strange.flatMap((id) => [
      get(`${endpoints}/${id}`, /id/),
      { method: 'PATCH', path: `${endpoints}/${id}`, body: { enabled: true }, says: /id/ },
      { method: 'DELETE', path: `${endpoints}/${id}`, says: /id/ },
      { path: `${endpoints}/${id}/test`, body: {}, says: /id/ },
      get(`${endpoints}/${id}/deliveries`, /id/),
      get(`/api/v1/contacts/${id}`, /id/),
      { path: `/api/v1/contacts/${id}/external-message`, body: { text: 'x' }, says: /id/ },
    ]),
    ...['0', '-1', '1.5', 'x', '01', '1e3', '9'.repeat(17), '9'.repeat(40)].flatMap((id) => [
      { ...get(`/api/v1/deliveries/${id}`, /delivery/), status: 404 },
      { path: `/api/v1/deliveries/${id}/redeliver`, says: /delivery/, status: 404 },
    ]),
    ...['nonsense', 'LTE', 'OTk5OTk5OTk5OTk5OTk5OTk5OTk', '💥'].flatMap((cursor) => [
      get(`${log}?cursor=${cursor}`, /cursor/),
      get(`/api/v1/audit?cursor=${cursor}`, /cursor/),
      get(`/api/v1/agents?cursor=${cursor}`, /cursor/),
      get(`/api/v1/conversations?cursor=${cursor}`, /cursor/),
    ]),
    get(`${log}?cursor=${'x'.repeat(300)}`, /cursor/),
    ...[`${endpoints}/%00`, '/api/v1/deliveries/%00', `${log}?cursor=%00`].map((path) =>
      get(path, /NUL/),
    ),
    ...['0', '201', '-1', 'x', '1.5', ''].map((limit) => get(`${log}?limit=${limit}`, /limit/)),
    ...['gone', '', 'DONE'].map((state) => get(`${log}?state=${state}`, /state.*held/)),
    ...since.map((one) => ({
      path: redeliver,
      body: { since: one },
      says: typeof one === 'string' ? /since.*2026-01-31T08:00:00Z/s : /since.*text/,
    })),
    { path: redeliver, body: {}, says: /since/ },
    {
      path: redeliver,
      body: { since: '2026-01-31T08:00:00Z', states: 'some' },
      says: /failed, all/,
    },
  ]);
  const nowhere = { status: 404, says: /no such|nothing/ };
  await refusedAll(place, [
    { ...get('/api/v1/deliveries/9999999999999999', /no such/), ...nowhere },
    { path: '/api/v1/deliveries/9999999999999999/redeliver', ...nowhere },
    { ...get('/api/v1/endpoint', /./), ...nowhere },
    { method: 'PUT', path: `${endpoints}/${place.endpointId}`, body: good, ...nowhere },
  ]);
});

test('times that are times are taken: any zone, any century', async () => {
  const place = await arrange();
  const path = `${endpoints}/${place.endpointId}/redeliver`;
  for (const since of [
    '2026-01-31T08:00:00Z',
    '2026-01-31T08:00:00.123456+09:00',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ]) {
    expect((await place.usher.call('POST', path, { body: { since } })).status).toBe(202);
  }
});

async function tokenOf(place: Place, role: Role, workspaceId?: string): Promise<string> {
  const { rows } = await place.usher.database.pool.query(
    'select workspace_id from endpoint limit 1',
  );
  const key = { workspaceId: workspaceId ?? rows[0].workspace_id, name: role, role };
  return (await makeToken({ db: place.usher.database.pool }, key)).token;
}

test('who may do what: admins write, supervisors read, agents write to contacts', async () => {
  const place = await arrange();
  const one = `${endpoints}/${place.endpointId}`;
  const contact = `/api/v1/contacts/${place.contactId}`;
  const everybody = ['agent', 'supervisor', 'admin'];
  const table: [string, string, unknown, string[]][] = [
    ['GET', endpoints, undefined, ['supervisor', 'admin']],
    ['GET', one, undefined, ['supervisor', 'admin']],
    ['GET', `${one}/deliveries`, undefined, ['supervisor', 'admin']],
    ['GET', `/api/v1/deliveries/${place.deliveryId}`, undefined, ['supervisor', 'admin']],
    ['POST', endpoints, good, ['admin']],
    ['PATCH', one, { verifyTls: true }, ['admin']],
    ['POST', `${one}/test`, {}, ['admin']],
    ['POST', `${one}/redeliver`, { since: '2026-01-31T08:00:00Z' }, ['admin']],
    ['GET', '/api/v1/audit', undefined, ['admin']],
    ['GET', contact, undefined, everybody],
    ['PATCH', contact, { name: 'Sari' }, everybody],
    ['GET', `${contact}/external-messages`, undefined, everybody],
    // Refused for what it is, not for who asks: nothing takes external messages here, and it is held.
    ['POST', `${contact}/external-message`, { text: 'x' }, everybody],
    // Of a program's event; an external message may be sent again by whoever may send one.
    ['POST', `/api/v1/deliveries/${place.deliveryId}/redeliver`, undefined, ['admin']],
    ['DELETE', one, undefined, ['admin']],
  ];
  for (const role of ['agent', 'supervisor', 'admin'] as const) {
    const token = await tokenOf(place, role);
    for (const [method, path, body, roles] of table) {
      if (!roles.includes(role)) {
        const problem = await refused(place, { method, path, body, token });
        expect([method, path, problem.code]).toEqual([method, path, 'role.insufficient']);
        continue;
      }
      const { status } = await place.usher.call(method, path, { body, token });
      expect([method, path, role, status === 409 || status < 300]).toEqual([
        method,
        path,
        role,
        true,
      ]);
    }
  }
});

test('without a token, or with one that nobody gave, nothing is told or done', async () => {
  const place = await arrange();
  for (const token of [null, 'usher_unknown', TOKEN.slice(0, -1)]) {
    for (const [method, path, body] of [
      ['GET', endpoints],
      ['POST', endpoints, good],
      ['GET', `/api/v1/contacts/${place.contactId}`],
    ] as const) {
      expect((await refused(place, { method, path, body, token })).status).toBe(401);
    }
  }
});

test('the ids of another workspace are unknown there', async () => {
  const place = await arrange();
  const workspaceId = uuid();
  const db = place.usher.database.pool;
  await insertWorkspace(db, { workspaceId, name: 'Other', defaultCapacity: 2 });
  const token = await tokenOf(place, 'admin', workspaceId);
  const one = `${endpoints}/${place.endpointId}`;
  const contact = `/api/v1/contacts/${place.contactId}`;
  const tries: [string, string, unknown?][] = [
    ['GET', one],
    ['PATCH', one, { url: 'https://example.org/' }],
    ['DELETE', one],
    ['POST', `${one}/test`, {}],
    ['GET', `${one}/deliveries`],
    ['POST', `${one}/redeliver`, { since: '2026-01-31T08:00:00Z', states: 'all' }],
    ['GET', `/api/v1/deliveries/${place.deliveryId}`],
    ['POST', `/api/v1/deliveries/${place.deliveryId}/redeliver`],
    ['GET', contact],
    ['PATCH', contact, { name: 'x' }],
    ['POST', `${contact}/external-message`, { text: 'x' }],
    ['GET', `${contact}/external-messages`],
  ];
  await refusedAll(
    place,
    tries.map(([method, path, body]) => ({ method, path, body, token, status: 404 })),
  );
  const lists = await place.usher.call('GET', endpoints, { token });
  expect(lists.body).toEqual({ items: [] });
});

test('a pause and a removal are told apart from what never was', async () => {
  const place = await arrange();
  const one = `${endpoints}/${place.endpointId}`;
  const held = `/api/v1/deliveries/${place.deliveryId}/redeliver`;
  const problem = await refused(place, { path: held });
  expect([problem.status, problem.detail]).toEqual([409, expect.stringMatching(/switched on/)]);
  expect((await place.usher.call('DELETE', one)).status).toBe(204);
  expect((await refused(place, { path: held })).status).toBe(404);
  for (const method of ['GET', 'DELETE']) {
    expect((await refused(place, { method, path: one })).status).toBe(404);
  }
});

test('free values of a form are kept without what cannot be, however deep', async () => {
  const place = await arrange();
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
  const body = `{"meta":{"order":"a\\u0000b","half":{"x":["\\ud800"]},"deep":${deep}}}`;
  const path = `/api/v1/conversations/${place.conversationId}`;
  expect((await place.usher.call('POST', `${path}/close`, { body })).status).toBe(200);
  const { rows } = await place.usher.database.pool.query('select meta from conversation');
  expect(rows[0].meta).toMatchObject({ order: 'a\ufffdb', half: { x: ['\ufffd'] } });
});
