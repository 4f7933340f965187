// Every route that changes something takes an Idempotency-Key: it runs once, and a repeat gets the same answer.
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { Actor } from '../access/can.ts';
import { MAX_JSON_DEPTH } from '../contract/clean-text.ts';
import { UUID_OF_OTHERS } from '../contract/uuid.ts';
import type { Desk } from '../desk/context.ts';
import { type Attempt, beginUnderKey, dropAttempt, keepAnswer } from '../desk/keep-answer.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The attempt under the caller's key; null: it has none. */
    attempt: Attempt | null;
  }
  interface FastifyContextConfig {
    takesKey?: boolean;
    /**
     * The verb itself knows by the key what was done: it is done once even when the answer is lost.
     */
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
 * These take no key. Routes of the browser's own session answer with its cookie, which must not be
 * stored. A file that is uploaded twice is two files, and the one that no message names is deleted
 * automatically. What a model drafts changes nothing, and what customers wrote is not stored again.
 */
const WITHOUT_KEY: readonly RegExp[] = [
  /^\/api\/v1\/(session|sessions|first-run|invites|password-resets)(\/|$)/,
  /^\/api\/v1\/attachments$/,
  /^\/api\/v1\/conversations\/:id\/(suggestions|summary|translations)$/,
];

/** For our own API only; the contracts of others have their own ways to recognise repeats. */
function takesKey({ method, url, schema }: RouteOptions): boolean {
  const changes = [method].flat().some((one) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(one));
  if (!changes || !url.startsWith('/api/v1/') || schema?.hide === true) return false;
  return !WITHOUT_KEY.some((path) => path.test(url));
}

/** Before the routes; after the check whether the caller may see what the address names. */
export function keepAnswers(app: FastifyInstance, { desk }: { desk: Pick<Desk, 'db' | 'log'> }) {
  app.decorateRequest('attempt', null);
  app.addHook('onRoute', (route) => {
    if (!takesKey(route)) return;
    const { properties } = (route.schema?.headers ?? {}) as { properties?: object };
    const headers = { type: 'object', properties: { ...properties, [KEY_HEADER]: KeyHeader } };
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
    // The work is done: a failure to store the answer must not hide it.
    await (isKept
      ? keepAnswer(desk, attempt, { status, type, text })
      : dropAttempt(desk, attempt)
    ).catch((error: unknown) =>
      request.log.warn({ err: error }, 'An answer could not be kept for its key'),
    );
  });
}

/** The caller's key for this request; null: none, or the route takes none. */
function keyOf({ headers, routeOptions }: FastifyRequest): string | null {
  const sent = headers[KEY_HEADER];
  if (typeof sent !== 'string' || routeOptions.config.takesKey !== true) return null;
  // The draft has it in quotes, and most clients send it without.
  return /^"(.+)"$/.exec(sent)?.[1] ?? sent;
}

/**
 * The key as the name of a message in its conversation. An agent's own UUID stays, so that the page
 * which sent it recognises it; any other word, and any key of a program, is hashed together with
 * its owner.
 */
export function clientIdOf(request: FastifyRequest): string | null {
  const key = keyOf(request);
  if (key === null) return null;
  const { actor } = request;
  if (UUID_OF_OTHERS.test(key) && actor.agentId !== null) return key.toLowerCase();
  const { actorId } = actorOf(actor);
  return createHash('sha256').update(`${actorId} ${key}`).digest('base64url');
}

/**
 * Answers that a repeat gets. Our own failures, and refusals that may pass, are not stored: the
 * request is tried again.
 */
function isFinal({ routeOptions }: FastifyRequest, status: number): boolean {
  if (status < 400) return true;
  // A refused message can be sent once the agent has the conversation.
  if (routeOptions.config.knowsRepeats === true) return false;
  return status < 500 && ![401, 403, 408, 425, 429].includes(status);
}

function ownerOf({ actor }: FastifyRequest): { workspaceId: string; actorId: string } {
  // Of all routes that take a key only the operator's have no actor.
  return actor === null ? { workspaceId: DEFAULT_WORKSPACE, actorId: 'operator' } : actorOf(actor);
}

function actorOf({ workspaceId, userId, tokenId, name }: Actor) {
  return { workspaceId, actorId: userId ?? tokenId ?? name };
}

/** Free values stand a little below the body, and what they hold deeper than MAX_JSON_DEPTH is not kept. */
const DEEPEST = MAX_JSON_DEPTH + 16;

/** The same body, in whatever order its names were written; what nests deeper than anything is kept is left out. */
function sortNames(value: unknown, depthLeft = DEEPEST): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depthLeft === 0) return null;
  const sort = (one: unknown) => sortNames(one, depthLeft - 1);
  if (Array.isArray(value)) return value.map(sort);
  const entries = Object.entries(value).map(([name, one]) => [name, sort(one)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
