// Every environment variable: what it means, its default and its shape.
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { parseAllowedNetworks } from './outbound/allowed-networks.ts';

const Text = (description: string) => Type.Optional(Type.String({ description, minLength: 1 }));
const Port = (description: string, value: number) =>
  Type.Integer({ description, default: value, minimum: 0, maximum: 65_535 });

const Environment = Type.Object({
  PORT: Port('Where it listens; 0 takes any free port.', 3000),
  HOST: Type.String({ description: 'The address it listens on.', default: '127.0.0.1' }),
  PUBLIC_URL: Text('The address by which others reach it, as https://usher.example.com.'),
  USHER_DATA_DIR: Type.String({
    description: 'Where the embedded PostgreSQL and the local admin token live.',
    default: './data',
    minLength: 1,
  }),
  DATABASE_URL: Text('A PostgreSQL (15 or later) to use instead of the embedded one.'),
  DATABASE_POOL_SIZE: Type.Integer({
    description: 'Connections to the database.',
    default: 10,
    minimum: 3,
    maximum: 200,
  }),
  USHER_ADMIN_TOKEN: Type.Optional(
    Type.String({
      description:
        'An API token with admin rights in the default workspace. Without it one is made at the first start, printed once and kept in the data directory.',
      minLength: 16,
    }),
  ),
  USHER_SWEEP_MS: Type.Integer({
    description: 'How often to look for work whose news was lost.',
    default: 2000,
    minimum: 100,
    maximum: 60_000,
  }),
  USHER_ALLOW_PRIVATE_NETWORKS: Text(
    'Networks that event endpoints and other typed addresses may lead to although they are not public: CIDR or addresses, separated by commas.',
  ),
  USHER_DELIVERY_RETENTION_DAYS: Type.Integer({
    description: 'How long the log of deliveries is kept, and events are held for endpoints.',
    default: 30,
    minimum: 4,
    maximum: 3650,
  }),
  QISCUS_BASE_URL: Type.String({
    description: 'The address of Qiscus Omnichannel.',
    default: 'https://multichannel.qiscus.com',
    pattern: '^https?://',
  }),
  QISCUS_APP_ID: Text('The app id (app code); makes the default workspace’s Qiscus channel.'),
  QISCUS_SECRET: Text('The app’s secret key.'),
  QISCUS_EMAIL: Text('An admin’s e-mail address, to register the resolve webhook.'),
  QISCUS_PASSWORD: Text('The admin’s password.'),
  QISCUS_MAX_CUSTOMER: Type.Integer({
    description: 'The first value of the default capacity; afterwards the setting rules.',
    default: 2,
    minimum: 1,
    maximum: 1000,
  }),
  QISCUS_WEBHOOK_SECRET: Text('What webhooks must carry as ?secret= or last path segment.'),
  QISCUS_SYNC_BUSY_MS: Type.Integer({
    description: 'How often to ask Qiscus for its agents while conversations wait.',
    default: 10_000,
    minimum: 200,
    maximum: 3_600_000,
  }),
  QISCUS_SYNC_CALM_MS: Type.Integer({
    description: 'How often otherwise.',
    default: 30_000,
    minimum: 200,
    maximum: 3_600_000,
  }),
  QISCUS_SYNC_ROOMS_MS: Type.Integer({
    description: 'How often to look at Qiscus for rooms whose webhook was lost.',
    default: 60_000,
    minimum: 200,
    maximum: 3_600_000,
  }),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    description: 'The least severe line that is written.',
    default: 'info',
  }),
  LOG_STACK: Type.String({
    description: 'Where log lines go, separated by commas: single (standard output), slack.',
    default: 'single',
    pattern: '^(single|slack)(,(single|slack))*$',
  }),
  LOG_SLACK_WEBHOOK_URL: Text('The incoming webhook for LOG_STACK=slack; errors go there.'),
});

export type Config = Static<typeof Environment>;

export interface Setting {
  name: string;
  description: string;
  default: string | null;
}

/** For the README's table and `usher doctor`. */
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
  if (Value.Check(Environment, config)) problems.push(...findContradictions(config));
  if (problems.length === 0) return config as Config;
  throw new Error(
    `The configuration is not valid:\n${problems.map((one) => `  ${one}`).join('\n')}`,
  );
}

function describeProblem(error: { instancePath: string; message: string }): string {
  return `${error.instancePath.slice(1)}: ${error.message}`;
}

function findContradictions(config: Config): string[] {
  const problems: string[] = [];
  const appId = config.QISCUS_APP_ID !== undefined;
  if (appId && config.QISCUS_SECRET === undefined) {
    problems.push('QISCUS_SECRET: must be set together with QISCUS_APP_ID');
  }
  if ((config.QISCUS_EMAIL === undefined) !== (config.QISCUS_PASSWORD === undefined)) {
    problems.push('QISCUS_EMAIL and QISCUS_PASSWORD: set both or neither');
  }
  if (config.LOG_STACK.includes('slack') && config.LOG_SLACK_WEBHOOK_URL === undefined) {
    problems.push('LOG_SLACK_WEBHOOK_URL: must be set when LOG_STACK names slack');
  }
  const networks = parseAllowedNetworks(config.USHER_ALLOW_PRIVATE_NETWORKS ?? '');
  if (!networks.ok) {
    problems.push(`USHER_ALLOW_PRIVATE_NETWORKS: not a network: ${networks.bad.join(', ')}`);
  }
  return problems;
}
