// What the doctor says of the collector of traces.
import { expect, test } from 'vitest';
import { startTraceReceiver } from '../../test/makers/start-trace-receiver.ts';
import { readConfig } from '../config.ts';
import { findFreePort } from '../torture/find-free-port.ts';
import { checkTraces } from './check-traces.ts';

const at = (url: string) =>
  readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20secret' });

test('without a collector nothing is said', async () => {
  expect(await checkTraces(readConfig({}))).toEqual([]);
});

test('a collector that takes traces is well, and is sent no span', async () => {
  const { receiver, spans } = await startTraceReceiver();
  expect(await checkTraces(at(receiver.url))).toEqual([
    { name: 'traces', state: 'ok', says: `${receiver.url} takes them` },
  ]);
  expect(receiver.requests[0]).toMatchObject({ path: '/v1/traces', method: 'POST' });
  expect(receiver.requests[0]?.headers['x-key']).toBe('a secret');
  expect(spans()).toEqual([]);
});

test.each([
  [401, /OTEL_EXPORTER_OTLP_HEADERS/],
  [404, /knows no \/v1\/traces/],
  [415, /no http\/protobuf/],
])('an answer of %i names what to look at, and no key', async (status, says) => {
  const { receiver } = await startTraceReceiver({ behaviour: { status } });
  const [check] = await checkTraces(at(receiver.url));
  expect(check).toMatchObject({ state: 'failed', says: expect.stringMatching(says) });
  expect(check?.says).not.toContain('secret');
});

test('where nobody listens it names the setting', async () => {
  const [check] = await checkTraces(at(`http://127.0.0.1:${await findFreePort()}`));
  expect(check).toMatchObject({ state: 'failed', says: expect.stringContaining('4318') });
});
