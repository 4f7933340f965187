// Sign-in by an identity provider over HTTP: the redirect there and the return, also for a fresh
// proof.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type VouchedPerson, WorkspaceNamed } from '../contract/people.ts';
import { noteFailure } from '../desk/note-failure.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { proveAgainElsewhere } from '../desk/prove-again.ts';
import { signInByIdentity } from '../desk/sign-in-by-identity.ts';
import { Refused } from '../errors.ts';
import type { OidcMemory } from '../sign-in/make-oidc.ts';
import { isOutage } from '../store/is-outage.ts';
import { allowSignedIn } from './authenticate.ts';
import { clientOf } from './client-of.ts';
import { requireWorkspace } from './require-workspace.ts';
import type { SignInMeans } from './session.ts';
import { putCookie, putSessionCookie, readCookie } from './session-cookie.ts';

const PATH = '/api/v1/session/oidc';
const COOKIE = 'usher_oidc';
const AWAY_SECONDS = 600;

/** Where the screens explain an error, by its code. */
const SIGN_IN = '/sign-in';

/** A path of our own pages. Browsers drop white space in an address, and read on. */
const OWN_PATH = /^\/(?![/\\])[^\s\p{Cc}]*$/u;
const OwnPath = Type.String({ maxLength: 500, pattern: OWN_PATH.source });
const LeavingQuery = Type.Object({
  ...WorkspaceNamed.properties,
  proofFor: Type.Optional(OwnPath),
});

export const oidcRoutes: FastifyPluginAsyncTypebox<SignInMeans> = async (
  app,
  { desk, oidc, publicUrl },
) => {
  const signedIn = allowSignedIn(desk);
  const schema = { tags: ['sign-in'], security: [] as [] };
  // A person in the middle of a sign-in is redirected to the screen; a program gets the problem.
  app.setErrorHandler((error, request, reply) => {
    const refused = isOutage(error) ? new Refused('server.database-away') : error;
    if (refused instanceof Refused && request.headers.accept?.includes('text/html')) {
      return reply.redirect(pageWith(SIGN_IN, refused.code));
    }
    throw error;
  });
  const callback = () => `${publicUrl()}${PATH}/callback`;

  app.get(PATH, { schema: { ...schema, querystring: LeavingQuery } }, async (request, reply) => {
    if (oidc === null) throw new Refused('oidc.not-configured');
    const { proofFor = null, workspace } = request.query;
    const workspaceId = await requireWorkspace(desk, workspace);
    const { url, memory } = await oidc.leave(callback(), proofFor);
    const value = Buffer.from(JSON.stringify({ ...memory, workspaceId })).toString('base64url');
    putCookie(reply, { name: COOKIE, value, seconds: AWAY_SECONDS });
    return reply.redirect(url);
  });
  app.get(`${PATH}/callback`, { schema }, async (request, reply) => {
    if (oidc === null) throw new Refused('oidc.not-configured');
    const memory = readMemory(readCookie(request, COOKIE));
    // Valid for one return.
    putCookie(reply, { name: COOKIE, value: '', seconds: 0 });
    if (memory === null) return reply.redirect(pageWith(SIGN_IN, 'oidc.failed'));
    const comeBack = async (): Promise<VouchedPerson> => {
      const query = new URL(request.url, 'http://localhost').search;
      const person = await oidc.comeBack(new URL(`${callback()}${query}`), memory);
      if (person === null) throw new Refused('oidc.failed');
      return person;
    };
    const { proofFor } = memory;
    const workspaceId = await requireWorkspace(desk, memory.workspaceId);
    try {
      if (proofFor !== null) {
        await signedIn(request);
        await proveAgainElsewhere(desk, { ...proverOf(request), person: await comeBack() });
        return reply.redirect(proofFor);
      }
      const { sessionHours: hours } = oidc;
      // Only the default workspace accepts people without an invitation.
      const create = oidc.createUsers && workspaceId === DEFAULT_WORKSPACE;
      const args = { workspaceId, client: clientOf(request), create, hours };
      putSessionCookie(reply, await signInByIdentity(desk, { ...args, person: await comeBack() }));
      return reply.redirect('/');
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { ip: address } = request;
      await noteFailure(desk, { workspaceId, what: 'oidc', address, code: error.code });
      return reply.redirect(pageWith(proofFor === null ? SIGN_IN : '/profile', error.code));
    }
  });
};

function proverOf({ loginSession: { workspaceId, userId, agentId, sessionId } }: FastifyRequest) {
  return { workspaceId, userId, agentId, sessionId };
}

function pageWith(path: string, error: string): string {
  return `${path}?${new URLSearchParams({ error })}`;
}

type Memory = OidcMemory & { workspaceId: string };

function readMemory(text: string | null): Memory | null {
  if (text === null) return null;
  try {
    const kept = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const { state, nonce, verifier, proofFor, workspaceId } = kept;
    const fits =
      [state, nonce, verifier, workspaceId].every((part) => typeof part === 'string') &&
      (proofFor === null || (typeof proofFor === 'string' && OWN_PATH.test(proofFor)));
    return fits ? { state, nonce, verifier, proofFor, workspaceId } : null;
  } catch {
    return null;
  }
}
