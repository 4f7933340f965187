// What the doctor says of a broker beside Usher.
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../config.ts';
import { findFreePort } from '../torture/find-free-port.ts';
import { checkBrokers } from './check-brokers.ts';

async function startBroker(lets: (username: string, password: string) => boolean) {
  const broker = await Aedes.createBroker({
    authenticate: (_client, username, password, done) =>
      done(null, lets(username ?? '', password?.toString() ?? '')),
  });
  const server = createServer(broker.handle);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    await new Promise<void>((done) => broker.close(() => done()));
    server.close();
  });
  return (server.address() as { port: number }).port;
}

const isOurs = (username: string, password: string) => username === 'us' && password === 'secret';
const PUBLIC = 'wss://mqtt.example.com/mqtt';
const check = (url: string) => checkBrokers(readConfig({ MQTT_URL: url, MQTT_PUBLIC_URL: PUBLIC }));

test('without a broker beside Usher nothing is said', async () => {
  expect(await checkBrokers(readConfig({}))).toEqual([]);
});

test('a broker that takes our login alone is well', async () => {
  const port = await startBroker(isOurs);
  expect(await check(`mqtt://us:secret@127.0.0.1:${port}`)).toEqual([
    { name: 'broker', state: 'ok', says: `127.0.0.1:${port} takes the login` },
  ]);
});

test('one that refuses our login is named, without the password', async () => {
  const port = await startBroker(isOurs);
  const [found] = await check(`mqtt://us:wrong-word@127.0.0.1:${port}`);
  expect(found).toMatchObject({ state: 'failed', says: expect.stringContaining('MQTT_URL') });
  expect(found?.says).not.toContain('wrong-word');
});

test('one that lets in whoever comes is not well', async () => {
  const port = await startBroker(() => true);
  expect(await check(`mqtt://us:secret@127.0.0.1:${port}`)).toMatchObject([
    { state: 'failed', says: expect.stringContaining('lets in whoever comes') },
  ]);
});

test('where nobody listens it says so, also of the broker that tells who is at work', async () => {
  const port = await findFreePort();
  const url = `mqtt://127.0.0.1:${port}`;
  const config = readConfig({
    ...{ MQTT_URL: url, MQTT_PUBLIC_URL: PUBLIC },
    ...{ ATTENDANT_PRESENCE_MQTT_BROKER_HOST: url, ATTENDANT_PRESENCE_TOPIC: 'presence/#' },
  });
  expect(await checkBrokers(config)).toMatchObject([
    { name: 'broker', state: 'failed', says: expect.stringContaining('nobody listens') },
    { name: 'presence broker', state: 'failed', says: expect.stringContaining('nobody listens') },
  ]);
});
