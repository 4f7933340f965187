// Every route that changes something takes an Idempotency-Key: done once, and answered alike when it is repeated.
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { Actor } from '../access/can.ts';
import { UUID_OF_OTHERS } from '../contract/uuid.ts';
import type { Desk } from '../desk/context.ts';
import { type Attempt, beginUnderKey, dropAttempt, keepAnswer } from '../desk/keep-answer.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What is under way under the caller's key; null: it has none. */
    attempt: Attempt | null;
  }
  interface FastifyContextConfig {
    takesKey?: boolean;
    /** What this route does is known by the key itself: it is done once even where the answer is lost. */
    knowsRepeats?: boolean;
  }
}

/** As the validator sees it. */
const KEY_HEADER = 'idempotency-key';

const KeyHeader = {
  type: 'string',
  minLength: 1,
  maxLength: 255,
  pattern: '^[ -~]+$',
  description:
    'A random word of yours for this one request, as a UUID. For 24 hours a repeat with the same key and body is answered as the first was, and nothing is done twice.',
} as const;

/**
 * These take no key. What is said of the browser's own session answers with its cookie, which is nobody's to
 * keep; a file that is uploaded twice is two files, and the one that no message names is forgotten by itself.
 */
const WITHOUT_KEY: readonly RegExp[] = [
  /^\/api\/v1\/(session|sessions|first-run|invites)(\/|$)/,
  /^\/api\/v1\/attachments$/,
];

/** Of our own API; the contracts of others, which are not described in it, know repeats in ways of their own. */
function takesKey({ method, url, schema }: RouteOptions): boolean {
  const changes = [method].flat().some((one) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(one));
  if (!changes || !url.startsWith('/api/v1/') || schema?.hide === true) return false;
  return !WITHOUT_KEY.some((path) => path.test(url));
}

/** Before the routes; behind what judges whether the caller may see what the address names. */
export function keepAnswers(app: FastifyInstance, { desk }: { desk: Pick<Desk, 'db' | 'log'> }) {
  app.decorateRequest('attempt', null);
  app.addHook('onRoute', (route) => {
    if (!takesKey(route)) return;
    const headers = { type: 'object', properties: { [KEY_HEADER]: KeyHeader } };
    route.schema = { ...route.schema, headers };
    route.config = { ...route.config, takesKey: true };
  });
  app.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request);
    if (key === null) return;
    const { method, url, body, routeOptions } = request;
    const begun = await beginUnderKey(desk, {
      ...ownerOf(request),
      key,
      request: JSON.stringify([method, url, sortNames(body)]),
      harmless: routeOptions.config.knowsRepeats === true,
    });
    if ('attempt' in begun) {
      request.attempt = begun.attempt;
      return;
    }
    const { status, type, text } = begun.answer;
    if (type !== null) reply.type(type);
    return reply.code(status).header('idempotent-replayed', 'true').send(text);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const { attempt } = request;
    const { statusCode: status } = reply;
    if (attempt === null) return;
    request.attempt = null;
    const text = payload ?? '';
    const isKept = typeof text === 'string' && isFinal(request, status);
    const type = reply.getHeader('content-type')?.toString() ?? null;
    // What was done is done: that its answer could not be kept is no reason to hide it.
    await (isKept
      ? keepAnswer(desk, attempt, { status, type, text })
      : dropAttempt(desk, attempt)
    ).catch((error: unknown) =>
      request.log.warn({ err: error }, 'An answer could not be kept for its key'),
    );
  });
}

/** What the caller names this request with; null: nothing, or the route takes none. */
function keyOf({ headers, routeOptions }: FastifyRequest): string | null {
  const sent = headers[KEY_HEADER];
  if (typeof sent !== 'string' || routeOptions.config.takesKey !== true) return null;
  // The draft has it quoted, and most send it as it is.
  return /^"(.+)"$/.exec(sent)?.[1] ?? sent;
}

/**
 * The key as the name of a message in its conversation. An agent's own UUID is kept as it is, so that the page
 * which sent it knows it again; any other word, and any of a program, is hashed with whose it is.
 */
export function clientIdOf(request: FastifyRequest): string | null {
  const key = keyOf(request);
  if (key === null) return null;
  const { actor } = request;
  if (UUID_OF_OTHERS.test(key) && actor.agentId !== null) return key.toLowerCase();
  const { actorId } = actorOf(actor);
  return createHash('sha256').update(`${actorId} ${key}`).digest('base64url');
}

/** Answers that a repeat gets. A failure of ours, and what may end by itself, are not: it is tried anew. */
function isFinal({ routeOptions }: FastifyRequest, status: number): boolean {
  if (status < 400) return true;
  // A refused message can be sent once its conversation is one's own.
  if (routeOptions.config.knowsRepeats === true) return false;
  return status < 500 && ![401, 403, 408, 425, 429].includes(status);
}

function ownerOf({ actor }: FastifyRequest): { workspaceId: string; actorId: string } {
  // Of all that takes a key only the operator's routes have no actor.
  return actor === null ? { workspaceId: DEFAULT_WORKSPACE, actorId: 'operator' } : actorOf(actor);
}

function actorOf({ workspaceId, userId, tokenId, name }: Actor) {
  return { workspaceId, actorId: userId ?? tokenId ?? name };
}

/** The same body, in whatever order its names were written. */
function sortNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortNames);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, sortNames(one)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
