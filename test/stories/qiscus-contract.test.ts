// The routes of both replaced allocators on the running server (protocols/qiscus.md §1, §2, §7).
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { startTestUsher } from '../makers/start-test-usher.ts';

const samples = new URL('../../src/channels/qiscus/samples/', import.meta.url);
const sample = async (name: string): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(new URL(name, samples), 'utf8'));

const README_APP = 'xrmcf-2s1ciqkustajhlv';
const readmeApp = { QISCUS_APP_ID: README_APP };
const ALLOCATE = '/api/v1/webhook/agent_allocation';
const RESOLVE = '/api/v1/webhook/mark_as_resolved';
const received = { status: 200, message: 'Successfully received.', data: null };

describe('agent_allocation', () => {
  test('takes the README’s example as printed and keeps it as one waiting conversation', async () => {
    const usher = await startTestUsher(readmeApp);
    const body = await sample('agent-allocation-readme.json');

    const answer = await usher.call('POST', ALLOCATE, { body, token: null });

    expect(answer).toMatchObject({ status: 200, body: received });
    expect(await usher.conversations()).toMatchObject([
      { externalId: '273683234', state: 'waiting', contact: { name: 'cust1' } },
    ]);
  });

  test('takes every generation of the payload', async () => {
    const usher = await startTestUsher({ QISCUS_WEBHOOK_SECRET: 'a-secret' });
    for (const year of [2019, 2021, 2024, 2025]) {
      const body = await sample(`agent-allocation-${year}.json`);
      const answer = await usher.call('POST', `${ALLOCATE}/a-secret`, { body, token: null });
      expect(answer).toMatchObject({ status: 200, body: received });
    }
    expect(await usher.conversations()).toHaveLength(4);
  });

  test('makes one conversation of the same webhook sent ten times at once', async () => {
    const usher = await startTestUsher(readmeApp);
    const body = await sample('agent-allocation-readme.json');
    const send = () => usher.call('POST', ALLOCATE, { body, token: null });
    const answers = await Promise.all(Array.from({ length: 10 }, send));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await usher.conversations()).toHaveLength(1);
  });

  test.each([
    ['a number', 273683234, 200],
    ['20 digits as text', '12345678901234567890', 200],
    ['20 digits as a number', Number('12345678901234567890'), 400],
    ['empty', '', 400],
    ['missing', undefined, 400],
    ['a list', ['1'], 400],
    ['65 characters', 'x'.repeat(65), 400],
  ])('a room id that is %s', async (_, roomId, status) => {
    const usher = await startTestUsher();
    const body = { app_id: 'test-app', room_id: roomId, source: 'wa' };
    expect(await usher.call('POST', ALLOCATE, { body, token: null })).toMatchObject({ status });
    const kept = await usher.conversations();
    expect(kept.map(({ externalId }) => externalId)).toEqual(
      status === 200 ? [String(roomId)] : [],
    );
  });

  test('reports the first rule that fails, in the contract’s words', async () => {
    const usher = await startTestUsher();
    const say = async (body: unknown) =>
      (await usher.call('POST', ALLOCATE, { body, token: null })).body;
    const fail = (errors: string) => ({ status: 400, errors, data: null });
    expect(await say({})).toEqual(fail('The app id field is required.'));
    expect(await say({ app_id: 'a', room_id: [] })).toEqual(fail('The room id field is required.'));
    expect(await say({ app_id: 'a', room_id: '1' })).toEqual(fail('The source field is required.'));
    expect(await say('{"app_id":')).toEqual(fail('The request body must be valid JSON.'));
  });

  test.each([null, '', 'not json', JSON.stringify({ deep: 'x'.repeat(100_000) })])(
    'extras may be anything',
    async (extras) => {
      const usher = await startTestUsher();
      const body = { app_id: 'test-app', room_id: '1', source: 'wa', extras };
      expect(await usher.call('POST', ALLOCATE, { body, token: null })).toMatchObject({
        status: 200,
      });
    },
  );

  test('NUL characters, lone surrogates and foreign encodings do no harm', async () => {
    const usher = await startTestUsher();
    const hostile = `{"app_id":"test-app","room_id":"1","source":"wa","name":"a\\u0000b\\ud800","extras":"{\\"a\\":\\"\\\\u0000\\"}"}`;
    expect(await usher.call('POST', ALLOCATE, { body: hostile, token: null })).toMatchObject({
      status: 200,
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const form = 'app_id=test-app&room_id=2&source=wa&name=Form';
    expect(await usher.call('POST', ALLOCATE, { body: form, headers, token: null })).toMatchObject({
      status: 200,
    });
    expect(await usher.conversations()).toHaveLength(2);
  });

  test('a body over 1 MiB and a wrong method are refused in the envelope', async () => {
    const usher = await startTestUsher();
    const large = { app_id: 'x'.repeat(1_100_000) };
    const tooLarge = await usher.call('POST', ALLOCATE, { body: large, token: null });
    expect(tooLarge).toMatchObject({ status: 413, body: { status: 413, data: null } });
    expect(await usher.call('GET', ALLOCATE, { token: null })).toMatchObject({
      status: 405,
      body: { status: 405, errors: 'The GET method is not supported for this route.', data: null },
    });
  });
});

describe('who may send webhooks', () => {
  const body = { app_id: 'test-app', room_id: '1', source: 'wa' };
  test('with a secret: in the path or the query, and nobody without it', async () => {
    const usher = await startTestUsher({ QISCUS_WEBHOOK_SECRET: 'a-secret' });
    const status = async (path: string) =>
      (await usher.call('POST', path, { body, token: null })).status;
    expect(await status(`${ALLOCATE}/a-secret`)).toBe(200);
    expect(await status(`${ALLOCATE}?secret=a-secret`)).toBe(200);
    expect(await status(`${ALLOCATE}/wrong`)).toBe(401);
    expect(await usher.call('POST', ALLOCATE, { body, token: null })).toMatchObject({
      status: 401,
      body: { status: 401, errors: 'Unauthenticated.', data: null },
    });
    const qiscust = await usher.call('POST', '/api/v1/new_request', { body, token: null });
    expect(qiscust).toMatchObject({
      status: 401,
      body: { status: 'fail', error_messages: 'Unauthenticated.' },
    });
  });

  test('without a secret: only the configured app', async () => {
    const usher = await startTestUsher();
    const stranger = { ...body, app_id: 'another-app' };
    expect(await usher.call('POST', ALLOCATE, { body: stranger, token: null })).toMatchObject({
      status: 403,
      body: { status: 403, errors: 'Unknown app.', data: null },
    });
  });

  test.each([
    ['a number', { app_id: 7 }, 400],
    ['a list', { app_id: ['another-app'] }, 400],
    ['an object', { app_code: { id: 'another-app' } }, 400],
    ['another name beside the right one', { app_code: 'another-app' }, 403],
  ])(
    'without a secret: an app that is %s is not let in by any of the routes',
    async (_, app, expected) => {
      const usher = await startTestUsher();
      const resolve = {
        customer: { user_id: 'u' },
        resolved_by: { id: 1 },
        service: { room_id: '1' },
      };
      const say = async (path: string, sent: object) =>
        (await usher.call('POST', path, { body: { ...sent, ...app }, token: null })).status;
      expect(await say(ALLOCATE, body)).toBe(expected);
      expect(await say('/api/v1/new_request', body)).toBe(expected);
      expect(await say(RESOLVE, { app_id: 'test-app', ...resolve })).toBe(expected);
      expect(await say('/api/v1/close_request', { app_id: 'test-app', ...resolve })).toBe(expected);
      expect(await usher.conversations()).toEqual([]);
    },
  );
});

describe('mark_as_resolved', () => {
  test('takes the README’s example as printed, for a room it never heard of', async () => {
    const usher = await startTestUsher();
    const body = await sample('mark-as-resolved-readme.json');
    expect(await usher.call('POST', RESOLVE, { body, token: null })).toMatchObject({
      status: 200,
      body: { status: 200, message: 'Room marked as resolved.', data: null },
    });
  });

  test('a waiting room leaves the queue once; the customer’s return is a new conversation', async () => {
    const usher = await startTestUsher(readmeApp);
    const opened = { ...(await sample('agent-allocation-readme.json')), room_id: '274083256' };
    const resolved = await sample('mark-as-resolved-readme.json');
    await usher.call('POST', ALLOCATE, { body: opened, token: null });

    for (let i = 0; i < 2; i += 1)
      await usher.call('POST', RESOLVE, { body: resolved, token: null });
    expect(await usher.conversations()).toMatchObject([
      { state: 'closed', closeReason: 'resolved' },
    ]);

    await usher.call('POST', ALLOCATE, { body: opened, token: null });
    // The same resolve once more is of the session before.
    await usher.call('POST', RESOLVE, { body: resolved, token: null });
    expect((await usher.conversations()).map(({ state }) => state)).toEqual(['waiting', 'closed']);
  });

  test('reports the first rule that fails', async () => {
    const usher = await startTestUsher();
    const say = async (body: unknown) =>
      (await usher.call('POST', RESOLVE, { body, token: null })).body;
    const fail = (errors: string) => ({ status: 400, errors, data: null });
    const person = { id: 1 };
    expect(await say({})).toEqual(fail('The customer field is required.'));
    expect(await say({ customer: person })).toEqual(fail('The resolved by field is required.'));
    expect(await say({ customer: person, resolved_by: person })).toEqual(
      fail('The service field is required.'),
    );
    expect(await say({ customer: person, resolved_by: person, service: { id: 1 } })).toEqual(
      fail('The service.room id field is required.'),
    );
  });
});

describe('settings', () => {
  const MAX = '/api/v1/settings/max_customers';
  test('need an admin’s token', async () => {
    const usher = await startTestUsher();
    const unauthenticated = { status: 401, errors: 'Unauthenticated.', data: null };
    expect(await usher.call('GET', MAX, { token: null })).toMatchObject({
      status: 401,
      body: unauthenticated,
    });
    expect(await usher.call('GET', MAX, { token: 'wrong' })).toMatchObject({
      status: 401,
      body: unauthenticated,
    });
    const made = await usher.call('POST', '/api/v1/tokens', { body: { name: 'a', role: 'agent' } });
    const { token } = made.body as { token: string };
    expect(await usher.call('POST', MAX, { token, body: { max_customers: 3 } })).toMatchObject({
      status: 403,
      body: { status: 403, errors: 'Forbidden.', data: null },
    });
  });

  test.each([{ max_customers: 5 }, { value: 5 }, { max_customers: '5' }])(
    '%j sets five',
    async (body) => {
      const usher = await startTestUsher();
      expect((await usher.call('GET', MAX)).body).toEqual({
        status: 200,
        message: 'Success',
        data: { max_customers: 2 },
      });
      expect((await usher.call('POST', MAX, { body })).body).toEqual({
        status: 200,
        message: 'Successfully updated',
        data: { max_customers: 5 },
      });
      expect((await usher.call('GET', MAX)).body).toMatchObject({ data: { max_customers: 5 } });
    },
  );

  test('refuses what is no number of customers', async () => {
    const usher = await startTestUsher();
    for (const value of [0, -1, 1.5, null, 1_000_000_000, 'x']) {
      const answer = await usher.call('POST', MAX, { body: { max_customers: value } });
      expect(answer).toMatchObject({ status: 400, body: { status: 400, data: null } });
    }
  });

  test('set_mark_as_resolved says 502 when Qiscus cannot be reached', async () => {
    const usher = await startTestUsher({
      QISCUS_EMAIL: 'admin@example.com',
      QISCUS_PASSWORD: 'secret',
    });
    const body = {
      endpoint: 'https://yourdomain.com/api/v1/webhook/mark_as_resolved',
      enable: true,
    };
    const answer = await usher.call('POST', '/api/v1/settings/set_mark_as_resolved', { body });
    expect(answer).toMatchObject({ status: 502, body: { status: 502, data: null } });
    const wrong = await usher.call('POST', '/api/v1/settings/set_mark_as_resolved', {
      body: { endpoint: 'x' },
    });
    expect(wrong.body).toEqual({
      status: 400,
      errors: 'The endpoint field must be a valid URL.',
      data: null,
    });
  });
});

describe('Qiscust', () => {
  test('greets, queues and says what is wrong in its own envelope', async () => {
    const usher = await startTestUsher(readmeApp);
    expect((await usher.call('GET', '/api/v1/', { token: null })).body).toEqual({
      hello: 'hello',
      world: 'world',
    });
    const body = await sample('agent-allocation-readme.json');
    expect(await usher.call('POST', '/api/v1/new_request', { body, token: null })).toMatchObject({
      status: 202,
      body: {
        status: 'success, queued',
        message: 'this message is temporarily on queue',
        details: {},
      },
    });
    expect(
      await usher.call('POST', '/api/v1/new_request', { body: '{', token: null }),
    ).toMatchObject({
      status: 400,
      body: { status: 'fail', error_messages: 'The request body must be valid JSON.' },
    });
  });

  test('close_request answers 204 and nothing when nothing waits, under both spellings', async () => {
    const usher = await startTestUsher();
    const body = { service: { room_id: '5', id: 1 }, app_code: 'test-app' };
    for (const path of ['/api/v1/close_request', '/api/v1/close+_request']) {
      expect(await usher.call('POST', path, { body, token: null })).toMatchObject({
        status: 204,
        text: '',
      });
    }
  });
});
