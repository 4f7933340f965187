// Where it listens, where its data is, and who holds its keys.
import { Type } from 'typebox';
import { Port, Text } from './shapes.ts';

export const installation = {
  PORT: Port('Where it listens; 0 takes any free port.', 3000),
  HOST: Type.String({ description: 'The address it listens on.', default: '127.0.0.1' }),
  PUBLIC_URL: Type.Optional(
    Type.String({
      description: 'The address by which others reach it, as https://usher.example.com.',
      pattern: '^https?://[^/]',
    }),
  ),
  USHER_PUSH_CONTACT: Type.Optional(
    Type.String({
      description:
        'How the operators of push services reach whoever runs this installation: mailto:ops@example.com or an https address. Without it: PUBLIC_URL, if that is https.',
      pattern: '^(mailto:[^\\s@]+@[^\\s@]+|https://[^/\\s][^\\s]*)$',
      maxLength: 300,
    }),
  ),
  USHER_TRUSTED_PROXIES: Type.String({
    description:
      'The proxies before it, whose X-Forwarded-For, -Proto and -Host it believes: addresses or CIDR, separated by commas; loopback means this machine; none means that no proxy is believed.',
    default: 'loopback',
  }),
  USHER_DATA_DIR: Type.String({
    description: 'Where the embedded PostgreSQL and the local admin token live.',
    default: './data',
    minLength: 1,
  }),
  DATABASE_URL: Text(
    'A PostgreSQL (15 or later) to use instead of the embedded one: postgresql://user:password@host:5432/database, or host:5432,host:5432 for a primary and its standbys.',
  ),
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
        'An API token with admin rights in the default workspace. Without it the first start makes one, prints it once and keeps it in the data directory.',
      minLength: 16,
    }),
  ),
  USHER_OPERATOR_TOKEN: Type.Optional(
    Type.String({
      description:
        'The token with which an operator makes and removes workspaces (`npm run usher -- workspace`) and changes the key of secrets (`npm run usher -- secrets`). Without it nobody does.',
      minLength: 32,
      pattern: '^\\S+$',
    }),
  ),
  USHER_SECRET_KEY: Type.Optional(
    Type.String({
      description:
        'Seals the secrets of channels, endpoints and the like in the database; 32 characters or more, as `openssl rand -base64 32` makes them. Without it they are stored in clear text. If you lose it, you must set those secrets again.',
      minLength: 32,
      pattern: '^[^\\s,]+$',
    }),
  ),
  USHER_SECRET_KEY_OLD: Type.Optional(
    Type.String({
      description:
        'Earlier keys, separated by commas: they open what they sealed, until `npm run usher -- secrets rotate` is done.',
      minLength: 32,
    }),
  ),
  USHER_SWEEP_MS: Type.Integer({
    description: 'How often to look for work in case a message about it was lost, in milliseconds.',
    default: 2000,
    minimum: 100,
    maximum: 60_000,
  }),
  USHER_ALLOW_PRIVATE_NETWORKS: Text(
    'Private networks that event endpoints, Qiscus channels and other typed addresses may lead to: CIDR or addresses, separated by commas.',
  ),
};
