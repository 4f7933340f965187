// The page of the status: what really fails is told there, and is well again afterwards.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startReceiver } from '../../sandbox/receiver/start-receiver.ts';
import { readConfig } from '../../src/config.ts';
import type { Status } from '../../src/contract/status.ts';
import { backUp } from '../../src/startup/back-up.ts';
import {
  eventually,
  NO_QISCUS,
  startTestUsher,
  type TestUsher,
} from '../makers/start-test-usher.ts';

const LOCAL = { ...NO_QISCUS, USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8' };

const read = async ({ call }: TestUsher) => (await call('GET', '/api/v1/status')).body as Status;
const codes = async (usher: TestUsher) => (await read(usher)).items.map(({ code }) => code);

test('an endpoint that fails is told with what it answered, and is well after a success', async () => {
  const receiver = await startReceiver({ behaviour: { status: 503 } });
  onTestFinished(receiver.stop);
  const usher = await startTestUsher(LOCAL);
  const body = { url: receiver.url, events: ['conversation.opened'] };
  await usher.call('POST', '/api/v1/endpoints', { body });
  const channel = await usher.call('POST', '/api/v1/channels', {
    body: { kind: 'api', name: 'P' },
  });
  const { id } = channel.body as { id: string };
  expect(await codes(usher)).toContain('endpoint.unused');
  const opening = { externalId: '1', contact: { externalId: 'c' } };
  await usher.call('POST', `/api/v1/channels/${id}/conversations`, { body: opening });
  await eventually(
    () => codes(usher),
    (all) => all.includes('endpoint.failing'),
  );
  const { state, items } = await read(usher);
  expect(state).toBe('failing');
  const failing = items.find(({ code }) => code === 'endpoint.failing');
  expect(failing).toMatchObject({
    name: expect.stringContaining(receiver.url),
    detail: expect.stringContaining('503'),
  });
  expect(items.find(({ name }) => name === 'P')).toMatchObject({ code: 'channel.well', count: 1 });
  receiver.setBehaviour({ status: 200 });
  await usher.clock.advance(120_000);
  await eventually(
    () => codes(usher),
    (all) => all.includes('endpoint.well'),
  );
});

test('a backup by the command is told with its time', async () => {
  const usher = await startTestUsher(LOCAL);
  expect(await codes(usher)).toContain('backup.none');
  const folder = await mkdtemp(join(tmpdir(), 'usher-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const config = readConfig({ DATABASE_URL: usher.database.url, USHER_DATA_DIR: usher.dataDir });
  await backUp(config, join(folder, 'usher.backup'));
  const taken = (await read(usher)).items.find(({ code }) => code === 'backup.well');
  expect(Math.abs(Date.parse(taken?.since ?? '') - Date.now())).toBeLessThan(60_000);
});

test('a broker that nobody reaches is told', async () => {
  const usher = await startTestUsher({
    ...LOCAL,
    MQTT_URL: 'mqtt://127.0.0.1:9',
    MQTT_PUBLIC_URL: 'wss://mqtt.example.com',
  });
  usher.expectErrors(({ msg }) => msg.includes('broker'));
  expect(await codes(usher)).toContain('broker.away');
});

test('agents and supervisors are refused', async () => {
  const usher = await startTestUsher(LOCAL);
  const made = await usher.call('POST', '/api/v1/tokens', {
    body: { name: 't', role: 'supervisor' },
  });
  const { token } = made.body as { token: string };
  expect((await usher.call('GET', '/api/v1/status', { token })).status).toBe(403);
});
