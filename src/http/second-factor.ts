// A user's second factor over HTTP: set up, checked at sign-in, removed.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import {
  RecoveryCodes,
  SecondFactor,
  SecondFactorCode,
  SecondFactorSetup,
  Session,
} from '../contract/people.ts';
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  type Signed,
  showSecondFactor,
} from '../desk/second-factor.ts';
import { readSignInRules } from '../desk/sign-in-rules.ts';
import { Refused } from '../errors.ts';
import { getSession } from '../store/login-sessions.ts';
import { getSecondFactor } from '../store/second-factors.ts';
import { allowEntering, allowSignedIn, requireProof } from './authenticate.ts';
import { readSettings } from './read-settings.ts';
import { presentSession, type SignInMeans } from './session.ts';

const PATH = '/api/v1/session/second-factor';
export const secondFactorRoutes: FastifyPluginAsyncTypebox<SignInMeans> = async (
  app,
  { desk, settingDefaults },
) => {
  const tags = ['sign-in'];
  const signedIn = allowSignedIn(desk);
  const entering = allowEntering(desk);
  const proved = async (request: FastifyRequest) => {
    await signedIn(request);
    requireProof(request);
  };

  app.get(
    PATH,
    { onRequest: entering, schema: { tags, response: { 200: SecondFactor } } },
    async ({ loginSession: { workspaceId, userId, role } }) => {
      const factor = await getSecondFactor(desk.db, { workspaceId, userId });
      const { secondFactorRoles } = await readSignInRules(desk.db, workspaceId);
      return {
        since: factor?.confirmedAt?.toISOString() ?? null,
        recoveryCodesLeft: factor?.recoveryCodes ?? 0,
        required: secondFactorRoles.includes(role),
      };
    },
  );
  app.post(
    PATH,
    { onRequest: entering, schema: { tags, body: SecondFactorCode, response: { 200: Session } } },
    async (request) => {
      const signed = signedOf(request);
      if (signed.stage === 'enrol') throw new Refused('second-factor.to-set-up');
      await showSecondFactor(desk, signed, request.body.code);
      const row = await getSession(desk.db, signed);
      if (row === null) throw new Refused('session.missing');
      return presentSession(row);
    },
  );
  app.delete(
    PATH,
    { onRequest: proved, schema: { tags, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await removeSecondFactor(desk, signedOf(request));
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${PATH}/setup`,
    { onRequest: entering, schema: { tags, response: { 200: SecondFactorSetup } } },
    async (request) => {
      requireSetup(request);
      const { workspaceId, userId, email } = request.loginSession;
      const { branding } = await readSettings(desk.db, workspaceId, settingDefaults);
      const label = { issuer: branding.pageTitle, account: email };
      return beginSecondFactor(desk, { workspaceId, userId }, label);
    },
  );
  app.post(
    `${PATH}/setup/confirm`,
    {
      onRequest: entering,
      schema: { tags, body: SecondFactorCode, response: { 200: RecoveryCodes } },
    },
    async (request) => {
      requireSetup(request);
      const { code } = request.body;
      return { recoveryCodes: await confirmSecondFactor(desk, signedOf(request), code) };
    },
  );
  app.post(
    `${PATH}/recovery-codes`,
    { onRequest: proved, schema: { tags, response: { 200: RecoveryCodes } } },
    async (request) => ({ recoveryCodes: await renewRecoveryCodes(desk, signedOf(request)) }),
  );
};

/** A user who waits to set one up has just signed in; a signed-in user proves it first. */
function requireSetup({ loginSession }: FastifyRequest): void {
  const { stage } = loginSession;
  if (stage === 'code') throw new Refused('second-factor.needed');
  if (stage === 'full' && loginSession.provedUntil === null) {
    throw new Refused('session.proof-needed');
  }
}

function signedOf({ loginSession, ip: address }: FastifyRequest): Signed {
  const { workspaceId, userId, agentId, sessionId, begunBy, stage } = loginSession;
  return { workspaceId, userId, agentId, sessionId, begunBy, stage, address };
}
