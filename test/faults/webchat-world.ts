// Web chat under fire: visitors and agents who talk all the time, servers that are killed, links that break.
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { makeRandom, type Random } from '../../sandbox/qiscus/random.ts';
import type { WebMessage } from '../../src/contract/webchat.ts';
import { eventually, TOKEN } from '../makers/start-test-usher.ts';
import type { SessionAnswer } from '../makers/web-client.ts';
import type { ServerProcess } from './server-process.ts';
import { type Login, type Peer, startPeer } from './webchat-peer.ts';

export interface Size {
  visitors: number;
  agents: number;
  /** Of both sides together. */
  messages: number;
  kills: number;
  /** Links that break besides. */
  breaks: number;
}

/** What one party has of one conversation. */
export type Heard = Map<number, WebMessage>;

export interface Talk {
  session: SessionAnswer;
  sessionTopic: string;
  agentId: string;
  visitor: Heard;
  agent: Heard;
  /** In the order in which they were said, by their own names. */
  fromVisitor: string[];
  fromAgent: string[];
}

export interface WebFire {
  talks: Talk[];
  kills: number;
  reconnects: number;
  resends: number;
  /** Messages that came without being fetched. */
  live: number;
}

interface World {
  servers: readonly ServerProcess[];
  random: Random;
  size: Size;
  fire: WebFire;
  peers: Peer[];
  said: number;
  over: boolean;
}

const ENDS = ['client/control', 'messages', 'messages/viewed', 'typing'];

export async function setWebChatOnFire(
  servers: readonly ServerProcess[],
  size: Size,
  seed: number,
): Promise<WebFire> {
  const fire: WebFire = { talks: [], kills: 0, reconnects: 0, resends: 0, live: 0 };
  const random = makeRandom(seed);
  const world: World = { servers, random, size, fire, peers: [], said: 0, over: false };
  const agents = await Promise.all(Array.from({ length: size.agents }, () => startAgent(world)));
  const talks = Array.from({ length: size.visitors }, (_, n) => talk(world, agents, n));
  const killing = killAndRestart(world);
  const breaking = breakLinks(world);
  await Promise.all(talks);
  world.over = true;
  await Promise.all([killing, breaking]);
  await fillAll(world, agents);
  for (const agent of agents) agent.stopBeating();
  await Promise.all(world.peers.map((peer) => peer.stop()));
  for (const peer of world.peers) {
    fire.reconnects += peer.reconnects();
    fire.resends += peer.resends();
  }
  return fire;
}

/** Any server that lives; each peer has one that it prefers. */
function urlOf({ servers }: World, prefers: number): string {
  const alive = servers.filter((server) => server.isAlive());
  const preferred = servers[prefers % servers.length];
  const chosen = preferred?.isAlive() ? preferred : (alive[0] ?? servers[0]);
  return chosen?.url ?? '';
}

async function call<T>(
  url: string,
  token: string | null,
  method = 'GET',
  body?: object,
): Promise<T> {
  const answer = await request(url, {
    method: method as 'GET',
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token !== null && { authorization: `Bearer ${token}` }),
      // Visitors come from all over: one address may not begin so many sessions.
      ...(token === null && {
        'x-forwarded-for': `2001:db8:${crypto.randomUUID().slice(0, 4)}::1`,
      }),
    },
    ...(body && { body: JSON.stringify(body) }),
    headersTimeout: 5000,
    bodyTimeout: 5000,
  });
  if (answer.statusCode >= 300) {
    throw new Error(`${method} ${url}: ${answer.statusCode} ${await answer.body.text()}`);
  }
  return (await answer.body.json()) as T;
}

/** Until it is answered. */
async function surely<T>(world: World, ask: () => Promise<T>): Promise<T> {
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(world.random.between(20, 100));
    }
  }
}

interface AgentPeer {
  agentId: string;
  peer: Peer;
  talks: Map<string, Talk>;
  waiting: Map<string, (topic: string) => void>;
  fill(talk: Talk): Promise<void>;
  stopBeating(): void;
}

async function startAgent(world: World): Promise<AgentPeer> {
  const number = world.peers.length;
  const root = () => urlOf(world, number);
  const name = `Agent ${number}`;
  const body = { name, capacity: 1000, role: 'agent' };
  const { id: agentId } = await call<{ id: string }>(
    `${root()}/api/v1/agents`,
    TOKEN,
    'POST',
    body,
  );
  const wish = { name, role: 'agent', agentId };
  const tokens = `${root()}/api/v1/tokens`;
  const { token } = await call<{ token: string }>(tokens, TOKEN, 'POST', wish);
  const talks = new Map<string, Talk>();
  const waiting = new Map<string, (topic: string) => void>();
  const assigned = `client/attendants/assign/${agentId}`;
  const beat = () => peer.say('server/attendants/online', { attendantInfo: { id: agentId } });
  const fill = (talk: Talk) => fillGaps(world, { root: root(), token, talk, heard: talk.agent });
  const peer = startPeer({
    url: root,
    login: () => call<Login>(`${root()}/api/v1/session/mqtt`, token, 'POST', {}),
    onMessage: (topic, said) => {
      if (topic === assigned) waiting.get(said.customer.id)?.(said.sessionTopic);
      const talk = topic.endsWith('/messages') && talks.get(topic.slice(0, -'/messages'.length));
      if (talk) take(world, talk.agent, said.message);
    },
    onConnected: async () => {
      void beat();
      await Promise.all([...talks.values()].map(fill));
    },
  });
  world.peers.push(peer);
  await peer.listen(assigned);
  await beat();
  const beating = setInterval(() => void beat(), 5000);
  return { agentId, peer, talks, waiting, fill, stopBeating: () => clearInterval(beating) };
}

function take({ fire }: World, heard: Heard, message: WebMessage, live = true): void {
  if (live && !heard.has(message.seq)) fire.live += 1;
  heard.set(message.seq, message);
}

async function fillGaps(
  world: World,
  { root, token, talk, heard }: { root: string; token: string; talk: Talk; heard: Heard },
): Promise<void> {
  let afterSeq = 0;
  while (heard.has(afterSeq + 1)) afterSeq += 1;
  for (;;) {
    const path = `/session/${talk.session.sessionId}/messages?afterSeq=${afterSeq}`;
    const rows = await call<{ message: WebMessage }[]>(`${root}${path}`, token);
    for (const { message } of rows) take(world, heard, message, false);
    if (rows.length < 200) return;
    afterSeq = rows.at(-1)?.message.seq ?? afterSeq;
  }
}

async function talk(world: World, agents: AgentPeer[], number: number): Promise<void> {
  const { size, fire, random } = world;
  const root = () => urlOf(world, number);
  const customer = { id: `c${number}` };
  await sleep(random.between(0, 500));
  const session = await surely(world, () =>
    call<SessionAnswer>(`${root()}/session`, null, 'POST', { customer }),
  );
  const heard: Heard = new Map();
  const { sessionTopic } = session;
  const mine: Talk = {
    ...{ session, sessionTopic, agentId: '', visitor: heard, agent: new Map() },
    ...{ fromVisitor: [], fromAgent: [] },
  };
  const token = session.mqtt.password;
  const fill = () => fillGaps(world, { root: root(), token, talk: mine, heard });
  const visitor = startPeer({
    url: root,
    login: async () => session.mqtt,
    onMessage: (topic, body) => {
      if (topic === `${sessionTopic}/messages`) take(world, heard, body.message);
    },
    onConnected: fill,
  });
  world.peers.push(visitor);
  await visitor.listen(...ENDS.map((end) => `${sessionTopic}/${end}`));
  const each = Math.floor(size.messages / size.visitors / 2);
  const topic = `${sessionTopic}/server/messages`;
  const say = async (by: Peer, list: string[], prefix: string): Promise<void> => {
    for (let n = 1; n <= each; n += 1) {
      const clientMessageId = `${prefix}${n}`;
      list.push(clientMessageId);
      await by.say(topic, { clientMessageId, content: `${prefix}${n} of ${customer.id}` });
      world.said += 1;
      // Below what a visitor may say in ten seconds.
      await sleep(random.between(600, 700));
    }
  };
  await visitor.say('server/sessions/request', { customerId: customer.id, requestID: 'r' });
  const agent = await findAgent(world, agents, mine);
  fire.talks.push(mine);
  await Promise.all([say(visitor, mine.fromVisitor, 'v'), say(agent.peer, mine.fromAgent, 'a')]);
  // The keep-alive and the agent's next look would do that.
  await surely(world, fill);
}

async function findAgent(world: World, agents: AgentPeer[], mine: Talk): Promise<AgentPeer> {
  const { sessionId, mqtt } = mine.session;
  const path = `/session/${sessionId}`;
  const found = await eventually(
    () =>
      surely(world, () =>
        call<{ assignedAttendants: string[] } | null>(`${urlOf(world, 0)}${path}`, mqtt.password),
      ),
    (session) => (session?.assignedAttendants.length ?? 0) > 0,
    60_000,
  );
  const agent = agents.find(({ agentId }) => agentId === found?.assignedAttendants[0]);
  if (agent === undefined) throw new Error('Somebody unknown has it.');
  mine.agentId = agent.agentId;
  agent.talks.set(mine.sessionTopic, mine);
  await agent.peer.listen(...ENDS.map((end) => `${mine.sessionTopic}/${end}`));
  await surely(world, () => agent.fill(mine));
  return agent;
}

async function fillAll(world: World, agents: AgentPeer[]): Promise<void> {
  await Promise.all(
    agents.flatMap((agent) =>
      [...agent.talks.values()].map((one) => surely(world, () => agent.fill(one))),
    ),
  );
}

async function killAndRestart(world: World): Promise<void> {
  const { servers, size, fire, random } = world;
  for (let next = 1; next <= size.kills; next += 1) {
    const goal = (next * size.messages) / (size.kills + 1);
    while (world.said < goal && !world.over) await sleep(10);
    const server = servers[next % servers.length];
    if (server === undefined || world.over) return;
    await server.kill();
    fire.kills += 1;
    await sleep(random.between(0, 300));
    server.start();
    await server.ready();
  }
}

async function breakLinks(world: World): Promise<void> {
  const { size, random } = world;
  for (let n = 1; n <= size.breaks; n += 1) {
    while (world.said < (n * size.messages) / (size.breaks + 1) && !world.over) await sleep(5);
    random.pick(world.peers)?.breakLink();
  }
}
