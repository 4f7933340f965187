// Three nodes of RabbitMQ with quorum queues: the one that Usher's inbox stands at dies while a visitor writes.
import { expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { rabbitMissing, startRabbitCluster } from '../makers/start-rabbitmq.ts';
import { startTcpProxy } from '../makers/start-tcp-proxy.ts';
import { callOf, eventually } from '../makers/start-test-usher.ts';
import { NO_BROKER } from '../makers/watch-errors.ts';
import { connectWeb, startSession } from '../makers/web-client.ts';
import { heardBy } from '../makers/webchat-stand.ts';
import { startServerProcess } from './server-process.ts';

const long = process.env.USHER_LONG_TESTS === '1';
const WORDS = 400;
const KILL_AT = 200;

const secret = 'a-secret-of-the-broker';
const login = { username: 'usher-node', password: 'of-the-broker' };

async function startThree() {
  const askPort = await findFreePort();
  const cluster = await startRabbitCluster({ askPort, secret, login, size: 3, queues: 'quorum' });
  onTestFinished(() => cluster.stop());
  // As a balancer before them does it: one address, which leads to a node that lives.
  const target = { host: '127.0.0.1', port: Number(new URL(cluster.first.tcpUrl).port) };
  const proxy = await startTcpProxy(target);
  const address = new URL(cluster.first.tcpUrl);
  address.port = String(proxy.port);
  const moveToSecond = async (): Promise<void> => {
    await proxy.goDown();
    target.port = Number(new URL(cluster.second.tcpUrl).port);
    await proxy.comeBack();
  };
  const environment = {
    PORT: String(askPort),
    MQTT_URL: address.href,
    MQTT_PUBLIC_URL: cluster.third?.webSocketUrl ?? '',
    MQTT_HOOK_SECRET: secret,
  };
  return { cluster, environment, moveToSecond };
}

test.runIf(long && rabbitMissing === null)(
  'the node of the inbox dies: nothing that the broker has acknowledged is lost, doubled or out of order',
  async () => {
    const { pool, url } = await makeDatabase();
    const { cluster, environment, moveToSecond } = await startThree();
    const server = await startServerProcess({ DATABASE_URL: url, ...environment });
    server.expectErrors(NO_BROKER);
    await server.ready();
    const call = callOf(server.url);
    await heardBy({ call });
    const session = await startSession({ call });
    const visitor = await connectWeb(session.mqtt);
    const words = Array.from({ length: WORDS }, (_, at) => `word ${at}`);
    for (const [at, content] of words.entries()) {
      if (at === KILL_AT) void cluster.first.kill().then(moveToSecond);
      // Waits until the broker acknowledges it.
      await visitor.say(`${session.sessionTopic}/server/messages`, {
        clientMessageId: content,
        content,
      });
    }
    const read = async () => {
      const { rows } = await pool.query<{ text: string }>(
        `select text from message where kind = 'text' order by seq`,
      );
      return rows.map(({ text }) => text);
    };
    expect(await eventually(read, ({ length }) => length >= WORDS, 60_000)).toEqual(words);
  },
  420_000,
);
