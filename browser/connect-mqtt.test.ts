// The client against a real broker.
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { connectMqtt, type MqttConnection, type MqttOptions } from './connect-mqtt.ts';
import { startTestBroker } from './test-broker.ts';

type Seen = MqttConnection & { messages: [string, string][]; closed: string[] };

async function connect(url: string, options: Partial<MqttOptions> = {}): Promise<Seen> {
  const messages: [string, string][] = [];
  const closed: string[] = [];
  const connection = await connectMqtt({
    url,
    clientId: `test-${Math.random().toString(36).slice(2)}`,
    username: 'somebody',
    password: 'right',
    keepAliveSeconds: 30,
    onMessage: (topic, payload) => messages.push([topic, payload]),
    onClose: (reason) => closed.push(reason),
    ...options,
  });
  onTestFinished(() => connection.close());
  const close = () => connection.close();
  return {
    publish: connection.publish.bind(connection),
    subscribe: connection.subscribe.bind(connection),
    close,
    messages,
    closed,
  };
}

async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 5000, interval: 10 }).toBe(true);
}

test('what one publishes, the other gets, whatever its length and letters', async () => {
  const { url } = await startTestBroker();
  const [sender, receiver] = [await connect(url), await connect(url)];
  expect(await receiver.subscribe(['room/+', 'other'])).toEqual([1, 1]);
  const texts = ['', 'halo 👋 안녕', 'x'.repeat(127), 'y'.repeat(128), 'z'.repeat(60_000)];
  for (const text of texts) await sender.publish('room/1', text, 1);
  await sender.publish('room/2', 'typing', 0);
  await until(() => receiver.messages.length === texts.length + 1);
  expect(receiver.messages).toEqual([
    ...texts.map((text) => ['room/1', text]),
    ['room/2', 'typing'],
  ]);
});

test('a refused filter is answered with 128 and the others are granted', async () => {
  const { url } = await startTestBroker();
  const client = await connect(url);
  expect(await client.subscribe(['secret', 'open'])).toEqual([128, 1]);
});

test.each([
  ['a wrong password', { password: 'wrong' }, 5],
  ['a user who is not allowed', { username: 'nobody' }, 5],
])('%s is refused with its code', async (_what, options, code) => {
  const { url } = await startTestBroker();
  await expect(connect(url, options)).rejects.toMatchObject({ code });
});

test('nobody there is an error that is no refusal', async () => {
  const failed = await connect('ws://127.0.0.1:9/mqtt').catch((error: Error) => error);
  expect(failed).toBeInstanceOf(Error);
  expect(failed).not.toHaveProperty('code');
});

test('when the line is cut, what was under way rejects and the reason is told once', async () => {
  const { url, broker, cut } = await startTestBroker();
  broker.authorizePublish = () => {};
  const client = await connect(url);
  const publishing = client.publish('room/1', 'never acknowledged', 1);
  cut();
  await expect(publishing).rejects.toThrow('lost');
  expect(client.closed).toEqual(['lost']);
  await expect(client.publish('room/1', 'later', 0)).rejects.toThrow('no connection');
});

test('the last will is published when the line is cut, and not after a farewell', async () => {
  const { url, sockets } = await startTestBroker();
  const watcher = await connect(url);
  await watcher.subscribe(['wills']);
  const will = (payload: string) => ({ will: { topic: 'wills', payload, qos: 1 as const } });
  const polite = await connect(url, will('polite'));
  polite.close();
  await until(() => sockets.size === 1);
  await connect(url, will('cut'));
  [...sockets].at(-1)?.terminate();
  await until(() => watcher.messages.length > 0);
  expect(watcher.messages).toEqual([['wills', 'cut']]);
});

test('pings keep a silent connection alive beyond the time of its keep-alive', async () => {
  const { url } = await startTestBroker();
  // The broker cuts off who is silent for 4.5 s.
  const client = await connect(url, { keepAliveSeconds: 3 });
  await new Promise((done) => setTimeout(done, 6000));
  await client.publish('still', 'here', 1);
  expect(client.closed).toEqual([]);
});

test.each([
  ['answers no ping', null, 'keep-alive'],
  ['sends what is no packet', Buffer.from([0xf0, 0]), 'protocol'],
  ['sends text', 'hello', 'protocol'],
  ['acknowledges what was not sent', Buffer.from([0x40, 2, 0, 9]), 'protocol'],
  ['accepts twice', Buffer.from([0x20, 2, 0, 0]), 'protocol'],
])('a server that %s is left', async (_what, bytes, reason) => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  server.on('connection', (socket) => {
    socket.once('message', () => {
      socket.send(Buffer.from([0x20, 2, 0, 0]));
      if (bytes !== null) socket.send(bytes);
    });
  });
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as { port: number };
  const keepAliveSeconds = reason === 'keep-alive' ? 0.3 : 30;
  const client = await connect(`ws://127.0.0.1:${port}`, { keepAliveSeconds });
  await until(() => client.closed.length > 0);
  expect(client.closed).toEqual([reason]);
});
