// Every environment variable: what it means, its default and its shape.
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { findAddressFault } from './database-address.ts';
import { parseAllowedNetworks } from './outbound/allowed-networks.ts';
import { parseTrustedProxies } from './trusted-proxies.ts';

const Text = (description: string) => Type.Optional(Type.String({ description, minLength: 1 }));
/** An address, or a path of our own origin. */
const Picture = (description: string) =>
  Type.Optional(
    Type.String({ description, pattern: '^(https?://[^\\s/]|/(?![/\\\\]))\\S*$', maxLength: 2048 }),
  );
const Port = (description: string, value: number) =>
  Type.Integer({ description, default: value, minimum: 0, maximum: 65_535 });

const Environment = Type.Object({
  PORT: Port('Where it listens; 0 takes any free port.', 3000),
  HOST: Type.String({ description: 'The address it listens on.', default: '127.0.0.1' }),
  PUBLIC_URL: Type.Optional(
    Type.String({
      description: 'The address by which others reach it, as https://usher.example.com.',
      pattern: '^https?://[^/]',
    }),
  ),
  USHER_TRUSTED_PROXIES: Type.String({
    description:
      'The proxies before it, whose X-Forwarded-For, -Proto and -Host it believes: addresses or CIDR, separated by commas; loopback is this machine, none nobody.',
    default: 'loopback',
  }),
  USHER_DATA_DIR: Type.String({
    description: 'Where the embedded PostgreSQL and the local admin token live.',
    default: './data',
    minLength: 1,
  }),
  DATABASE_URL: Text('A PostgreSQL (15 or later) to use instead of the embedded one.'),
  DATABASE_POOL_SIZE: Type.Integer({
    description:
      'Connections to the database for requests and deliveries; the router and news from other nodes have three more.',
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
  USHER_OPERATOR_TOKEN: Type.Optional(
    Type.String({
      description:
        'With which an operator makes and removes workspaces (`npm run usher -- workspace`) and changes the key of secrets (`npm run usher -- secrets`). Without it nobody does.',
      minLength: 32,
      pattern: '^\\S+$',
    }),
  ),
  USHER_SECRET_KEY: Type.Optional(
    Type.String({
      description:
        'Seals the secrets of channels, endpoints and the like in the database; 32 characters or more, as `openssl rand -base64 32` makes them. Without it they stand there as they are. Whoever loses it must set those secrets anew.',
      minLength: 32,
      pattern: '^[^\\s,]+$',
    }),
  ),
  USHER_SECRET_KEY_OLD: Type.Optional(
    Type.String({
      description:
        'Keys of before, separated by commas: they open what they sealed until `npm run usher -- secrets rotate` is done.',
      minLength: 32,
    }),
  ),
  USHER_SWEEP_MS: Type.Integer({
    description: 'How often to look for work whose news was lost.',
    default: 2000,
    minimum: 100,
    maximum: 60_000,
  }),
  USHER_ALLOW_PRIVATE_NETWORKS: Text(
    'Networks that event endpoints, Qiscus channels and other typed addresses may lead to although they are not public: CIDR or addresses, separated by commas.',
  ),
  USHER_UPLOADS_PER_SESSION_MB: Type.Integer({
    description: 'How much one visitor may upload in one chat in a day.',
    default: 100,
    minimum: 1,
    maximum: 1_000_000,
  }),
  USHER_UPLOADS_PER_ADDRESS_MB: Type.Integer({
    description: 'How much all visitors from one address may upload in a day.',
    default: 200,
    minimum: 1,
    maximum: 1_000_000,
  }),
  USHER_UPLOADS_PER_WORKSPACE_MB: Type.Integer({
    description: 'How much all visitors of a workspace may upload in a day.',
    default: 5000,
    minimum: 1,
    maximum: 1_000_000,
  }),
  USHER_UPLOADS_PER_PERSON_MB: Type.Integer({
    description: 'How much one person, or one token, may upload in a day.',
    default: 2000,
    minimum: 1,
    maximum: 1_000_000,
  }),
  USHER_UPLOADS_BY_STAFF_MB: Type.Integer({
    description: 'How much all who work in a workspace, and its tokens, may upload in a day.',
    default: 20_000,
    minimum: 1,
    maximum: 1_000_000,
  }),
  USHER_DISK_RESERVE_MB: Type.Integer({
    description:
      'Below so much room for the database files are refused, and conversations go on. The room is that of the disk with USHER_DATA_DIR; with DATABASE_URL it is what USHER_DATABASE_MOST_MB leaves.',
    default: 1024,
    minimum: 0,
    maximum: 1_000_000_000,
  }),
  USHER_DATABASE_MOST_MB: Type.Optional(
    Type.Integer({
      description:
        'How large the database of DATABASE_URL may grow, whose disk cannot be seen from here. Without it only budgets bound files there.',
      minimum: 100,
      maximum: 1_000_000_000,
    }),
  ),
  USHER_DELIVERY_RETENTION_DAYS: Type.Integer({
    description: 'How long the log of deliveries is kept, and events are held for endpoints.',
    default: 30,
    minimum: 4,
    maximum: 3650,
  }),
  MQTT_PORT: Type.Optional(
    Type.Integer({
      description: 'Also speak MQTT over TCP there; always spoken over WebSocket at /mqtt.',
      minimum: 0,
      maximum: 65_535,
    }),
  ),
  MQTT_URL: Type.Optional(
    Type.String({
      description:
        'A broker (MQTT 3.1.1) to use instead of the embedded one: mqtt://user:password@host:1883, mqtts, ws or wss. It must ask Usher who may do what.',
      pattern: '^(mqtts?|wss?)://[^/]',
    }),
  ),
  MQTT_PUBLIC_URL: Type.Optional(
    Type.String({
      description: 'Where browsers reach the broker of MQTT_URL, as wss://mqtt.example.com/mqtt.',
      pattern: '^wss?://[^/]',
    }),
  ),
  MQTT_HOOK_SECRET: Type.Optional(
    Type.String({
      description: 'What the broker of MQTT_URL must show when it asks who may do what.',
      minLength: 16,
      pattern: '^[\\w.~-]+$',
    }),
  ),
  MQTT_BASE_TOPIC: Type.String({
    description: 'Before every topic of the default workspace; chimpassist/demo for old clients.',
    default: '',
    pattern: '^$|^[^/+#$][^+#]*[^/+#]$',
  }),
  ATTENDANT_KEEP_ALIVE_TIME: Type.Integer({
    description: 'Milliseconds for which an agent counts as present after a sign of life.',
    default: 30_000,
    minimum: 500,
    maximum: 3_600_000,
  }),
  ATTENDANT_PRESENCE_MQTT_BROKER_HOST: Type.Optional(
    Type.String({
      description:
        'A broker on which a system of yours names who is at work, as {"user": "<e-mail>"}: mqtt://host:1883, mqtts, ws, wss, http or https. Agents it does not name are given nothing, and their screen is covered.',
      pattern: '^(mqtts?|wss?|https?)://[^/]',
    }),
  ),
  ATTENDANT_PRESENCE_MQTT_USERNAME: Text('Our name there.'),
  ATTENDANT_PRESENCE_MQTT_PASSWORD: Text('Our password there.'),
  ATTENDANT_PRESENCE_TOPIC: Text('The topic there; it may be a filter, as presence/#.'),
  ATTENDANT_PRESENCE_KEEP_ALIVE_TIME: Type.Integer({
    description: 'Milliseconds after which somebody who is not named there is absent.',
    default: 120_000,
    minimum: 500,
    maximum: 86_400_000,
  }),
  SESSION_KEEP_ALIVE_TIME: Type.Integer({
    description: 'Milliseconds of a visitor’s silence after which a web chat ends.',
    default: 600_000,
    minimum: 500,
    maximum: 86_400_000,
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
  USHER_ADMIN_EMAIL: Type.Optional(
    Type.String({
      description:
        'The first admin’s e-mail address, with USHER_ADMIN_PASSWORD; without them the first visit sets the admin up with the one-time code from the log. Of no effect once somebody can sign in.',
      pattern: '^[^\\s@]+@[^\\s@]+$',
      maxLength: 255,
    }),
  ),
  USHER_ADMIN_PASSWORD: Type.Optional(
    Type.String({ description: 'The first admin’s password.', minLength: 8, maxLength: 256 }),
  ),
  OIDC_ISSUER: Type.Optional(
    Type.String({
      description:
        'The identity provider (OpenID Connect) by which people may sign in; its callback is <PUBLIC_URL>/api/v1/session/oidc/callback.',
      pattern: '^https?://',
    }),
  ),
  OIDC_CLIENT_ID: Text('Our id there.'),
  OIDC_CLIENT_SECRET: Text('Our secret there, if it gave one.'),
  OIDC_NAME: Type.String({ description: 'What the button says.', default: 'Single sign-on' }),
  OIDC_CREATE_USERS: Type.Boolean({
    description:
      'Whether somebody it vouches for, whom nobody has invited, becomes a user with the role agent.',
    default: false,
  }),
  OIDC_SESSION_HOURS: Type.Integer({
    description:
      'A session that began at the identity provider ends by then: whoever was removed there is out here too.',
    default: 12,
    minimum: 1,
    maximum: 2160,
  }),
  AUTHENTICATION_ENDPOINT: Type.Optional(
    Type.String({
      description:
        'The company’s own check of passwords as Chimp Assist has it: asked at <it>/chimpassist/auth when the password is none of ours.',
      pattern: '^https?://',
    }),
  ),
  STATISTICS_BASE_ENDPOINT: Type.Optional(
    Type.String({
      description:
        'The company’s statistics of a customer, without /chimpassist; the setting rules where it is set.',
      pattern: '^https?://',
    }),
  ),
  STATISTICS_TOKEN: Text(
    'Sent as Authorization: Bearer to STATISTICS_BASE_ENDPOINT, and to no other address.',
  ),
  MAIN_PAGE_TITLE: Type.String({ description: 'The title of the back office.', default: 'Usher' }),
  LOGIN_PAGE_TITLE: Text('The title of the sign-in page, where it is another.'),
  LOGO_SMALL_URL: Picture('The logo beside it.'),
  FAV_ICON_URL: Picture('The icon of the back office in the browser’s tabs.'),
  DEFAULT_ATTENDANT_AVATAR_URL: Type.Optional(
    Type.String({
      description:
        'The picture of agents who have none of their own, for visitors and in the back office. The widget shows it only from https.',
      pattern: '^https?://[^\\s/]\\S*$',
      maxLength: 2048,
    }),
  ),
  FORCE_i18n_LANGUAGE: Type.Optional(
    Type.Enum(['en', 'id', 'ko', 'pt-BR', 'ptBR', 'pt'], {
      description: 'The language of the back office, whatever its reader would choose.',
    }),
  ),
  ONLINE_CUSTOMERS_LABEL: Text('What the list of customers who are online is called.'),
  OFFLINE_CUSTOMERS_LABEL: Text('What the list of the others is called.'),
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

/** What is no mistake but hardly meant, each with what to do. */
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
  return warnings;
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
  ['MQTT_URL', 'MQTT_PUBLIC_URL'],
  ['ATTENDANT_PRESENCE_MQTT_BROKER_HOST', 'ATTENDANT_PRESENCE_TOPIC'],
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
  if (config.MQTT_URL !== undefined && !URL.canParse(config.MQTT_URL)) {
    problems.push('MQTT_URL: must be an address');
  }
  if (config.MQTT_URL !== undefined && config.MQTT_PORT !== undefined) {
    problems.push('MQTT_PORT: is of the embedded broker, which MQTT_URL replaces');
  }
  const watched = config.ATTENDANT_PRESENCE_MQTT_BROKER_HOST;
  if (watched !== undefined && !URL.canParse(watched)) {
    problems.push('ATTENDANT_PRESENCE_MQTT_BROKER_HOST: must be an address');
  }
  const networks = parseAllowedNetworks(config.USHER_ALLOW_PRIVATE_NETWORKS ?? '');
  if (!networks.ok) {
    problems.push(`USHER_ALLOW_PRIVATE_NETWORKS: not a network: ${networks.bad.join(', ')}`);
  }
  const proxies = parseTrustedProxies(config.USHER_TRUSTED_PROXIES);
  if (!proxies.ok) {
    problems.push(`USHER_TRUSTED_PROXIES: not a network: ${proxies.bad.join(', ')}`);
  }
  return problems;
}
