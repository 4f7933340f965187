// Teams and skills over HTTP: the same routes for both; a team also says which skills it implies.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { v7 as uuid } from 'uuid';
import { Group, GroupCreation, Team, TeamCreation, TeamUpdate } from '../contract/agents.ts';
import { IdParams } from '../contract/shapes.ts';
import { changeGroup, createGroup, removeGroup } from '../desk/change-group.ts';
import { type GroupKind, type GroupRow, listGroups } from '../store/groups.ts';
import { allow } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

export const groupRoutes: FastifyPluginAsyncTypebox<RouteMeans & { kind: GroupKind }> = async (
  app,
  { desk, kind },
) => {
  const path = `/api/v1/${kind}s`;
  const tags = [`${kind}s`];
  const write = allow(desk, 'groups.write');
  // Fields that only teams have are optional, so one type does for both.
  const shapes = {
    team: { shown: Team, creation: TeamCreation, update: TeamUpdate },
    skill: {
      shown: Group as unknown as typeof Team,
      creation: GroupCreation as unknown as typeof TeamCreation,
      update: GroupCreation as unknown as typeof TeamUpdate,
    },
  };
  const { shown, creation, update } = shapes[kind];

  app.get(
    path,
    {
      onRequest: allow(desk, 'groups.read'),
      schema: { tags, response: { 200: Type.Object({ items: Type.Array(shown) }) } },
    },
    async ({ actor }) => ({
      items: (await listGroups(desk.db, kind, actor.workspaceId)).map(show),
    }),
  );
  app.post(
    path,
    { onRequest: write, schema: { tags, body: creation, response: { 201: shown } } },
    async ({ actor: { workspaceId, name: actor }, body }, reply) => {
      const group = { id: uuid(), ...body };
      await createGroup(desk, kind, { workspaceId, actor, ...group });
      return reply.code(201).send(show(group));
    },
  );
  app.patch(
    `${path}/:id`,
    {
      onRequest: write,
      schema: { tags, params: IdParams, body: update, response: { 200: shown } },
    },
    async ({ actor: { workspaceId, name: actor }, params: { id }, body }) =>
      show(await changeGroup(desk, kind, { workspaceId, actor, id, ...body })),
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

function show({ id, name, skillIds = [] }: GroupRow): Static<typeof Team> {
  return { id, name, skillIds: [...skillIds] };
}
