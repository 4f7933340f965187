// Every environment variable: lists them all, reads them, and says what is wrong with them.
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { parseAllowedNetworks } from './addresses/allowed-networks.ts';
import { findAddressFault } from './addresses/database-address.ts';
import { parseTrustedProxies } from './addresses/trusted-proxies.ts';
import { assistance } from './config/assistance.ts';
import { bounds } from './config/bounds.ts';
import { company } from './config/company.ts';
import { installation } from './config/installation.ts';
import { logging } from './config/logging.ts';
import { mail } from './config/mail.ts';
import { messaging } from './config/messaging.ts';
import { qiscus } from './config/qiscus.ts';
import { signIn } from './config/sign-in.ts';
import { tracing } from './config/tracing.ts';

const Environment = Type.Object({
  ...installation,
  ...bounds,
  ...messaging,
  ...qiscus,
  ...logging,
  ...signIn,
  ...company,
  ...assistance,
  ...mail,
  ...tracing,
});

export type Config = Static<typeof Environment>;

export interface Setting {
  name: string;
  description: string;
  default: string | null;
}

/** For docs/configuration.md and `usher doctor`. */
export const settings: readonly Setting[] = Object.entries(Environment.properties).map(
  ([name, schema]) => {
    const { description = '', default: value } = schema as {
      description?: string;
      default?: unknown;
    };
    return { name, description, default: value === undefined ? null : String(value) };
  },
);

/** Throws one error that names everything that is wrong. Empty variables count as absent. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.entries(environment).filter(([name, value]) => {
    return name in Environment.properties && value !== undefined && value.trim() !== '';
  });
  const trimmed = Object.fromEntries(given.map(([name, value]) => [name, value?.trim()]));
  const config = Value.Convert(Environment, Value.Default(Environment, trimmed));
  const problems = [...Value.Errors(Environment, config)].map(describeProblem);
  problems.push(...findContradictions(config as Config));
  if (problems.length === 0) return config as Config;
  throw new Error(
    `The configuration is not valid:\n${problems.map((one) => `  ${one}`).join('\n')}`,
  );
}

/** Settings that are valid but probably a mistake, each with what to do. */
export function findWarnings(config: Config): string[] {
  const warnings: string[] = [];
  if (config.LOG_STACK.includes('slack') && config.LOG_SLACK_WEBHOOK_URL === undefined) {
    warnings.push(
      'LOG_STACK names slack, but LOG_SLACK_WEBHOOK_URL is empty: errors go to standard output only. Set it, or take slack out of LOG_STACK.',
    );
  }
  if (config.STATISTICS_TOKEN !== undefined && config.STATISTICS_BASE_ENDPOINT === undefined) {
    warnings.push(
      'STATISTICS_TOKEN is sent nowhere: it is for STATISTICS_BASE_ENDPOINT only. Set that too.',
    );
  }
  if (config.AI_API_KEY !== undefined && config.AI_BASE_URL === undefined) {
    warnings.push('AI_API_KEY is sent nowhere: it is for AI_BASE_URL only. Set that too.');
  }
  if (config.AI_API_KEY !== undefined && config.AI_BASE_URL?.startsWith('http://')) {
    warnings.push(
      'AI_API_KEY and what customers wrote go to AI_BASE_URL unencrypted. Use https unless that server is in your own network.',
    );
  }
  if (isTraced(config) && config.OTEL_EXPORTER_OTLP_PROTOCOL !== 'http/protobuf') {
    warnings.push(
      `OTEL_EXPORTER_OTLP_PROTOCOL says ${config.OTEL_EXPORTER_OTLP_PROTOCOL}, but Usher sends http/protobuf. Give it the address for that, usually at port 4318.`,
    );
  }
  return warnings;
}

/** Whether requests are traced at all. */
export function isTraced(config: Config): boolean {
  return readTracesUrl(config) !== null;
}

/** Where traces are sent; null: nowhere. */
export function readTracesUrl(config: Config): string | null {
  const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: exact, OTEL_EXPORTER_OTLP_ENDPOINT: base } = config;
  if (config.OTEL_SDK_DISABLED) return null;
  return exact ?? (base === undefined ? null : `${base.replace(/\/+$/, '')}/v1/traces`);
}

function describeProblem(error: { instancePath: string; message: string }): string {
  if (error.instancePath === '/PUBLIC_URL') {
    return 'PUBLIC_URL: must begin with http:// or https://, as https://usher.example.com';
  }
  return `${error.instancePath.slice(1)}: ${error.message}`;
}

const TOGETHER = [
  ['QISCUS_EMAIL', 'QISCUS_PASSWORD'],
  ['USHER_ADMIN_EMAIL', 'USHER_ADMIN_PASSWORD'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID'],
  ['AI_BASE_URL', 'AI_MODEL'],
  ['SMTP_URL', 'MAIL_FROM'],
  ['MQTT_URL', 'MQTT_PUBLIC_URL'],
  ['ATTENDANT_PRESENCE_MQTT_BROKER_HOST', 'ATTENDANT_PRESENCE_TOPIC'],
] as const;

/** Each with what it must be. */
const ADDRESSES = [
  ['MQTT_URL', 'must be an address'],
  ['ATTENDANT_PRESENCE_MQTT_BROKER_HOST', 'must be an address'],
  ['AI_BASE_URL', 'must be an address, as http://127.0.0.1:11434/v1'],
  [
    'SMTP_URL',
    'must be an address, as smtp://user:password@mail.example.com:587; percent-encode special characters of the password',
  ],
] as const;

function findContradictions(config: Config): string[] {
  const problems = TOGETHER.filter(
    ([one, other]) => (config[one] === undefined) !== (config[other] === undefined),
  ).map(([one, other]) => `${one} and ${other}: set both or neither`);
  const appId = config.QISCUS_APP_ID !== undefined;
  if (appId && config.QISCUS_SECRET === undefined) {
    problems.push('QISCUS_SECRET: must be set together with QISCUS_APP_ID');
  }
  const databaseFault = config.DATABASE_URL && findAddressFault(config.DATABASE_URL);
  if (databaseFault) problems.push(`DATABASE_URL: ${databaseFault}`);
  if (config.MQTT_URL !== undefined && config.MQTT_PORT !== undefined) {
    problems.push('MQTT_PORT: is of the embedded broker, which MQTT_URL replaces');
  }
  for (const [name, says] of ADDRESSES) {
    const text = config[name];
    if (text !== undefined && !URL.canParse(text)) problems.push(`${name}: ${says}`);
  }
  const networks = parseAllowedNetworks(config.USHER_ALLOW_PRIVATE_NETWORKS ?? '');
  if (!networks.ok) {
    problems.push(`USHER_ALLOW_PRIVATE_NETWORKS: not a network: ${networks.bad.join(', ')}`);
  }
  const proxies = parseTrustedProxies(config.USHER_TRUSTED_PROXIES);
  if (!proxies.ok) {
    problems.push(`USHER_TRUSTED_PROXIES: not a network: ${proxies.bad.join(', ')}`);
  }
  const sources = parseTrustedProxies(config.USHER_TRUSTED_TRACE_SOURCES);
  if (!sources.ok) {
    problems.push(`USHER_TRUSTED_TRACE_SOURCES: not a network: ${sources.bad.join(', ')}`);
  }
  return problems;
}
