// Measures the API channel beside web chat: messages stored and told a second, in turns at the same server.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { caller, gatherCrowd, inTurns, type Party, TOKEN } from './chat-crowd.ts';
import { startServer } from './http-server.ts';
import { median } from './statistics.ts';
import { percent, report, say, target, targetColumns, whole } from './table.ts';

const { values } = parseArgs({
  options: {
    // A visitor who says more than twenty in ten seconds is cut off.
    conversations: { type: 'string', default: '1600' },
    agents: { type: 'string', default: '32' },
    messages: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '4' },
  },
});
const [conversations, agents] = [Number(values.conversations), Number(values.agents)];
const [messages, rounds] = [Number(values.messages), Number(values.rounds)];
/** How many have said something that is not answered yet. */
const AT_ONCE = 64;
const WANTED = 0.8;

let said = 0;

/** Messages a second, from the first word until the other side was told the last. */
async function measureRate(
  speak: (nth: number) => Promise<unknown>,
  told: () => Promise<void>,
): Promise<number> {
  let left = messages;
  const began = performance.now();
  const everything = told();
  const speaker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      said += 1;
      await speak(said);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, speaker));
  await everything;
  return messages / ((performance.now() - began) / 1000);
}

interface Program {
  speak(nth: number): Promise<void>;
  /** Resolves once so many messages more were told. */
  told(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A program with open conversations, which also follows the updates. */
async function startProgram(url: string): Promise<Program> {
  const call = caller(url);
  const channel = (await call(
    'POST',
    '/api/v1/channels',
    { kind: 'api', name: 'Bench' },
    TOKEN,
  )) as {
    id: string;
  };
  const path = `/api/v1/channels/${channel.id}`;
  const scopes = [`channel:${channel.id}`];
  const made = await call(
    'POST',
    '/api/v1/tokens',
    { name: 'Bench', role: 'agent', scopes },
    TOKEN,
  );
  const { token } = made as { token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const pool = new Pool(url, { connections: AT_ONCE + 1 });
  const post = async (end: string, body: object) => {
    const answer = await pool.request({
      ...{ method: 'POST', path: `${path}/${end}`, headers, body: JSON.stringify(body) },
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 201) throw new Error(`${end}: ${answer.statusCode} ${text}`);
  };
  await inTurns(conversations, (nth) =>
    post('conversations', { externalId: `c${nth}`, contact: { externalId: `k${nth}` } }),
  );
  const heard = { count: 0, wanted: Number.POSITIVE_INFINITY, resolve: () => {} };
  const gone = new AbortController();
  const stream = await fetch(`${url}${path}/updates`, {
    headers: { authorization: headers.authorization, accept: 'text/event-stream' },
    signal: gone.signal,
  });
  void listen(stream, () => {
    heard.count += 1;
    if (heard.count >= heard.wanted) heard.resolve();
  });
  return {
    speak: (nth) =>
      post('messages', {
        ...{ conversation: `c${nth % conversations}`, externalId: `m${nth}` },
        text: `message ${nth}`,
      }),
    told: (count) =>
      new Promise((resolve) => {
        Object.assign(heard, { wanted: heard.count + count, resolve });
      }),
    close: async () => {
      gone.abort();
      await pool.close();
    },
  };
}

async function listen(stream: Response, take: () => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of stream.body ?? []) {
      const events = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) if (event.includes('event: message\n')) take();
    }
  } catch {
    // Closed at the end of the measurement.
  }
}

const dataDir = await mkdtemp(join(tmpdir(), 'usher-bench-'));
const usher = await startServer('usher', {
  PORT: '0',
  USHER_DATA_DIR: dataDir,
  USHER_ADMIN_TOKEN: TOKEN,
  LOG_LEVEL: 'silent',
  USHER_SWEEP_MS: '2000',
});
say('gathering visitors, agents and a program');
const crowd = await gatherCrowd(usher.url, { visitors: conversations, agents });
const call = caller(usher.url);
await inTurns(agents, (nth) => {
  const capacity = Math.ceil(conversations / agents);
  const agent = { name: `Desk ${nth}`, capacity, availability: 'online' };
  return call('POST', '/api/v1/agents', agent, TOKEN);
});
const program = await startProgram(usher.url);

const rates = { web: [] as number[], api: [] as number[] };
for (let round = 0; round <= rounds; round += 1) {
  const before = crowd.arrived.size;
  const web = await measureRate(
    (nth) => (crowd.visitors[nth % crowd.visitors.length] as Party).publish(`message ${nth}`),
    () => crowd.count(before + messages),
  );
  const api = await measureRate(program.speak, () => program.told(messages));
  say(`  web chat ${whole(web)}/s, API ${whole(api)}/s${round === 0 ? ' (warm-up)' : ''}`);
  if (round === 0) continue;
  rates.web.push(web);
  rates.api.push(api);
}
crowd.close();
await program.close();
await usher.stop();
await rm(dataDir, { recursive: true, force: true });

const share = median(rates.api) / median(rates.web);
await report('api-channel', [
  {
    title: 'Throughput',
    how: `${whole(conversations)} conversations over web chat and as many on an API channel, all with agents. In turns, ${whole(messages)} messages a round, ${AT_ONCE} at a time, ${rounds} rounds after one of warm-up. Web chat: said over MQTT at QoS 1, until the agents were shown the last. API: said by POST …/messages, until the program was told the last by a stream of …/updates. Usher on its embedded database stores each.`,
    columns: targetColumns,
    rows: [
      target('share of web chat’s rate', `>= ${WANTED * 100} %`, percent(share), share >= WANTED),
      ['API channel, stored and told/s', '', whole(median(rates.api)), ''],
      ['web chat, stored and shown/s', '', whole(median(rates.web)), ''],
    ],
  },
]);
process.exit();
