// Alarms: told once when they start and once when they end, in the office, by mail, to Slack and to a signed webhook.
import { expect, onTestFinished, test } from 'vitest';
import { startReceiver } from '../../sandbox/receiver/start-receiver.ts';
import { startMailServer } from '../makers/start-mail-server.ts';
import { eventually, NO_QISCUS, type TestUsher } from '../makers/start-test-usher.ts';
import { SECRET, startWithReceiver } from '../makers/start-with-receiver.ts';

interface Shown {
  id: string;
  kind: string;
  objectName: string | null;
  endedAt: string | null;
}

const alarms = async ({ call }: TestUsher): Promise<Shown[]> =>
  ((await call('GET', '/api/v1/alarms')).body as { items: Shown[] }).items;
const notices = async ({ call }: TestUsher): Promise<string[]> =>
  ((await call('GET', '/api/v1/notices')).body as { items: { code: string }[] }).items.map(
    ({ code }) => code,
  );

async function receive(now: () => number) {
  const receiver = await startReceiver({ secrets: [SECRET], now });
  onTestFinished(() => receiver.stop());
  return receiver;
}

test('an endpoint that fails is told of once and once again when it is well, on every way', async () => {
  const mails = await startMailServer();
  const listening = await startWithReceiver({
    ...NO_QISCUS,
    ...{ SMTP_URL: mails.url, MAIL_FROM: 'ops@example.com' },
  });
  const { usher, listen, open, advance } = listening;
  const slack = await receive(usher.clock.now);
  const hook = await receive(usher.clock.now);
  const changed = await usher.call('PATCH', '/api/v1/alarm-rules', {
    body: {
      ...{
        endpointFailures: 2,
        channelFailing: false,
        waitingMinutes: null,
        mailTo: ['ops@example.com'],
      },
      slackUrl: `${slack.url}/services/T0/B0/secret-path`,
      ...{ webhookUrl: `${hook.url}/alarms`, webhookSecret: SECRET },
    },
  });
  expect(changed.body).toMatchObject({ slack: true, webhookSigned: true });
  expect(changed.text).not.toContain('secret-path');
  const { receiver } = await listen({}, { behaviour: { status: 500 } });
  await open();
  await open();
  await advance(20_000);
  // That the Qiscus of the test server is nowhere may have been noticed before it was switched off.
  const ofEndpoints = async () =>
    (await alarms(usher)).filter(({ kind }) => kind === 'endpoint-failing');
  const [begun] = await eventually(ofEndpoints, ({ length }) => length > 0);
  expect(begun).toMatchObject({ objectName: new URL(receiver.url).host });
  expect(await notices(usher)).toEqual(['alarms']);
  await eventually(
    () => [mails.taken.length, slack.requests.length, hook.requests.length],
    (counts) => counts.every((count) => count >= 1),
  );
  // It goes on failing, and nobody hears of that again.
  await advance(60_000);
  receiver.setBehaviour({ status: 200 });
  await advance(20 * 60_000);
  await eventually(
    async () => {
      await advance(20_000);
      return ofEndpoints();
    },
    ([one]) => one?.endedAt != null,
  );
  await eventually(
    () => [mails.taken.length, slack.requests.length, hook.requests.length],
    (counts) => counts.every((count) => count >= 2),
  );
  expect(mails.taken.map(({ subject }) => subject)).toEqual([
    expect.stringContaining('Alarm: the endpoint'),
    expect.stringContaining('Over: the endpoint'),
  ]);
  const told = hook.requests.map(({ body }) => JSON.parse(body.toString()) as { type: string });
  expect(told.map(({ type }) => type)).toEqual(['alarm.started', 'alarm.ended']);
  expect(hook.requests[0]?.headers['webhook-signature']).toMatch(/^v1,/);
  const [first] = slack.requests.map(({ body }) => JSON.parse(body.toString()) as { text: string });
  expect(first?.text).toContain('Alarm: the endpoint');
  expect(slack.requests).toHaveLength(2);
  expect(await notices(usher)).toEqual([]);
});

test('addresses in private networks are refused for alarms, with the setting that allows them', async () => {
  const { usher } = await startWithReceiver({ USHER_ALLOW_PRIVATE_NETWORKS: '10.9.9.0/24' });
  for (const body of [
    { slackUrl: 'http://127.0.0.1:9/hook' },
    { webhookUrl: 'http://192.168.1.1/hook' },
  ]) {
    const refused = await usher.call('PATCH', '/api/v1/alarm-rules', { body });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('USHER_ALLOW_PRIVATE_NETWORKS');
  }
});

test('a rule that is switched off raises nothing', async () => {
  const listening = await startWithReceiver();
  const { usher, listen, open, advance } = listening;
  const off = { endpointFailures: null, channelFailing: false };
  await usher.call('PATCH', '/api/v1/alarm-rules', { body: off });
  const { endpoint } = await listen({}, { behaviour: { status: 500 } });
  for (let n = 0; n < 6; n += 1) await open();
  await eventually(
    async () => (await usher.call('GET', `/api/v1/endpoints/${endpoint.id}`)).body,
    (shown) => (shown as { failures: number }).failures >= 5,
  );
  await advance(20_000);
  // That the Qiscus of the test server is nowhere may have been noticed before: that alarm ends.
  await eventually(
    async () => {
      await advance(20_000);
      return alarms(usher);
    },
    (raised) => raised.every(({ kind, endedAt }) => kind === 'channel-failing' && endedAt !== null),
  );
});
