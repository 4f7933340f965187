import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('nothing set gives the documented defaults', () => {
  expect(readConfig({})).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', QISCUS_MAX_CUSTOMER: 2 });
});

test('an empty variable counts as absent', () => {
  expect(readConfig({ PORT: '', QISCUS_APP_ID: ' ' })).toMatchObject({ PORT: 3000 });
});

test('everything that is wrong is said at once', () => {
  const environment = { PORT: '99999', QISCUS_MAX_CUSTOMER: 'many', LOG_LEVEL: 'loud' };
  expect(() => readConfig(environment)).toThrow(/PORT[\s\S]*QISCUS_MAX_CUSTOMER[\s\S]*LOG_LEVEL/);
});

test.each([
  [{ QISCUS_APP_ID: 'a' }, /QISCUS_SECRET/],
  [{ QISCUS_EMAIL: 'a@example.com' }, /both or neither/],
  [{ USHER_ALLOW_PRIVATE_NETWORKS: '10.0.0.0/8, lan, 10.0.0.0/40' }, /: lan, 10\.0\.0\.0\/40$/],
  [{ USHER_TRUSTED_PROXIES: 'loopback, nginx' }, /USHER_TRUSTED_PROXIES: not a network: nginx$/],
  [{ LOG_STACK: 'single,slack' }, /LOG_SLACK_WEBHOOK_URL/],
])('%j is refused with its reason', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message);
});
