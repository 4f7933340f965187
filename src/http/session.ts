// Signing in and out over HTTP, the first admin, invitations, and what people may change of themselves.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { actionsOf } from '../access/can.ts';
import type { Oidc } from '../connectors/oidc/make-oidc.ts';
import {
  FirstRun,
  InviteAcceptance,
  Invitee,
  InviteParams,
  OwnAccount,
  Session,
  SignIn,
  SignInPage,
} from '../contract/people.ts';
import { acceptInvite, readInvite } from '../desk/accept-invite.ts';
import { changeOwnAccount } from '../desk/change-own-account.ts';
import { setUpFirstAdmin } from '../desk/first-run.ts';
import { TRY_WINDOW_SECONDS } from '../desk/limit-tries.ts';
import { readSession, signOut, signOutEverywhere } from '../desk/login-session.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { type AskCompany, signIn } from '../desk/sign-in.ts';
import { Refused } from '../errors.ts';
import { getSession, type SessionRow } from '../store/login-sessions.ts';
import { anyUser } from '../store/users.ts';
import { allowSignedIn, refuseForeign } from './authenticate.ts';
import type { Doors } from './doors.ts';
import { readSettings, type SettingDefaults } from './read-settings.ts';
import { dropSessionCookie, putSessionCookie } from './session-cookie.ts';

export interface SignInDoors extends Doors {
  /** null: there is no identity provider. */
  oidc: Oidc | null;
  askCompany: AskCompany | null;
  settingDefaults: SettingDefaults;
}

const workspaceId = DEFAULT_WORKSPACE;

export const sessionRoutes: FastifyPluginAsyncTypebox<SignInDoors> = async (
  app,
  { desk, oidc, askCompany, settingDefaults },
) => {
  const tags = ['sign-in'];
  const security: [] = [];
  const onRequest = refuseForeign;
  const signedIn = allowSignedIn(desk);
  const response = { 200: Session };

  const welcome = async (reply: FastifyReply, entering: Promise<string>): Promise<Session> => {
    const secret = await entering.catch((error: unknown) => {
      const tooMany = error instanceof Refused && error.code === 'sign-in.too-many';
      if (tooMany) reply.header('retry-after', TRY_WINDOW_SECONDS);
      throw error;
    });
    const row = await readSession(desk, { workspaceId, secret });
    if (row === null) throw new Error('The new session is gone.');
    putSessionCookie(reply, secret);
    return presentSession(row);
  };

  app.get(
    '/api/v1/sign-in',
    { schema: { tags, security, response: { 200: SignInPage } } },
    async () => ({
      firstRun: !(await anyUser(desk.db, workspaceId)),
      password: true as const,
      oidc: oidc && { name: oidc.name },
      branding: (await readSettings(desk.db, workspaceId, settingDefaults)).branding,
    }),
  );
  app.post(
    '/api/v1/first-run',
    { onRequest, schema: { tags, security, body: FirstRun, response } },
    ({ body, ip: address }, reply) =>
      welcome(reply, setUpFirstAdmin(desk, { workspaceId, address, ...body })),
  );
  app.post(
    '/api/v1/session',
    { onRequest, schema: { tags, security, body: SignIn, response } },
    ({ body, ip: address }, reply) =>
      welcome(reply, signIn(desk, { workspaceId, address, askCompany, ...body })),
  );
  app.get(
    '/api/v1/session',
    { onRequest: signedIn, schema: { tags, response } },
    async ({ loginSession }) => presentSession(loginSession),
  );
  app.patch(
    '/api/v1/session',
    { onRequest: signedIn, schema: { tags, body: OwnAccount, response } },
    async ({ loginSession: { userId, sessionId }, body, ip: address }) => {
      const key = { workspaceId, userId, sessionId };
      await changeOwnAccount(desk, { ...key, address }, body);
      const row = await getSession(desk.db, key);
      if (row === null) throw new Refused('session.missing');
      return presentSession(row);
    },
  );
  app.delete(
    '/api/v1/session',
    { onRequest: signedIn, schema: { tags, response: { 204: Type.Null() } } },
    async ({ loginSession: { sessionId } }, reply) => {
      await signOut(desk, { workspaceId, sessionId });
      dropSessionCookie(reply);
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/api/v1/sessions',
    { onRequest: signedIn, schema: { tags, response: { 204: Type.Null() } } },
    async ({ loginSession: { userId } }, reply) => {
      await signOutEverywhere(desk, { workspaceId, userId });
      dropSessionCookie(reply);
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/api/v1/invites/:code',
    { schema: { tags, security, params: InviteParams, response: { 200: Invitee } } },
    async ({ params: { code }, ip: address }) => {
      const { name, email } = await readInvite(desk, { workspaceId, code, address });
      return { name, email };
    },
  );
  app.post(
    '/api/v1/invites/:code',
    {
      onRequest,
      schema: { tags, security, params: InviteParams, body: InviteAcceptance, response },
    },
    ({ params: { code }, body: { password }, ip: address }, reply) =>
      welcome(reply, acceptInvite(desk, { workspaceId, code, password, address })),
  );
};

function presentSession(row: SessionRow): Session {
  const { userId: id, name, email, role, agentId, avatarUrl, locale, workspaceName } = row;
  return {
    user: { id, name, email, role, agentId, avatarUrl, locale },
    workspace: { id: workspaceId, name: workspaceName },
    can: actionsOf(role),
  };
}
