// The chat demonstration: a throw-away Usher, a shop's page with the widget, and agents who answer.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { listenForStop, whenAborted } from '../../src/cli/stop-signal.ts';
import { readConfig } from '../../src/config.ts';
import { startUsher } from '../../src/main.ts';
import { type ChatAgent, startChatAgent } from './chat-agent.ts';
import { makeFolder } from './make-folder.ts';
import { writeShop } from './shop-page.ts';

const ADMIN_TOKEN = 'demo-admin-token-not-for-production';
const NAMES = ['Ana', 'Budi', 'Citra'];

const { duration } = JSON.parse(process.argv[2] ?? '{}') as { duration?: string };
const seconds = duration === undefined ? null : Number(duration);
if (seconds !== null && !(seconds > 0)) throw new Error('--duration must be a number of seconds.');

const say = (line: string) => void process.stdout.write(`${line}\n`);
const stop = listenForStop();
const folder = await makeFolder();
try {
  const config = readConfig({
    PORT: '0',
    USHER_DATA_DIR: folder.path,
    USHER_ADMIN_TOKEN: ADMIN_TOKEN,
    LOG_LEVEL: 'silent',
  });
  const usher = await startUsher(config, pino({ level: 'silent' }), stop);
  await show(usher.url).finally(usher.stop);
} catch (error) {
  if (!stop.aborted) throw error;
} finally {
  await folder.remove();
}
process.exit();

async function show(url: string): Promise<void> {
  const agents: ChatAgent[] = [];
  for (const name of NAMES) {
    agents.push(await startChatAgent({ url, adminToken: ADMIN_TOKEN, name, say }));
  }
  const shop = await serveShop(url);
  const { port } = shop.address() as AddressInfo;
  say('');
  say(`A shop with the chat on its page:  http://127.0.0.1:${port}`);
  say(`${NAMES.join(', ')} are online and answer. Open the page and say something.`);
  say(seconds === null ? 'Ctrl-C ends it.' : `It ends after ${seconds} s.`);
  say('');
  const over = seconds === null ? [] : [delay(seconds * 1000)];
  await Promise.race([whenAborted(stop), ...over]);
  for (const agent of agents) agent.stop();
  shop.close();
  shop.closeAllConnections();
  const answered = agents.reduce((sum, agent) => sum + agent.answers(), 0);
  say(`${answered} ${answered === 1 ? 'answer was' : 'answers were'} given.`);
}

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
