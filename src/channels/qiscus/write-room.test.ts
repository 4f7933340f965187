import { describe, expect, it } from 'vitest';
import { json, startStandIn } from '../../../test/makers/start-qiscus-stand-in.ts';

describe('writing', () => {
  it('assigns with a form, one agent at most, and keeps the raw answer', async () => {
    const body = '{"data":{"added_agent":{"id":7}}}';
    const { client, seen } = await startStandIn((_request, response) => response.end(body));
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
    [
      200,
      '{"errors":"Cant join room, exceed max agents","data":null}',
      { ok: false, failure: { kind: 'refused', text: 'Cant join room, exceed max agents' } },
    ],
    [
      200,
      '{"errors":{"message":"Agent not found"},"status":404}',
      { ok: false, failure: { kind: 'refused', status: 404, text: 'Agent not found' } },
    ],
    [200, '{"status":500}', { ok: false, failure: { kind: 'unavailable', status: 500 } }],
    [200, '{"data":{"added_agent":{"id":7}},"errors":null,"status":200}', { ok: true }],
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
      402,
      '{"errors":{"message":"Room is already resolved"},"status":402}',
      { ok: false, failure: { kind: 'refused', status: 402, text: 'Room is already resolved' } },
    ],
    [
      502,
      '<html><head><title>Bad  Gateway</title></head></html>',
      { ok: false, failure: { kind: 'unavailable', status: 502, text: 'answered 502' } },
    ],
    [500, '', { ok: false, failure: { kind: 'unavailable', text: 'answered 500' } }],
  ])('understands an assignment answered %i %s', async (status, body, expected) => {
    const { client } = await startStandIn((_request, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(body);
    });
    const outcome = await client.assignAgent({ roomId: '1', agentId: '7', replace: true });
    expect(outcome).toMatchObject(expected);
  });

  it('removes an agent and resolves with or without a note', async () => {
    const { client, seen } = await startStandIn((_request, response) => json(response, 200, {}));
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

  it('takes a page of some gateway for no word on a resolution', async () => {
    const { client } = await startStandIn((_request, response) => response.end('<html></html>'));
    expect(await client.resolveRoom({ roomId: '1', note: null })).toMatchObject({
      failure: { kind: 'unknown', status: 200 },
    });
  });

  it('never shows half a secret, where a long error is cut', async () => {
    const { client } = await startStandIn((_request, response) => {
      json(response, 400, { errors: `${'x'.repeat(195)} secret-key` });
    });
    expect(await client.resolveRoom({ roomId: '1', note: null })).toMatchObject({
      failure: { text: `${'x'.repeat(195)} …` },
    });
  });

  it('never shows the secrets that an error quotes', async () => {
    const { client } = await startStandIn((request, response) => {
      json(response, 400, { errors: `bad key ${request.headers['qiscus-secret-key']}` });
    });
    expect(await client.resolveRoom({ roomId: '1', note: null })).toMatchObject({
      failure: { text: 'bad key …' },
    });
  });
});
