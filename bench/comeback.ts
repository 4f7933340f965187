// Measures how soon many visitors' chats reconnect after the server was away, and how much memory the server uses.
import { parseArgs } from 'node:util';
import { keepConnected, type Link } from '../browser/keep-connected.ts';
import { findFreePort } from '../src/torture/find-free-port.ts';
import { caller, inTurns, TOKEN } from './chat-crowd.ts';
import { startServer } from './http-server.ts';
import { percentile } from './statistics.ts';
import { report, say, target, targetColumns, whole } from './table.ts';
import { openWorld } from './world.ts';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '2000' },
    away: { type: 'string', default: '40' },
    rounds: { type: 'string', default: '3' },
  },
});
const clients = Number(values.clients);
const AWAY_MS = Number(values.away) * 1000;
const BACK_MS = 3000;
const AGAIN_MS = 500;
/** Measured one after the other; each keeps what the other has written. */
const SIZES = [2000, 200];
const titlesOf = (size: number) => [
  `${whole(size)} visitors come back`,
  `${whole(size)} visitors: needed`,
];

interface Session {
  sessionId: string;
  sessionTopic: string;
  customerId: string;
  mqtt: { url: string; username: string; password: string };
}

interface Visitor {
  link: Link;
  /** When it was connected and had fetched what it missed. */
  back: PromiseWithResolvers<number>;
}

const world = await openWorld();
const port = await findFreePort();
const url = `http://127.0.0.1:${port}`;
const start = () =>
  startServer('usher', {
    PORT: String(port),
    DATABASE_URL: world.connectionString,
    USHER_ADMIN_TOKEN: TOKEN,
    LOG_LEVEL: 'silent',
  });
let probes = 0;

/** As the widget does it: asks before it connects again, and fetches what it missed. */
function connect({ sessionId, sessionTopic, customerId, mqtt }: Session): Visitor {
  const visitor: Visitor = { back: Promise.withResolvers(), link: null as never };
  let lost = false;
  const ask = (path: string) =>
    fetch(`${url}${path}`, { headers: { authorization: `Bearer ${mqtt.password}` } });
  const catchUp = async (): Promise<void> => {
    try {
      for (const path of [`/session/${sessionId}`, `/session/${sessionId}/messages?afterSeq=0`]) {
        const answer = await ask(path);
        await answer.text();
        if (!answer.ok) throw new Error(String(answer.status));
      }
      visitor.back.resolve(performance.now());
    } catch {
      failed += 1;
      setTimeout(catchUp, AGAIN_MS);
    }
  };
  visitor.link = keepConnected({
    keepAliveSeconds: 45,
    filters: ['client/control', 'messages', 'messages/viewed', 'typing']
      .map((end) => `${sessionTopic}/${end}`)
      .concat(`client/sessions/${customerId}/+`),
    credentials: async () => {
      if (lost) {
        probes += 1;
        await (await fetch(`${url}/livez`)).text();
      }
      const { username, password } = mqtt;
      const clientId = `visitor-${username}-${crypto.randomUUID().slice(0, 8)}`;
      return { url: mqtt.url, username, password, clientId };
    },
    onMessage: () => {},
    onState: ({ kind }) => {
      if (kind === 'offline') lost = true;
      if (kind === 'online') void catchUp();
    },
  });
  return visitor;
}

let failed = 0;
let server = await start();
const call = caller(url);
say(`${whole(clients)} visitors begin …`);
const sessions = (await inTurns(clients, () => call('POST', '/session', {}))) as Session[];
const visitors = sessions.map(connect);
await Promise.all(visitors.map(({ back }) => back.promise));

const rows: string[][] = [];
const slowest: number[] = [];
for (let round = 1; round <= Number(values.rounds); round += 1) {
  for (const visitor of visitors) visitor.back = Promise.withResolvers();
  [probes, failed] = [0, 0];
  await server.stop();
  await new Promise((done) => setTimeout(done, AWAY_MS));
  const asked = probes;
  server = await start();
  const began = performance.now();
  const took = await Promise.all(
    visitors.map(async ({ back }) => ((await back.promise) - began) / 1000),
  );
  slowest.push(Math.max(...took));
  const seconds = (share: number) => `${percentile(took, share).toFixed(2)} s`;
  const rss = Math.max(...server.memory.map(({ megabytes }) => megabytes));
  rows.push([
    String(round),
    seconds(0.5),
    seconds(0.99),
    `${Math.max(...took).toFixed(2)} s`,
    `${whole((asked / AWAY_MS) * 1000)}/s`,
    whole(failed),
    `${whole(rss)} MB`,
  ]);
  say(rows.at(-1)?.join(' · ') ?? '');
}
for (const visitor of visitors) visitor.link.close();
const [title = '', needed = ''] = titlesOf(clients);
const others = SIZES.filter((size) => size !== clients).flatMap(titlesOf);
const sections = [
  {
    title,
    how: `All hold a connection; the server is away for ${values.away} s. Each asks /livez until it answers, connects, subscribes and fetches the conversation and its messages. Counted from the moment the server listens. Visitors and server share the machine.`,
    columns: ['round', 'half', '99 %', 'all', 'asked while away', 'failed calls', 'memory at most'],
    rows,
  },
  {
    title: needed,
    how: 'Every visitor is back.',
    columns: targetColumns,
    rows: [
      target(
        'the last one',
        `≤ ${BACK_MS / 1000} s`,
        `${Math.max(...slowest).toFixed(2)} s`,
        Math.max(...slowest) * 1000 <= BACK_MS,
      ),
    ],
  },
];
await report('comeback', sections, others);
await server.stop();
await world.close();
process.exit(0);
