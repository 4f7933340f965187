// A workspace is a boundary: an admin of one asks for everything of another, over every route, and over MQTT.
import { expect, test } from 'vitest';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { openBrowser } from '../makers/browse.ts';
import { eventually } from '../makers/start-test-usher.ts';
import {
  fillDefault,
  type Ids,
  MARK,
  makeWorkspace,
  PASSWORD,
  startWithOperator,
} from '../makers/two-workspaces.ts';
import { connectWeb } from '../makers/web-client.ts';

interface Attack {
  /** Of which thing the route's id is. */
  of: keyof Ids;
  query?: string;
  body?: (ids: Ids) => object;
  /** Instead of 404. */
  byToken?: number;
}

const named = (body: object = {}) => ({ body: () => body });

/** Only an agent does it, and the token is of none. */
const ofNoAgent = { byToken: 400 };
/** To a token, which is nobody, nothing is ever offered. */
const notOffered = { byToken: 409 };

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Every route that names a thing by its id, with a body that its own workspace would take. */
const attacks: Record<string, Attack> = {
  'GET /api/v1/agents/{id}': { of: 'agent' },
  'PATCH /api/v1/agents/{id}': { of: 'agent', ...named({ name: 'taken' }) },
  'DELETE /api/v1/agents/{id}': { of: 'agent' },
  'POST /api/v1/agents/{id}/wrap-up/done': { of: 'agent', ...named() },
  'POST /api/v1/balance/{id}/undo': { of: 'unknown' },
  'GET /api/v1/simulations/{id}': { of: 'simulation' },
  'DELETE /api/v1/simulations/{id}': { of: 'simulation' },
  'PATCH /api/v1/teams/{id}': { of: 'team', ...named({ name: 'taken' }) },
  'DELETE /api/v1/teams/{id}': { of: 'team' },
  'PATCH /api/v1/skills/{id}': { of: 'skill', ...named({ name: 'taken' }) },
  'DELETE /api/v1/skills/{id}': { of: 'skill' },
  'GET /api/v1/channels/{id}': { of: 'channel' },
  'PATCH /api/v1/channels/{id}': { of: 'channel', ...named({ name: 'taken' }) },
  'DELETE /api/v1/channels/{id}': { of: 'channel' },
  'POST /api/v1/channels/{id}/register-resolve': { of: 'channel' },
  'POST /api/v1/channels/{id}/check-bodies': { of: 'channel' },
  'POST /api/v1/channels/{id}/check-desk': { of: 'channel' },
  'GET /api/v1/channels/{id}/departments': { of: 'channel' },
  'POST /api/v1/channels/{id}/conversations': {
    of: 'channel',
    ...named({ externalId: 'taken', contact: { externalId: 'taken' } }),
  },
  'GET /api/v1/channels/{id}/presence': { of: 'channel' },
  'GET /api/v1/channels/{id}/conversations/{externalId}': { of: 'channel' },
  'GET /api/v1/channels/{id}/contacts/{externalId}/conversations': { of: 'channel' },
  'POST /api/v1/channels/{id}/contacts/{externalId}/merge': {
    of: 'channel',
    ...named({ into: 'taken' }),
  },
  'POST /api/v1/channels/{id}/rating': {
    of: 'channel',
    ...named({ conversation: 'taken', score: 5 }),
  },
  'POST /api/v1/channels/{id}/transcript': {
    of: 'channel',
    ...named({ conversation: 'taken', email: 'taken@example.com' }),
  },
  'GET /api/v1/channels/{id}/messages': { of: 'channel', query: '?conversation=taken' },
  'POST /api/v1/channels/{id}/messages': {
    of: 'channel',
    ...named({ conversation: 'taken', externalId: 'taken', text: 'taken' }),
  },
  'GET /api/v1/channels/{id}/updates': { of: 'channel' },
  'POST /api/v1/channels/{id}/typing': {
    of: 'channel',
    ...named({ conversation: 'taken', typing: true }),
  },
  'POST /api/v1/channels/{id}/read': { of: 'channel', ...named({ conversation: 'taken', seq: 1 }) },
  'POST /api/v1/channels/{id}/close': { of: 'channel', ...named({ conversation: 'taken' }) },
  'PUT /api/v1/channels/{id}/contacts/{externalId}': {
    of: 'channel',
    ...named({ name: 'taken' }),
  },
  'GET /api/v1/conversations/{id}': { of: 'conversation' },
  'PATCH /api/v1/conversations/{id}': { of: 'conversation', ...named({ tags: ['taken'] }) },
  'GET /api/v1/conversations/{id}/decisions': { of: 'conversation' },
  'GET /api/v1/conversations/{id}/events': { of: 'conversation' },
  'GET /api/v1/conversations/{id}/why-not/{agentId}': { of: 'conversation' },
  'POST /api/v1/conversations/{id}/assign': {
    of: 'conversation',
    body: ({ agent }) => ({ agentId: agent }),
  },
  'POST /api/v1/conversations/{id}/transfer': {
    of: 'conversation',
    body: ({ team }) => ({ teamId: team }),
  },
  'POST /api/v1/conversations/{id}/take-over': { of: 'conversation', ...named(), ...ofNoAgent },
  'POST /api/v1/conversations/{id}/return': { of: 'conversation', ...named() },
  'POST /api/v1/conversations/{id}/consult': {
    of: 'conversation',
    body: ({ agent }) => ({ agentIds: [agent] }),
  },
  'POST /api/v1/conversations/{id}/end-consult': {
    of: 'conversation',
    body: ({ agent }) => ({ agentId: agent }),
  },
  'POST /api/v1/conversations/{id}/handover': { of: 'conversation', ...named({ reason: 'taken' }) },
  'POST /api/v1/conversations/{id}/typing': { of: 'conversation', ...named({ typing: true }) },
  'POST /api/v1/conversations/{id}/whisper': { of: 'conversation', ...named({ text: 'taken' }) },
  'POST /api/v1/conversations/{id}/accept': { of: 'conversation', ...named(), ...notOffered },
  'POST /api/v1/conversations/{id}/decline': { of: 'conversation', ...named(), ...notOffered },
  'POST /api/v1/conversations/{id}/requeue': { of: 'conversation', ...named() },
  'POST /api/v1/conversations/{id}/park': { of: 'conversation', ...named() },
  'POST /api/v1/conversations/{id}/unpark': { of: 'conversation', ...named() },
  'POST /api/v1/conversations/{id}/reopen': { of: 'conversation', ...named() },
  'POST /api/v1/conversations/{id}/close': { of: 'conversation', ...named() },
  'POST /api/v1/conversations/{id}/read': { of: 'conversation', ...named({ upToSeq: 1 }) },
  'GET /api/v1/conversations/{id}/messages': { of: 'conversation' },
  'POST /api/v1/conversations/{id}/messages': { of: 'conversation', ...named({ text: 'taken' }) },
  'POST /api/v1/conversations/{id}/notes': { of: 'conversation', ...named({ text: 'taken' }) },
  'POST /api/v1/conversations/{id}/suggestions': { of: 'conversation', ...named() },
  'POST /api/v1/conversations/{id}/summary': { of: 'conversation', ...named() },
  'POST /api/v1/conversations/{id}/transcript': { of: 'conversation', ...named() },
  'POST /api/v1/conversations/{id}/translations': { of: 'conversation', ...named({ text: 'x' }) },
  'POST /api/v1/messages/{id}/resend': { of: 'message', ...named() },
  'GET /api/v1/policy/versions/{version}': { of: 'unknown' },
  'GET /api/v1/policy/versions/{version}/diff': { of: 'unknown' },
  'GET /api/v1/attachments/{id}/{name}': { of: 'unknown' },
  'GET /api/v1/contacts/{id}': { of: 'contact' },
  'PATCH /api/v1/contacts/{id}': { of: 'contact', ...named({ name: 'taken' }) },
  'POST /api/v1/contacts/{id}/external-message': {
    of: 'contact',
    ...named({ text: 'taken' }),
  },
  'GET /api/v1/contacts/{id}/external-messages': { of: 'contact' },
  'GET /api/v1/contacts/{id}/conversations': { of: 'contact' },
  'POST /api/v1/contacts/{id}/conversations': {
    ...{ of: 'contact', ...named({ identityId: NOBODY, text: 'taken' }), ...ofNoAgent },
  },
  'GET /api/v1/contacts/{id}/reach': { of: 'contact' },
  'GET /api/v1/contacts/{id}/statistics': { of: 'contact' },
  'GET /api/v1/contacts/{id}/record': { of: 'contact' },
  'GET /api/v1/contacts/{id}/merge-preview': { of: 'contact', query: `?mergedId=${NOBODY}` },
  'POST /api/v1/contacts/{id}/merge': { of: 'contact', ...named({ mergedId: NOBODY }) },
  'POST /api/v1/contacts/{id}/merges/{mergeId}/undo': { of: 'contact' },
  'POST /api/v1/contacts/{id}/block': { of: 'contact', ...named({ reason: 'taken' }) },
  'POST /api/v1/contacts/{id}/unblock': { of: 'contact' },
  'GET /api/v1/contacts/{id}/export': { of: 'contact' },
  'POST /api/v1/contacts/{id}/erase': { of: 'contact', ...named({ confirm: 'taken' }) },
  'DELETE /api/v1/blocked-networks/{id}': { of: 'unknown' },
  'GET /api/v1/endpoints/{id}': { of: 'endpoint' },
  'PATCH /api/v1/endpoints/{id}': { of: 'endpoint', ...named({ enabled: false }) },
  'DELETE /api/v1/endpoints/{id}': { of: 'endpoint' },
  'POST /api/v1/endpoints/{id}/test': { of: 'endpoint', ...named() },
  'GET /api/v1/endpoints/{id}/deliveries': { of: 'endpoint' },
  'GET /api/v1/endpoints/{id}/hours': { of: 'endpoint' },
  'POST /api/v1/endpoints/{id}/redeliver': {
    of: 'endpoint',
    ...named({ since: '2026-01-01T00:00:00Z' }),
  },
  'GET /api/v1/deliveries/{id}': { of: 'delivery' },
  'POST /api/v1/conversations/{id}/unread': { of: 'conversation', ...named() },
  'GET /api/v1/conversations/{id}/search': { of: 'conversation', query: '?q=a' },
  'GET /api/v1/conversations/{id}/mentionable': { of: 'conversation' },
  'GET /api/v1/saved-views/{id}/count': { of: 'savedView' },
  'PATCH /api/v1/saved-views/{id}': { of: 'savedView', ...named({ name: 'taken' }) },
  'DELETE /api/v1/saved-views/{id}': { of: 'savedView' },
  'POST /api/v1/deliveries/{id}/redeliver': { of: 'delivery', ...named() },
  'DELETE /api/v1/tokens/{id}': { of: 'token' },
  'PATCH /api/v1/users/{id}': { of: 'user', ...named({ name: 'taken' }) },
  'DELETE /api/v1/users/{id}': { of: 'user' },
  'GET /api/v1/users/{id}/sessions': { of: 'user' },
  'DELETE /api/v1/users/{id}/sessions': { of: 'user' },
  'DELETE /api/v1/users/{id}/sessions/{sessionId}': { of: 'user' },
  'DELETE /api/v1/users/{id}/second-factor': { of: 'user' },
  'DELETE /api/v1/users/{id}/single-sign-on': { of: 'user' },
  // A token is nobody's session.
  'DELETE /api/v1/sessions/{id}': { of: 'unknown', byToken: 401 },
  'POST /api/v1/users/{id}/reset': { of: 'user', ...named() },
  'PATCH /api/v1/canned-replies/{id}': { of: 'canned', ...named({ text: 'taken' }) },
  'DELETE /api/v1/canned-replies/{id}': { of: 'canned' },
  'GET /api/v1/automations/{id}': { of: 'automation' },
  'GET /api/v1/automations/{id}/runs': { of: 'automation' },
  'PATCH /api/v1/automations/{id}': { of: 'automation', ...named({ name: 'taken' }) },
  'DELETE /api/v1/automations/{id}': { of: 'automation' },
  'PATCH /api/v1/macros/{id}': { of: 'macro', ...named({ name: 'taken' }) },
  'DELETE /api/v1/macros/{id}': { of: 'macro' },
  'POST /api/v1/conversations/{id}/macros/{macroId}': { of: 'conversation', ...named() },
  'PATCH /api/v1/statuses/{id}': { of: 'status', ...named({ name: 'taken' }) },
  'PATCH /api/v1/tags/{id}': { of: 'tag', ...named({ name: 'taken' }) },
  'DELETE /api/v1/tags/{id}': { of: 'tag' },
};

/** By a code that is a secret of its own, or the operator's. */
/** Of the policy. */
const SECOND = 2;

const notAttacked = [
  'GET /api/v1/invites/{code}',
  'POST /api/v1/invites/{code}',
  'PATCH /api/v1/operator/workspaces/{id}',
  'DELETE /api/v1/operator/workspaces/{id}',
  'PUT /api/v1/operator/workspaces/{id}/suspension',
  'DELETE /api/v1/operator/workspaces/{id}/suspension',
  'PUT /api/v1/operator/workspaces/{id}/bounds',
  'POST /api/v1/operator/workspaces/{id}/admins',
];

const RANGE = 'from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z';

async function start() {
  const usher = await startWithOperator();
  const ids = await fillDefault(usher);
  // A version that the other workspace does not have.
  const { body } = await usher.call('GET', '/api/v1/policy');
  const { policy } = body as { policy: object };
  const put = await usher.call('PUT', '/api/v1/policy', { body: policy });
  expect(put.body).toMatchObject({ version: SECOND });
  const other = await makeWorkspace(usher, { name: 'Other', email: 'bea@example.com' });
  const { paths } = (await usher.call('GET', '/openapi.json')).body as {
    paths: Record<string, Record<string, { security?: object[] }>>;
  };
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, of]) => ({
      route: `${method.toUpperCase()} ${path}`,
      isOpen: of.security?.length === 0,
    })),
  );
  return { usher, ids, other, routes };
}

test('every route that names a thing by its id answers another workspace’s admin 404, and changes nothing', async () => {
  const { usher, ids, other, routes } = await start();
  const withIds = routes.map(({ route }) => route).filter((route) => route.includes('{'));
  expect(withIds.sort()).toEqual([...Object.keys(attacks), ...notAttacked].sort());
  const before = await dump(usher.database.pool);
  const wrong: string[] = [];
  for (const [route, attack] of Object.entries(attacks)) {
    const { of, body, query = '', byToken: expected = 404 } = attack;
    const [method = '', path = ''] = route.split(' ');
    const url = `${path}${query}`
      .replace('{id}', ids[of])
      .replace('{name}', 'file.txt')
      .replace('{externalId}', 'taken')
      .replace('{version}', String(SECOND))
      .replace('{sessionId}', ids.unknown)
      .replace('{macroId}', ids.macro)
      .replace('{mergeId}', ids.unknown)
      .replace('{agentId}', ids.agent);
    const sent = body === undefined ? {} : { body: body(ids) };
    const byToken = await usher.call(method, url, { ...sent, token: other.token });
    if (byToken.status !== expected)
      wrong.push(`${route} by token: ${byToken.status} ${byToken.text}`);
    const byCookie = await other.admin.send(method, url, sent);
    if (byCookie.status !== 404) wrong.push(`${route} by cookie: ${byCookie.status}`);
  }
  expect(wrong).toEqual([]);
  expect(await dump(usher.database.pool)).toEqual(before);
  // The same calls mean something at home, or they would prove nothing.
  const harmless = Object.keys(attacks).filter((route) => /^GET .*\{id\}$/.test(route));
  for (const route of harmless) {
    const of = attacks[route]?.of ?? 'agent';
    const query = attacks[route]?.query ?? '';
    const path = `${route.replace('GET ', '').replace('{id}', ids[of])}${query}`;
    const home = await usher.call('GET', path);
    expect(`${route} ${home.status}`).toBe(`${route} 200`);
  }
});

test('no list shows anything of another workspace', async () => {
  const { usher, ids, other, routes } = await start();
  const lists = routes
    .filter(({ route, isOpen }) => /^GET [^{]*$/.test(route) && !isOpen && !route.includes('oper'))
    .map(({ route }) => route.slice(4))
    // It fetches an address that the caller names, and lists nothing.
    .filter((path) => path !== '/api/v1/pictures')
    // It wants one agent, and says nothing of another workspace's.
    .filter((path) => path !== '/api/v1/reports/day');
  expect(lists.length).toBeGreaterThan(15);
  const shows = async (path: string, token: string): Promise<boolean> => {
    const query = /reports|export|shifts/.test(path) ? `?${RANGE}` : '';
    const { status, text } = await usher.call('GET', `${path}${query}`, { token });
    expect(`${path} ${status}`).toMatch(/ (200|401)$/);
    return (
      text.includes(MARK) || Object.values(ids).some((id) => id.length > 9 && text.includes(id))
    );
  };
  const seen: string[] = [];
  let atHome = 0;
  for (const path of lists) {
    if (await shows(path, other.token)) seen.push(path);
    if (await shows(path, usher.token)) atHome += 1;
  }
  expect(seen).toEqual([]);
  expect(atHome).toBeGreaterThan(8);
});

test('what another workspace has cannot be named in a body', async () => {
  const { usher, ids, other } = await start();
  const send = (method: string, path: string, body: object) =>
    usher.call(method, path, { body, token: other.token });
  const own = (await send('POST', '/api/v1/agents', { name: 'Own' })).body as { id: string };
  const attempts: [string, string, object][] = [
    ['POST', '/api/v1/agents', { name: 'x', teamIds: [ids.team] }],
    ['PATCH', `/api/v1/agents/${own.id}`, { skillIds: [ids.skill] }],
    ['POST', '/api/v1/tokens', { name: 'x', role: 'agent', agentId: ids.agent }],
    ['POST', '/api/v1/channels', { kind: 'webchat', name: 'x', teamId: ids.team }],
    ['POST', '/api/v1/canned-replies', { shortcut: 'x', text: 'x', teamId: ids.team }],
    ['POST', '/api/v1/macros', { name: 'x', actions: [{ do: 'send-to-team', teamId: ids.team }] }],
    ['POST', '/api/v1/macros', { name: 'x', teamId: ids.team, actions: [{ do: 'close' }] }],
    [
      'POST',
      '/api/v1/automations',
      {
        ...{ name: 'x', on: ['conversation.opened'] },
        actions: [{ do: 'call-endpoint', endpointId: ids.endpoint }],
      },
    ],
  ];
  for (const [method, path, body] of attempts) {
    const { status } = await send(method, path, body);
    expect(`${method} ${path} ${status}`).toMatch(/ 4\d\d$/);
  }
});

test('the contracts at the root show another workspace’s admin nothing', async () => {
  const { usher, ids, other } = await start();
  const session = await usher.call('POST', '/session', {
    body: { channelId: ids.channel, customer: { id: `${MARK}-customer` } },
    token: null,
  });
  const { sessionId } = session.body as { sessionId: string };
  for (const path of [
    `/session/${sessionId}`,
    `/session/${sessionId}/messages`,
    `/customer/${MARK}-customer/messages`,
    `/customer/${MARK}-customer/sessions/last`,
    `/attendant/${ids.agent}/sessions`,
  ]) {
    const { status, text } = await usher.call('GET', path, { token: other.token });
    expect(`${path} ${status === 200 ? text : 'refused'}`).toMatch(
      / (refused|\[\]|null|\{"items":\[\]\}|)$/,
    );
  }
});

test('over MQTT another workspace’s admin hears nothing of it, as an agent and as a program', async () => {
  const { usher, ids, other } = await start();
  const url = `${usher.url.replace('http', 'ws')}/mqtt`;
  const login = (await other.admin.send('POST', '/api/v1/session/mqtt')).body as Record<
    string,
    string
  >;
  const asAgent = await connectWeb(login as { url: string });
  const asProgram = await connectWeb({ url, username: 'service', password: other.token });
  const filters = [
    '#',
    'client/#',
    'server/#',
    `client/agents/${ids.agent}/changes`,
    `client/attendants/assign/${ids.agent}`,
    `w/${DEFAULT_WORKSPACE}/#`,
  ];
  for (const client of [asAgent, asProgram]) {
    expect(await client.listen(...filters)).toEqual(filters.map(() => 128));
  }
  const own = `w/${other.workspaceId}/client/#`;
  expect(await asProgram.listen(own)).toEqual([1]);
  await usher.call('POST', `/api/v1/conversations/${ids.conversation}/close`, { body: {} });
  // Its own news comes, so the other would have come before it.
  await usher.call('PATCH', '/api/v1/settings', { body: { retentionDays: 9 }, token: other.token });
  const agent = { name: 'Own', availability: 'online' };
  await usher.call('POST', '/api/v1/agents', { body: agent, token: other.token });
  await eventually(
    () => asProgram.heard.length,
    (count) => count > 0,
  );
  const heard = JSON.stringify([...asAgent.heard, ...asProgram.heard]);
  for (const id of [ids.conversation, ids.agent, ids.contact]) expect(heard).not.toContain(id);
});

test('one address in two workspaces is two people: each password opens its own', async () => {
  const usher = await startWithOperator({
    USHER_ADMIN_EMAIL: 'same@example.com',
    USHER_ADMIN_PASSWORD: 'the default workspace’s',
  });
  const other = await makeWorkspace(usher, { name: 'Other', email: 'same@example.com' });
  const enter = (body: object) => openBrowser(usher).send('POST', '/api/v1/session', { body });
  const email = 'same@example.com';
  const workspaceOf = async (body: object) => {
    const answer = await enter(body);
    return (answer.body.workspace as { id: string } | undefined)?.id ?? answer.status;
  };
  const theirs = { email, password: 'the default workspace’s' };
  const others = { email, password: PASSWORD };
  expect(await workspaceOf(theirs)).toBe(DEFAULT_WORKSPACE);
  expect(await workspaceOf({ ...others, workspace: other.slug })).toBe(other.workspaceId);
  expect(await workspaceOf(others)).toBe(401);
  expect(await workspaceOf({ ...theirs, workspace: other.slug })).toBe(401);
  expect(await workspaceOf({ ...others, workspace: 'nowhere' })).toBe(404);
});

test('a cookie says only where it is looked up: with another workspace’s id it opens nothing', async () => {
  const usher = await startWithOperator();
  const one = await makeWorkspace(usher, { name: 'One', email: 'one@example.com' });
  const two = await makeWorkspace(usher, { name: 'Two', email: 'two@example.com' });
  const kept = one.admin.cookies.get('usher_session') ?? '';
  expect((await one.admin.send('GET', '/api/v1/session')).status).toBe(200);
  for (const moved of [
    kept.replace(one.workspaceId, two.workspaceId),
    kept.slice(37),
    `${two.workspaceId}_x`,
  ]) {
    one.admin.cookies.set('usher_session', moved);
    expect((await one.admin.send('GET', '/api/v1/session')).status).toBe(401);
  }
});

/** What an attack could have changed; not when somebody was last seen. */
async function dump(pool: {
  query: (text: string) => Promise<{ rows: object[] }>;
}): Promise<string> {
  const all = [];
  for (const table of [
    'agent',
    'team',
    'skill',
    'channel',
    'conversation',
    'message',
    'contact',
    'endpoint',
    'canned_reply',
    'automation',
    'macro',
    'saved_view',
    'tag',
    'user_account',
    'token',
    'policy',
    'setting',
  ]) {
    const columns = table === 'token' ? 'token_id, revoked_at' : '*';
    const { rows } = await pool.query(
      `select ${columns} from ${table} where workspace_id = '${DEFAULT_WORKSPACE}' order by 1, 2`,
    );
    all.push(
      rows.map((row) => ({
        ...row,
        last_sign_in_at: null,
        failures: 0,
        failing_since: null,
        last_failure_at: null,
      })),
    );
  }
  return JSON.stringify(all);
}
