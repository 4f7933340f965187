// Only what Usher signed, and lately, is read.
import { expect, test } from 'vitest';
import { readWebhook, type Webhook, WebhookRefused } from './read-webhook.ts';

// As docs/guides/receiving-events.md has them.
const body =
  '{"triggerId":"trg_1","ctime":"2019-04-29T08:57:15.878Z","appCode":"app","type":"session_state_open"}';
const headers = {
  'webhook-id': 'trg_1',
  'webhook-timestamp': '1556528235',
  'webhook-signature': 'v1,jY89UlRI7JRubsdgeLPiSN/72lPa8VH+PC/MypPyET8=',
};
const rotated = `v1,AAAA ${headers['webhook-signature']}`;
const now = 1556528235;
const read = (change: Partial<Webhook> = {}) =>
  readWebhook({ headers, body, secret: 'topsecret', now, ...change });

test.each<[string, Partial<Webhook>]>([
  ['as it came', {}],
  ['with Headers', { headers: new Headers(headers) }],
  ['as bytes', { body: new TextEncoder().encode(body) }],
  ['five minutes later', { now: now + 300 }],
  ['with the secret of the libraries', { secret: 'whsec_dG9wc2VjcmV0' }],
  ['with several secrets', { secret: ['newsecret', 'topsecret'] }],
  ['with several signatures', { headers: { ...headers, 'webhook-signature': rotated } }],
])('the guide’s sample is read %s', async (_, change) => {
  expect(await read(change)).toMatchObject({ triggerId: 'trg_1', type: 'session_state_open' });
});

test.each<[WebhookRefused['reason'], string, Partial<Webhook>]>([
  ['signature', 'another body', { body: `${body} ` }],
  ['signature', 'another secret', { secret: 'other' }],
  ['signature', 'another id', { headers: { ...headers, 'webhook-id': 'trg_2' } }],
  ['signature', 'another time', { headers: { ...headers, 'webhook-timestamp': '1556528236' } }],
  ['signature', 'half a signature', { headers: { ...headers, 'webhook-signature': 'v1,jY89' } }],
  ['signature', 'no base64', { headers: { ...headers, 'webhook-signature': 'v1,%' } }],
  ['signature', 'another version', { headers: { ...headers, 'webhook-signature': 'v2,AAAA' } }],
  ['timestamp', 'an old one', { now: now + 301 }],
  ['timestamp', 'one of the future', { now: now - 301 }],
  ['headers', 'no number', { headers: { ...headers, 'webhook-timestamp': 'soon' } }],
  ['headers', 'no headers', { headers: {} }],
  ['headers', 'no Headers', { headers: new Headers() }],
])('by its %s is refused: %s', async (reason, _, change) => {
  await expect(read(change)).rejects.toThrow(expect.objectContaining({ reason }));
  await expect(read(change)).rejects.toThrow(WebhookRefused);
});

test('no secret is a mistake of the program, not of the sender', async () => {
  for (const secret of ['', [], 'whsec_', 'whsec_%']) {
    await expect(read({ secret })).rejects.toThrow(TypeError);
  }
});
