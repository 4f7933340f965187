// The attacks, at given rates. Requests name many client addresses, as a proxy in front of Usher would.
import { setTimeout as sleep } from 'node:timers/promises';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { WebSocket } from 'ws';
import { connectMqtt, type MqttConnection } from '../browser/connect-mqtt.ts';
import {
  connectPacket,
  mutatedPackets,
  oversizePackets,
  type PacketSession,
} from '../test/makers/mutate-packets.ts';
import { type Call, caller, TOKEN } from './chat-crowd.ts';
import { openLoop } from './open-loop.ts';

export interface Done {
  /** In the words of the table. */
  what: string;
}

type Attack = (seconds: number) => Promise<Done>;
export type Attacks = Record<'deaf' | 'oversize' | 'flood' | 'mutated', Attack>;

type Session = PacketSession & { mqtt: { url: string; clientId: string } };

const SEED = 20_261_121;
const PACKETS = 10_000;
const PER_CONNECTION = 20;
const CONNECTIONS_PER_SECOND = 50;
const FLOOD_PER_SECOND = 100;
const DEAF = 20;
const DEAF_FOR_MS = 3000;
const LOUD_PER_SECOND = 25;

export async function prepareAttacks(url: string): Promise<Attacks> {
  const call = caller(url);
  const open = opener(`${url.replace('http', 'ws')}/mqtt`);
  const session = await startSession(call);
  const packets = mutatedPackets(session, PACKETS, SEED);
  const loud = await gatherLoud(call);
  return {
    deaf: (seconds) => neverRead(open, loud, seconds),
    oversize: (seconds) => sendOversize(open, session, seconds),
    flood: (seconds) => flood(open, session, seconds),
    mutated: (seconds) => sendMutated(open, { session, packets }, seconds),
  };
}

type Open = () => Promise<WebSocket>;

/** Each from another address, and none listened to for its errors. */
function opener(url: string): Open {
  let opened = 0;
  return async () => {
    opened += 1;
    const headers = { 'x-forwarded-for': `10.9.${(opened >> 8) & 255}.${opened & 255}` };
    const socket = new WebSocket(url, 'mqtt', { headers });
    socket.on('error', () => {});
    await Promise.race([next(socket, 'open'), next(socket, 'close')]);
    return socket;
  };
}

const startSession = async (call: Call): Promise<Session> =>
  (await call('POST', '/session', {})) as Session;

function send(socket: WebSocket, bytes: Uint8Array): void {
  if (socket.readyState === socket.OPEN) socket.send(bytes, () => {});
}

/** Never fails: errors are followed by the closing. */
const next = (socket: WebSocket, event: 'open' | 'message' | 'close'): Promise<void> =>
  new Promise((done) => socket.once(event, () => done()));

const closed = (socket: WebSocket): Promise<void> =>
  socket.readyState >= socket.CLOSING ? Promise.resolve() : next(socket, 'close');

async function sendMutated(
  open: Open,
  { session, packets }: { session: Session; packets: Buffer[] },
  seconds: number,
): Promise<Done> {
  let sent = 0;
  await openLoop({ rate: CONNECTIONS_PER_SECOND, seconds }, async (index) => {
    const socket = await open();
    // Every third connection begins with the mutated packets.
    if (index % 3 !== 0) send(socket, mqttPacket.generate(connectPacket(session)));
    const from = (index * PER_CONNECTION) % packets.length;
    for (const bytes of packets.slice(from, from + PER_CONNECTION)) {
      send(socket, bytes);
      sent += 1;
    }
    await Promise.race([closed(socket), sleep(50)]);
    socket.terminate();
  });
  return { what: `${sent} mutated packets, ${PER_CONNECTION} a connection` };
}

async function sendOversize(open: Open, session: Session, seconds: number): Promise<Done> {
  const packets = oversizePackets(session);
  let [sent, ended] = [0, 0];
  await openLoop({ rate: CONNECTIONS_PER_SECOND, seconds }, async (index) => {
    const socket = await open();
    const answered = next(socket, 'message');
    send(socket, mqttPacket.generate(connectPacket(session)));
    await Promise.race([answered, closed(socket), sleep(2000)]);
    sent += 1;
    send(socket, packets[index % packets.length] as Buffer);
    await Promise.race([closed(socket), sleep(2000)]);
    if (socket.readyState >= socket.CLOSING) ended += 1;
    socket.terminate();
  });
  return { what: `${sent} packets or lengths beyond what is taken; ${ended} ended by the server` };
}

async function flood(open: Open, session: Session, seconds: number): Promise<Done> {
  const whole = mqttPacket.generate(connectPacket(session));
  const sockets: WebSocket[] = [];
  await openLoop({ rate: FLOOD_PER_SECOND, seconds }, async (index) => {
    const socket = await open();
    if (index % 4 === 1) send(socket, whole.subarray(0, 1 + (index % (whole.length - 2))));
    sockets.push(socket);
  });
  for (const socket of sockets) socket.terminate();
  return { what: `${sockets.length} sockets that do not say who they are, a quarter of them half` };
}

interface Loud {
  session: Session;
  topic: string;
  agent: MqttConnection;
}

/** A visitor with many tabs, and an agent of theirs who says much. */
async function gatherLoud(call: Call): Promise<Loud> {
  const who = { name: 'Loud', role: 'agent' };
  const hired = await call('POST', '/api/v1/agents', { ...who, capacity: 1 }, TOKEN);
  const { id: agentId } = hired as { id: string };
  const made = await call('POST', '/api/v1/tokens', { ...who, agentId }, TOKEN);
  const { token } = made as { token: string };
  const login = (await call('POST', '/api/v1/session/mqtt', {}, token)) as Session['mqtt'];
  const assigned = Promise.withResolvers<string>();
  const agent = await connectMqtt({
    ...login,
    keepAliveSeconds: 60,
    onMessage: (_topic, text) => assigned.resolve(JSON.parse(text).sessionTopic),
    onClose: () => {},
  });
  await agent.subscribe([`client/attendants/assign/${agentId}`]);
  const info = JSON.stringify({ attendantInfo: { id: agentId } });
  const beat = () => agent.publish('server/attendants/online', info, 1);
  await beat();
  setInterval(() => beat().catch(() => {}), 10_000);
  const session = await startSession(call);
  const visitor = await connectMqtt({
    ...session.mqtt,
    keepAliveSeconds: 60,
    onMessage: () => {},
    onClose: () => {},
  });
  await visitor.publish(`${session.sessionTopic}/server/messages`, '{"content":"begin"}', 1);
  return { session, topic: await assigned.promise, agent };
}

async function neverRead(open: Open, loud: Loud, seconds: number): Promise<Done> {
  const until = performance.now() + seconds * 1000;
  const content = '\u{1F600}'.repeat(10_000);
  let [readers, said] = [0, 0];
  const sit = async (): Promise<void> => {
    while (performance.now() < until) {
      const socket = await openDeaf(open, loud);
      readers += 1;
      await sleep(Math.min(DEAF_FOR_MS, Math.max(0, until - performance.now())));
      socket.terminate();
    }
  };
  const speaking = openLoop({ rate: LOUD_PER_SECOND, seconds }, async () => {
    await loud.agent.publish(`${loud.topic}/server/messages`, JSON.stringify({ content }), 1);
    said += 1;
  });
  await Promise.all([speaking, ...Array.from({ length: DEAF }, sit)]);
  return {
    what: `${said} messages of 40 kB to ${DEAF} at a time who do not read, ${readers} in all`,
  };
}

async function openDeaf(open: Open, { session, topic }: Loud): Promise<WebSocket> {
  const socket = await open();
  const packets: Packet[] = [
    connectPacket(session),
    { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: `${topic}/messages`, qos: 1 }] },
  ];
  for (const packet of packets) {
    const answered = next(socket, 'message');
    send(socket, mqttPacket.generate(packet));
    await Promise.race([answered, closed(socket), sleep(5000)]);
  }
  socket.pause();
  return socket;
}
