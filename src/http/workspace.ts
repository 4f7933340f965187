// The workspace's own settings over HTTP: queue, policy, default capacity, tokens.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { type PolicyDocument, PolicyVersion } from '../contract/policy/document.ts';
import { Policy } from '../contract/policy/policy.ts';
import { SettingsUpdate, WorkspaceSettings } from '../contract/settings.ts';
import { IdParams } from '../contract/shapes.ts';
import { MadeToken, Queue, Token, TokenCreation } from '../contract/workspace.ts';
import { changePolicy } from '../desk/change-policy.ts';
import { changeSettings } from '../desk/change-settings.ts';
import { createToken, revokeToken } from '../desk/change-token.ts';
import { readQueueFigures, readQueueGroups } from '../store/queue-figures.ts';
import { type ListedToken, listTokens } from '../store/tokens.ts';
import { listPolicies, type PolicyRow } from '../store/workspaces.ts';
import { allow, allowProved, requireProof } from './authenticate.ts';
import { readSettings, type SettingDefaults } from './read-settings.ts';
import type { RouteMeans } from './route-means.ts';

/** Settings that a borrowed browser must not change. */
const GUARDED = ['onlySingleSignOn', 'secondFactorRoles', 'auditRetentionDays'] as const;

export const workspaceRoutes: FastifyPluginAsyncTypebox<
  RouteMeans & { settingDefaults: SettingDefaults }
> = async (app, { desk, settingDefaults }) => {
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
      const row = await changePolicy(desk, { workspaceId, actor: name, policy: body });
      return presentPolicy({ ...row, policy: body, createdBy: name });
    },
  );

  const settingsTags = ['settings'];
  app.get(
    '/api/v1/settings',
    {
      onRequest: allow(desk, 'settings.read'),
      schema: { tags: settingsTags, response: { 200: WorkspaceSettings } },
    },
    ({ actor: { workspaceId } }) => readSettings(desk.db, workspaceId, settingDefaults),
  );
  app.patch(
    '/api/v1/settings',
    {
      onRequest: allow(desk, 'settings.write'),
      schema: { tags: settingsTags, body: SettingsUpdate, response: { 200: WorkspaceSettings } },
    },
    async (request) => {
      const { actor, loginSession, body } = request;
      const { workspaceId, name, sessionId } = actor;
      if (GUARDED.some((key) => body[key] !== undefined)) requireProof(request);
      const begunBy = sessionId === null ? null : loginSession.begunBy;
      await changeSettings(desk, { workspaceId, actor: name, begunBy }, body);
      return readSettings(desk.db, workspaceId, settingDefaults);
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
      onRequest: allowProved(desk, 'tokens.write'),
      schema: {
        tags: tokenTags,
        body: TokenCreation,
        response: { 201: MadeToken },
      },
    },
    async ({ actor, body }, reply) => {
      const { workspaceId } = actor;
      const made = await createToken(desk, { workspaceId, actor, ...body });
      const expiresAt = made.expiresAt?.toISOString() ?? null;
      return reply.code(201).send({ id: made.tokenId, token: made.token, expiresAt });
    },
  );
  app.delete(
    '/api/v1/tokens/:id',
    {
      onRequest: manageTokens,
      schema: { tags: tokenTags, params: IdParams, response: { 204: Type.Null() } },
    },
    async ({ actor: { workspaceId, name: actor }, params: { id: tokenId } }, reply) => {
      await revokeToken(desk, { workspaceId, tokenId, actor });
      return reply.code(204).send(null);
    },
  );
};

function presentPolicy({ version, policy, createdAt, createdBy }: PolicyRow): PolicyVersion {
  return {
    version,
    policy: policy as PolicyDocument,
    createdAt: createdAt.toISOString(),
    createdBy,
  };
}

function presentToken({ tokenId: id, createdAt, expiresAt, usedAt, ...rest }: ListedToken) {
  const { name, role, scopes, agentId, madeBy, makerGone } = rest;
  return {
    ...{ id, name, role, scopes, agentId, madeBy, makerGone },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    usedAt: usedAt?.toISOString() ?? null,
  };
}
