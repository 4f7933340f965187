// A real server with ten thousand conversations, two agents online, and a stand-in for RapidPro.
import { randomUUID } from 'node:crypto';
import { needsKey } from '../src/routing/needs-key.ts';
import { addPerson } from '../test/makers/browse.ts';
import type { TestUsher } from '../test/makers/start-test-usher.ts';
import { startServer } from './http-server.ts';
import { type Caller, makeCaller, startEngine } from './rapidpro-client.ts';
import { openWorld, type World } from './world.ts';

export interface OfficeWorld {
  url: string;
  admin: Caller;
  /** As RapidPro calls us. */
  engine: Caller;
  /** Two who are online, and have room for all that comes. */
  agents: { email: string; password: string; agentId: string }[];
  db: World['db'];
  /** Of the conversation with the long history. */
  longId: string;
  stop(): Promise<void>;
}

export const TOKEN = 'bench-admin-token-0123456789';
const SECRET = 'PMgASmAH4ktSXG97PMgASmAH4ktSXG97';
const HOLDERS = 50;

/** `conversations` are open, three in ten of them waiting for a team that nobody is in; `messages` in the longest. */
export async function openOfficeWorld(size: {
  conversations: number;
  messages: number;
}): Promise<OfficeWorld> {
  const world = await openWorld();
  const outside = await startEngine();
  const server = await startServer('usher', {
    PORT: '0',
    DATABASE_URL: world.connectionString,
    USHER_ADMIN_TOKEN: TOKEN,
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    LOG_LEVEL: 'silent',
  });
  const admin = makeCaller(server.url, `Bearer ${TOKEN}`);
  const { channelId, engine } = await connectRapidPro(server.url, admin, outside.url);
  const agents = await inviteTwo(server.url, admin);
  const longId = await fill(world.db, { channelId, ...size });
  return {
    url: server.url,
    admin,
    engine,
    agents,
    db: world.db,
    longId,
    stop: async () => {
      admin.close();
      engine.close();
      await server.stop();
      outside.close();
      await world.close();
    },
  };
}

export async function must<T>(caller: Caller, method: string, path: string, body?: unknown) {
  const answer = await caller.call(method, path, body);
  if (answer.status >= 300) {
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return answer.body as T;
}

async function connectRapidPro(url: string, admin: Caller, webhookUrl: string) {
  const { id: channelId } = await must<{ id: string }>(admin, 'POST', '/api/v1/channels', {
    kind: 'rapidpro',
    name: 'WhatsApp shop',
    secrets: { secret: SECRET },
  });
  const engine = makeCaller(`${url}/api/apps/public/${channelId}`, `Token ${SECRET}`);
  await must(engine, 'PUT', '/settings', { webhook: { url: webhookUrl } });
  return { channelId, engine };
}

async function inviteTwo(url: string, admin: Caller): Promise<OfficeWorld['agents']> {
  const call: TestUsher['call'] = async (method, path, options) => {
    const { status, body } = await admin.call(method, path, options?.body);
    return { status, body, text: JSON.stringify(body) };
  };
  const agents: OfficeWorld['agents'] = [];
  for (const name of ['Lia', 'Omar']) {
    const email = `${name.toLowerCase()}@example.com`;
    const usher = { url, call } as TestUsher;
    const { agentId, password } = await addPerson(usher, { name, email, role: 'agent' });
    await must(admin, 'PATCH', `/api/v1/agents/${agentId}`, {
      answersHere: true,
      capacity: 1000,
      availability: 'online',
      leaseSeconds: 86_400,
    });
    agents.push({ email, password, agentId });
  }
  return agents;
}

async function fill(
  db: World['db'],
  args: { channelId: string; conversations: number; messages: number },
): Promise<string> {
  const { channelId, conversations, messages } = args;
  const { rows } = await db.query<{ id: string }>(
    'select workspace_id as id from channel where channel_id = $1',
    [channelId],
  );
  const workspaceId = rows[0]?.id;
  const teamId = randomUUID();
  const [longId, each] = [randomUUID(), Math.ceil(conversations / HOLDERS)];
  const night = needsKey({
    channelId,
    remote: false,
    externalChannelId: null,
    teamId,
    skillIds: [],
    weight: 1,
    excludedAgentIds: [],
  });
  await db.query(`insert into team (workspace_id, team_id, name) values ($1, $2, 'Night')`, [
    workspaceId,
    teamId,
  ]);
  await db.query(
    `insert into agent (workspace_id, agent_id, name, effective_capacity, load, ceiling)
    select $1, gen_random_uuid(), 'Holder ' || n, 1000, $2, 1000 from generate_series(1, ${HOLDERS}) n`,
    [workspaceId, each],
  );
  await db.query(
    `insert into contact (workspace_id, contact_id, channel_id, external_id, name)
    select $1, gen_random_uuid(), $2, 'filled-' || n, initcap(left(md5(n::text), 6)) || ' ' || initcap(right(md5(n::text), 8))
    from generate_series(1, $3::integer) n`,
    [workspaceId, channelId, conversations],
  );
  await db.query(
    `with k as (select contact_id, row_number() over (order by contact_id) as n from contact where workspace_id = $1),
    a as (select agent_id, row_number() over (order by agent_id) - 1 as n from agent where workspace_id = $1 and name like 'Holder %')
    insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, state, needs, team_id,
      queued_at, rank_at, active_at, agent_id, assigned_at, confirmed_at, event_seq, message_seq, priority)
    select $1, case when k.n = 1 then $5 else gen_random_uuid() end, $2, 'filled-' || k.n, k.contact_id,
      case when k.n % 10 in (3, 6, 9) then 'waiting' else 'assigned' end, $3,
      case when k.n % 10 in (3, 6, 9) then $4::uuid end, now() - make_interval(secs => k.n * 7), now() - make_interval(secs => k.n * 7),
      now() - make_interval(secs => k.n * 5), case when k.n % 10 not in (3, 6, 9) then a.agent_id end,
      case when k.n % 10 not in (3, 6, 9) then now() - make_interval(secs => k.n * 7 - 3) end,
      case when k.n % 10 not in (3, 6, 9) then now() - make_interval(secs => k.n * 7 - 3) end, 3,
      case when k.n = 1 then $6::integer else 3 end, case when k.n % 17 = 0 then 'high' else 'normal' end
    from k join a on a.n = k.n % ${HOLDERS}`,
    [workspaceId, channelId, night, teamId, longId, messages],
  );
  await db.query(
    `insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, author_id, text, created_at)
    select $1, c.conversation_id, s, gen_random_uuid(), case when s % 11 = 10 then 'note' else 'text' end,
      case when s % 3 = 2 then 'agent' else 'contact' end, case when s % 3 = 2 then c.agent_id end,
      'About order ' || md5(c.external_id || s) || repeat(' and the parcel that has not come', s % 6),
      c.queued_at + s * interval '1 second'
    from conversation c cross join lateral generate_series(1, c.message_seq) s where c.workspace_id = $1`,
    [workspaceId],
  );
  for (const table of ['conversation', 'contact', 'message', 'agent']) {
    await db.query(`vacuum analyze ${table}`);
  }
  return longId;
}
