// The people who sign in, over HTTP: admins invite, change, reset and remove them.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import {
  Invitation,
  InvitedList,
  InvitedListOutcome,
  InvitedUser,
  LoginSessions,
  User,
  UserCreation,
  UserSessionParams,
  UserUpdate,
} from '../contract/people.ts';
import { IdParams, Page, PageOf } from '../contract/shapes.ts';
import { changeUser, inviteUser, removeUser, resetUser } from '../desk/change-user.ts';
import { endUserSessions, unlinkUser } from '../desk/end-user-sessions.ts';
import { invitePeople } from '../desk/invite-people.ts';
import { resetSecondFactor } from '../desk/second-factor.ts';
import { Refused } from '../errors.ts';
import { listSessions } from '../store/login-sessions.ts';
import {
  getListedUser,
  getUser,
  type ListedUser,
  listUsers,
  type UserKey,
} from '../store/users.ts';
import { allow, allowProved } from './authenticate.ts';
import { presentLoginSession } from './own-sessions.ts';
import { readCursor, toPage } from './page.ts';
import type { RouteMeans } from './route-means.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';

export const userRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (
  app,
  { desk, publicUrl, mailing },
) => {
  const write = allowProved(desk, 'users.write');
  const end = allow(desk, 'users.write');
  const present = async (key: UserKey): Promise<User> => {
    const row = await getListedUser(desk.db, key);
    if (row === null) throw new Refused('user.not-found');
    return presentUser(row);
  };
  const tags = ['users'];
  const inviteUrl = (code: string) => `${publicUrl()}/invite/${code}`;

  app.get(
    '/api/v1/users',
    {
      onRequest: allow(desk, 'users.read'),
      schema: { tags, querystring: Page, response: { 200: PageOf(User) } },
    },
    async ({ actor: { workspaceId }, query }) => {
      const limit = query.limit ?? 50;
      const after = readCursor(query, FIRST);
      const rows = await listUsers(desk.db, { workspaceId, after, limit: limit + 1 });
      return toPage(rows, limit, { id: (row) => row.userId, present: presentUser });
    },
  );
  app.post(
    '/api/v1/users',
    { onRequest: write, schema: { tags, body: UserCreation, response: { 201: InvitedUser } } },
    async ({ actor: { workspaceId, name: actor }, body: { mail = true, ...wanted } }, reply) => {
      const by = { workspaceId, actor, mailing: mail ? mailing : null };
      const { user, code, mailed } = await inviteUser(desk, { ...by, ...wanted });
      const { userId } = user;
      const invited = await present({ workspaceId, userId });
      return reply.code(201).send({ user: invited, inviteUrl: inviteUrl(code), mailed });
    },
  );
  app.post(
    '/api/v1/users/invitations',
    {
      onRequest: write,
      schema: {
        tags,
        description:
          'Invites a list of people, each by themselves: whoever cannot be invited stops nobody else.',
        body: InvitedList,
        response: { 200: InvitedListOutcome },
      },
    },
    async ({ actor: { workspaceId, name: actor }, body: { people, mail = true } }) => {
      const by = { workspaceId, actor, mailing: mail ? mailing : null };
      const outcomes = await invitePeople(desk, by, people);
      const items: InvitedListOutcome['items'] = [];
      for (const one of outcomes) {
        const { email } = one;
        if ('problem' in one) {
          items.push({ email, user: null, inviteUrl: null, mailed: false, problem: one.problem });
          continue;
        }
        const user = await present({ workspaceId, userId: one.user.userId });
        const { code, mailed } = one;
        items.push({ email, user, inviteUrl: inviteUrl(code), mailed, problem: null });
      }
      return { items };
    },
  );
  app.patch(
    '/api/v1/users/:id',
    {
      onRequest: write,
      schema: { tags, params: IdParams, body: UserUpdate, response: { 200: User } },
    },
    async ({ actor: { workspaceId, name: actor }, params: { id: userId }, body }) => {
      await changeUser(desk, { workspaceId, userId, actor }, body);
      return present({ workspaceId, userId });
    },
  );
  app.delete(
    '/api/v1/users/:id',
    { onRequest: write, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async ({ actor: { workspaceId, name: actor }, params: { id: userId } }, reply) => {
      await removeUser(desk, { workspaceId, userId, actor });
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/users/:id/reset',
    { onRequest: write, schema: { tags, params: IdParams, response: { 200: Invitation } } },
    async ({ actor: { workspaceId, name: actor }, params: { id: userId } }) => {
      const { code, mailed } = await resetUser(desk, { workspaceId, userId, actor, mailing });
      return { inviteUrl: inviteUrl(code), mailed };
    },
  );
  app.delete(
    '/api/v1/users/:id/second-factor',
    {
      onRequest: write,
      schema: {
        tags,
        description: 'For whoever has lost it. Ends their sessions.',
        params: IdParams,
        response: { 204: Type.Null() },
      },
    },
    async ({ actor: { workspaceId, name: actor }, params: { id: userId } }, reply) => {
      await resetSecondFactor(desk, { workspaceId, userId, actor });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/api/v1/users/:id/single-sign-on',
    {
      onRequest: write,
      schema: {
        tags,
        description:
          'Unlinks the person at the identity provider: the next one there with the verified address is linked. Ends their sessions.',
        params: IdParams,
        response: { 204: Type.Null() },
      },
    },
    async ({ actor: { workspaceId, name: actor }, params: { id: userId } }, reply) => {
      await unlinkUser(desk, { workspaceId, userId, actor });
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/api/v1/users/:id/sessions',
    {
      onRequest: allow(desk, 'users.read'),
      schema: { tags, params: IdParams, response: { 200: LoginSessions } },
    },
    async ({ actor: { workspaceId, sessionId }, params: { id: userId } }) => {
      const key = { workspaceId, userId };
      if ((await getUser(desk.db, key)) === null) throw new Refused('user.not-found');
      const rows = await listSessions(desk.db, key);
      return { items: rows.map((row) => presentLoginSession(row, sessionId)) };
    },
  );
  app.delete(
    '/api/v1/users/:id/sessions',
    { onRequest: end, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async ({ actor: { workspaceId, name: actor }, params: { id: userId } }, reply) => {
      await endUserSessions(desk, { workspaceId, userId, actor });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/api/v1/users/:id/sessions/:sessionId',
    {
      onRequest: end,
      schema: { tags, params: UserSessionParams, response: { 204: Type.Null() } },
    },
    async ({ actor: { workspaceId, name: actor }, params }, reply) => {
      const { id: userId, sessionId } = params;
      await endUserSessions(desk, { workspaceId, userId, actor, sessionId });
      return reply.code(204).send(null);
    },
  );
};

function presentUser(row: ListedUser): User {
  const { userId: id, name, email, role, agentId, passwordHash, lastSignInAt } = row;
  const { secondFactor, singleSignOn } = row;
  const invited = passwordHash === null && lastSignInAt === null;
  const at = lastSignInAt?.toISOString() ?? null;
  return { id, name, email, role, agentId, invited, lastSignInAt: at, secondFactor, singleSignOn };
}
