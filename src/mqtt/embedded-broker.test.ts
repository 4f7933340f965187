import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { connectMqtt } from '../../browser/connect-mqtt.ts';
import { eventually } from '../../test/makers/start-test-usher.ts';
import { makeClock } from '../clock.ts';
import { DatabaseAway } from '../store/is-outage.ts';
import type { Door } from './door.ts';
import { startEmbeddedBroker } from './embedded-broker.ts';

/** Whoever connects is of the workspace that they name; `says`: what comes of a publish. */
async function startBroker({ says = async () => 'forbidden' }: { says?: Door['take'] } = {}) {
  const http = createServer();
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const faults: unknown[] = [];
  const broker = await startEmbeddedBroker({
    ...{
      http,
      baseTopic: '',
      tcpPort: undefined,
      host: '127.0.0.1',
      onError: (error) => void faults.push(error),
    },
    addressOf: () => '127.0.0.1',
    clock: makeClock(),
    db: {
      query: () => {
        throw new Error('Nothing is to be looked up.');
      },
    } as never,
    door: {
      recognise: async ({ username = '' }) => ({ kind: 'anonymous', workspaceId: username }),
      maySubscribe: async () => true,
      take: says,
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
  return { broker, connect, faults };
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

test('a fault in what a client’s publish sets off is told; that the database is away is not', async () => {
  const fault = new Error('A fault of ours.');
  const failures = [new DatabaseAway(), fault];
  const says = () => Promise.reject(failures.shift());
  const { connect, faults } = await startBroker({ says });
  for (const left of [1, 0]) {
    const client = await connect('a');
    await expect(client.publish('w/a/anything', '{}', 1)).rejects.toThrow();
    expect(failures).toHaveLength(left);
  }
  expect(faults).toEqual([fault]);
});

test('it has stopped only when what a client said is taken, or has failed', async () => {
  const { promise: taking, resolve: take } = Promise.withResolvers<'forbidden'>();
  let heard = false;
  const says: Door['take'] = () => {
    heard = true;
    return taking;
  };
  const { broker, connect } = await startBroker({ says });
  const client = await connect('a');
  client.publish('w/a/anything', '{}', 1).catch(() => {});
  await eventually(
    () => heard,
    (is) => is,
  );
  let stopped = false;
  const stopping = broker.stop().then(() => {
    stopped = true;
  });
  await new Promise((done) => setTimeout(done, 300));
  expect(stopped).toBe(false);
  take('forbidden');
  await stopping;
});
