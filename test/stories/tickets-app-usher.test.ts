// The app as the reliable half of the bridge: what happens in the rooms that Usher opened reaches
// Usher, and the customer behind RapidPro, by the app alone. Webhooks are off in all of these.
import { expect, onTestFinished, test } from 'vitest';
import { type Engine, startEngine } from '../../sandbox/rocketchat/engine/start-engine.ts';
import { packOnce } from '../makers/start-rocketchat-app.ts';
import { startTcpProxy, type TcpProxy } from '../makers/start-tcp-proxy.ts';
import { eventually } from '../makers/start-test-usher.ts';
import {
  type RocketDesk,
  startWithRocketChat,
  WEBHOOK_SECRET,
} from '../makers/start-with-rocketchat.ts';

const MINUTE = 60_000;

interface WithApp extends RocketDesk {
  engine: Engine;
  appId: string;
  /** Between the app and Usher. */
  line: TcpProxy;
}

async function startWithApp(options: { agents?: number } = {}): Promise<WithApp> {
  const desk = await startWithRocketChat({ deaf: true, ...options });
  const engine = await startEngine(desk.rocket);
  onTestFinished(() => engine.stop());
  const appId = await engine.install((await packOnce()).zip);
  const usher = new URL(desk.usher.url);
  const line = await startTcpProxy({ host: usher.hostname, port: Number(usher.port) });
  const address = `http://127.0.0.1:${line.port}/channels/rocketchat/${desk.bridge.id}`;
  // As Usher's page shows it.
  await engine.setSetting(appId, 'usher_address', `${address}/webhook`);
  await engine.setSetting(appId, 'usher_token', WEBHOOK_SECRET);
  return { ...desk, engine, appId, line };
}

const waiting = ({ engine }: WithApp) =>
  [...engine.kept.byAssociation.keys()].filter((name) => name.endsWith('group:waiting')).length;

/** Moves the time of Rocket.Chat until the app has told everything. */
const told = (desk: WithApp) =>
  expect
    .poll(
      async () => {
        desk.rocket.clock.advance(MINUTE);
        await desk.engine.idle();
        return waiting(desk);
      },
      { timeout: 20_000 },
    )
    .toBe(0);

test('what an agent types reaches the customer, once, and the customer’s words are not told back', async () => {
  const desk = await startWithApp();
  const ticket = await desk.open();
  const room = await desk.placed(ticket.conversationId);
  await desk.customerSays(ticket, 'Help');
  await eventually(
    () => desk.said(ticket.conversationId),
    (said) => said.includes('Help'),
  );
  desk.rocket.people.answer('agent.1', room._id, 'Here');
  await eventually(
    () => desk.seen(ticket.ticketId),
    (seen) => seen.length > 0,
  );
  await told(desk);
  expect(desk.seen(ticket.ticketId)).toEqual(['Here']);
  const texts = (await desk.messages(ticket.conversationId)).map(({ text }) => text);
  expect(texts.filter((text) => text === 'Help')).toHaveLength(1);
});

test('a room that is closed in Rocket.Chat is closed in Usher, and RapidPro is told', async () => {
  const desk = await startWithApp();
  const ticket = await desk.open();
  const room = await desk.placed(ticket.conversationId);
  desk.rocket.people.answer('agent.1', room._id, 'Bye');
  desk.rocket.people.close('agent.1', room._id);
  await eventually(
    () => desk.seen(ticket.ticketId),
    (seen) => seen.includes('#closed'),
  );
  expect(desk.seen(ticket.ticketId)).toEqual(['Bye', '#closed']);
  expect(await desk.read(ticket.conversationId)).toMatchObject({ state: 'closed' });
  await told(desk);
  const left = [...desk.engine.kept.records.values()].map(({ data }) => JSON.stringify(data));
  expect(left.filter((record) => record.includes(room._id))).toEqual([]);
});

test('a room that is forwarded by hand is followed to its new agent', async () => {
  const desk = await startWithApp({ agents: 2 });
  const ticket = await desk.open();
  const room = await desk.placed(ticket.conversationId);
  const to = room.servedBy?.username === 'agent.1' ? 'agent.2' : 'agent.1';
  await desk.rocket.people.forward(room.servedBy?.username ?? '', room._id, { agent: to });
  const name = desk.agents.find(({ username }) => username === to)?.name;
  await eventually(
    async () => {
      const { agentId } = await desk.read(ticket.conversationId);
      return (await desk.listAgents()).find(({ id }) => id === agentId)?.name;
    },
    (held) => held === name,
  );
});

test('while Usher is away, the engine is restarted and hooks are missed, nothing is lost, doubled or out of order', async () => {
  const desk = await startWithApp();
  const ticket = await desk.open();
  const room = await desk.placed(ticket.conversationId);
  const said: string[] = [];
  const say = (text: string) => {
    desk.rocket.people.answer('agent.1', room._id, text);
    said.push(text);
  };
  for (let n = 0; n < 10; n += 1) say(`before ${n}`);
  await desk.line.goDown();
  for (let n = 0; n < 10; n += 1) say(`away ${n}`);
  desk.rocket.clock.advance(30 * MINUTE);
  await desk.engine.restart();
  say('after a restart');
  desk.rocket.clock.advance(30 * MINUTE);
  desk.engine.stop();
  say('unheard');
  await desk.engine.start();
  await desk.line.comeBack();
  await told(desk);
  for (let n = 0; n < 10; n += 1) {
    say(`again ${n}`);
    if (n % 4 === 1) await desk.engine.restart();
  }
  await told(desk);
  await eventually(
    () => desk.seen(ticket.ticketId),
    (seen) => seen.length >= said.length,
  );
  expect(desk.seen(ticket.ticketId)).toEqual(said);
});

test('a room that cannot be read keeps no other room’s news waiting', async () => {
  const desk = await startWithApp({ agents: 2 });
  const tickets = [await desk.open(), await desk.open()] as const;
  const broken = await desk.placed(tickets[0].conversationId);
  const room = await desk.placed(tickets[1].conversationId);
  await told(desk);
  desk.engine.stop();
  desk.rocket.people.answer(room.servedBy?.username ?? '', room._id, 'unheard');
  desk.engine.desk.brokenRooms.add(broken._id);
  await desk.engine.start();
  await told(desk);
  await eventually(
    () => desk.seen(tickets[1].ticketId),
    (seen) => seen.includes('unheard'),
  );
});

test('rooms that are none of Usher’s are not told to it', async () => {
  const desk = await startWithApp();
  const { state } = desk.rocket.world;
  const visitor = { token: 'a-stranger', name: 'Stranger' };
  const post = (path: string, body: object) =>
    fetch(`${desk.rocket.url}/api/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await post('livechat/visitor', { visitor });
  await fetch(`${desk.rocket.url}/api/v1/livechat/room?token=a-stranger`);
  const room = [...state.rooms.values()].find(({ v }) => v.token === 'a-stranger');
  desk.rocket.people.take('agent.1', room?._id ?? '');
  desk.rocket.people.answer('agent.1', room?._id ?? '', 'private');
  await desk.engine.idle();
  expect(waiting(desk)).toBe(0);
  const kept = [...desk.engine.kept.records.values()].map(({ data }) => JSON.stringify(data));
  expect(kept.filter((record) => record.includes('private'))).toEqual([]);
});
