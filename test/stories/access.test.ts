// What may not be seen is not served: every route of the server, asked by every role and by nobody.
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { type Action, actions } from '../../src/access/can.ts';
import { addUser } from '../../src/desk/change-user.ts';
import { makeChannelDirectory } from '../../src/desk/channel-directory.ts';
import { commitLocked } from '../../src/desk/commit.ts';
import type { Desk } from '../../src/desk/context.ts';
import { beginSession } from '../../src/desk/login-session.ts';
import { makeToken } from '../../src/desk/make-token.ts';
import { DEFAULT_WORKSPACE, prepareWorkspace } from '../../src/desk/prepare-workspace.ts';
import { buildServer } from '../../src/http/server.ts';
import { withTx } from '../../src/store/tx.ts';
import { closedChannels, closedDoors, openFiles } from '../makers/closed-doors.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { silentDesk } from '../makers/silent-desk.ts';

const roles = ['agent', 'supervisor', 'admin'] as const;
const workspaceId = DEFAULT_WORKSPACE;
/** Of nothing that there is. */
const ANY_ID = '00000000-0000-7000-8000-000000000000';
const client = { address: '192.0.2.1', userAgent: null };

/**
 * Who may: everybody; whoever has signed in, by cookie only; from that role on. `contract`: has a secret
 * of its own, and gives a stranger nothing. A route that is not here is not allowed to exist.
 */
const access = {
  everybody: [
    'GET /api/',
    'GET /api/v1/',
    'GET /up',
    'GET /livez',
    'GET /api/v1/connection',
    'GET /readyz',
    'GET /metrics',
    'GET /openapi.json',
    'GET /docs/json',
    'GET /docs/yaml',
    'GET /docs/contents',
    'GET /docs/call',
    'GET /api/v1/sign-in',
    'POST /api/v1/session',
    'POST /api/v1/first-run',
    'GET POST /api/v1/invites/:code',
    'POST /api/v1/password-resets',
    'GET /api/v1/session/oidc',
    'GET /api/v1/session/oidc/callback',
    'POST OPTIONS /session',
    'GET /config/attendant',
    'GET OPTIONS /widget/config',
    'GET /widget/presence',
    'GET /attachments/:id/:name',
    'GET /widget/picture',
    'OPTIONS /session/*',
    'OPTIONS /customer/*',
    'OPTIONS /attendant/*',
  ],
  /** Or 503 with what to run, before they are built. */
  page: [
    'GET /service-worker.js',
    'GET /widget.js',
    'GET /widget/*',
    'GET /docs',
    'GET /docs/*',
    'GET /*',
  ],
  signedIn: [
    'GET PATCH DELETE /api/v1/session',
    'GET POST /api/v1/session/proof',
    'GET POST DELETE /api/v1/session/second-factor',
    'POST /api/v1/session/second-factor/setup',
    'POST /api/v1/session/second-factor/setup/confirm',
    'POST /api/v1/session/second-factor/recovery-codes',
    'GET PUT DELETE /api/v1/session/push',
    'POST /api/v1/session/push/acknowledgement',
    'PUT /api/v1/session/visible',
    'GET DELETE /api/v1/sessions',
    'DELETE /api/v1/sessions/:id',
  ],
  agent: [
    'GET /try/page',
    'GET /api/v1/agents',
    'GET /api/v1/agents/:id',
    'POST /api/v1/attachments',
    'GET /api/v1/attachments/:id/:name',
    'GET /api/v1/pictures',
    'GET /api/v1/assistance',
    'GET /api/v1/canned-replies',
    'GET /api/v1/macros',
    'GET /api/v1/mail-server',
    'POST /api/v1/conversations/:id/macros/:macroId',
    'GET /api/v1/contacts',
    'GET PATCH /api/v1/contacts/:id',
    'GET /api/v1/contacts/:id/record',
    'GET POST /api/v1/contacts/:id/conversations',
    'GET /api/v1/contacts/:id/reach',
    'POST /api/v1/contacts/:id/external-message',
    'GET /api/v1/contacts/:id/external-messages',
    'GET /api/v1/contacts/:id/statistics',
    'GET /api/v1/conversations',
    'GET PATCH /api/v1/conversations/:id',
    'POST /api/v1/conversations/:id/accept',
    'POST /api/v1/conversations/:id/assign',
    'POST /api/v1/conversations/:id/close',
    'POST /api/v1/conversations/:id/consult',
    'POST /api/v1/conversations/:id/end-consult',
    'POST /api/v1/conversations/:id/handover',
    'POST /api/v1/conversations/:id/return',
    'POST /api/v1/conversations/:id/decline',
    'GET /api/v1/conversations/:id/decisions',
    'GET /api/v1/conversations/:id/events',
    'GET POST /api/v1/conversations/:id/messages',
    'POST /api/v1/conversations/:id/notes',
    'POST /api/v1/conversations/:id/park',
    'POST /api/v1/conversations/:id/read',
    'POST /api/v1/conversations/:id/unread',
    'GET /api/v1/conversations/:id/mentionable',
    'GET /api/v1/conversations/:id/search',
    'POST /api/v1/conversations/bulk',
    'GET /api/v1/mentions',
    'POST /api/v1/mentions/read',
    'GET POST /api/v1/saved-views',
    'PATCH DELETE /api/v1/saved-views/:id',
    'GET /api/v1/saved-views/:id/count',
    'POST /api/v1/conversations/:id/reopen',
    'POST /api/v1/conversations/:id/requeue',
    'POST /api/v1/conversations/:id/suggestions',
    'POST /api/v1/conversations/:id/summary',
    'POST /api/v1/conversations/:id/take-over',
    'POST /api/v1/conversations/:id/transcript',
    'POST /api/v1/conversations/:id/transfer',
    'POST /api/v1/conversations/:id/typing',
    'POST /api/v1/conversations/:id/translations',
    'POST /api/v1/conversations/:id/unpark',
    'GET /api/v1/conversations/:id/why-not/:agentId',
    'POST /api/v1/deliveries/:id/redeliver',
    'GET /api/v1/inbox/counts',
    'POST /api/v1/messages/:id/resend',
    'GET /api/v1/offers',
    'GET /api/v1/plans',
    'GET /api/v1/queue',
    'GET /api/v1/queue/wall',
    'POST /api/v1/session/mqtt',
    'GET /api/v1/settings',
    'GET /api/v1/skills',
    'GET /api/v1/statuses',
    'GET /api/v1/reports/statuses',
    'GET /api/v1/reports/statuses.csv',
    'GET /api/v1/reports/occupancy',
    'GET /api/v1/reports/occupancy.csv',
    'GET /api/v1/reports/offers',
    'GET /api/v1/reports/offers.csv',
    'GET /api/v1/reports/answers',
    'GET /api/v1/reports/answers.csv',
    'GET /api/v1/reports/adherence',
    'GET /api/v1/reports/adherence.csv',
    'GET /api/v1/reports/day',
    'GET /api/v1/shifts',
    'GET /api/v1/tags',
    'GET /api/v1/teams',
    'POST /api/v1/tool-calls',
  ],
  supervisor: [
    'POST /api/v1/conversations/:id/whisper',
    'GET /api/v1/contacts/:id/merge-preview',
    ...['merge', 'merges/:mergeId/undo', 'block', 'unblock'].map(
      (name) => `POST /api/v1/contacts/:id/${name}`,
    ),
    'GET POST /api/v1/blocked-networks',
    'DELETE /api/v1/blocked-networks/:id',
    'POST /api/v1/agents',
    'PATCH DELETE /api/v1/agents/:id',
    // Agents for themselves alone.
    'POST /api/v1/agents/:id/wrap-up/done',
    'GET POST /api/v1/balance',
    'POST /api/v1/balance/:id/undo',
    'POST /api/v1/canned-replies',
    'PATCH DELETE /api/v1/canned-replies/:id',
    'GET /api/v1/automations',
    'GET /api/v1/automations/:id',
    'GET /api/v1/automations/:id/runs',
    'POST /api/v1/automations/check',
    'POST /api/v1/macros',
    'PATCH DELETE /api/v1/macros/:id',
    'GET /api/v1/channels',
    'GET /api/v1/channels/:id',
    'POST /api/v1/channels/:id/check-bodies',
    'GET /api/v1/channels/:id/departments',
    'POST /api/v1/channels/:id/check-desk',
    'POST /api/v1/channels/:id/conversations',
    'GET POST /api/v1/channels/:id/messages',
    // To the token of the channel alone.
    'GET /api/v1/channels/:id/updates',
    'GET /api/v1/channels/:id/conversations/:externalId',
    'GET /api/v1/channels/:id/contacts/:externalId/conversations',
    'GET /api/v1/channels/:id/presence',
    ...['typing', 'read', 'close', 'rating', 'transcript'].map(
      (name) => `POST /api/v1/channels/:id/${name}`,
    ),
    'PUT /api/v1/channels/:id/contacts/:externalId',
    'POST /api/v1/channels/:id/contacts/:externalId/merge',
    'GET /api/v1/deliveries/:id',
    'GET /api/v1/endpoints',
    'GET /api/v1/endpoints/:id',
    'GET /api/v1/endpoints/:id/deliveries',
    'GET /api/v1/endpoints/:id/hours',
    'GET /api/v1/policy',
    'POST /api/v1/policy/check',
    'GET /api/v1/policy/versions',
    'GET /api/v1/policy/versions/:version',
    'GET /api/v1/policy/versions/:version/diff',
    'GET /api/v1/reports',
    'GET /api/v1/reports.csv',
    'GET /api/v1/reports/fairness',
    'GET /api/v1/reports/fairness.csv',
    'GET /api/v1/reports/arrivals',
    'GET /api/v1/reports/arrivals.csv',
    'GET /api/v1/reports/distribution',
    'GET /api/v1/reports/distribution.csv',
    'GET /api/v1/reports/week',
    'GET /api/v1/reports/week.csv',
    'GET /api/v1/reports/ratings',
    'GET /api/v1/reports/ratings.csv',
    'GET /api/v1/reports/conversations',
    'GET /api/v1/reports/conversations.csv',
    'GET /api/v1/reports/told-waits',
    'GET /api/v1/reports/told-waits.csv',
    'POST /api/v1/replays',
    'POST /api/v1/simulations',
    'POST /api/v1/simulations/measure',
    'GET DELETE /api/v1/simulations/:id',
    'POST /api/v1/statuses',
    'PUT /api/v1/statuses/order',
    'PUT /api/v1/shifts',
    'PUT /api/v1/shifts.csv',
    'PATCH /api/v1/statuses/:id',
    'POST /api/v1/tags',
    'PATCH DELETE /api/v1/tags/:id',
  ],
  admin: [
    'POST /api/v1/assistance/test',
    'GET /api/v1/alarms',
    'GET PATCH /api/v1/alarm-rules',
    'GET /api/v1/audit',
    'GET /api/v1/audit.csv',
    'GET /api/v1/mails',
    'POST /api/v1/mails/test',
    'GET /api/v1/notices',
    'GET /api/v1/status',
    'POST /api/v1/users/invitations',
    'POST /api/v1/automations',
    'PATCH DELETE /api/v1/automations/:id',
    'POST /api/v1/channels',
    'PATCH DELETE /api/v1/channels/:id',
    'POST /api/v1/channels/:id/register-resolve',
    'POST /api/v1/endpoints',
    'PATCH DELETE /api/v1/endpoints/:id',
    'POST /api/v1/endpoints/:id/redeliver',
    'POST /api/v1/endpoints/:id/test',
    'GET /api/v1/export',
    'GET /api/v1/contacts/:id/export',
    'POST /api/v1/contacts/:id/erase',
    'PUT /api/v1/policy',
    'PATCH /api/v1/settings',
    'POST /api/v1/skills',
    'PATCH DELETE /api/v1/skills/:id',
    'POST /api/v1/teams',
    'PATCH DELETE /api/v1/teams/:id',
    'GET POST /api/v1/tokens',
    'DELETE /api/v1/tokens/:id',
    'GET POST /api/v1/users',
    'PATCH DELETE /api/v1/users/:id',
    'POST /api/v1/users/:id/reset',
    'DELETE /api/v1/users/:id/second-factor',
    'DELETE /api/v1/users/:id/single-sign-on',
    'GET DELETE /api/v1/users/:id/sessions',
    'DELETE /api/v1/users/:id/sessions/:sessionId',
  ],
  operator: [
    'GET POST /api/v1/operator/workspaces',
    'PATCH DELETE /api/v1/operator/workspaces/:id',
    'POST /api/v1/operator/workspaces/:id/admins',
    'PUT DELETE /api/v1/operator/workspaces/:id/suspension',
    'PUT /api/v1/operator/workspaces/:id/bounds',
    'GET /api/v1/operator/secrets',
    'POST /api/v1/operator/secrets/rotation',
  ],
  contract: [
    'GET POST PUT PATCH DELETE OPTIONS QUERY TRACE /api/apps/public/*',
    ...['close+_request', 'close_request', 'new_request'].flatMap((name) => [
      `GET POST PUT PATCH DELETE /api/v1/${name}`,
      `GET POST PUT PATCH DELETE /api/v1/${name}/:secret`,
    ]),
    ...['agent_allocation', 'mark_as_resolved'].flatMap((name) => [
      `GET POST PUT PATCH DELETE /api/v1/webhook/${name}`,
      `GET POST PUT PATCH DELETE /api/v1/webhook/${name}/:secret`,
    ]),
    ...['user', 'vhost', 'resource', 'topic'].flatMap((name) => [
      `GET POST /mqtt/auth/${name}`,
      `GET POST /mqtt/auth/${name}/:secret`,
    ]),
    ...['webhook', 'events'].map((name) => `POST /channels/rocketchat/:id/${name}`),
    'GET /channels/rocketchat/:id/external-queue',
    'POST /mqtt/auth',
    'POST /mqtt/acl',
    'GET /session/:id',
    'GET /session/:sessionId/messages',
    ...['attachments', 'rating', 'transcript', 'forget'].map(
      (name) => `POST /session/:sessionId/${name}`,
    ),
    'GET /customer/:customerId/messages',
    'GET /customer/:customerId/sessions/last',
    'GET /attendant/:attendantId/sessions',
    'GET POST PUT PATCH DELETE /api/v1/settings/max_customers',
    'GET POST PUT PATCH DELETE /api/v1/settings/set_mark_as_resolved',
  ],
};
type Kind = keyof typeof access;

/** Where the role is looked at only once the body is known. */
const bodies: Record<string, object> = { 'PATCH /api/v1/agents/:id': { name: 'Ana' } };

const table = new Map<string, Kind>();
for (const [kind, lines] of Object.entries(access) as [Kind, string[]][]) {
  for (const line of lines) {
    const [path = '', ...methods] = line.split(' ').reverse();
    for (const method of methods) table.set(`${method} ${path}`, kind);
  }
}

test('every route of the server is in the table, and nothing else', async () => {
  const { routes } = await build();
  expect([...routes].sort()).toEqual([...table.keys()].sort());
});

test('each route serves those who may, and nobody else', { timeout: 180_000 }, async () => {
  const { app, desk } = await build();
  const asking = await makeAskers(desk);
  const wrong: string[] = [];
  let asked = 0;
  for (const [route, kind] of table) {
    for (const asker of asking) {
      const status = await ask(app, route, await asker.headers());
      asked += 1;
      if (!expected(kind, asker)(status)) wrong.push(`${route} ${asker.name}: ${status}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBe(table.size * 7);
});

test('a token that may only read changes nothing, at any route', async () => {
  const { app, desk } = await build();
  const wanted = { workspaceId, name: 'reads', role: 'admin' as const, scopes: ['read'] };
  const { token } = await makeToken(desk, wanted);
  const served: string[] = [];
  let asked = 0;
  for (const [route, kind] of table) {
    if (route.startsWith('GET ') || !['agent', 'supervisor', 'admin'].includes(kind)) continue;
    // Of no effect for tokens: only people read.
    if (route === 'POST /api/v1/conversations/:id/read') continue;
    const status = await ask(app, route, { authorization: `Bearer ${token}` });
    asked += 1;
    if (status !== 403) served.push(`${route}: ${status}`);
  }
  expect(served).toEqual([]);
  expect(asked).toBeGreaterThan(40);
});

test('each action as the only scope of a token opens routes of its own, and no other action opens them', {
  timeout: 180_000,
}, async () => {
  const { app, desk } = await build();
  const opened = new Map<string, Action[]>();
  for (const action of Object.keys(actions) as Action[]) {
    const wanted = { workspaceId, name: action, role: 'admin' as const, scopes: [action] };
    const { token } = await makeToken(desk, wanted);
    for (const route of ofTheApi()) {
      const status = await ask(app, route, { authorization: `Bearer ${token}` });
      if (status !== 403) opened.set(route, [...(opened.get(route) ?? []), action]);
    }
  }
  const odd = ofTheApi().flatMap((route) => {
    const by = opened.get(route) ?? [];
    return by.length === 1 ? [] : [[route, by]];
  });
  expect(odd).toEqual([]);
});

test('a token of one API channel opens what that channel needs, and nothing else', async () => {
  const { app, desk } = await build();
  const { token } = await makeToken(desk, {
    ...{ workspaceId, name: 'of a channel', role: 'agent' },
    scopes: [`channel:${ANY_ID}`],
  });
  const served: string[] = [];
  for (const route of ofTheApi()) {
    const status = await ask(app, route, { authorization: `Bearer ${token}` });
    if (status !== 403) served.push(route);
  }
  expect(served.sort()).toEqual([
    'GET /api/v1/channels/:id/contacts/:externalId/conversations',
    'GET /api/v1/channels/:id/conversations/:externalId',
    'GET /api/v1/channels/:id/messages',
    'GET /api/v1/channels/:id/presence',
    'GET /api/v1/channels/:id/updates',
    'POST /api/v1/attachments',
    'POST /api/v1/channels/:id/close',
    'POST /api/v1/channels/:id/contacts/:externalId/merge',
    'POST /api/v1/channels/:id/conversations',
    'POST /api/v1/channels/:id/messages',
    'POST /api/v1/channels/:id/rating',
    'POST /api/v1/channels/:id/read',
    'POST /api/v1/channels/:id/transcript',
    'POST /api/v1/channels/:id/typing',
    'PUT /api/v1/channels/:id/contacts/:externalId',
  ]);
});

/** The routes that ask for a right. */
function ofTheApi(): string[] {
  return [...table].flatMap(([route, kind]) =>
    kind === 'agent' || kind === 'supervisor' || kind === 'admin' ? [route] : [],
  );
}

test('HEAD shows no more than GET', async () => {
  const { app, desk } = await build();
  const [nobody] = await makeAskers(desk);
  for (const [route, kind] of table) {
    if (!route.startsWith('GET ') || !['agent', 'supervisor', 'admin'].includes(kind)) continue;
    const status = await ask(app, route.replace('GET', 'HEAD'), (await nobody?.headers()) ?? {});
    expect(`${route} ${status}`).toBe(`${route} 401`);
  }
});

interface Asker {
  name: string;
  role: (typeof roles)[number] | null;
  cookie: boolean;
  headers(): Promise<Record<string, string>>;
}

function expected(kind: Kind, { role, cookie }: Asker): (status: number) => boolean {
  const served = (status: number) => status !== 401 && status !== 403 && status < 500;
  if (kind === 'everybody') return served;
  if (kind === 'page') return (status) => served(status) || status === 503;
  // Theirs to say how; a stranger's secret is not known.
  if (kind === 'contract') return (status) => role !== null || status >= 400;
  if (kind === 'signedIn') return cookie ? served : (status) => status === 401;
  // No role of a workspace is the operator.
  if (role === null || kind === 'operator') return (status) => status === 401;
  return roles.indexOf(role) >= roles.indexOf(kind) ? served : (status) => status === 403;
}

async function ask(
  app: FastifyInstance,
  route: string,
  headers: Record<string, string>,
): Promise<number> {
  const [method = '', path = ''] = route.split(' ');
  const url = path.replace(':id', ANY_ID).replace(/:\w+|\*/g, 'unknown');
  const writes = ['POST', 'PUT', 'PATCH'].includes(method);
  const answer = await app.inject({
    method: method as 'GET',
    url,
    headers,
    ...(writes ? { payload: bodies[route] ?? {} } : {}),
  });
  return answer.statusCode;
}

async function makeAskers(desk: Desk): Promise<Asker[]> {
  const askers: Asker[] = [
    { name: 'nobody', role: null, cookie: false, headers: async () => ({}) },
  ];
  for (const role of roles) {
    const { token } = await makeToken(desk, { workspaceId, name: role, role });
    const authorization = `Bearer ${token}`;
    const byToken = { name: `${role} by token`, role, cookie: false };
    askers.push({ ...byToken, headers: async () => ({ authorization }) });
    const email = `${role}@example.com`;
    const wanted = { workspaceId, email, name: role, role, passwordHash: null };
    const { userId } = await commitLocked(desk, workspaceId, (_, after) =>
      addUser(after, wanted, 'test'),
    );
    askers.push({
      name: `${role} by cookie`,
      role,
      cookie: true,
      // A new session each time: some of the routes end it.
      headers: async () => {
        const secret = await withTx(desk.db, (tx) =>
          beginSession(tx, { workspaceId, userId, client, begunBy: 'password', stage: 'full' }),
        );
        return { cookie: `usher_session=${secret}`, origin: 'http://localhost' };
      },
    });
  }
  return askers;
}

async function build() {
  const { pool } = await makeDatabase();
  const desk = silentDesk(pool);
  await prepareWorkspace(desk, {
    adminToken: 'an-admin-token-of-the-test',
    defaultCapacity: 2,
    channels: [],
  });
  const routes = new Set<string>();
  const directory = await makeChannelDirectory(desk);
  const app = await buildServer({
    ...{ desk, directory, channels: closedChannels({ desk, directory }) },
    publicUrl: () => 'http://localhost',
    ...closedDoors,
    fileMeans: openFiles(desk.db),
    onRoute: ({ method, url }) => {
      for (const one of [method].flat()) if (one !== 'HEAD') routes.add(`${one} ${url}`);
    },
  });
  await app.ready();
  return { app, desk, routes };
}
