import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { connectMqtt } from '../../browser/connect-mqtt.ts';
import { eventually } from '../../test/makers/start-test-usher.ts';
import { makeClock } from '../clock.ts';
import { startEmbeddedBroker } from './embedded-broker.ts';

/** Whoever connects is of the workspace that they name. */
async function startBroker() {
  const http = createServer();
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const fail = (error: unknown): never => {
    throw error;
  };
  const broker = await startEmbeddedBroker({
    ...{ http, baseTopic: '', tcpPort: undefined, host: '127.0.0.1', onError: fail },
    addressOf: () => '127.0.0.1',
    clock: makeClock(),
    db: { query: () => fail(new Error('Nothing is to be looked up.')) } as never,
    door: {
      recognise: async ({ username = '' }) => ({ kind: 'anonymous', workspaceId: username }),
      maySubscribe: async () => true,
      take: async () => 'forbidden',
      came: () => {},
      left: () => {},
      onRefusal: () => {},
    },
  });
  onTestFinished(async () => {
    await broker.stop();
    await new Promise((done) => http.close(done));
  });
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/mqtt`;
  const connect = (workspaceId: string) =>
    connectMqtt({
      ...{ url, clientId: crypto.randomUUID(), username: workspaceId, password: 'any' },
      ...{ keepAliveSeconds: 30, onMessage: () => {}, onClose: () => {} },
    });
  return { broker, connect };
}

test('a workspace is heard while somebody of it is connected, and not for those of another', async () => {
  const { broker, connect } = await startBroker();
  const clients = [await connect('a'), await connect('a'), await connect('b')];
  expect(['a', 'b', 'c'].filter(broker.isHeard)).toEqual(['a', 'b']);
  clients[0]?.close();
  clients[2]?.close();
  await eventually(
    () => broker.isHeard('b'),
    (is) => !is,
  );
  expect(broker.isHeard('a')).toBe(true);
});
