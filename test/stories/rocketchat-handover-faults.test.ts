// A team that is handed over, with two Ushers on one database, kills, lost answers and people who are as fast as Usher.
import type { Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { type RocketChat, startRocketChat } from '../../sandbox/rocketchat/start-rocketchat.ts';
import type { Agent } from '../../src/contract/agents.ts';
import type { Channel } from '../../src/contract/channels.ts';
import { type ServerProcess, startServerProcess } from '../faults/server-process.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { callOf, eventually } from '../makers/start-test-usher.ts';
import { setWebhooks, WEBHOOK_SECRET } from '../makers/start-with-rocketchat.ts';
import { moveDatabase } from '../makers/test-clock.ts';
import { LOST_DATABASE } from '../makers/watch-errors.ts';

const COUNT = 12;
const LIMIT = 180_000;

interface World {
  pool: Pool;
  rocket: RocketChat;
  servers: ServerProcess[];
  /** Opens a conversation of the team at that server. Answers its id. */
  open(at: number): Promise<string>;
  call(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }>;
}

/** An own agent of the team stands by, who must get nothing that goes to the department. */
async function startWorld(method: 'Auto_Selection' | 'Manual_Selection'): Promise<World> {
  const { pool, url: databaseUrl } = await makeDatabase();
  const rocket = await startRocketChat({
    settings: {
      Livechat_Routing_Method: method,
      API_Enable_Rate_Limiter: false,
      Livechat_http_timeout: 250,
    },
  });
  onTestFinished(() => rocket.stop());
  for (const name of ['1', '2'])
    rocket.addAgent({ username: `agent.${name}`, name: `Agent ${name}` });
  const servers: ServerProcess[] = [];
  for (let node = 0; node < 2; node += 1) {
    const server = await startServerProcess({
      ...{ DATABASE_URL: databaseUrl, QISCUS_APP_ID: '', USHER_SWEEP_MS: '200' },
      USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
      QISCUS_SYNC_BUSY_MS: '2000',
      QISCUS_SYNC_CALM_MS: '2000',
    });
    onTestFinished(() => server.stop());
    await server.ready();
    server.expectErrors(LOST_DATABASE);
    servers.push(server);
  }
  const calls = servers.map(({ url }) => callOf(url));
  const call: World['call'] = async (verb, path, body) =>
    (calls[0] as (typeof calls)[0])(verb, path, body === undefined ? {} : { body });
  const team = await call('POST', '/api/v1/teams', { name: 'Billing' });
  const { id: teamId } = team.body as { id: string };
  const own = { name: 'Own', capacity: 100, availability: 'online', answersHere: true };
  await call('POST', '/api/v1/agents', { ...own, teamIds: [teamId] });
  const { _id: departmentId } = rocket.addDepartment({
    name: 'Billing',
    agents: ['agent.1', 'agent.2'],
  });
  const { userId, authToken } = rocket.bot;
  const bridge = await call('POST', '/api/v1/channels', {
    ...{ kind: 'rocketchat', name: 'Rocket.Chat' },
    config: {
      ...{ baseUrl: rocket.url, userId, callsPerMinute: 100_000 },
      ...{ handovers: [{ teamId, departmentId }], handoverSeconds: 3600 },
    },
    secrets: { authToken, webhookSecret: WEBHOOK_SECRET },
  });
  expect(bridge.status).toBe(201);
  setWebhooks(rocket, bridge.body as Channel);
  const source = await call('POST', '/api/v1/channels', { kind: 'api', name: 'API', teamId });
  const { id: sourceId } = source.body as Channel;
  const agents = async () =>
    ((await call('GET', '/api/v1/agents?limit=200')).body as { items: Agent[] }).items;
  await eventually(
    agents,
    (found) => found.filter(({ availability }) => availability === 'online').length === 3,
    60_000,
  );
  let opened = 0;
  const open = async (at: number) => {
    opened += 1;
    const body = { externalId: `c${opened}`, contact: { externalId: `c${opened}`, name: 'Sari' } };
    const path = `/api/v1/channels/${sourceId}/conversations`;
    const made = await (calls[at] as (typeof calls)[0])('POST', path, { body });
    if (made.status >= 300) throw new Error(made.text);
    return (made.body as { id: string }).id;
  };
  return { pool, rocket, servers, open, call };
}

interface Held {
  id: string;
  state: string;
  name: string | null;
  live: number;
  all: number;
}

const listHeld = async (pool: Pool): Promise<Held[]> => {
  const { rows } = await pool.query<Held>(
    `select c.conversation_id as id, c.state, g.name,
      (select count(*)::integer from assignment a where a.conversation_id = c.conversation_id and ended_at is null) as live,
      (select count(*)::integer from assignment a where a.conversation_id = c.conversation_id) as all
    from conversation c left join agent g on g.agent_id = c.agent_id order by c.conversation_id`,
  );
  return rows;
};

const openRooms = (rocket: RocketChat, id: string) =>
  [...rocket.world.state.rooms.values()].filter(
    ({ v, open }) => open === true && v.token.startsWith(`usher-${id}`),
  );

test(
  'of two Ushers one is killed while answers are lost: each conversation has one room and one agent, whom Rocket.Chat chose',
  async () => {
    const { pool, rocket, servers, open } = await startWorld('Auto_Selection');
    rocket.faults.chances.calls = { 'answer-dropped': 0.3 };
    Object.assign(rocket.faults.chances.webhooks, { lost: 0.3, doubled: 0.3 });
    const ids: string[] = [];
    for (let n = 0; n < COUNT / 2; n += 1) ids.push(await open(n % 2));
    await servers[1]?.kill();
    for (let n = 0; n < COUNT / 2; n += 1) ids.push(await open(0));
    servers[1]?.start();
    await servers[1]?.ready();
    rocket.faults.clear();
    const held = await eventually(
      async () => {
        await moveDatabase(pool, 2000);
        return listHeld(pool);
      },
      (all) => all.length === COUNT && all.every(({ state }) => state === 'assigned'),
      LIMIT / 2,
    );
    for (const { id, name, live, all } of held) {
      const rooms = openRooms(rocket, id);
      expect(rooms).toHaveLength(1);
      const server = rocket.world.state.users.get(rooms[0]?.servedBy?._id ?? '');
      expect({ name, live, all }).toEqual({ name: server?.name, live: 1, all: 1 });
    }
    expect(ids).toHaveLength(COUNT);
  },
  LIMIT,
);

test(
  'where people take rooms at the very moment at which Usher may choose too, each conversation has one agent and no room too many',
  async () => {
    const { pool, rocket, open } = await startWorld('Manual_Selection');
    const ids = await Promise.all(Array.from({ length: COUNT }, (_, n) => open(n % 2)));
    await eventually(
      () => ids.every((id) => openRooms(rocket, id).length === 1),
      (all) => all,
      60_000,
    );
    const rooms = ids.map((id) => openRooms(rocket, id)[0]?._id ?? '');
    const moving = moveDatabase(pool, 3_600_000);
    for (const [n, rid] of rooms.entries()) {
      if (rocket.world.state.rooms.get(rid)?.open !== true) continue;
      rocket.people.take(`agent.${(n % 2) + 1}`, rid);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await moving;
    const agree = (all: Held[]) =>
      all.every(({ id, state, name }) => {
        const open = openRooms(rocket, id);
        const server = rocket.world.state.users.get(open[0]?.servedBy?._id ?? '');
        return state === 'assigned' && (name === 'Own' ? open.length === 0 : server?.name === name);
      });
    const held = await eventually(
      async () => {
        await moveDatabase(pool, 2000);
        return listHeld(pool);
      },
      agree,
      LIMIT / 2,
    );
    expect(held.map(({ live }) => live)).toEqual(ids.map(() => 1));
  },
  LIMIT,
);
