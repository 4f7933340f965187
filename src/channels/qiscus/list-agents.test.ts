import { describe, expect, it } from 'vitest';
import { json, query, startStandIn } from '../../../test/makers/start-qiscus-stand-in.ts';
import type { QiscusClient } from './client.ts';

const agent = (id: unknown) => ({ id, name: `Agent ${id}`, is_available: true });
const ids = async (client: QiscusClient) => {
  const outcome = await client.listAgents();
  return outcome.ok ? outcome.value.map((one) => one.externalId) : outcome.failure;
};

describe('listing agents', () => {
  it('follows numbered pages up to the total', async () => {
    const { client, seen } = await startStandIn((request, response) => {
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
    const { client } = await startStandIn((request, response) => {
      const isSecond = query(request).get('cursor_after') === 'c1';
      const meta = { after: isSecond ? '' : 'c1', before: null, total_count: null };
      json(response, 200, { data: { agents: [agent(isSecond ? 2 : '1')], meta } });
    });
    expect(await ids(client)).toEqual(['1', '2']);
  });

  it('goes on while nothing tells the end, and stops at a page that repeats itself', async () => {
    const { client, seen } = await startStandIn((request, response) => {
      const page = Math.min(3, Number(query(request).get('page')));
      json(response, 200, { data: { agents: [agent(page), agent(1)] } });
    });
    expect(await ids(client)).toEqual(['1', '2', '3']);
    expect(seen).toHaveLength(4);
  });

  it('takes a 404 on a page that nobody promised as the end', async () => {
    const { client } = await startStandIn((request, response) => {
      if (query(request).get('page') === '1') json(response, 200, { data: [agent(1)] });
      else json(response, 404, { errors: 'not found' });
    });
    expect(await ids(client)).toEqual(['1']);
  });

  it('falls back to the older call where the newer one is forbidden', async () => {
    const { client } = await startStandIn((request, response) => {
      if (request.url?.startsWith('/api/v2')) return json(response, 403, { traceid: 'x' });
      const page = Number(query(request).get('page'));
      const data = [{ ...agent(page), total_customers: '3' }];
      json(response, 200, { data: { agents: { data, last_page: 2, current_page: page } } });
    });
    expect(await ids(client)).toEqual(['1', '2']);
  });

  it('reports the newer call when both are forbidden', async () => {
    const { client } = await startStandIn((_request, response) => {
      json(response, 403, { errors: { agents: ['may not be seen'] } });
    });
    expect(await ids(client)).toMatchObject({
      kind: 'unauthorized',
      status: 403,
      text: 'agents: may not be seen',
    });
  });
});

describe('a page of agents', () => {
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
        type: '2',
      },
      { id: '8', is_available: true, force_offline: true, type: 99, user_channels: 'x' },
      { name: 'no id' },
      null,
    ];
    const { client } = await startStandIn((_request, response) => {
      json(response, 200, { data: { agents }, meta: { total_count: 4 } });
    });
    expect(await client.listAgents()).toEqual({
      ok: true,
      value: [
        {
          externalId: '7',
          name: 'Lia',
          email: 'lia@example.com',
          isAvailable: true,
          customerCount: 2,
          channelIds: ['5'],
          kind: 'agent',
        },
        {
          externalId: '8',
          name: '8',
          email: null,
          isAvailable: false,
          customerCount: null,
          channelIds: null,
          kind: null,
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
    const { client } = await startStandIn((_request, response) => response.end(body));
    expect(await client.listAgents()).toMatchObject(expected);
  });
});
