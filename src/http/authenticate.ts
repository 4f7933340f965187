// Who is asking: a bearer token or the cookie of a login session, read once for every route that needs one.
import type { FastifyRequest } from 'fastify';
import { type Action, type Actor, can } from '../access/can.ts';
import type { Desk } from '../desk/context.ts';
import { actorOf, readSession } from '../desk/login-session.ts';
import { identify } from '../desk/make-token.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { Refused } from '../errors.ts';
import type { SessionRow } from '../store/login-sessions.ts';
import { readCookie, SESSION_COOKIE } from './session-cookie.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route of the API. */
    actor: Actor;
    /** Set on the routes that only somebody who has signed in may call. */
    loginSession: SessionRow;
  }
  interface FastifyInstance {
    /** Without a slash at the end. */
    publicUrl: () => string;
  }
}

/** A hook that lets through only who may do `action`. */
export function allow(desk: Pick<Desk, 'db' | 'gather'>, action: Action) {
  return async (request: FastifyRequest): Promise<void> => {
    const { authorization } = request.headers;
    const byCookie = authorization === undefined && readCookie(request, SESSION_COOKIE) !== null;
    request.actor = byCookie
      ? requireRole(actorOf(DEFAULT_WORKSPACE, await requireSession(desk, request)), action)
      : await requireActor(desk, authorization, action);
  };
}

/** A hook that lets through whoever has signed in; a token is nobody. */
export function allowSignedIn(desk: Pick<Desk, 'db' | 'gather'>) {
  return async (request: FastifyRequest): Promise<void> => {
    request.loginSession = await requireSession(desk, request);
    request.actor = actorOf(DEFAULT_WORKSPACE, request.loginSession);
  };
}

/** Refuses `token.missing`. */
export function readBearer(authorization: string | undefined): string {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Refused('token.missing');
  return token;
}

/** Refuses `token.missing`, `token.invalid` and `role.insufficient`. */
export async function requireActor(
  desk: Pick<Desk, 'db' | 'gather'>,
  authorization: string | undefined,
  action: Action,
): Promise<Actor> {
  const token = readBearer(authorization);
  const actor = await identify(desk, token);
  if (actor === null) throw new Refused('token.invalid');
  return requireRole(actor, action);
}

/** Refuses `session.missing` and `session.foreign-origin`. */
async function requireSession(
  desk: Pick<Desk, 'db' | 'gather'>,
  request: FastifyRequest,
): Promise<SessionRow> {
  const secret = readCookie(request, SESSION_COOKIE);
  const workspaceId = DEFAULT_WORKSPACE;
  const row = secret === null ? null : await readSession(desk, { workspaceId, secret });
  if (row === null) throw new Refused('session.missing');
  const changes = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  if (changes && !isOurs(request, request.headers.origin)) {
    throw new Refused('session.foreign-origin');
  }
  return row;
}

/** A page elsewhere may not sign anybody in; programs name no origin. Refuses `session.foreign-origin`. */
export async function refuseForeign(request: FastifyRequest): Promise<void> {
  const { origin } = request.headers;
  if (origin !== undefined && !isOurs(request, origin)) throw new Refused('session.foreign-origin');
}

function isOurs(request: FastifyRequest, origin: string | undefined): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === request.host || host === new URL(request.server.publicUrl()).host;
}

function requireRole(actor: Actor, action: Action): Actor {
  if (!can(actor, action)) throw new Refused('role.insufficient');
  return actor;
}
