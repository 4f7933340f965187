// Traces by OpenTelemetry: a webhook, its commit, the pass and the deliveries are one trace at a real receiver.
import { expect, onTestFinished, test } from 'vitest';
import { startReceiver } from '../../sandbox/receiver/start-receiver.ts';
import type { SentSpan } from '../makers/decode-spans.ts';
import { makeApiChannel } from '../makers/make-api-channel.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { startTraceReceiver, type TraceReceiver } from '../makers/start-trace-receiver.ts';
import { SECRET, startWithQiscus } from '../makers/start-with-qiscus.ts';
import { connectAgent, connectVisitor } from '../makers/web-client.ts';

const LOCAL = { USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8' };
const TOLD = ['conversation.opened', 'conversation.assigned'];
const named = (spans: readonly SentSpan[], name: string): SentSpan =>
  spans.find((span) => span.name === name) as SentSpan;
const OPENING = 'POST /api/v1/channels/:id/conversations';

/** An endpoint that is told of what is opened and assigned. */
async function listen(usher: TestUsher) {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.stop());
  const body = { url: `${receiver.url}/hook`, secret: 'topsecret', events: TOLD };
  expect((await usher.call('POST', '/api/v1/endpoints', { body })).status).toBe(201);
  return receiver;
}

async function startTraced(
  traces: Pick<TraceReceiver, 'environment'>,
  environment: Record<string, string> = {},
  onLine?: (line: string) => void,
) {
  const usher = await startTestUsher(
    { ...LOCAL, ...traces.environment, ...environment },
    onLine === undefined ? {} : { onLine },
  );
  const channel = await makeApiChannel(usher);
  const open = (externalId: string, headers: Record<string, string> = {}) =>
    usher.call('POST', `/api/v1/channels/${channel.id}/conversations`, {
      body: { externalId, contact: { externalId, name: 'Ana Secret', email: 'ana@example.com' } },
      ...{ headers, token: channel.token },
    });
  return { usher, channel, open };
}

test('one webhook is one trace: the request, its commit, the pass that assigns it, and what is delivered', async () => {
  const traces = await startTraceReceiver();
  const { usher, qiscus } = await startWithQiscus({
    agents: 1,
    environment: { ...LOCAL, ...traces.environment, OTEL_RESOURCE_ATTRIBUTES: 'host.name=a%20b' },
  });
  const endpoint = await listen(usher);
  qiscus.customerMessage({ userId: 'c1@example.com', name: 'Customer 1', text: 'Hi' });
  const spans = await traces.traceWith(
    ...['pass', 'deliver conversation.opened', 'deliver conversation.assigned'],
    'deliver assign',
  );

  const route = 'POST /api/v1/webhook/agent_allocation/:secret';
  const request = named(spans, route);
  expect(request).toMatchObject({
    ...{ parentId: '', kind: 2, status: 0 },
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/api/v1/webhook/agent_allocation/:secret',
      'http.response.status_code': 200,
    },
    resource: { 'service.name': 'usher', 'host.name': 'a b' },
  });
  const commit = named(spans, 'commit');
  expect(commit).toMatchObject({ parentId: request.spanId, kind: 1 });
  expect(commit.attributes['usher.commit.requests']).toBe(1);
  const pass = named(spans, 'pass');
  expect(pass).toMatchObject({ parentId: commit.spanId, links: [] });
  expect(pass.startNs).toBeGreaterThanOrEqual(commit.startNs);
  expect(pass.endNs).toBeGreaterThan(pass.startNs);
  const opened = named(spans, 'deliver conversation.opened');
  expect(opened).toMatchObject({ parentId: commit.spanId, kind: 3 });
  const assigned = named(spans, 'deliver conversation.assigned');
  expect(assigned).toMatchObject({ parentId: pass.spanId, kind: 3 });
  expect(assigned.attributes).toMatchObject({
    ...{ 'usher.delivery.attempt': 1, 'usher.delivery.state': 'done' },
    'http.response.status_code': 200,
  });
  expect(named(spans, 'deliver assign').parentId).toBe(pass.spanId);
  expect(spans.filter(({ parentId }) => parentId === '')).toHaveLength(1);

  // The endpoint can go on with the very span that called it.
  const told = endpoint.requests.map(({ headers }) => headers.traceparent);
  for (const span of [opened, assigned]) {
    expect(told).toContain(`00-${span.traceId}-${span.spanId}-01`);
  }
  expect(JSON.stringify(spans, writeBig)).not.toMatch(/Customer|c1@|Hi|secret_key/);
  expect(JSON.stringify(spans, writeBig)).not.toContain(SECRET);
});

const writeBig = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}` : value);

test('conversations that share a commit and a pass keep a trace each, and their passes are linked', async () => {
  const traces = await startTraceReceiver();
  const { usher, channel, open } = await startTraced(traces);
  await listen(usher);
  // Nobody is there: all wait for one pass.
  await Promise.all(Array.from({ length: 12 }, (_, n) => open(`case-${n}`)));
  await channel.addAgent('Ben');
  await traces.traceWith('pass', 'deliver conversation.assigned');
  const wanted = () => traces.spans().filter(({ name }) => name === 'deliver conversation.opened');
  await eventually(wanted, (found) => found.length === 12);

  const all = traces.spans();
  const requests = all.filter(({ name }) => name === OPENING);
  expect(new Set(requests.map(({ traceId }) => traceId)).size).toBe(12);
  const commits = requests.map(({ spanId }) => all.find(({ parentId }) => parentId === spanId));
  expect(commits.map((one) => one?.name)).toEqual(requests.map(() => 'commit'));
  expect(commits.some((one) => Number(one?.attributes['usher.commit.requests']) > 1)).toBe(true);
  for (const delivery of wanted()) {
    const commit = all.find(({ spanId }) => spanId === delivery.parentId);
    expect(commit).toMatchObject({ name: 'commit', traceId: delivery.traceId });
  }
  const passes = all.filter(({ name }) => name === 'pass');
  const [first, ...others] = passes.map(({ spanId, traceId }) => ({ spanId, traceId }));
  expect(new Set(passes.map(({ traceId }) => traceId)).size).toBe(passes.length);
  expect(passes[0]?.links).toEqual(others);
  expect(passes[1]?.links[0]).toEqual(first);
});

test('a message of web chat is one trace, from the publish to the delivery; typing is none', async () => {
  const traces = await startTraceReceiver();
  const usher = await startTestUsher({ ...LOCAL, ...traces.environment });
  await listen(usher);
  const agent = await connectAgent(usher);
  await agent.beat();
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  const { sessionTopic } = visitor.session;
  await visitor.say(`${sessionTopic}/server/typing`, {});
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'Hi from Ana Secret' });
  const spans = await traces.traceWith(
    ...['pass', 'deliver conversation.opened', 'deliver conversation.assigned'],
  );

  const publish = named(spans, 'process server/sessions/:customer/:session/server/messages');
  expect(publish).toMatchObject({
    ...{ parentId: '', kind: 5, status: 0 },
    attributes: {
      'messaging.system': 'mqtt',
      'messaging.operation.name': 'process',
      'messaging.destination.template': 'server/sessions/:customer/:session/server/messages',
      'usher.publish.state': 'taken',
    },
  });
  const commits = spans.filter(({ parentId }) => parentId === publish.spanId);
  expect(commits.map(({ name }) => name)).toContain('commit');
  const all = traces.spans();
  expect(all.filter(({ name }) => name.includes('typing'))).toEqual([]);
  expect(JSON.stringify(all.map(({ name, attributes }) => [name, attributes]))).not.toMatch(
    new RegExp(`Secret|c1|${visitor.session.sessionId}`),
  );
});

test('off by default: nothing is kept, no header is sent, no line names a trace', async () => {
  const lines: string[] = [];
  const { usher, channel, open } = await startTraced(
    { environment: {} as never },
    {
      LOG_LEVEL: 'debug',
    },
    (line) => lines.push(line),
  );
  const endpoint = await listen(usher);
  await channel.addAgent('Ben');
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  expect((await open('case-1', { traceparent })).status).toBe(201);
  await eventually(
    () => endpoint.requests.length,
    (count) => count === 2,
  );
  expect(endpoint.requests.map(({ headers }) => headers.traceparent)).toEqual([
    undefined,
    undefined,
  ]);
  const { rows } = await usher.database.pool.query('select * from trace_context');
  expect(rows).toEqual([]);
  expect(lines.join('')).not.toContain('trace_id');
});

test.each([
  ['hangs', { fault: 'hang' }],
  ['answers 500', { status: 500 }],
  ['asks to wait', { status: 503, retryAfter: 3600 }],
] as const)(
  'a receiver that %s holds nothing up, is said once, and the stop is soon',
  async (_, behaviour) => {
    const lines: string[] = [];
    const traces = await startTraceReceiver({ behaviour });
    const { usher, channel, open } = await startTraced(
      traces,
      { LOG_LEVEL: 'warn', OTEL_EXPORTER_OTLP_TIMEOUT: '300', OTEL_BSP_MAX_QUEUE_SIZE: '8' },
      (line) => lines.push(line),
    );
    const endpoint = await listen(usher);
    await channel.addAgent('Ben');
    const said = () => lines.filter((line) => line.includes('traces cannot be sent'));
    for (let n = 0; n < 60 || said().length === 0; n += 1) {
      expect((await open(`case-${n}`)).status).toBe(201);
    }
    await eventually(
      () => endpoint.requests.length,
      (count) => count > 60,
    );
    await eventually(
      () => traces.receiver.requests.length,
      (count) => count >= 3,
    );
    expect(said()).toHaveLength(1);
    // It is of no request.
    expect(said()[0]).not.toContain('trace_id');
    const began = performance.now();
    await usher.stop();
    expect(performance.now() - began).toBeLessThan(10_000);
  },
);

test('a receiver that is away is told of once, and once more when it is back', async () => {
  const lines: string[] = [];
  const traces = await startTraceReceiver();
  await traces.receiver.goDown();
  const { open } = await startTraced(
    traces,
    { LOG_LEVEL: 'info', OTEL_EXPORTER_OTLP_TIMEOUT: '200' },
    (line) => lines.push(line),
  );
  const said = (words: string) => lines.filter((line) => line.includes(words)).length;
  await open('case-1');
  await eventually(
    () => said('traces cannot be sent'),
    (count) => count === 1,
  );
  await traces.receiver.comeBack();
  await open('case-2');
  await eventually(
    () => said('traces are sent again'),
    (count) => count === 1,
  );
  expect(said('traces cannot be sent')).toBe(1);
});

const GIVEN = '0af7651916cd43dd8448eb211c80319c';
const parentOf = (flags: string) => `00-${GIVEN}-b7ad6b7169203331-${flags}`;

test.each([
  ['a sampled one', parentOf('01'), undefined],
  ['an unsampled one', parentOf('00'), undefined],
  ['a malformed one', '00-zz-b7ad6b7169203331-01', undefined],
  ['one of zeros', `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`, undefined],
  [
    'one of another version with more to it',
    `${parentOf('01').replace(/^00/, 'cc')}-more`,
    undefined,
  ],
  ['one with an overlong tracestate', parentOf('01'), `a=${'b'.repeat(6000)}`],
])('a stranger’s traceparent changes nothing: %s', async (_, traceparent, tracestate) => {
  const traces = await startTraceReceiver();
  const { open } = await startTraced(traces);
  const headers = { traceparent, ...(tracestate === undefined ? {} : { tracestate }) };
  expect((await open('case-1', headers)).status).toBe(201);
  const spans = await traces.traceWith(OPENING, 'commit');
  expect(named(spans, OPENING)).toMatchObject({ parentId: '', traceState: '' });
  expect(named(spans, OPENING).traceId).not.toBe(GIVEN);
});

test('nobody makes Usher record by a header, where it records nothing by itself', async () => {
  const traces = await startTraceReceiver();
  const { usher, open, channel } = await startTraced(traces, {
    OTEL_TRACES_SAMPLER: 'parentbased_always_off',
  });
  const endpoint = await listen(usher);
  await channel.addAgent('Ben');
  await open('case-1', { traceparent: parentOf('01') });
  await eventually(
    () => endpoint.requests.length,
    (count) => count === 2,
  );
  expect(endpoint.requests[0]?.headers.traceparent).toBeUndefined();
  await usher.stop();
  expect(traces.spans()).toEqual([]);
});

test('who is named is believed: its trace goes on, its choice counts, and what it cannot mean is ignored', async () => {
  const traces = await startTraceReceiver();
  const { usher, open } = await startTraced(traces, {
    OTEL_TRACES_SAMPLER: 'parentbased_always_on',
    USHER_TRUSTED_TRACE_SOURCES: 'loopback',
  });
  await open('case-1', { traceparent: parentOf('01'), tracestate: 'vendor=1' });
  const spans = await traces.traceWith(OPENING, 'commit');
  expect(named(spans, OPENING)).toMatchObject({
    ...{ traceId: GIVEN, parentId: 'b7ad6b7169203331', traceState: 'vendor=1' },
  });
  // Not to be recorded.
  await open('case-2', { traceparent: parentOf('00').replace(/^00-0/, '00-1') });
  await open('case-3', { traceparent: 'nonsense', tracestate: `a=${'b'.repeat(6000)}` });
  const request = { 'http.request.method': 'POST', 'http.response.status_code': 201 };
  const posted = () =>
    traces.spans().filter(({ name, traceId }) => name === OPENING && traceId !== GIVEN);
  await eventually(posted, (found) => found.length === 1);
  expect(posted()[0]).toMatchObject({ parentId: '', traceState: '', attributes: request });
  await usher.stop();
  expect(posted()).toHaveLength(1);
});

test('lines name the trace of what they are about', async () => {
  const lines: Record<string, unknown>[] = [];
  const traces = await startTraceReceiver();
  const { usher, channel, open } = await startTraced(traces, {}, (line) => {
    lines.push(JSON.parse(line));
  });
  await listen(usher);
  await channel.addAgent('Ben');
  await open('case-1');
  const spans = await traces.traceWith(OPENING, 'deliver conversation.assigned');
  const linesOf = (name: string) => {
    const { traceId: trace_id, spanId: span_id } = named(spans, name);
    return lines.filter((line) => line.trace_id === trace_id && line.span_id === span_id);
  };
  const answered = expect.objectContaining({ msg: 'answered', reqId: expect.any(String) });
  await eventually(
    () => linesOf(OPENING),
    ({ length }) => length > 0,
  );
  expect(linesOf(OPENING)).toEqual([answered]);
  const delivered = expect.objectContaining({ msg: 'a delivery was attempted' });
  await eventually(
    () => linesOf('deliver conversation.assigned'),
    ({ length }) => length > 0,
  );
  expect(linesOf('deliver conversation.assigned')).toEqual([delivered]);
});

test('a trace goes on in another process: what waited is assigned and told by a server started later', async () => {
  const traces = await startTraceReceiver();
  const first = await startTraced(traces);
  await listen(first.usher);
  await first.open('case-1');
  const [request] = await traces.traceWith(OPENING, 'commit', 'deliver conversation.opened');
  await first.usher.stop();
  const environment = { ...LOCAL, ...traces.environment, DATABASE_URL: first.usher.database.url };
  const second = await startTestUsher({ ...environment, OTEL_SERVICE_NAME: 'second' });
  const body = { name: 'Ben', availability: 'online' };
  expect((await second.call('POST', '/api/v1/agents', { body })).status).toBe(201);
  const spans = await traces.traceWith('pass', 'deliver conversation.assigned');
  expect(named(spans, 'commit').parentId).toBe(request?.spanId);
  expect(named(spans, 'pass')).toMatchObject({
    ...{ parentId: named(spans, 'commit').spanId, resource: { 'service.name': 'second' } },
  });
});

test('what belongs to which trace is forgotten after an hour', async () => {
  const traces = await startTraceReceiver();
  const { usher, open } = await startTraced(traces);
  const count = async () =>
    Number((await usher.database.pool.query('select count(*) from trace_context')).rows[0].count);
  await open('case-1');
  expect(await count()).toBe(1);
  await usher.clock.advance(3_600_000 + 300_000);
  await eventually(count, (left) => left === 0);
});
