// Connecting, as the admin of RapidPro sees it.
import { expect, test } from 'vitest';
import { isPublicHost, readBaseUrl } from './read-base-url.ts';
import type { MailroomOptions } from './start-mailroom.ts';
import { BASE_PATH, startTestMailroom } from './test-mailroom.ts';
import { bodyOf, type Reply, reply, startTestServer } from './test-server.ts';

async function startWith(replies: Reply[], options: MailroomOptions = {}) {
  const app = await startTestServer({ replies });
  const mailroom = await startTestMailroom({ allowPrivateHosts: true, ...options });
  const organisation = mailroom.addOrganisation();
  const connect = (baseUrl = app.url + BASE_PATH) =>
    organisation.connect({ baseUrl, adminUserId: 'admin', adminAuthToken: 'token' });
  return { app, mailroom, organisation, connect };
}

const post = async (url: string | null) =>
  (await fetch(String(url), { method: 'POST', body: '{}' })).status;

test('puts the webhook with the secret of the page, and only then has the ticketer', async () => {
  const { app, mailroom, organisation, connect } = await startWith([reply(204)]);
  const secret = organisation.visitConnectPage();
  expect(secret).toMatch(/^[2-9A-HJ-NP-Z]{32}$/);
  const { connected, because, webhookUrl } = await connect();
  expect({ connected, because }).toEqual({ connected: true, because: null });
  const ticketer = organisation.ticketer();
  expect(ticketer).toMatchObject({ baseUrl: app.url + BASE_PATH, secret, adminUserId: 'admin' });
  expect(webhookUrl).toBe(
    `${mailroom.url}/mr/tickets/types/rocketchat/event_callback/${ticketer?.uuid}`,
  );
  const request = String(app.requests[0]);
  expect(request).toMatch(new RegExp(`^PUT ${BASE_PATH}/settings HTTP`));
  expect(request).toContain(`Authorization: Token ${secret}\r\nContent-Type: application/json\r\n`);
  expect(JSON.parse(bodyOf(app.requests[0]))).toEqual({ webhook: { url: webhookUrl } });
  expect(await post(webhookUrl)).toBe(401);
});

test.each([200, 201, 301, 400, 403, 500, 503])(
  '%i is a failure, and not retried',
  async (status) => {
    const { app, organisation, connect } = await startWith([reply(status, '{}')]);
    const { connected, because, webhookUrl } = await connect();
    expect({ connected, because }).toEqual({ connected: false, because: 'put-failed' });
    expect([organisation.ticketer(), app.requests.length]).toEqual([null, 1]);
    expect(await post(webhookUrl)).toBe(404);
  },
);

test('gives up after its time', async () => {
  const { connect } = await startWith([{ silent: true }], { connectTimeoutMs: 100 });
  expect(await connect()).toMatchObject({ because: 'put-failed', call: { error: 'timeout' } });
});

test('shows another secret at each visit', async () => {
  const { organisation } = await startWith([reply(204)]);
  expect(organisation.visitConnectPage()).not.toBe(organisation.visitConnectPage());
});

test('takes one address once, and connects anew with another ticketer', async () => {
  const { app, organisation, connect } = await startWith([reply(204)]);
  const { webhookUrl } = await connect();
  expect(await connect()).toMatchObject({ because: 'address-in-use', call: null });
  await organisation.disconnect();
  const again = await connect();
  expect(again.connected).toBe(true);
  expect([again.webhookUrl === webhookUrl, app.requests.length]).toEqual([false, 2]);
  expect([await post(webhookUrl), await post(again.webhookUrl)]).toEqual([404, 401]);
});

test('wants a UUID in the path, and cuts off what follows', async () => {
  const { app, connect } = await startWith([reply(204)]);
  expect(await connect(`${app.url}/api`)).toMatchObject({ because: 'no-uuid', call: null });
  await connect(`${app.url}${BASE_PATH}/secret.check?a=1`);
  expect(String(app.requests[0])).toContain(`PUT ${BASE_PATH}/settings `);
  expect(readBaseUrl(`see http://a.test/x/684202ED-1461-4983-9EA7-FDE74B15026C/room now`)).toBe(
    'http://a.test/x/684202ED-1461-4983-9EA7-FDE74B15026C',
  );
  expect(readBaseUrl('ftp://a.test/684202ed-1461-4983-9ea7-fde74b15026c')).toBeNull();
});

test('refuses private and loopback hosts unless told otherwise', async () => {
  const { app, connect } = await startWith([reply(204)], { allowPrivateHosts: false });
  expect(await connect()).toMatchObject({ because: 'private-host', call: null });
  expect(app.requests).toHaveLength(0);
});

test.each([
  ['http://127.0.0.1/', false],
  ['http://localhost:8080/', false],
  ['http://10.1.2.3/', false],
  ['http://172.31.0.1/', false],
  ['http://192.168.1.1/', false],
  ['http://169.254.169.254/', false],
  ['http://[::1]/', false],
  ['http://[fd00::1]/', false],
  ['http://nowhere.invalid/', false],
  ['http://8.8.8.8/', true],
  ['http://172.32.0.1/', true],
  ['http://[2001:4860:4860::8888]/', true],
])('%s is public: %s', async (url, isPublic) => {
  expect(await isPublicHost(url)).toBe(isPublic);
});
