// The workspace's own settings over HTTP: queue, policy, default capacity, tokens.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { IdParams, Queue, Settings, Token, TokenCreation } from '../contract/api.ts';
import { Policy, PolicyVersion } from '../contract/policy.ts';
import { makeToken } from '../desk/make-token.ts';
import { changeDefaultCapacity } from '../desk/update-agent.ts';
import { Refused } from '../errors.ts';
import { readQueueFigures, readQueueGroups } from '../store/queue-figures.ts';
import { listTokens, revokeTokenRow, type TokenRow } from '../store/tokens.ts';
import {
  getDefaultCapacity,
  insertPolicy,
  listPolicies,
  type PolicyRow,
} from '../store/workspaces.ts';
import { allow } from './authenticate.ts';
import type { Doors } from './doors.ts';

export const workspaceRoutes: FastifyPluginAsyncTypebox<Doors> = async (app, { desk }) => {
  app.get(
    '/api/v1/queue',
    {
      onRequest: allow(desk, 'queue.read'),
      schema: { tags: ['queue'], response: { 200: Queue } },
    },
    async ({ actor: { workspaceId } }) => ({
      ...(await readQueueFigures(desk.db, workspaceId)),
      groups: await readQueueGroups(desk.db, workspaceId),
    }),
  );

  const policyTags = ['policy'];
  app.get(
    '/api/v1/policy',
    {
      onRequest: allow(desk, 'policy.read'),
      schema: { tags: policyTags, response: { 200: PolicyVersion } },
    },
    async ({ actor: { workspaceId } }) => {
      const [latest] = await listPolicies(desk.db, workspaceId, 1);
      if (latest === undefined) throw new Error(`Workspace ${workspaceId} has no policy.`);
      return presentPolicy(latest);
    },
  );
  app.get(
    '/api/v1/policy/versions',
    {
      onRequest: allow(desk, 'policy.read'),
      schema: {
        tags: policyTags,
        response: { 200: Type.Object({ items: Type.Array(PolicyVersion) }) },
      },
    },
    async ({ actor: { workspaceId } }) => ({
      items: (await listPolicies(desk.db, workspaceId, 200)).map(presentPolicy),
    }),
  );
  app.put(
    '/api/v1/policy',
    {
      onRequest: allow(desk, 'policy.write'),
      schema: { tags: policyTags, body: Policy, response: { 200: PolicyVersion } },
    },
    async ({ actor: { workspaceId, name }, body }) => {
      const row = await insertPolicy(desk.db, { workspaceId, policy: body, createdBy: name });
      desk.wake(workspaceId);
      return presentPolicy({ ...row, policy: body, createdBy: name });
    },
  );

  const settingsTags = ['settings'];
  app.get(
    '/api/v1/settings',
    {
      onRequest: allow(desk, 'settings.read'),
      schema: { tags: settingsTags, response: { 200: Settings } },
    },
    async ({ actor }) => ({
      defaultCapacity: await getDefaultCapacity(desk.db, actor.workspaceId),
    }),
  );
  app.patch(
    '/api/v1/settings',
    {
      onRequest: allow(desk, 'settings.write'),
      schema: { tags: settingsTags, body: Type.Partial(Settings), response: { 200: Settings } },
    },
    async ({ actor: { workspaceId }, body: { defaultCapacity: capacity } }) => {
      if (capacity !== undefined) await changeDefaultCapacity(desk, { workspaceId, capacity });
      return { defaultCapacity: await getDefaultCapacity(desk.db, workspaceId) };
    },
  );

  const tokenTags = ['tokens'];
  const manageTokens = allow(desk, 'tokens.write');
  app.get(
    '/api/v1/tokens',
    {
      onRequest: manageTokens,
      schema: { tags: tokenTags, response: { 200: Type.Object({ items: Type.Array(Token) }) } },
    },
    async ({ actor }) => ({
      items: (await listTokens(desk.db, actor.workspaceId)).map(presentToken),
    }),
  );
  app.post(
    '/api/v1/tokens',
    {
      onRequest: manageTokens,
      schema: {
        tags: tokenTags,
        body: TokenCreation,
        response: { 201: Type.Object({ id: Type.String(), token: Type.String() }) },
      },
    },
    async ({ actor: { workspaceId }, body }, reply) => {
      const { tokenId: id, token } = await makeToken(desk, { workspaceId, ...body });
      return reply.code(201).send({ id, token });
    },
  );
  app.delete(
    '/api/v1/tokens/:id',
    {
      onRequest: manageTokens,
      schema: { tags: tokenTags, params: IdParams, response: { 204: Type.Null() } },
    },
    async ({ actor: { workspaceId }, params: { id: tokenId } }, reply) => {
      const revoked = await revokeTokenRow(desk.db, { workspaceId, tokenId });
      if (!revoked) throw new Refused('token.not-found');
      return reply.code(204).send(null);
    },
  );
};

function presentPolicy({ version, policy, createdAt, createdBy }: PolicyRow): PolicyVersion {
  return { version, policy: policy as Policy, createdAt: createdAt.toISOString(), createdBy };
}

function presentToken({ tokenId: id, name, role, agentId, createdAt, expiresAt }: TokenRow) {
  return {
    id,
    name,
    role,
    agentId,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
