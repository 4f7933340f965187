// Who is calling: a bearer token or the cookie of a login session, read once for every route that
// needs one.
import type { FastifyRequest } from 'fastify';
import { type Action, type Actor, can, canUseChannel, channelOfScope } from '../access/can.ts';
import type { Desk } from '../desk/context.ts';
import { actorOf, readSession } from '../desk/login-session.ts';
import { identify } from '../desk/make-token.ts';
import { Refused } from '../errors.ts';
import type { SessionRow } from '../store/login-sessions.ts';
import { readSessionCookie } from './session-cookie.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route of the API. */
    actor: Actor;
    /** Set when the caller comes by cookie. */
    loginSession: SessionRow;
  }
  interface FastifyInstance {
    /** Without a slash at the end. */
    publicUrl: () => string;
  }
}

/** A hook that lets only callers through who may do one of `actions`; with several, the route says when which. */
export function allow(desk: Pick<Desk, 'db' | 'gate'>, ...actions: readonly Action[]) {
  return async (request: FastifyRequest): Promise<void> => {
    const { authorization } = request.headers;
    const byCookie = authorization === undefined && readSessionCookie(request) !== null;
    if (!byCookie) {
      request.actor = requireRole(await requireToken(desk, authorization), actions);
      return;
    }
    request.loginSession = await requireSession(desk, request);
    request.actor = requireRole(actorOf(request.loginSession), actions);
  };
}

/** A hook that lets callers through who may use the API channel of the address. */
export function allowChannel(desk: Pick<Desk, 'db' | 'gate'>) {
  return async (request: FastifyRequest): Promise<void> => {
    const { authorization } = request.headers;
    const byCookie = authorization === undefined && readSessionCookie(request) !== null;
    const actor = byCookie
      ? actorOf(await requireSession(desk, request))
      : await requireToken(desk, authorization);
    const { id } = request.params as { id: string };
    if (!canUseChannel(actor, id.toLowerCase())) throw new Refused('role.insufficient');
    request.actor = actor;
  };
}

/** A hook that lets callers through who may write somewhere, if only in one API channel. */
export function allowFiles(desk: Pick<Desk, 'db' | 'gate'>) {
  const allowed = allow(desk, 'conversations.work');
  return async (request: FastifyRequest): Promise<void> => {
    const { authorization } = request.headers;
    const actor = authorization === undefined ? null : await requireToken(desk, authorization);
    if (actor === null || !actor.scopes?.some((scope) => channelOfScope(scope) !== null)) {
      return allowed(request);
    }
    request.actor = actor;
  };
}

/** A hook as `allow`; callers by cookie must have proved recently who they are. */
export function allowProved(desk: Pick<Desk, 'db' | 'gate'>, action: Action) {
  const allowed = allow(desk, action);
  return async (request: FastifyRequest): Promise<void> => {
    await allowed(request);
    requireProof(request);
  };
}

/** A token is its own proof. Refuses `session.proof-needed`. */
export function requireProof({ actor, loginSession }: FastifyRequest): void {
  if (actor.sessionId !== null && loginSession.provedUntil === null) {
    throw new Refused('session.proof-needed');
  }
}

/** A hook that lets signed-in users through; a token is no user. */
export function allowSignedIn(desk: Pick<Desk, 'db' | 'gate'>) {
  return async (request: FastifyRequest): Promise<void> => {
    request.loginSession = await requireSession(desk, request);
    request.actor = actorOf(request.loginSession);
  };
}

/** A hook that also lets users through who still have to show, or to set up, a second factor. */
export function allowEntering(desk: Pick<Desk, 'db' | 'gate'>) {
  return async (request: FastifyRequest): Promise<void> => {
    request.loginSession = await requireAnySession(desk, request);
  };
}

/** Refuses `token.missing`. */
export function readBearer(authorization: string | undefined): string {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Refused('token.missing');
  return token;
}

/** Refuses `token.missing`, `token.invalid`, `role.insufficient`, and what the gate refuses. */
export async function requireActor(
  desk: Pick<Desk, 'db' | 'gate'>,
  authorization: string | undefined,
  action: Action,
): Promise<Actor> {
  return requireRole(await requireToken(desk, authorization), [action]);
}

async function requireToken(
  desk: Pick<Desk, 'db' | 'gate'>,
  authorization: string | undefined,
): Promise<Actor> {
  const actor = await identify(desk, readBearer(authorization));
  if (actor === null) throw new Refused('token.invalid');
  await desk.gate.enter(actor.workspaceId);
  return actor;
}

/** Refuses `session.missing`, `session.foreign-origin`, `second-factor.needed` and `second-factor.to-set-up`. */
async function requireSession(
  desk: Pick<Desk, 'db' | 'gate'>,
  request: FastifyRequest,
): Promise<SessionRow> {
  const row = await requireAnySession(desk, request);
  if (row.stage === 'code') throw new Refused('second-factor.needed');
  if (row.stage === 'enrol') throw new Refused('second-factor.to-set-up');
  return row;
}

/** Also for a session that waits for its second factor. */
async function requireAnySession(
  desk: Pick<Desk, 'db' | 'gate'>,
  request: FastifyRequest,
): Promise<SessionRow> {
  const secret = readSessionCookie(request);
  const row = secret === null ? null : await readSession(desk, secret);
  if (row === null) throw new Refused('session.missing');
  const changes = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  if (changes && !isOurs(request, request.headers.origin)) {
    throw new Refused('session.foreign-origin');
  }
  await desk.gate.enter(row.workspaceId);
  return row;
}

/**
 * A page elsewhere may not sign anybody in; programs send no origin. Refuses
 * `session.foreign-origin`.
 */
export async function refuseForeign(request: FastifyRequest): Promise<void> {
  const { origin } = request.headers;
  if (origin !== undefined && !isOurs(request, origin)) throw new Refused('session.foreign-origin');
}

/** The scheme counts too: anybody on the way can change a page over http. */
function isOurs(request: FastifyRequest, origin: string | undefined): boolean {
  if (origin === undefined) return false;
  const ours = [request.server.publicUrl(), `${request.protocol}://${request.host}`];
  return ours.some((url) => URL.canParse(url) && new URL(url).origin === origin);
}

function requireRole(actor: Actor, actions: readonly Action[]): Actor {
  if (!actions.some((action) => can(actor, action))) throw new Refused('role.insufficient');
  return actor;
}
