// No call asks the database more often because there is more in it.
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeChannelDirectory } from '../../src/desk/channel-directory.ts';
import {
  prepareWorkspace,
  DEFAULT_WORKSPACE as workspaceId,
} from '../../src/desk/prepare-workspace.ts';
import { buildServer } from '../../src/http/server.ts';
import { closedChannels, closedDoors, openFiles } from '../makers/closed-doors.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { silentDesk } from '../makers/silent-desk.ts';

const TOKEN = 'an-admin-token-of-the-test';
const FEW = 10;
const MANY = 10_000;
// Begin and commit count too; a closing takes most.
const MOST = 20;

/** Asked with what they need; `null`: not looked at, for the reason beside it. */
const asked: Record<string, string | null> = {
  'GET /api/v1/reports': 'from=2026-01-01T00:00:00Z&to=2026-12-01T00:00:00Z',
  'GET /api/v1/reports.csv': 'from=2026-01-01T00:00:00Z&to=2026-12-01T00:00:00Z&by=agent',
  'GET /api/v1/reports/statuses': 'from=2026-11-19T00:00:00Z&to=2026-11-20T00:00:00Z&by=agent',
  'GET /api/v1/reports/statuses.csv': 'from=2026-11-19T00:00:00Z&to=2026-11-20T00:00:00Z&by=agent',
  ...Object.fromEntries(
    ['occupancy', 'offers', 'answers', 'adherence'].flatMap((name) =>
      [name, `${name}.csv`].map((file) => [
        `GET /api/v1/reports/${file}`,
        'from=2026-11-19T00:00:00Z&to=2026-11-20T00:00:00Z&by=team',
      ]),
    ),
  ),
  'GET /api/v1/reports/fairness': 'from=2026-11-19T00:00:00Z&to=2026-11-20T00:00:00Z',
  'GET /api/v1/reports/fairness.csv': 'from=2026-11-19T00:00:00Z&to=2026-11-20T00:00:00Z',
  'GET /api/v1/reports/arrivals': 'from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z',
  'GET /api/v1/reports/arrivals.csv': 'from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z',
  ...Object.fromEntries(
    ['distribution', 'week', 'ratings', 'conversations'].flatMap((name) =>
      [name, `${name}.csv`].map((file) => [
        `GET /api/v1/reports/${file}`,
        'from=2026-01-01T00:00:00Z&to=2026-12-01T00:00:00Z&timeZone=Asia/Jakarta',
      ]),
    ),
  ),
  'GET /api/v1/reports/told-waits': 'from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z',
  'GET /api/v1/reports/told-waits.csv': 'from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z',
  'GET /api/v1/shifts': 'from=2026-11-19T00:00:00Z&to=2026-11-20T00:00:00Z',
  // Wants one agent.
  'GET /api/v1/reports/day': null,
  'GET /api/v1/conversations': 'state=open&limit=200',
  'GET /api/v1/agents': 'limit=200',
  'GET /api/v1/conversations/:id/search': 'q=hello',
  // Reads everything page by page, and is meant to.
  'GET /api/v1/export': null,
  'GET /api/v1/contacts/:id/export': null,
  'GET /api/v1/contacts': 'q=c&limit=200',
  // Wants another contact.
  'GET /api/v1/contacts/:id/merge-preview': null,
  // Wants a channel of another kind than the others do.
  'GET /api/v1/channels/:id/messages': null,
  'GET /api/v1/channels/:id/updates': null,
  'GET /api/v1/channels/:id/presence': null,
  'GET /api/v1/channels/:id/conversations/:externalId': null,
  'GET /api/v1/channels/:id/contacts/:externalId/conversations': null,
  // Ask another system, or want somebody who has signed in, or a code.
  'GET /api/v1/channels/:id/departments': null,
  'GET /api/v1/contacts/:id/statistics': null,
  'GET /api/v1/session': null,
  'GET /api/v1/session/oidc': null,
  'GET /api/v1/session/oidc/callback': null,
  'GET /api/v1/session/proof': null,
  'GET /api/v1/session/push': null,
  'GET /api/v1/session/second-factor': null,
  // Kept in memory.
  'GET /api/v1/simulations/:id': null,
  'GET /api/v1/sessions': null,
  'GET /api/v1/saved-views/:id/count': null,
  'GET /api/v1/pictures': null,
  'GET /api/v1/invites/:code': null,
  'GET /api/v1/attachments/:id/:name': null,
};

const conversationVerbs: [method: 'POST' | 'PATCH', path: string, body: (ids: Ids) => object][] = [
  ['POST', 'assign', ({ agentId }) => ({ agentId, force: true })],
  ['POST', 'messages', () => ({ text: 'hello' })],
  ['POST', 'notes', () => ({ text: 'for us' })],
  ['POST', 'read', () => ({ upToSeq: 3 })],
  ['PATCH', '', () => ({ tags: ['refund'], priority: 'high' })],
  ['POST', 'park', () => ({})],
  ['POST', 'unpark', () => ({})],
  ['POST', 'assign', ({ agentId }) => ({ agentId, force: true })],
  ['POST', 'requeue', () => ({})],
  ['POST', 'transfer', ({ teamId }) => ({ teamId, note: 'Yours' })],
  ['POST', 'close', () => ({ reason: 'solved' })],
];

interface Ids {
  channelId: string;
  agentId: string;
  teamId: string;
  endpointId: string;
  automationId: string;
  contactId: string;
  conversationId: string;
  deliveryId: string;
  userId: string;
}

test('every call asks the database as often with ten thousand rows as with ten', async () => {
  const { app, pool, routes, count } = await build();
  const ids = await fillFew(pool);
  const gets = [...routes].filter((route) => route.startsWith('GET ') && asked[route] !== null);
  const measure = async (): Promise<Record<string, number>> => {
    const found: Record<string, number> = {};
    for (const route of gets) found[route] = await count(() => get(app, route, ids));
    const conversationId = await openOne(pool, ids);
    for (const [method, path, body] of conversationVerbs) {
      const url = `/api/v1/conversations/${conversationId}${path === '' ? '' : `/${path}`}`;
      found[`${method} ${path}`] = await count(() => send(app, { method, url, body: body(ids) }));
    }
    return found;
  };
  await fill(pool, ids, { from: 2, to: FEW });
  // The first calls fill what is kept in memory.
  await measure();
  const few = await measure();
  await fill(pool, ids, { from: FEW + 1, to: MANY });
  const many = await measure();
  expect(many).toEqual(few);
  expect(Object.entries(many).filter(([, times]) => times > MOST)).toEqual([]);
  expect(gets.length).toBeGreaterThan(30);
}, 300_000);

async function get(app: FastifyInstance, route: string, ids: Ids): Promise<void> {
  const path = route.replace('GET ', '');
  const [, , , resource = ''] = path.split('/');
  const id: Record<string, string> = {
    agents: ids.agentId,
    channels: ids.channelId,
    contacts: ids.contactId,
    conversations: ids.conversationId,
    deliveries: ids.deliveryId,
    endpoints: ids.endpointId,
    automations: ids.automationId,
    users: ids.userId,
  };
  const query = asked[route];
  const named = path.replace(':id', id[resource] ?? '').replace(':agentId', ids.agentId);
  const url = `${named.replace(':version', '1')}${query ? `?${query}` : ''}`;
  await send(app, { method: 'GET', url });
}

async function send(
  app: FastifyInstance,
  { method, url, body }: { method: 'GET' | 'POST' | 'PATCH'; url: string; body?: object },
): Promise<void> {
  const token = url.includes('/operator/') ? closedDoors.operatorToken : TOKEN;
  const headers = { authorization: `Bearer ${token}` };
  const payload = body === undefined ? {} : { payload: body };
  const answer = await app.inject({ method, url, headers, ...payload });
  // A refusal would have asked nothing.
  expect(`${method} ${url} ${answer.statusCode >= 300 ? answer.body : 'served'}`).toBe(
    `${method} ${url} served`,
  );
}

async function fillFew(pool: Pool): Promise<Ids> {
  const ids: Ids = {
    channelId: uuid(),
    agentId: uuid(),
    teamId: uuid(),
    endpointId: uuid(),
    automationId: uuid(),
    contactId: uuid(),
    conversationId: uuid(),
    deliveryId: '',
    userId: uuid(),
  };
  const { channelId, agentId, teamId, endpointId, automationId, userId } = ids;
  await pool.query(
    `insert into channel (workspace_id, channel_id, kind, name) values ($1, $2, 'webchat', 'Web')`,
    [workspaceId, channelId],
  );
  await pool.query(`insert into team (workspace_id, team_id, name) values ($1, $2, 'First')`, [
    workspaceId,
    teamId,
  ]);
  await pool.query(
    `insert into agent (workspace_id, agent_id, name, effective_capacity, ceiling, availability) values ($1, $2, 'Ana', 1000, 1000, 'online')`,
    [workspaceId, agentId],
  );
  await pool.query(
    `insert into endpoint (workspace_id, endpoint_id, url) values ($1, $2, 'https://example.com/')`,
    [workspaceId, endpointId],
  );
  await pool.query(
    `insert into automation (workspace_id, automation_id, name, events, actions)
    values ($1, $2, 'First', '{conversation.overdue}', '[{"do": "close"}]')`,
    [workspaceId, automationId],
  );
  await pool.query(
    `insert into user_account (workspace_id, user_id, email, name, role) values ($1, $2, 'ana@example.com', 'Ana', 'agent')`,
    [workspaceId, userId],
  );
  await fill(pool, ids, { from: 1, to: 1 });
  const { rows } = await pool.query<{ id: string }>(
    'select min(delivery_id)::text as id from delivery where workspace_id = $1',
    [workspaceId],
  );
  return Object.assign(ids, { deliveryId: rows[0]?.id });
}

/** More of everything that calls list; the first conversation and its contact are those of `ids`. */
async function fill(
  pool: Pool,
  ids: Ids,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const { channelId, agentId, teamId, endpointId, automationId, contactId, conversationId } = ids;
  // One contact in two is the same, so that a customer has a past too.
  const statements = [
    `insert into team (workspace_id, team_id, name) select $1, gen_random_uuid(), 'Team ' || n from generate_series($2::integer, $3) n`,
    `insert into skill (workspace_id, skill_id, name) select $1, gen_random_uuid(), 'Skill ' || n from generate_series($2::integer, $3) n`,
    `insert into tag (workspace_id, tag_id, name, colour) select $1, gen_random_uuid(), 'tag ' || n, '#aabbcc' from generate_series($2::integer, $3) n`,
    `insert into canned_reply (workspace_id, canned_reply_id, shortcut, text) select $1, gen_random_uuid(), 'r' || n, 'x' from generate_series($2::integer, $3) n`,
    `insert into agent (workspace_id, agent_id, name, effective_capacity, ceiling) select $1, gen_random_uuid(), 'Agent ' || n, 5, 5 from generate_series($2::integer, $3) n`,
    `insert into contact (workspace_id, contact_id, channel_id, external_id, name)
      select $1, case when n = 1 then '${contactId}'::uuid else gen_random_uuid() end, '${channelId}', 'c' || n, 'Contact ' || n from generate_series($2::integer, $3) n`,
    `insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, state, needs, team_id, queued_at, rank_at, message_seq, event_seq)
      select $1, case when n = 1 then '${conversationId}'::uuid else gen_random_uuid() end, '${channelId}', 'room' || n, '${contactId}', 'waiting', 'none', '${teamId}', now(), now(), 1, 1
      from generate_series($2::integer, $3) n`,
    `insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, text, created_at)
      select $1, '${conversationId}', 10 * n, gen_random_uuid(), 'text', 'contact', 'x', now() from generate_series($2::integer, $3) n`,
    `insert into event (workspace_id, stream_id, seq, type, at, data)
      select $1, '${conversationId}', n, 'conversation.opened', now(), '{}' from generate_series($2::integer, $3) n`,
    `insert into decision (workspace_id, conversation_id, assignment_id, policy_version, decided_at, agent_id, because)
      select $1, gen_random_uuid(), gen_random_uuid(), 1, now(), '${agentId}', '{}' from generate_series($2::integer, $3) n`,
    `insert into delivery (workspace_id, subscriber_id, stream_id, type, due_at, created_at, event_id, state)
      select $1, '${endpointId}', gen_random_uuid(), 'conversation.opened', now(), now(), gen_random_uuid(), 'done' from generate_series($2::integer, $3) n`,
    `insert into automation_run (workspace_id, automation_id, conversation_id, event_type, depth, outcome, actions, after_seq, to_seq)
      select $1, '${automationId}', '${conversationId}', 'conversation.overdue', 1, 'done', '[]', 0, 0 from generate_series($2::integer, $3) n`,
    `insert into macro (workspace_id, macro_id, name, actions) select $1, gen_random_uuid(), 'Macro ' || n, '[{"do": "close"}]' from generate_series($2::integer, $3) n`,
    `insert into audit_entry (workspace_id, actor, action, object_id) select $1, 'test', 'agent.updated', gen_random_uuid() from generate_series($2::integer, $3) n`,
    `insert into token (workspace_id, token_id, name, role, hash) select $1, gen_random_uuid(), 'Token ' || n, 'agent', decode(md5('t' || n), 'hex') from generate_series($2::integer, $3) n`,
    `insert into user_account (workspace_id, user_id, email, name, role) select $1, gen_random_uuid(), 'p' || n || '@example.com', 'Person ' || n, 'agent' from generate_series($2::integer, $3) n`,
    `insert into workspace (workspace_id, name) select gen_random_uuid(), 'Workspace ' || n from generate_series($2::integer, $3) n where $1 <> ''`,
    `insert into endpoint (workspace_id, endpoint_id, url) select $1, gen_random_uuid(), 'https://example.com/' || n from generate_series($2::integer, $3) n`,
    `insert into channel (workspace_id, channel_id, kind, name) select $1, gen_random_uuid(), 'webchat', 'Web ' || n from generate_series($2::integer, $3) n`,
  ];
  for (const text of statements) await pool.query(text, [workspaceId, from, to]);
}

async function openOne(pool: Pool, { channelId, contactId }: Ids): Promise<string> {
  const id = uuid();
  await pool.query(
    `insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, needs, queued_at, rank_at)
    values ($1, $2::uuid, $3, $2::uuid::text, $4, 'none', now(), now())`,
    [workspaceId, id, channelId, contactId],
  );
  return id;
}

async function build() {
  const { pool } = await makeDatabase();
  let statements = 0;
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = ((...args: unknown[]) => {
      statements += 1;
      return query(...args);
    }) as typeof client.query;
  });
  const desk = silentDesk(pool);
  await prepareWorkspace(desk, { adminToken: TOKEN, defaultCapacity: 2, channels: [] });
  const routes = new Set<string>();
  const directory = await makeChannelDirectory(desk);
  const app = await buildServer({
    ...{ desk, directory, channels: closedChannels({ desk, directory }) },
    ...closedDoors,
    fileMeans: openFiles(pool),
    publicUrl: () => 'http://localhost',
    onRoute: ({ method, url }) => {
      if (!/^\/api\/v1\/./.test(url) || /webhook|_request|settings\//.test(url)) return;
      for (const one of [method].flat()) routes.add(`${one} ${url}`);
    },
  });
  await app.ready();
  const count = async (work: () => Promise<void>): Promise<number> => {
    const before = statements;
    await work();
    return statements - before;
  };
  return { app, pool, routes, count };
}
