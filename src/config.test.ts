import { expect, test } from 'vitest';
import { findWarnings, isTraced, readConfig } from './config.ts';

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

test('contradictions are said beside what is malformed', () => {
  const environment = { PORT: 'x', PUBLIC_URL: 'a.b', DATABASE_URL: 'db', QISCUS_APP_ID: 'a' };
  expect(() => readConfig(environment)).toThrow(
    /PORT[\s\S]*PUBLIC_URL[\s\S]*QISCUS_SECRET[\s\S]*DATABASE_URL/,
  );
});

test('the original’s example, with an empty address of Slack, is taken with a warning', () => {
  const config = readConfig({ LOG_STACK: 'single,slack', LOG_SLACK_WEBHOOK_URL: '' });
  expect(findWarnings(config)).toEqual([
    expect.stringMatching(/^LOG_STACK names slack, but LOG_SL/),
  ]);
  expect(findWarnings(readConfig({}))).toEqual([]);
});

test('a token of the statistics without their address is told to be of no use', () => {
  const token = { STATISTICS_TOKEN: 'a-token' };
  expect(findWarnings(readConfig(token))).toEqual([
    expect.stringMatching(/^STATISTICS_TOKEN is sent nowhere/),
  ]);
  const base = { STATISTICS_BASE_ENDPOINT: 'https://example.com' };
  expect(findWarnings(readConfig({ ...token, ...base }))).toEqual([]);
});

test('a key of the model without its address, or unencrypted, is told', () => {
  const key = { AI_API_KEY: 'sk-1' };
  expect(findWarnings(readConfig(key))).toEqual([
    expect.stringMatching(/^AI_API_KEY is sent nowhere/),
  ]);
  const at = (url: string) => readConfig({ AI_BASE_URL: url, AI_MODEL: 'small', ...key });
  expect(findWarnings(at('http://models.example/v1'))).toEqual([
    expect.stringMatching(/unencrypted/),
  ]);
  expect(findWarnings(at('https://models.example/v1'))).toEqual([]);
});

test('traces are on by their address alone, and a protocol that is not spoken is told', () => {
  const at = (more: object) =>
    readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', ...more });
  expect([readConfig({}), at({}), at({ OTEL_SDK_DISABLED: 'true' })].map(isTraced)).toEqual([
    ...[false, true, false],
  ]);
  const exact = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/otlp' };
  expect(isTraced(readConfig(exact))).toBe(true);
  expect(findWarnings(at({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }))).toEqual([
    expect.stringMatching(/says grpc, but Usher sends http\/protobuf/),
  ]);
  expect(findWarnings(at({}))).toEqual([]);
});

test.each([
  [{ AI_BASE_URL: 'http://127.0.0.1:11434/v1' }, /AI_BASE_URL and AI_MODEL: set both/],
  [{ AI_MODEL: 'small' }, /AI_BASE_URL and AI_MODEL: set both/],
  [{ AI_BASE_URL: 'https://user:pass@models.example', AI_MODEL: 'small' }, /AI_BASE_URL/],
  [{ AI_BASE_URL: 'https://[models]/v1', AI_MODEL: 'small' }, /AI_BASE_URL: must be an address/],
  [{ QISCUS_APP_ID: 'a' }, /QISCUS_SECRET/],
  [{ QISCUS_EMAIL: 'a@example.com' }, /both or neither/],
  [{ USHER_ALLOW_PRIVATE_NETWORKS: '10.0.0.0/8, lan, 10.0.0.0/40' }, /: lan, 10\.0\.0\.0\/40$/],
  [{ USHER_TRUSTED_PROXIES: 'loopback, nginx' }, /USHER_TRUSTED_PROXIES: not a network: nginx$/],
  [{ USHER_TRUSTED_TRACE_SOURCES: 'mesh' }, /USHER_TRUSTED_TRACE_SOURCES: not a network: mesh$/],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, /OTEL_EXPORTER_OTLP_ENDPOINT/],
  [{ OTEL_TRACES_SAMPLER: 'jaeger_remote' }, /OTEL_TRACES_SAMPLER/],
  [{ OTEL_TRACES_SAMPLER_ARG: '2' }, /OTEL_TRACES_SAMPLER_ARG/],
  [{ PUBLIC_URL: 'usher.example.com' }, /PUBLIC_URL: must begin with http:\/\/ or https:\/\//],
  [
    { DATABASE_URL: 'localhost:5432/usher' },
    /DATABASE_URL: is not an address of PostgreSQL; write/,
  ],
  [{ DATABASE_URL: 'postgres://u:p@ss#1@h:5432/x' }, /DATABASE_URL: is not an address/],
])('%j is refused with its reason', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message);
});
