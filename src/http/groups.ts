// Teams and skills over HTTP: the same calls for both.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { v7 as uuid } from 'uuid';
import { Group, GroupCreation } from '../contract/agents.ts';
import { IdParams } from '../contract/shapes.ts';
import { createGroup, removeGroup, renameGroupTo } from '../desk/change-group.ts';
import { type GroupKind, listGroups } from '../store/groups.ts';
import { allow } from './authenticate.ts';
import type { Doors } from './doors.ts';

export const groupRoutes: FastifyPluginAsyncTypebox<Doors & { kind: GroupKind }> = async (
  app,
  { desk, kind },
) => {
  const path = `/api/v1/${kind}s`;
  const tags = [`${kind}s`];
  const write = allow(desk, 'groups.write');

  app.get(
    path,
    {
      onRequest: allow(desk, 'groups.read'),
      schema: { tags, response: { 200: Type.Object({ items: Type.Array(Group) }) } },
    },
    async ({ actor }) => ({ items: await listGroups(desk.db, kind, actor.workspaceId) }),
  );
  app.post(
    path,
    { onRequest: write, schema: { tags, body: GroupCreation, response: { 201: Group } } },
    async ({ actor: { workspaceId, name: actor }, body: { name } }, reply) => {
      const group = { id: uuid(), name };
      await createGroup(desk, kind, { workspaceId, actor, ...group });
      return reply.code(201).send(group);
    },
  );
  app.patch(
    `${path}/:id`,
    {
      onRequest: write,
      schema: { tags, params: IdParams, body: GroupCreation, response: { 200: Group } },
    },
    ({ actor: { workspaceId, name: actor }, params: { id }, body: { name } }) =>
      renameGroupTo(desk, kind, { workspaceId, actor, id, name }),
  );
  app.delete(
    `${path}/:id`,
    { onRequest: write, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async ({ actor: { workspaceId, name: actor }, params: { id } }, reply) => {
      await removeGroup(desk, kind, { workspaceId, actor, id });
      return reply.code(204).send(null);
    },
  );
};
