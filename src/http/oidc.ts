// Sign-in by an identity provider over HTTP: there, and back again.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { OidcMemory } from '../connectors/oidc/make-oidc.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { signInKnown } from '../desk/sign-in.ts';
import { Refused } from '../errors.ts';
import type { SignInDoors } from './session.ts';
import { putCookie, putSessionCookie, readCookie } from './session-cookie.ts';

const PATH = '/api/v1/session/oidc';
const COOKIE = 'usher_oidc';
const AWAY_SECONDS = 600;
const workspaceId = DEFAULT_WORKSPACE;

/** Where the screens say what went wrong, by its code. */
const FAILED = '/sign-in?error=';

export const oidcRoutes: FastifyPluginAsyncTypebox<SignInDoors> = async (
  app,
  { desk, oidc, publicUrl },
) => {
  const schema = { tags: ['sign-in'], security: [] as [] };
  // A person who is on the way is brought back to the screen; a program gets the problem.
  app.setErrorHandler((error, { headers }, reply) => {
    if (error instanceof Refused && headers.accept?.includes('text/html')) {
      return reply.redirect(`${FAILED}${error.code}`);
    }
    throw error;
  });
  const callback = () => `${publicUrl()}${PATH}/callback`;

  app.get(PATH, { schema }, async (_request, reply) => {
    if (oidc === null) throw new Refused('oidc.not-configured');
    const { url, memory } = await oidc.leave(callback());
    const value = Buffer.from(JSON.stringify(memory)).toString('base64url');
    putCookie(reply, { name: COOKIE, value, path: PATH, seconds: AWAY_SECONDS });
    return reply.redirect(url);
  });
  app.get(`${PATH}/callback`, { schema }, async (request, reply) => {
    if (oidc === null) throw new Refused('oidc.not-configured');
    const memory = readMemory(readCookie(request, COOKIE));
    // It is good for one return.
    putCookie(reply, { name: COOKIE, value: '', path: PATH, seconds: 0 });
    if (memory === null) return reply.redirect(`${FAILED}oidc.failed`);
    const query = new URL(request.url, 'http://localhost').search;
    const person = await oidc.comeBack(new URL(`${callback()}${query}`), memory);
    if (person === null) return reply.redirect(`${FAILED}oidc.failed`);
    const known = { ...person, role: 'agent' as const, avatarUrl: null, skill: null };
    const create = oidc.createUsers;
    const secret = await signInKnown(desk, { workspaceId, person: known, create, by: 'oidc' });
    if (secret === null) return reply.redirect(`${FAILED}oidc.unknown-user`);
    putSessionCookie(reply, secret);
    return reply.redirect('/');
  });
};

function readMemory(text: string | null): OidcMemory | null {
  if (text === null) return null;
  try {
    const { state, nonce, verifier } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return [state, nonce, verifier].every((part) => typeof part === 'string')
      ? { state, nonce, verifier }
      : null;
  } catch {
    return null;
  }
}
