// Spans are sent by OTLP as its specification says, tried again where it says so, and given up in time.
import { resourceFromAttributes } from '@opentelemetry/resources';
import { type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, onTestFinished, test } from 'vitest';
import type { Plan } from '../../sandbox/receiver/behaviour.ts';
import { decodeSpans } from '../../test/makers/decode-spans.ts';
import { openTestOutbound } from '../../test/makers/open-test-outbound.ts';
import { startTraceReceiver } from '../../test/makers/start-trace-receiver.ts';
import { makeClock } from '../clock.ts';
import { exportSpans } from './export-spans.ts';

async function makeExporter(behaviour: Plan, timeoutMs = 5000) {
  const { receiver } = await startTraceReceiver({ behaviour });
  const lines: string[] = [];
  const note = (_: object, message: string) => void lines.push(message);
  const giveUp = new AbortController();
  const exporter = exportSpans({
    ...{ url: `${receiver.url}/v1/traces`, headers: { 'x-key': 'secret' }, timeoutMs },
    ...{ outbound: openTestOutbound(), signal: giveUp.signal, clock: makeClock() },
    log: { debug: note, info: note, warn: note },
  });
  const send = (): Promise<number> =>
    new Promise((done) => exporter.export([makeSpan()], ({ code }) => done(code)));
  return { receiver, lines, send, giveUp };
}

function makeSpan(): ReadableSpan {
  const spans: ReadableSpan[] = [];
  const keep = {
    export: (all: ReadableSpan[]) => void spans.push(...all),
    shutdown: async () => {},
  };
  const spanProcessors = [new SimpleSpanProcessor({ exporter: keep })];
  const resource = resourceFromAttributes({ 'service.name': 'test' });
  const provider = new TracerProvider({ spanProcessors, resource });
  onTestFinished(() => provider.shutdown());
  provider.getTracer('test').startSpan('one').end();
  return spans[0] as ReadableSpan;
}

test('it posts protobuf with the headers of the operator', async () => {
  const { receiver, send, lines } = await makeExporter({ status: 200 });
  expect(await send()).toBe(0);
  const [request] = receiver.requests;
  expect(request).toMatchObject({ method: 'POST', path: '/v1/traces' });
  expect(request?.headers).toMatchObject({
    'content-type': 'application/x-protobuf',
    'x-key': 'secret',
  });
  expect(decodeSpans(request?.body ?? Buffer.alloc(0))).toMatchObject([{ name: 'one' }]);
  expect(lines).toEqual([]);
});

test.each([429, 502, 503, 504])('after %i it tries again, when it is told to', async (status) => {
  const { receiver, send } = await makeExporter([{ status, retryAfter: 0 }, { status: 200 }]);
  expect(await send()).toBe(0);
  expect(receiver.requests).toHaveLength(2);
});

test.each([400, 401, 404, 500])('after %i it does not', async (status) => {
  const { receiver, send, lines } = await makeExporter([{ status }, { status: 200 }]);
  expect(await send()).toBe(1);
  expect(receiver.requests).toHaveLength(1);
  expect(lines).toEqual(['traces cannot be sent, and are dropped until they can']);
});

test('a stop gives up what hangs, and what waits to be tried again', async () => {
  for (const behaviour of [{ fault: 'hang' }, { status: 503, retryAfter: 50 }] as const) {
    const { receiver, send, giveUp } = await makeExporter(behaviour, 60_000);
    const sent = send();
    await expect.poll(() => receiver.requests.length).toBe(1);
    giveUp.abort();
    expect(await sent).toBe(1);
  }
});
