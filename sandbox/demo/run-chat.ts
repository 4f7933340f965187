// The chat demonstration: a throw-away Usher, a shop's page with the widget, and agents who answer.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../../src/config.ts';
import { startUsher } from '../../src/main.ts';
import { type ChatAgent, startChatAgent } from './chat-agent.ts';
import { writeShop } from './shop-page.ts';

const ADMIN_TOKEN = 'demo-admin-token-not-for-production';
const NAMES = ['Ana', 'Budi', 'Citra'];

const { duration } = JSON.parse(process.argv[2] ?? '{}') as { duration?: string };
const seconds = duration === undefined ? null : Number(duration);
if (seconds !== null && !(seconds > 0)) throw new Error('--duration must be a number of seconds.');

const dataDir = await mkdtemp(join(tmpdir(), 'usher-chat-'));
const say = (line: string) => process.stdout.write(`${line}\n`);
const usher = await startUsher(
  readConfig({
    PORT: '0',
    USHER_DATA_DIR: dataDir,
    USHER_ADMIN_TOKEN: ADMIN_TOKEN,
    LOG_LEVEL: 'silent',
  }),
  pino({ level: 'silent' }),
);
const agents: ChatAgent[] = [];
for (const name of NAMES) {
  agents.push(await startChatAgent({ url: usher.url, adminToken: ADMIN_TOKEN, name, say }));
}
const shop = await serveShop(usher.url);
const { port } = shop.address() as AddressInfo;
say('');
say(`A shop with the chat on its page:  http://127.0.0.1:${port}`);
say(`${NAMES.join(', ')} are online and answer. Open the page and say something.`);
say(seconds === null ? 'Ctrl-C ends it.' : `It ends after ${seconds} s.`);
say('');
await ended(seconds);
for (const agent of agents) agent.stop();
shop.close();
shop.closeAllConnections();
await usher.stop();
await rm(dataDir, { recursive: true, force: true });
const answered = agents.reduce((sum, agent) => sum + agent.answers(), 0);
say(`${answered} ${answered === 1 ? 'answer was' : 'answers were'} given.`);
process.exit();

/** Of another origin than Usher, as a customer's site is. */
function serveShop(origin: string): Promise<Server> {
  const server = createServer((_request, response) => {
    const { html, policy } = writeShop(origin);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('content-security-policy', policy);
    response.end(html);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function ended(afterSeconds: number | null): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
    if (afterSeconds !== null) setTimeout(resolve, afterSeconds * 1000);
  });
}
