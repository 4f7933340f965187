import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openTestOutbound } from '../../../test/makers/open-test-outbound.ts';
import { json, startStandIn } from '../../../test/makers/start-qiscus-stand-in.ts';
import { openQiscusClient, type QiscusClient } from './client.ts';

const assign = (client: QiscusClient) =>
  client.assignAgent({ roomId: '1', agentId: '7', replace: false });

describe('trouble on the way', () => {
  it('is told without what listens where, or what a name inside leads to', async () => {
    const guarded = openTestOutbound({
      allowed: [],
      lookup: async () => [{ address: '10.1.2.3', family: 4 }],
    });
    const { stop, client } = await startStandIn(() => undefined, {});
    await stop();
    const others = ['http://127.0.0.1:5432', 'http://metadata.internal', 'http://[::1]/'];
    const clients = others.map((baseUrl) =>
      openQiscusClient({ baseUrl, appId: 'app', secretKey: 'key', outside: guarded }),
    );
    for (const one of [client, ...clients]) {
      const outcome = await assign(one);
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'unavailable' } });
      expect(JSON.stringify(outcome)).not.toMatch(/\d\.\d|ECONN|refused|::1|5432|internal/);
    }
  });

  it('that kept the request from leaving is "unavailable"', async () => {
    const { client, stop } = await startStandIn((_request, response) => response.end());
    await stop();
    expect(await assign(client)).toMatchObject({ failure: { kind: 'unavailable', status: null } });
  });

  it('after the request left is "unknown": no answer in time', async () => {
    const { client } = await startStandIn(() => undefined, { timeoutMs: 2000 });
    expect(await assign(client)).toMatchObject({
      failure: { kind: 'unknown', text: 'no answer in time' },
    });
  });

  it('after the request left is "unknown": a reset', async () => {
    const { client } = await startStandIn((request) => request.socket.destroy());
    expect(await assign(client)).toMatchObject({ failure: { kind: 'unknown', status: null } });
  });

  it('after the request left is "unknown": half an answer, or far too much of one', async () => {
    const half = await startStandIn((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"data"');
      void setTimeout(20).then(() => response.destroy());
    });
    expect(await assign(half.client)).toMatchObject({ failure: { kind: 'unknown' } });
    const huge = await startStandIn((_request, response) => response.end('x'.repeat(6_000_000)));
    expect(await assign(huge.client)).toMatchObject({ failure: { kind: 'unknown' } });
  });

  it('is never a second attempt', async () => {
    const { client, seen } = await startStandIn((_request, response) => json(response, 503, {}));
    await assign(client);
    expect(seen).toHaveLength(1);
  });

  it('before a connection came free keeps the request from leaving at all', async () => {
    const outside = openTestOutbound({ maxPerOrigin: 1 });
    const patient = { timeoutMs: 3000, outside };
    const { client, seen, baseUrl } = await startStandIn(() => undefined, patient);
    const hasty = { baseUrl, appId: 'app', secretKey: 'key', timeoutMs: 300, outside };
    const other = openQiscusClient(hasty);
    const [first, second] = await Promise.all([assign(client), assign(other)]);
    expect(first).toMatchObject({ failure: { kind: 'unknown' } });
    expect(second).toMatchObject({ failure: { kind: 'unavailable' } });
    await setTimeout(50);
    expect(seen).toHaveLength(1);
  });
});

describe('limits', () => {
  it('at most so many calls go at a time', async () => {
    let now = 0;
    let most = 0;
    const { client } = await startStandIn(
      (_request, response) => {
        now += 1;
        most = Math.max(most, now);
        void setTimeout(20).then(() => {
          now -= 1;
          json(response, 404, {});
        });
      },
      { maxConcurrent: 3 },
    );
    await Promise.all(Array.from({ length: 12 }, (_, index) => client.readRoom(`${index}`)));
    expect(most).toBe(3);
  });

  it('a 429 silences every call for as long as it says', async () => {
    const { client, seen } = await startStandIn((_request, response) => {
      response.writeHead(429, { 'retry-after': '30' }).end();
    });
    expect(await client.readRoom('1')).toMatchObject({
      failure: { kind: 'unavailable', status: 429, retryAfterMs: 30_000 },
    });
    const outcome = await client.listAgents();
    expect(outcome).toMatchObject({ failure: { kind: 'unavailable', status: null } });
    expect(outcome.ok || outcome.failure.retryAfterMs).toBeGreaterThan(20_000);
    expect(seen).toHaveLength(1);
  });

  it.each([{}, { 'retry-after': '0' }])('a 429 with %j means a second', async (headers) => {
    const { client } = await startStandIn((_request, response) => {
      response.writeHead(429, headers).end();
    });
    expect(await client.readRoom('1')).toMatchObject({ failure: { retryAfterMs: 1000 } });
  });

  it('a pause ends by itself', async () => {
    let calls = 0;
    const { client, seen } = await startStandIn((_request, response) => {
      calls += 1;
      response.writeHead(calls === 1 ? 429 : 404, { 'retry-after': '2.5' }).end();
    });
    expect(await client.readRoom('1')).toMatchObject({ failure: { retryAfterMs: 2500 } });
    expect(await client.readRoom('1')).toMatchObject({ failure: { status: null } });
    await setTimeout(2600);
    expect(await client.readRoom('1')).toEqual({ ok: true, value: null });
    expect(seen).toHaveLength(2);
  });

  it('a 503 asks for patience with its own call alone', async () => {
    const { client, seen } = await startStandIn((_request, response) => {
      response.writeHead(503, { 'retry-after': '30' }).end();
    });
    expect(await client.readRoom('1')).toMatchObject({ failure: { retryAfterMs: 30_000 } });
    expect(await client.readRoom('2')).toMatchObject({ failure: { status: 503 } });
    expect(seen).toHaveLength(2);
  });

  it('after closing nothing is sent, and nobody waits', async () => {
    const { client, seen } = await startStandIn((_request, response) => json(response, 404, {}));
    await client.close();
    expect(await client.readRoom('1')).toMatchObject({ failure: { kind: 'unavailable' } });
    expect(seen).toHaveLength(0);
  });
});
