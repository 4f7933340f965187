// Those who sign in, over HTTP: invited, changed, reset and removed by admins.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Invitation, InvitedUser, User, UserCreation, UserUpdate } from '../contract/people.ts';
import { IdParams, Page, PageOf } from '../contract/shapes.ts';
import { changeUser, inviteUser, removeUser, resetUser } from '../desk/change-user.ts';
import { listUsers, type UserRow } from '../store/users.ts';
import { allow } from './authenticate.ts';
import type { Doors } from './doors.ts';
import { readCursor, toPage } from './page.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';

export const userRoutes: FastifyPluginAsyncTypebox<Doors> = async (app, { desk, publicUrl }) => {
  const write = allow(desk, 'users.write');
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
    async ({ actor: { workspaceId, name: actor }, body }, reply) => {
      const { user, code } = await inviteUser(desk, { workspaceId, actor, ...body });
      return reply.code(201).send({ user: presentUser(user), inviteUrl: inviteUrl(code) });
    },
  );
  app.patch(
    '/api/v1/users/:id',
    {
      onRequest: write,
      schema: { tags, params: IdParams, body: UserUpdate, response: { 200: User } },
    },
    async ({ actor: { workspaceId, name: actor }, params: { id: userId }, body }) =>
      presentUser(await changeUser(desk, { workspaceId, userId, actor }, body)),
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
    async ({ actor: { workspaceId, name: actor }, params: { id: userId } }) => ({
      inviteUrl: inviteUrl(await resetUser(desk, { workspaceId, userId, actor })),
    }),
  );
};

function presentUser(row: UserRow): User {
  const { userId: id, name, email, role, agentId, passwordHash, lastSignInAt } = row;
  const invited = passwordHash === null && lastSignInAt === null;
  const at = lastSignInAt?.toISOString() ?? null;
  return { id, name, email, role, agentId, invited, lastSignInAt: at };
}
