// A user's own sessions over HTTP: listed, ended, and proved again.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { LoginSessions, Proof, ProofState } from '../contract/people.ts';
import { IdParams } from '../contract/shapes.ts';
import { signOut, signOutEverywhere } from '../desk/login-session.ts';
import { proveAgain } from '../desk/prove-again.ts';
import { readSignInRules } from '../desk/sign-in-rules.ts';
import { Refused } from '../errors.ts';
import { type ListedSession, listSessions } from '../store/login-sessions.ts';
import { hasSecondFactor } from '../store/second-factors.ts';
import { isBound } from '../store/user-identities.ts';
import { allowSignedIn } from './authenticate.ts';
import { companyOf } from './require-workspace.ts';
import type { SignInMeans } from './session.ts';
import { dropSessionCookie } from './session-cookie.ts';

export const ownSessionRoutes: FastifyPluginAsyncTypebox<SignInMeans> = async (
  app,
  { desk, oidc, askCompany },
) => {
  const tags = ['sign-in'];
  const onRequest = allowSignedIn(desk);

  app.get(
    '/api/v1/sessions',
    { onRequest, schema: { tags, response: { 200: LoginSessions } } },
    async ({ loginSession: { workspaceId, userId, sessionId } }) => ({
      items: (await listSessions(desk.db, { workspaceId, userId })).map((row) =>
        presentLoginSession(row, sessionId),
      ),
    }),
  );
  app.delete(
    '/api/v1/sessions',
    { onRequest, schema: { tags, response: { 204: Type.Null() } } },
    async ({ loginSession: { workspaceId, userId } }, reply) => {
      await signOutEverywhere(desk, { workspaceId, userId });
      dropSessionCookie(reply);
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/api/v1/sessions/:id',
    { onRequest, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async ({ loginSession: { workspaceId, userId, ...own }, params: { id: sessionId } }, reply) => {
      if (!(await signOut(desk, { workspaceId, userId, sessionId }))) {
        throw new Refused('session.not-found');
      }
      if (sessionId === own.sessionId) dropSessionCookie(reply);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/session/proof',
    { onRequest, schema: { tags, response: { 200: ProofState } } },
    async ({ loginSession: { workspaceId, userId, passwordHash, ...own } }) => {
      const key = { workspaceId, userId };
      const { onlySingleSignOn } = await readSignInRules(desk.db, workspaceId);
      const atCompany = askCompany !== null && own.begunBy === 'company';
      const byPassword = !onlySingleSignOn && (passwordHash !== null || atCompany);
      const ways = [
        ...(byPassword ? ['password' as const] : []),
        ...((await hasSecondFactor(desk.db, key)) ? ['code' as const] : []),
        ...(oidc !== null && (await isBound(desk.db, key)) ? ['oidc' as const] : []),
      ];
      return { provedUntil: own.provedUntil?.toISOString() ?? null, ways };
    },
  );
  app.post(
    '/api/v1/session/proof',
    {
      onRequest,
      schema: {
        tags,
        description: 'Proves anew who is signed in, for what a borrowed browser must not do.',
        body: Proof,
        response: { 204: Type.Null() },
      },
    },
    async (
      { loginSession: { workspaceId, userId, agentId, sessionId }, body, ip: address },
      reply,
    ) => {
      const ask = companyOf(workspaceId, askCompany);
      const prover = { workspaceId, userId, agentId, sessionId, address, askCompany: ask };
      await proveAgain(desk, prover, body);
      return reply.code(204).send(null);
    },
  );
};

export function presentLoginSession(row: ListedSession, current: string | null) {
  const { sessionId: id, begunBy, createdAt, seenAt, address, userAgent } = row;
  return {
    ...{ id, begunBy, address, userAgent },
    current: id === current,
    createdAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
  };
}
