import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createQiscusClient, type QiscusClient, type QiscusClientOptions } from './client.ts';

const cleanups: Array<() => Promise<unknown>> = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

describe('listing agents', () => {
  const agent = (id: unknown) => ({ id, name: `Agent ${id}`, is_available: true });
  const ids = async (client: QiscusClient) => {
    const outcome = await client.listAgents();
    return outcome.ok ? outcome.value.map((one) => one.externalId) : outcome.failure;
  };

  it('follows numbered pages up to the total', async () => {
    const { client, seen } = await start((request, response) => {
      const page = Number(query(request).get('page'));
      const agents = page === 1 ? [agent(1), agent(2)] : [agent(3)];
      json(response, 200, { data: { agents }, meta: { per_page: 2, total_count: 3 }, status: 200 });
    });
    expect(await ids(client)).toEqual(['1', '2', '3']);
    expect(seen).toHaveLength(2);
    expect(seen[0]?.headers).toMatchObject({
      'qiscus-app-id': 'app',
      'qiscus-secret-key': 'secret-key',
    });
  });

  it('follows a cursor that stands within data', async () => {
    const { client } = await start((request, response) => {
      const isSecond = query(request).get('cursor_after') === 'c1';
      const meta = { after: isSecond ? '' : 'c1', before: null, total_count: null };
      json(response, 200, { data: { agents: [agent(isSecond ? 2 : '1')], meta } });
    });
    expect(await ids(client)).toEqual(['1', '2']);
  });

  it('goes on while nothing tells the end, and stops at a page that repeats itself', async () => {
    const { client, seen } = await start((request, response) => {
      const page = Math.min(3, Number(query(request).get('page')));
      json(response, 200, { data: { agents: [agent(page), agent(1)] } });
    });
    expect(await ids(client)).toEqual(['1', '2', '3']);
    expect(seen).toHaveLength(4);
  });

  it('takes a 404 on a page that nobody promised as the end', async () => {
    const { client } = await start((request, response) => {
      if (query(request).get('page') === '1') json(response, 200, { data: [agent(1)] });
      else json(response, 404, { errors: 'not found' });
    });
    expect(await ids(client)).toEqual(['1']);
  });

  it('falls back to the older call where the newer one is forbidden', async () => {
    const { client } = await start((request, response) => {
      if (request.url?.startsWith('/api/v2')) return json(response, 403, { traceid: 'x' });
      const page = Number(query(request).get('page'));
      const data = [{ ...agent(page), total_customers: '3' }];
      json(response, 200, { data: { agents: { data, last_page: 2, current_page: page } } });
    });
    expect(await ids(client)).toEqual(['1', '2']);
  });

  it('reports the newer call when both are forbidden', async () => {
    const { client } = await start((_request, response) => {
      json(response, 403, { errors: { agents: ['may not be seen'] } });
    });
    expect(await ids(client)).toMatchObject({
      kind: 'unauthorized',
      status: 403,
      text: 'agents: may not be seen',
    });
  });

  it('reads every field defensively', async () => {
    const agents = [
      {
        id: 7,
        name: 'Lia',
        email: 'lia@example.com',
        is_available: 1,
        force_offline: false,
        current_customer_count: '2',
        user_channels: [{ id: 5, name: 'WA' }, null],
        user_roles: [{ id: 9, name: 'Sales' }],
        type: '2',
        avatar_url: null,
      },
      { id: '8', is_available: true, force_offline: true, type: 99, user_channels: 'x' },
      { name: 'no id' },
      null,
    ];
    const { client } = await start((_request, response) => {
      json(response, 200, { data: { agents }, meta: { total_count: 4 } });
    });
    expect(await client.listAgents()).toEqual({
      ok: true,
      value: [
        {
          externalId: '7',
          name: 'Lia',
          email: 'lia@example.com',
          avatarUrl: null,
          type: 'agent',
          isAvailable: true,
          customerCount: 2,
          channelIds: ['5'],
          divisionIds: ['9'],
          divisionNames: ['Sales'],
        },
        {
          externalId: '8',
          name: '8',
          email: null,
          avatarUrl: null,
          type: null,
          isAvailable: false,
          customerCount: null,
          channelIds: null,
          divisionIds: null,
          divisionNames: null,
        },
      ],
    });
  });

  it.each([
    ['null as an empty list', '{"data":{"agents":null},"meta":{}}', { ok: true, value: [] }],
    ['an answer without a list as a failure', '{"data":{}}', { ok: false }],
    ['a page of HTML as a failure', '<html></html>', { ok: false }],
    ['an empty body as a failure', '', { ok: false }],
  ])('takes %s', async (_case, body, expected) => {
    const { client } = await start((_request, response) => response.end(body));
    expect(await client.listAgents()).toMatchObject(expected);
  });
});

describe('reading rooms', () => {
  it.each([
    [404, { errors: 'gone' }, { ok: true, value: null }],
    [400, { errors: 'room not found' }, { ok: true, value: null }],
    [400, { errors: 'something else' }, { ok: false, failure: { kind: 'refused' } }],
    [200, { data: { customer_room: null } }, { ok: true, value: null }],
    [200, { data: {} }, { ok: false, failure: { kind: 'unavailable', status: 200 } }],
    [
      200,
      { data: { customer_room: { room_id: 5, is_waiting: 'false', is_resolved: true } } },
      { ok: true, value: { roomId: '5', isWaiting: false, isResolved: true } },
    ],
  ])('understands %i %j', async (status, body, expected) => {
    const { client, seen } = await start((_request, response) => json(response, status, body));
    expect(await client.readRoom('a/b')).toMatchObject(expected);
    expect(seen[0]?.url).toBe('/api/v2/customer_rooms/a%2Fb');
  });

  it('lists only those that truly wait, from all pages', async () => {
    const room = (id: number, state: object) => ({ room_id: `${id}`, is_waiting: true, ...state });
    const { client, seen } = await start((request, response) => {
      const isSecond = query(request).get('cursor_after') === 'next';
      const rooms = isSecond
        ? [room(3, {}), room(4, { is_waiting: false })]
        : [room(1, {}), room(2, { is_resolved: true })];
      const meta = { cursor_after: isSecond ? null : 'next', cursor_before: null };
      json(response, 200, { data: { customer_rooms: rooms }, meta });
    });
    const outcome = await client.listUnservedRooms();
    expect(outcome.ok && outcome.value.map((one) => one.roomId)).toEqual(['1', '3']);
    expect(seen[0]?.url).toContain('serve_status=unserved');
  });

  it('names only the agents who are available', async () => {
    const { client, seen } = await start((_request, response) => {
      const agents = [
        { id: 1, is_available: false },
        { id: 2, is_available: true },
        { id: 3, is_available: true, force_offline: true },
      ];
      json(response, 200, { data: { agents }, meta: { total_count: null, after: null } });
    });
    const outcome = await client.availableAgents('77');
    expect(outcome.ok && outcome.value.map((one) => one.externalId)).toEqual(['2']);
    expect(query(seen[0]).get('room_id')).toBe('77');
  });
});

describe('writing', () => {
  it('assigns with a form, one agent at most, and keeps the raw answer', async () => {
    const body = '{"data":{"added_agent":{"id":7}}}';
    const { client, seen } = await start((_request, response) => response.end(body));
    const outcome = await client.assignAgent({ roomId: '1', agentId: '7', replace: false });
    expect(outcome).toEqual({ ok: true, value: { rawBody: body } });
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1/admin/service/assign_agent',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'room_id=1&agent_id=7&replace_latest_agent=false&max_agent=1',
    });
  });

  it.each([
    [201, '{}', { ok: true }],
    [200, '', { ok: true }],
    [200, '<html>maintenance</html>', { ok: false, failure: { kind: 'unknown', status: 200 } }],
    [302, '', { ok: false, failure: { kind: 'refused', status: 302 } }],
    [
      400,
      '{"errors":"Cant join room, exceed max agents"}',
      { ok: false, failure: { kind: 'refused', text: 'Cant join room, exceed max agents' } },
    ],
    [
      422,
      '{"errors":{"agent_id":["is invalid"],"x":{"y":1}}}',
      { ok: false, failure: { kind: 'refused', text: 'agent_id: is invalid; y: 1' } },
    ],
    [
      502,
      '<html><head><title>Bad  Gateway</title></head></html>',
      { ok: false, failure: { kind: 'unavailable', status: 502, text: 'Bad Gateway' } },
    ],
    [500, '', { ok: false, failure: { kind: 'unavailable', text: 'answered 500' } }],
  ])('understands an assignment answered %i %s', async (status, body, expected) => {
    const { client } = await start((_request, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(body);
    });
    const outcome = await client.assignAgent({ roomId: '1', agentId: '7', replace: true });
    expect(outcome).toMatchObject(expected);
  });

  it('removes an agent and resolves with or without a note', async () => {
    const { client, seen } = await start((_request, response) => json(response, 200, {}));
    expect(await client.removeAgent({ roomId: '1', agentId: '7' })).toEqual({
      ok: true,
      value: undefined,
    });
    await client.resolveRoom({ roomId: '1', note: null });
    await client.resolveRoom({ roomId: '1', note: 'selesai & beres' });
    expect(seen.map((one) => one.body)).toEqual([
      'room_id=1&agent_id=7',
      'room_id=1',
      'room_id=1&notes=selesai+%26+beres',
    ]);
  });

  it('never shows the secrets that an error quotes', async () => {
    const { client } = await start((request, response) => {
      json(response, 400, { errors: `bad key ${request.headers['qiscus-secret-key']}` });
    });
    expect(await client.resolveRoom({ roomId: '1', note: null })).toMatchObject({
      failure: { text: 'bad key …' },
    });
  });
});

describe('the admin login', () => {
  const app = {
    app_code: 'app',
    secret_key: 'secret-key',
    mark_as_resolved_webhook_url: 'https://u.example/hook',
    is_mark_as_resolved_webhook_enabled: true,
    is_allocate_agent_webhook_enabled: true,
  };
  const auth = (token: string) => ({ data: { user: { authentication_token: token, app } } });
  const admin = { email: 'a@example.com', password: 'pass word' };
  const registration = { url: 'https://u.example/hook', enabled: true };

  it('registers the webhook with one multipart form and keeps the secret key to itself', async () => {
    const { client, seen } = await start((request, response) => {
      json(response, 200, request.url === '/api/v1/auth' ? auth('token-1') : { data: app });
    }, admin);
    const outcome = await client.registerResolveWebhook(registration);
    expect(outcome).toEqual({
      ok: true,
      value: {
        markAsResolvedWebhookUrl: 'https://u.example/hook',
        isAllocateAgentWebhookEnabled: true,
      },
    });
    expect(seen[0]?.body).toBe('email=a%40example.com&password=pass+word');
    expect(seen[1]?.headers).toMatchObject({ authorization: 'token-1', 'qiscus-app-id': 'app' });
    expect(seen[1]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(seen[1]?.body).toMatch(/name="webhook_url"\r\n\r\nhttps:\/\/u\.example\/hook\r\n/);
    expect(seen[1]?.body).toMatch(/name="is_webhook_enabled"\r\n\r\ntrue\r\n/);
  });

  it('happens once for many callers, and once more when its token is refused', async () => {
    let logins = 0;
    const { client } = await start(async (request, response) => {
      if (request.url === '/api/v1/auth') {
        logins += 1;
        return json(response, 200, auth(`token-${logins}`));
      }
      const isSpent = request.headers.authorization === 'token-1';
      json(response, isSpent ? 401 : 200, isSpent ? { errors: 'Unauthorized' } : { data: app });
    }, admin);
    const calls = Array.from({ length: 6 }, () => client.registerResolveWebhook(registration));
    expect((await Promise.all(calls)).every((outcome) => outcome.ok)).toBe(true);
    expect(logins).toBe(2);
  });

  it('is tried only once more', async () => {
    const { client, seen } = await start((request, response) => {
      if (request.url === '/api/v1/auth') return json(response, 200, auth('token'));
      json(response, 403, { errors: 'no' });
    }, admin);
    expect(await client.registerResolveWebhook(registration)).toMatchObject({
      failure: { kind: 'unauthorized', status: 403 },
    });
    expect(seen).toHaveLength(4);
  });

  it('that is refused tells so without the password', async () => {
    const { client } = await start((_request, response) => {
      json(response, 400, { errors: 'wrong password: pass word' });
    }, admin);
    expect(await client.registerResolveWebhook(registration)).toMatchObject({
      failure: { kind: 'unauthorized', text: 'login: wrong password: …' },
    });
  });

  it('without credentials sends nothing', async () => {
    const { client, seen } = await start((_request, response) => json(response, 200, {}));
    expect(await client.readApp()).toMatchObject({ failure: { kind: 'unauthorized' } });
    expect(seen).toHaveLength(0);
  });

  it('shows what Qiscus has on record of the app', async () => {
    const { client } = await start((_request, response) => json(response, 200, auth('t')), admin);
    expect(await client.readApp()).toEqual({
      ok: true,
      value: {
        appId: 'app',
        allocateAgentWebhookUrl: null,
        isAllocateAgentWebhookEnabled: true,
        markAsResolvedWebhookUrl: 'https://u.example/hook',
        isMarkAsResolvedWebhookEnabled: true,
      },
    });
  });
});

describe('trouble on the way', () => {
  const assign = (client: QiscusClient) =>
    client.assignAgent({ roomId: '1', agentId: '7', replace: false });

  it('that kept the request from leaving is "unavailable"', async () => {
    const { client, stop } = await start((_request, response) => response.end());
    await stop();
    expect(await assign(client)).toMatchObject({ failure: { kind: 'unavailable', status: null } });
  });

  it('after the request left is "unknown": no answer in time', async () => {
    const { client } = await start(() => undefined, { timeoutMs: 100 });
    expect(await assign(client)).toMatchObject({
      failure: { kind: 'unknown', text: 'no answer in 100 ms' },
    });
  });

  it('after the request left is "unknown": a reset', async () => {
    const { client } = await start((request) => request.socket.destroy());
    expect(await assign(client)).toMatchObject({ failure: { kind: 'unknown', status: null } });
  });

  it('after the request left is "unknown": half an answer, or far too much of one', async () => {
    const half = await start((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"data"');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await assign(half.client)).toMatchObject({ failure: { kind: 'unknown' } });
    const huge = await start((_request, response) => response.end('x'.repeat(6_000_000)));
    expect(await assign(huge.client)).toMatchObject({ failure: { kind: 'unknown' } });
  });

  it('is never a second attempt', async () => {
    const { client, seen } = await start((_request, response) => json(response, 503, {}));
    await assign(client);
    expect(seen).toHaveLength(1);
  });

  it('a request given up before it had a connection never leaves', async () => {
    const { client, seen } = await start(() => undefined, { timeoutMs: 150, maxConcurrent: 1 });
    const [first, second] = await Promise.all([assign(client), assign(client)]);
    expect(first).toMatchObject({ failure: { kind: 'unknown' } });
    expect(second).toMatchObject({ failure: { kind: 'unknown' } });
    expect(seen).toHaveLength(2);
  });
});

describe('limits', () => {
  it('at most so many calls go at a time', async () => {
    let now = 0;
    let most = 0;
    const { client } = await start(
      (_request, response) => {
        now += 1;
        most = Math.max(most, now);
        setTimeout(() => {
          now -= 1;
          json(response, 404, {});
        }, 20);
      },
      { maxConcurrent: 3 },
    );
    await Promise.all(Array.from({ length: 12 }, (_, index) => client.readRoom(`${index}`)));
    expect(most).toBe(3);
  });

  it('a 429 silences every call for as long as it says', async () => {
    const { client, seen } = await start((_request, response) => {
      response.writeHead(429, { 'retry-after': '30' }).end();
    });
    expect(await client.readRoom('1')).toMatchObject({
      failure: { kind: 'unavailable', status: 429, retryAfterMs: 30_000 },
    });
    const outcome = await client.listAgents();
    expect(outcome).toMatchObject({ failure: { kind: 'unavailable', status: null } });
    expect(outcome.ok || outcome.failure.retryAfterMs).toBeGreaterThan(29_000);
    expect(seen).toHaveLength(1);
  });

  it('a 429 that says nothing means a second', async () => {
    const { client } = await start((_request, response) => json(response, 429, {}));
    expect(await client.readRoom('1')).toMatchObject({ failure: { retryAfterMs: 1000 } });
  });

  it('a short pause is waited out', async () => {
    let calls = 0;
    const { client } = await start((_request, response) => {
      calls += 1;
      response.writeHead(calls === 1 ? 503 : 404, { 'retry-after': '0.1' }).end();
    });
    expect(await client.readRoom('1')).toMatchObject({ failure: { retryAfterMs: 100 } });
    expect(await client.readRoom('1')).toEqual({ ok: true, value: null });
  });

  it('after closing nothing is sent, and nobody waits', async () => {
    const { client, seen } = await start((_request, response) => json(response, 404, {}));
    await client.close();
    expect(await client.readRoom('1')).toMatchObject({ failure: { kind: 'unavailable' } });
    expect(seen).toHaveLength(0);
  });
});

interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A server that answers as told, and a client that speaks to it. */
async function start(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
  options: Partial<QiscusClientOptions> = {},
) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const client = createQiscusClient({ baseUrl, appId: 'app', secretKey: 'secret-key', ...options });
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  cleanups.push(() => client.close(), stop);
  return { client, seen, stop };
}

function query(request: { url?: string | undefined } | undefined): URLSearchParams {
  return new URL(request?.url ?? '', 'http://x').searchParams;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
