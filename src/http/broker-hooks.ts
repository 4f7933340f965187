// Where a broker beside Usher asks who may do what: in RabbitMQ's form, and in that of EMQX 5.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UUID } from '../contract/uuid.ts';
import { equalSecrets } from '../desk/hash-secret.ts';
import { isOutage, RETRY_AFTER_SECONDS } from '../store/is-outage.ts';

export interface BrokerDoor {
  /** null: nobody may ask. */
  secret: string | null;
  mayConnect(asked: {
    username: string;
    password: string;
    clientId: string | null;
    dotted?: boolean;
  }): Promise<boolean>;
  mayUse(asked: {
    username: string;
    action: 'publish' | 'subscribe';
    topic: string;
    retain?: boolean;
    dotted?: boolean;
  }): Promise<boolean>;
  /** Usher's own name at the broker. */
  isUsher(username: string): boolean;
}

export interface BrokerHooks {
  brokerDoor: BrokerDoor;
}

type Said = Record<string, unknown>;

/** The secret comes as `?secret=`, in the header `x-hook-secret` or, for RabbitMQ, at the end of the path. */
export async function brokerHookRoutes(
  app: FastifyInstance,
  { brokerDoor: door }: BrokerHooks,
): Promise<void> {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  // Neither allowed nor denied, in each form; both refuse the client.
  app.setErrorHandler((error, request, reply) => {
    if (!isOutage(error)) throw error;
    reply.code(503).header('retry-after', RETRY_AFTER_SECONDS);
    if (request.url.startsWith('/mqtt/auth/')) return reply.type('text/plain').send('deny');
    return reply.send({ result: 'ignore' });
  });
  const schema = { hide: true };
  const rabbit: Record<string, (said: Said) => Promise<boolean>> = {
    user: (said) => mayConnect(door, said, { clientId: said.client_id, dotted: true }),
    vhost: async ({ username }) => isName(door, username),
    resource: async (said) => mayUseResource(door, said),
    topic: (said) => mayUseTopic(door, said),
  };
  for (const [name, decide] of Object.entries(rabbit)) {
    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      if (!isKnown(door, request)) return reply.code(403).type('text/plain').send('deny');
      const may = await decide({ ...(request.query as Said), ...readBody(request) });
      return reply.type('text/plain').send(may ? 'allow' : 'deny');
    };
    for (const url of [`/mqtt/auth/${name}`, `/mqtt/auth/${name}/:secret`]) {
      app.route({ method: ['GET', 'POST'], exposeHeadRoute: false, url, schema, handler: answer });
    }
  }
  const emqx: Record<string, (said: Said) => Promise<boolean>> = {
    auth: (said) => mayConnect(door, said, { clientId: said.clientid, dotted: false }),
    acl: ({ username, action, topic, retain }) =>
      mayUse(door, { username, action, topic, retain, dotted: false }),
  };
  for (const [name, decide] of Object.entries(emqx)) {
    app.post(`/mqtt/${name}`, { schema }, async (request, reply) => {
      if (!isKnown(door, request)) return reply.code(403).send({ result: 'deny' });
      return { result: (await decide(readBody(request))) ? 'allow' : 'deny' };
    });
  }
}

async function mayConnect(
  door: BrokerDoor,
  { username, password }: Said,
  { clientId, dotted }: { clientId: unknown; dotted: boolean },
): Promise<boolean> {
  if (typeof username !== 'string' || typeof password !== 'string') return false;
  const known = typeof clientId === 'string' && clientId !== '' ? clientId : null;
  return door.mayConnect({ username, password, clientId: known, dotted });
}

async function mayUse(door: BrokerDoor, asked: Said & { dotted: boolean }): Promise<boolean> {
  const { username, action, topic, retain, dotted } = asked;
  if (typeof username !== 'string' || typeof topic !== 'string') return false;
  if (action !== 'publish' && action !== 'subscribe') return false;
  const isRetained = retain === true || retain === 1 || retain === 'true' || retain === '1';
  return door.mayUse({ username, action, topic, retain: isRetained, dotted });
}

/** MQTT publishes to one exchange; the broker asks about the topic next. */
const EXCHANGE = 'amq.topic';

async function mayUseTopic(door: BrokerDoor, said: Said): Promise<boolean> {
  const { username, name, permission, routing_key: topic } = said;
  if (name !== EXCHANGE) return false;
  const action = permission === 'write' ? 'publish' : permission === 'read' ? 'subscribe' : null;
  return mayUse(door, { username, action, topic, dotted: true });
}

/** A client's queue is called after its client id, which must carry its owner's name. */
function mayUseResource(door: BrokerDoor, { username, resource, name, permission }: Said): boolean {
  if (typeof username !== 'string' || typeof name !== 'string') return false;
  if (door.isUsher(username)) return true;
  if (!isName(door, username)) return false;
  if (resource === 'exchange') return name === EXCHANGE && permission !== 'configure';
  if (resource !== 'queue') return false;
  return ['visitor', 'agent'].some((kind) =>
    name.startsWith(`mqtt-subscription-${kind}-${username}-`),
  );
}

function isName(door: BrokerDoor, username: unknown): boolean {
  return typeof username === 'string' && (UUID.test(username) || door.isUsher(username));
}

function isKnown({ secret }: BrokerDoor, { headers, params, query }: FastifyRequest): boolean {
  const said = [
    headers['x-hook-secret'],
    (query as Said).secret,
    (params as Said | undefined)?.secret,
  ].find((one) => one !== undefined);
  return secret !== null && typeof said === 'string' && equalSecrets(said, secret);
}

function readBody({ body }: FastifyRequest): Said {
  return typeof body === 'object' && body !== null ? (body as Said) : {};
}
