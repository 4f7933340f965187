// The company's statistics of a customer, asked for over real HTTP.
import { expect, onTestFinished, test } from 'vitest';
import {
  SAMPLE,
  type StatisticsAnswer,
  startStatistics,
} from '../../sandbox/statistics/start-statistics.ts';
import type { Conversation } from '../../src/contract/conversation.ts';
import { makePlace } from '../makers/make-place.ts';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { makeWorkspace, OPERATOR } from '../makers/two-workspaces.ts';

async function begin(environment: Record<string, string> = {}) {
  const company = await startStatistics();
  onTestFinished(() => company.stop());
  const usher = await startTestUsher({
    STATISTICS_BASE_ENDPOINT: `${company.url}/`,
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    ...environment,
  });
  const { open } = await makePlace(usher);
  const nobody = { email: null, phone: null, avatarUrl: null, attributes: {} };
  const ask = async (customerId = '298301', window = '24h') => {
    await open({
      contact: { externalId: customerId, name: 'Sari', ...nobody },
      externalId: `room-${customerId}`,
    });
    const { body } = await usher.call(
      'GET',
      `/api/v1/conversations?q=${encodeURIComponent(customerId)}`,
    );
    const { contact } = (body as { items: Conversation[] }).items[0] as Conversation;
    return usher.call('GET', `/api/v1/contacts/${contact.id}/statistics?window=${window}`);
  };
  return { company, usher, ask };
}

const instant = (text: string | null | undefined) => {
  const [, year, month, day, time] =
    /^(\d{4})(\d\d)(\d\d)-(\d\d:\d\d:\d\d)$/.exec(text ?? '') ?? [];
  return Date.parse(`${year}-${month}-${day}T${time}Z`);
};

test('A16: the customer’s statistics are asked for by window and come back as they are', async () => {
  const { company, ask } = await begin();
  const answer = await ask();
  expect(answer).toMatchObject({ status: 200 });
  expect(answer.body).toEqual(JSON.parse('body' in SAMPLE ? SAMPLE.body : ''));
  await ask('298301', '7d');
  await ask('298301', 'all');
  const spans = company.asked.map(({ path }) => {
    expect(path).toMatch(
      /^\/chimpassist\/298301\/statistics\?start_date_time=\d{8}-\d\d:\d\d:\d\d&end_date_time=\d{8}-\d\d:\d\d:\d\d$/,
    );
    const query = new URLSearchParams(path.split('?')[1]);
    const [start, end] = ['start_date_time', 'end_date_time'].map((name) =>
      instant(query.get(name)),
    );
    expect(Math.abs(Date.now() - (end ?? 0))).toBeLessThan(10_000);
    return start === 0 ? 'all' : ((end ?? 0) - (start ?? 0)) / 86_400_000;
  });
  expect(spans).toEqual([1, 7, 'all']);
  expect(company.asked[0]?.headers.authorization).toBeUndefined();
});

test('A17: what is of no use is one refusal, and the next one asks again', async () => {
  const { company, ask } = await begin();
  const refuse = async (answer: StatisticsAnswer) => {
    company.setAnswer(answer);
    const { status, body } = await ask();
    return [status, (body as { code: string }).code];
  };
  for (const answer of [
    { body: '{}' },
    { status: 500, body: '[]' },
    { status: 302, body: '', location: 'https://example.com/' },
    { body: `["${'x'.repeat(256 * 1024)}"]` },
    { fault: 'break' },
  ] satisfies StatisticsAnswer[]) {
    expect(await refuse(answer)).toEqual([502, 'statistics.unavailable']);
  }
  company.setAnswer(SAMPLE);
  expect((await ask()).status).toBe(200);
});

test('A17: silence is given up after five seconds, for all who wait for the same', async () => {
  const { company, ask } = await begin();
  company.setAnswer({ fault: 'hang' });
  const from = performance.now();
  const answers = await Promise.all([ask(), ask(), ask()]);
  const took = performance.now() - from;
  expect(answers.map(({ status }) => status)).toEqual([502, 502, 502]);
  expect(took).toBeGreaterThan(4900);
  expect(took).toBeLessThan(10_000);
  expect(company.asked).toHaveLength(1);
});

test('an answer is kept for a while: for this customer and window, not for another', async () => {
  const { company, ask } = await begin();
  await ask();
  await ask();
  expect(company.asked).toHaveLength(1);
  await ask('298301', '7d');
  await ask('another');
  expect(company.asked).toHaveLength(3);
});

const TOKEN = { STATISTICS_TOKEN: 'for-the-company' };

test('the token goes to the operator’s address, not to one that an admin has typed', async () => {
  const { company, usher, ask } = await begin(TOKEN);
  await ask();
  expect(company.asked[0]?.headers.authorization).toBe('Bearer for-the-company');
  const other = await startStatistics();
  onTestFinished(() => other.stop());
  const change = { statisticsBaseEndpoint: `${other.url}/x`, statisticsStyle: 'customer' };
  await usher.call('PATCH', '/api/v1/settings', { body: change });
  expect((await ask()).status).toBe(200);
  expect(other.asked[0]?.path).toMatch(
    /^\/x\/chimpassist\/customer\/298301\/statistics\?start_date_time=/,
  );
  expect(other.asked[0]?.headers.authorization).toBeUndefined();
});

test.each([
  ['beside the operator’s', '/tenant/ours', '/tenant/theirs'],
  ['that only begins alike', '/tenant', '/tenant2'],
  ['that climbs out of the operator’s', '/tenant', '/tenant/../other'],
  ['below the operator’s', '/tenant', '/tenant/echo'],
])('a typed path of the same host %s is not given the token', async (_, ours, typed) => {
  const company = await startStatistics();
  onTestFinished(() => company.stop());
  const { usher, ask } = await begin({
    ...TOKEN,
    STATISTICS_BASE_ENDPOINT: `${company.url}${ours}`,
  });
  const statisticsBaseEndpoint = `${company.url}${typed}`;
  await usher.call('PATCH', '/api/v1/settings', { body: { statisticsBaseEndpoint } });
  expect((await ask()).status).toBe(200);
  expect(company.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test('without an address of the operator’s the token goes nowhere', async () => {
  const { company, usher, ask } = await begin({ ...TOKEN, STATISTICS_BASE_ENDPOINT: '' });
  const change = { statisticsBaseEndpoint: company.url };
  await usher.call('PATCH', '/api/v1/settings', { body: change });
  expect((await ask()).status).toBe(200);
  expect(company.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test('the token follows no redirection', async () => {
  const { company, ask } = await begin(TOKEN);
  const other = await startStatistics();
  onTestFinished(() => other.stop());
  company.setAnswer({ status: 307, body: '', location: `${other.url}/` });
  expect((await ask()).status).toBe(502);
  expect(company.asked[0]?.headers.authorization).toBe('Bearer for-the-company');
  expect(other.asked).toEqual([]);
});

test('another workspace is given neither the environment’s address nor its token', async () => {
  const { company, usher } = await begin({
    STATISTICS_TOKEN: 'for-the-company',
    USHER_OPERATOR_TOKEN: OPERATOR,
  });
  const { token, workspaceId } = await makeWorkspace(usher, { name: 'B', email: 'b@example.com' });
  const as = (method: string, path: string, body?: object) =>
    usher.call(method, path, { token, ...(body && { body }) });
  const made = await as('POST', '/api/v1/channels', { kind: 'webchat', name: 'Shop' });
  const { id: channelId } = made.body as { id: string };
  const { rows } = await usher.database.pool.query(
    `insert into contact (workspace_id, contact_id, channel_id, external_id)
    values ($1, gen_random_uuid(), $2, '298301') returning contact_id as id`,
    [workspaceId, channelId],
  );
  const path = `/api/v1/contacts/${rows[0].id}/statistics`;
  expect(await as('GET', path)).toMatchObject({ body: { code: 'statistics.not-configured' } });
  await as('PATCH', '/api/v1/settings', { statisticsBaseEndpoint: company.url });
  expect((await as('GET', path)).status).toBe(200);
  expect(company.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test('the later form is asked for the customer’s contact and for more, the first is not', async () => {
  const { company, usher, ask } = await begin();
  await ask();
  const { body } = await usher.call('GET', '/api/v1/conversations?q=298301');
  const { contact } = (body as { items: Conversation[] }).items[0] as Conversation;
  const path = `/api/v1/contacts/${contact.id}/statistics?subject=`;
  const refused = await usher.call('GET', `${path}contactInfo`);
  expect(refused).toMatchObject({ status: 404, body: { code: 'statistics.not-configured' } });
  await usher.call('PATCH', '/api/v1/settings', { body: { statisticsStyle: 'customer' } });
  const known = [{ label: 'e-mail', value: 'user@email.com' }];
  company.setAnswer({ body: JSON.stringify(known) });
  company.asked.length = 0;
  for (const subject of ['contactInfo', 'additionalInfo', 'contactInfo']) {
    const answer = await usher.call('GET', `${path}${subject}`);
    expect([answer.status, answer.body]).toEqual([200, known]);
  }
  expect(company.asked.map(({ path: asked }) => asked)).toEqual([
    '/chimpassist/customer/298301/contactInfo',
    '/chimpassist/customer/298301/additionalInfo',
  ]);
  expect((await usher.call('GET', `${path}password`)).status).toBe(400);
});

test('without an address there are none, and a private one is not called unless it is allowed', async () => {
  const none = await startTestUsher();
  const { open } = await makePlace(none);
  await open();
  const { body } = await none.call('GET', '/api/v1/conversations');
  const { contact } = (body as { items: Conversation[] }).items[0] as Conversation;
  const path = `/api/v1/contacts/${contact.id}/statistics`;
  expect(await none.call('GET', path)).toMatchObject({
    status: 404,
    body: { code: 'statistics.not-configured' },
  });
  expect((await none.call('GET', `${path}?window=1y`)).status).toBe(400);
  const { company, ask } = await begin({ USHER_ALLOW_PRIVATE_NETWORKS: '10.0.0.0/8' });
  expect((await ask()).status).toBe(502);
  expect(company.asked).toEqual([]);
});
