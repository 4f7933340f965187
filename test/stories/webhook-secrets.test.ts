// Whom a Qiscus webhook's secret lets in, where it comes from, and that it names one channel alone.
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { warnOfOpenDoors } from '../../src/channels/qiscus/warn-of-open-doors.ts';
import type { Channel } from '../../src/contract/channels.ts';
import type { ChannelOf } from '../../src/store/channels.ts';
import { startProgram } from '../faults/run-program.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { makeWorkspace, startWithOperator } from '../makers/two-workspaces.ts';

const ALLOCATE = '/api/v1/webhook/agent_allocation';
const CHANNELS = '/api/v1/channels';
const hook = (room: string, app = 'test-app') => ({ app_id: app, room_id: room, source: 'wa' });
const qiscus = (appId: string, secrets: object = {}) => ({
  kind: 'qiscus',
  name: appId,
  config: { baseUrl: 'https://qiscus.example.com', appId },
  secrets: { secretKey: 'a-secret-key', ...secrets },
});

const statusOf = async (usher: TestUsher, address: string, body: object) =>
  (await usher.call('POST', address, { body, token: null })).status;

test('a Qiscus channel made without a webhook secret gets one, shown once in the addresses', async () => {
  const usher = await startTestUsher({ QISCUS_WEBHOOK_SECRET: 'a-secret' });
  const made = await usher.call('POST', CHANNELS, { body: qiscus('made-app') });
  const { id, urls, shownOnce = {} } = made.body as Channel;
  expect(made.status).toBe(201);
  const { agentAllocation = '', markAsResolved = '' } = shownOnce;
  const secret = agentAllocation.split('/').at(-1) ?? '';
  expect(secret).toMatch(/^[\w-]{32,}$/);
  expect(agentAllocation).toBe(urls.agentAllocation?.replace('<secret>', secret));
  expect(markAsResolved).toBe(urls.markAsResolved?.replace('<secret>', secret));
  expect((await usher.call('GET', CHANNELS)).text).not.toContain(secret);
  expect(await statusOf(usher, ALLOCATE, hook('1', 'made-app'))).toBe(401);
  const path = new URL(agentAllocation).pathname;
  expect(await statusOf(usher, path, hook('1', 'made-app'))).toBe(200);
  expect(await usher.conversations()).toMatchObject([{ externalId: '1', channelId: id }]);
  const given = qiscus('given-app', { webhookSecret: 'typed-by-an-admin' });
  const second = await usher.call('POST', CHANNELS, { body: given });
  expect(second).toMatchObject({ status: 201, body: { shownOnce: {} } });
  expect(await statusOf(usher, `${ALLOCATE}/typed-by-an-admin`, hook('2'))).toBe(200);
});

test('a secret that no channel has is refused, also where the app alone would be let in', async () => {
  const usher = await startTestUsher();
  for (const address of ['/wrong', '?secret=wrong', '?secret=wrong&secret=wrong', '/a?secret=b']) {
    const answer = await usher.call('POST', `${ALLOCATE}${address}`, {
      body: hook('1'),
      token: null,
    });
    expect([address, answer.status, answer.body]).toEqual([
      address,
      401,
      { status: 401, errors: 'Unauthenticated.', data: null },
    ]);
  }
  const qiscust = await usher.call('POST', '/api/v1/new_request?secret=wrong', {
    body: hook('1'),
    token: null,
  });
  expect(qiscust).toMatchObject({
    status: 401,
    body: { status: 'fail', error_messages: 'Unauthenticated.' },
  });
  expect(await usher.conversations()).toEqual([]);
  // Nothing was given.
  expect(await statusOf(usher, `${ALLOCATE}?secret=`, hook('1'))).toBe(200);
});

test('a right secret beside another one is refused', async () => {
  const usher = await startTestUsher({ QISCUS_WEBHOOK_SECRET: 'a-secret' });
  expect(await statusOf(usher, `${ALLOCATE}/a-secret?secret=wrong`, hook('1'))).toBe(401);
  expect(await statusOf(usher, `${ALLOCATE}?secret=a-secret&secret=wrong`, hook('1'))).toBe(401);
  expect(await statusOf(usher, `${ALLOCATE}/a-secret?secret=a-secret`, hook('1'))).toBe(200);
});

test('an app id and a webhook secret are one channel’s alone among all workspaces', async () => {
  const usher = await startWithOperator({ QISCUS_WEBHOOK_SECRET: 'a-secret-of-default' });
  const { token } = await makeWorkspace(usher, { name: 'Other', email: 'bea@example.com' });
  const make = (body: object) => usher.call('POST', CHANNELS, { body, token });
  expect(await make(qiscus('test-app'))).toMatchObject({
    status: 409,
    body: { code: 'channel.app-taken' },
  });
  const taken = { status: 409, body: { code: 'channel.secret-taken' } };
  expect(await make(qiscus('free', { webhookSecret: 'a-secret-of-default' }))).toMatchObject(taken);
  const made = (await make(qiscus('free'))).body as Channel;
  const change = (body: object) => usher.call('PATCH', `${CHANNELS}/${made.id}`, { body, token });
  const { config } = qiscus('test-app');
  expect(await change({ config })).toMatchObject({ body: { code: 'channel.app-taken' } });
  // Spaces at its ends are no part of a secret.
  const secrets = { webhookSecret: ' a-secret-of-default ' };
  expect(await change({ secrets })).toMatchObject(taken);
  expect(await change({ secrets: { webhookSecret: ' '.repeat(9) } })).toMatchObject({
    status: 400,
  });
  const same = { config: made.config, secrets: { webhookSecret: 'one-of-its-own' } };
  expect((await change(same)).status).toBe(200);
  expect((await change(same)).status).toBe(200);
  const removed = await usher.call('DELETE', `${CHANNELS}/${made.id}`, { token });
  expect(removed.status).toBe(204);
  expect((await make(qiscus('free', { webhookSecret: 'one-of-its-own' }))).status).toBe(201);
});

test('of ten channels made at once for one app there is one', async () => {
  const usher = await startTestUsher();
  const body = qiscus('wanted-by-ten');
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => usher.call('POST', CHANNELS, { body })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
});

test('channels that already share an app can still be changed otherwise', async () => {
  const usher = await startTestUsher();
  const { body } = await usher.call('POST', CHANNELS, { body: qiscus('another') });
  const { id, config } = body as Channel;
  const shared = { ...config, appId: 'test-app' };
  await usher.database.pool.query('update channel set config = $2 where channel_id = $1', [
    id,
    JSON.stringify(shared),
  ]);
  const change = { name: 'Renamed', config: { ...shared, email: 'a@example.com' } };
  expect(await usher.call('PATCH', `${CHANNELS}/${id}`, { body: change })).toMatchObject({
    status: 200,
    body: { name: 'Renamed' },
  });
});

test('the start warns of a channel without a secret, and of what channels share', () => {
  const said: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line) => void said.push(JSON.parse(line).msg) });
  const channel = (channelId: string, appId: string, webhookSecret?: string) =>
    ({
      ...{ channelId, kind: 'qiscus', name: channelId, config: { appId } },
      secrets: webhookSecret === undefined ? {} : { webhookSecret },
    }) as unknown as ChannelOf<'qiscus'>;
  warnOfOpenDoors([channel('one', 'a', 's'), channel('two', 'b', 't')], log);
  expect(said).toEqual([]);
  const shared = [channel('one', 'a', 's'), channel('two', 'a'), channel('three', 'b', 's')];
  warnOfOpenDoors([...shared, channel('four', 'c')], log);
  expect(said).toEqual([
    expect.stringMatching(/^The channel two takes .* renew-secret two$/),
    expect.stringMatching(/^The channel four takes .* renew-secret four$/),
    expect.stringMatching(/^2 Qiscus channels have the same app id/),
    expect.stringMatching(/^2 Qiscus channels have the same webhook secret/),
  ]);
});

test('a command makes a channel’s secret anew and shows the addresses', async () => {
  const usher = await startTestUsher();
  const args = ['--url', usher.url, '--token', usher.token, 'channels', 'renew-secret'];
  const program = new URL('../../src/cli/usher.ts', import.meta.url);
  const said = await text(startProgram(program, args).stdout);
  const path = /\/api\/v1\/webhook\/agent_allocation\/[\w-]{32,}/.exec(said)?.[0] ?? said;
  expect(said).toMatch(/\/api\/v1\/webhook\/mark_as_resolved\/[\w-]{32,}/);
  expect(await statusOf(usher, ALLOCATE, hook('1'))).toBe(401);
  expect(await statusOf(usher, path, hook('1'))).toBe(200);
});
