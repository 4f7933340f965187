// Signing in and out over HTTP, the first admin, invitations, and changes to one’s own account.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { actionsOf } from '../access/can.ts';
import {
  FirstRun,
  InviteAcceptance,
  Invitee,
  InviteParams,
  OwnAccount,
  SecondFactorStep,
  Session,
  SignIn,
  SignInPage,
  WorkspaceNamed,
} from '../contract/people.ts';
import { acceptInvite, readInvite } from '../desk/accept-invite.ts';
import { changeOwnAccount } from '../desk/change-own-account.ts';
import type { Desk } from '../desk/context.ts';
import { setUpFirstAdmin } from '../desk/first-run.ts';
import { TRY_WINDOW_SECONDS } from '../desk/limit-tries.ts';
import { readSession, signOut } from '../desk/login-session.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { type AskCompany, signIn } from '../desk/sign-in.ts';
import { readSignInRules } from '../desk/sign-in-rules.ts';
import { splitWorkspace } from '../desk/workspace-secret.ts';
import { Refused } from '../errors.ts';
import type { Oidc } from '../sign-in/make-oidc.ts';
import { getSession, type SessionRow } from '../store/login-sessions.ts';
import { anyUser } from '../store/users.ts';
import { findWorkspaceId } from '../store/workspaces.ts';
import { allowEntering, allowSignedIn, refuseForeign } from './authenticate.ts';
import { clientOf } from './client-of.ts';
import { readSettings, type SettingDefaults } from './read-settings.ts';
import { companyOf, requireWorkspace } from './require-workspace.ts';
import type { RouteMeans } from './route-means.ts';
import { dropSessionCookie, putSessionCookie } from './session-cookie.ts';

export interface SignInMeans extends RouteMeans {
  /** null: there is no identity provider. */
  oidc: Oidc | null;
  askCompany: AskCompany | null;
  settingDefaults: SettingDefaults;
}

export const sessionRoutes: FastifyPluginAsyncTypebox<SignInMeans> = async (
  app,
  { desk, oidc, askCompany, settingDefaults, mailing },
) => {
  const tags = ['sign-in'];
  const security: [] = [];
  const onRequest = refuseForeign;
  const signedIn = allowSignedIn(desk);
  const response = { 200: Session };
  const entered = { 200: Session, 202: SecondFactorStep };

  const signInPage = async (workspaceId: string): Promise<SignInPage> => {
    const { onlySingleSignOn } = await readSignInRules(desk.db, workspaceId);
    return {
      // Other workspaces begin with an invitation.
      firstRun: workspaceId === DEFAULT_WORKSPACE && !(await anyUser(desk.db, workspaceId)),
      password: !onlySingleSignOn,
      oidc: oidc && { name: oidc.name },
      reset: mailing !== null && !onlySingleSignOn,
      branding: (await readSettings(desk.db, workspaceId, settingDefaults)).branding,
    };
  };
  const welcome = async (reply: FastifyReply, entering: Promise<string>) => {
    const secret = await entering.catch((error: unknown) => {
      const tooMany = error instanceof Refused && error.code === 'sign-in.too-many';
      if (tooMany) reply.header('retry-after', TRY_WINDOW_SECONDS);
      throw error;
    });
    const row = await readSession(desk, secret);
    if (row === null) throw new Error('The new session is gone.');
    putSessionCookie(reply, secret);
    if (row.stage !== 'full') return reply.code(202).send({ secondFactor: row.stage });
    return reply.code(200).send(presentSession(row));
  };

  app.get(
    '/api/v1/sign-in',
    { schema: { tags, security, querystring: WorkspaceNamed, response: { 200: SignInPage } } },
    async ({ query }) => signInPage(await requireWorkspace(desk, query.workspace)),
  );
  app.post(
    '/api/v1/first-run',
    { onRequest, schema: { tags, security, body: FirstRun, response: entered } },
    (request, reply) => {
      const client = clientOf(request);
      const workspaceId = DEFAULT_WORKSPACE;
      return welcome(reply, setUpFirstAdmin(desk, { workspaceId, client, ...request.body }));
    },
  );
  app.post(
    '/api/v1/session',
    { onRequest, schema: { tags, security, body: SignIn, response: entered } },
    async (request, reply) => {
      const { workspace, ...typed } = request.body;
      const workspaceId = await requireWorkspace(desk, workspace);
      const ask = companyOf(workspaceId, askCompany);
      const means = { workspaceId, client: clientOf(request), askCompany: ask };
      return welcome(reply, signIn(desk, { ...means, ...typed }));
    },
  );
  app.get(
    '/api/v1/session',
    { onRequest: signedIn, schema: { tags, response } },
    async ({ loginSession }) => presentSession(loginSession),
  );
  app.patch(
    '/api/v1/session',
    { onRequest: signedIn, schema: { tags, body: OwnAccount, response } },
    async ({ loginSession: { workspaceId, userId, sessionId, ...proof }, body, ip: address }) => {
      const key = { workspaceId, userId, sessionId };
      const provedAgain = proof.provedAgain && proof.provedUntil !== null;
      await changeOwnAccount(desk, { ...key, address, provedAgain }, body);
      const row = await getSession(desk.db, key);
      if (row === null) throw new Refused('session.missing');
      return presentSession(row);
    },
  );
  app.delete(
    '/api/v1/session',
    { onRequest: allowEntering(desk), schema: { tags, response: { 204: Type.Null() } } },
    async ({ loginSession: { workspaceId, userId, sessionId } }, reply) => {
      await signOut(desk, { workspaceId, userId, sessionId });
      dropSessionCookie(reply);
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/api/v1/invites/:code',
    { schema: { tags, security, params: InviteParams, response: { 200: Invitee } } },
    async (request) => {
      const invite = {
        ...(await inviteOf(desk, request.params.code)),
        client: clientOf(request),
      };
      const { name, email } = await readInvite(desk, invite);
      return { name, email };
    },
  );
  app.post(
    '/api/v1/invites/:code',
    {
      onRequest,
      schema: { tags, security, params: InviteParams, body: InviteAcceptance, response: entered },
    },
    async (request, reply) => {
      const invite = {
        ...(await inviteOf(desk, request.params.code)),
        client: clientOf(request),
      };
      return welcome(reply, acceptInvite(desk, { ...invite, password: request.body.password }));
    },
  );
};

/** A workspace that does not exist has no invitations, and no tries to count either. */
async function inviteOf(desk: Pick<Desk, 'db' | 'gate'>, text: string) {
  const { workspaceId, secret: code } = splitWorkspace(text);
  const known = await findWorkspaceId(desk.db, workspaceId);
  desk.gate.refuseSuspended(known ?? DEFAULT_WORKSPACE);
  return known === null ? { workspaceId: DEFAULT_WORKSPACE, code: text } : { workspaceId, code };
}

export function presentSession(row: SessionRow): Session {
  const { userId: id, name, email, role, agentId, avatarUrl, locale, workspaceId } = row;
  return {
    user: { id, name, email, role, agentId, avatarUrl, locale },
    workspace: { id: workspaceId, name: row.workspaceName },
    can: actionsOf(role),
  };
}
