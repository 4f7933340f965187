// The operator's routes: whole workspaces, and the key of the stored secrets. No workspace's token opens them.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import {
  AdminInvitation,
  Rotation,
  SecretFigures,
  Suspension,
  Workspace,
  WorkspaceBounds,
  WorkspaceCreation,
  WorkspaceMade,
  WorkspaceUpdate,
} from '../contract/operator.ts';
import { Invitation } from '../contract/people.ts';
import { IdParams } from '../contract/shapes.ts';
import { equalSecrets } from '../desk/hash-secret.ts';
import { boundWorkspace, resumeWorkspace, suspendWorkspace } from '../desk/hold-workspace.ts';
import {
  createWorkspace,
  getWorkspace,
  inviteAdmin,
  removeWorkspace,
  renameWorkspace,
} from '../desk/operate-workspaces.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { countSecrets, resealSecrets } from '../desk/reseal-secrets.ts';
import { Refused } from '../errors.ts';
import { listWorkspaces, type WorkspaceRow } from '../store/operate-workspaces.ts';
import { readBearer } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

export interface OperatorMeans {
  /** undefined: there is no operator. */
  operatorToken: string | undefined;
}

export const operatorRoutes: FastifyPluginAsyncTypebox<RouteMeans & OperatorMeans> = async (
  app,
  { desk, publicUrl, operatorToken },
) => {
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    const token = readBearer(request.headers.authorization);
    if (operatorToken === undefined) throw new Refused('operator.not-configured');
    if (!equalSecrets(token, operatorToken)) throw new Refused('operator.token-invalid');
  };
  const tags = ['operator'];
  const inviteUrl = (code: string) => `${publicUrl()}/invite/${code}`;
  const present = (row: WorkspaceRow) => presentWorkspace(row, publicUrl());

  app.get(
    '/api/v1/operator/workspaces',
    {
      onRequest,
      schema: { tags, response: { 200: Type.Object({ items: Type.Array(Workspace) }) } },
    },
    async () => ({ items: (await listWorkspaces(desk.db)).map(present) }),
  );
  app.post(
    '/api/v1/operator/workspaces',
    { onRequest, schema: { tags, body: WorkspaceCreation, response: { 201: WorkspaceMade } } },
    async ({ body: { name, slug, admin } }, reply) => {
      const { workspaceId, code } = await createWorkspace(desk, { name, slug, admin });
      const workspace = present(await getWorkspace(desk, workspaceId));
      return reply.code(201).send({ workspace, inviteUrl: inviteUrl(code) });
    },
  );
  app.patch(
    '/api/v1/operator/workspaces/:id',
    {
      onRequest,
      schema: { tags, params: IdParams, body: WorkspaceUpdate, response: { 200: Workspace } },
    },
    async ({ params: { id }, body }) => {
      await renameWorkspace(desk, id, body);
      return present(await getWorkspace(desk, id));
    },
  );
  app.delete(
    '/api/v1/operator/workspaces/:id',
    {
      onRequest,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({
          confirm: Type.String({ description: 'Its slug: everything in it is deleted.' }),
          afterDays: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: 365,
              default: 0,
              description:
                'Until then it is suspended, and can be resumed as it was. 0: it is removed at once.',
            }),
          ),
        }),
        response: { 204: Type.Null() },
      },
    },
    async ({ params: { id: workspaceId }, query: { confirm, afterDays = 0 } }, reply) => {
      await removeWorkspace(desk, { workspaceId, confirm, afterDays });
      return reply.code(204).send(null);
    },
  );
  app.put(
    '/api/v1/operator/workspaces/:id/suspension',
    {
      onRequest,
      schema: { tags, params: IdParams, body: Suspension, response: { 200: Workspace } },
    },
    async ({ params: { id }, body: { why = null } }) => {
      await suspendWorkspace(desk, { workspaceId: id, why });
      return present(await getWorkspace(desk, id));
    },
  );
  app.delete(
    '/api/v1/operator/workspaces/:id/suspension',
    { onRequest, schema: { tags, params: IdParams, response: { 200: Workspace } } },
    async ({ params: { id } }) => {
      await resumeWorkspace(desk, id);
      return present(await getWorkspace(desk, id));
    },
  );
  app.put(
    '/api/v1/operator/workspaces/:id/bounds',
    {
      onRequest,
      schema: { tags, params: IdParams, body: WorkspaceBounds, response: { 200: Workspace } },
    },
    async ({ params: { id }, body: bounds }) => {
      await boundWorkspace(desk, { workspaceId: id, bounds });
      return present(await getWorkspace(desk, id));
    },
  );
  app.post(
    '/api/v1/operator/workspaces/:id/admins',
    {
      onRequest,
      schema: { tags, params: IdParams, body: AdminInvitation, response: { 201: Invitation } },
    },
    async ({ params: { id: workspaceId }, body: admin }, reply) => {
      const { code } = await inviteAdmin(desk, { workspaceId, admin });
      return reply.code(201).send({ mailed: false, inviteUrl: inviteUrl(code) });
    },
  );
  app.get(
    '/api/v1/operator/secrets',
    { onRequest, schema: { tags, response: { 200: SecretFigures } } },
    () => countSecrets(desk),
  );
  app.post(
    '/api/v1/operator/secrets/rotation',
    { onRequest, schema: { tags, response: { 200: Rotation } } },
    async () => ({ resealed: await resealSecrets(desk), secrets: await countSecrets(desk) }),
  );
};

function presentWorkspace(row: WorkspaceRow, publicUrl: string): Workspace {
  const { workspaceId: id, slug, name, agents, openConversations } = row;
  const named = id === DEFAULT_WORKSPACE ? '' : `?workspace=${slug}`;
  return {
    ...{ id, slug, name, agents, openConversations },
    createdAt: row.createdAt.toISOString(),
    removedAt: row.removedAt?.toISOString() ?? null,
    suspendedAt: row.suspendedAt?.toISOString() ?? null,
    suspendedWhy: row.suspendedWhy,
    removeAt: row.removeAt?.toISOString() ?? null,
    bounds: row.bounds,
    signInUrl: `${publicUrl}/sign-in${named}`,
  };
}
