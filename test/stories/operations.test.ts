// What whoever runs Usher relies on: probes, measurements, the description of the API, secrets that stay secret.
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { openLogs } from '../../src/telemetry/log.ts';
import { startTestUsher } from '../makers/start-test-usher.ts';

test('it is ready once it can serve, and its measurements are Prometheus text', async () => {
  const usher = await startTestUsher();
  expect(await usher.call('GET', '/livez', { token: null })).toMatchObject({ status: 200 });
  expect(await usher.call('GET', '/readyz', { token: null })).toMatchObject({
    status: 200,
    body: { status: 'ready' },
  });
  const { text } = await usher.call('GET', '/metrics', { token: null });
  for (const name of [
    'usher_waiting',
    'usher_oldest_wait_seconds',
    'usher_free_capacity',
    'usher_assignments_total',
    'usher_pass_seconds',
    'usher_agents_over_capacity',
    'usher_found_by_sweep_total',
    'nodejs_eventloop_lag_seconds',
  ]) {
    expect(text).toContain(name);
  }
});

test('the API describes itself', async () => {
  const usher = await startTestUsher();
  const { body } = await usher.call('GET', '/openapi.json', { token: null });
  expect(body).toMatchObject({
    openapi: '3.1.0',
    paths: { '/api/v1/agents': { get: {}, post: {} } },
  });
  expect(await usher.call('GET', '/docs/', { token: null })).toMatchObject({
    status: 200,
  });
});

test('a channel’s secrets are written and never read back', async () => {
  const usher = await startTestUsher({ USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8' });
  const made = await usher.call('POST', '/api/v1/channels', {
    body: {
      kind: 'qiscus',
      name: 'Second',
      config: { baseUrl: 'http://127.0.0.1:65001', appId: 'second-app' },
      secrets: { secretKey: 'very-secret', webhookSecret: 'hook-secret' },
    },
  });
  expect(made.status).toBe(201);
  const { text } = await usher.call('GET', '/api/v1/channels');
  expect(made.text + text).not.toMatch(/very-secret|hook-secret/);
  expect(made.body).toMatchObject({
    urls: { agentAllocation: expect.stringContaining('/webhook/agent_allocation/<secret>') },
  });
  const body = { app_id: 'second-app', room_id: '1', source: 'wa' };
  const hook = await usher.call('POST', '/api/v1/webhook/agent_allocation/hook-secret', {
    body,
    token: null,
  });
  expect(hook.status).toBe(200);
});

test('errors reach Slack in one batch, and a Slack that hangs holds nothing up', async () => {
  const bodies: string[] = [];
  const slack = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      bodies.push(body);
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void slack.close());
  const { port } = slack.address() as { port: number };
  const { log, flush } = openLogs({
    LOG_LEVEL: 'info',
    LOG_STACK: 'slack',
    LOG_SLACK_WEBHOOK_URL: `http://127.0.0.1:${port}/hook`,
  });
  log.info({}, 'fine');
  log.error({ password: 'hidden' }, 'first');
  log.error({ err: new Error('the reason') }, 'second');
  await flush();
  expect(bodies).toHaveLength(1);
  const { text } = JSON.parse(bodies[0] ?? '{}') as { text: string };
  expect(text).toMatch(/first\n.*second: the reason/);
  expect(text).not.toMatch(/hidden|fine/);
});
