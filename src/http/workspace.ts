// The workspace's own settings over HTTP: queue, default capacity, tokens.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { SettingsUpdate, WorkspaceSettings } from '../contract/settings.ts';
import { IdParams } from '../contract/shapes.ts';
import { MadeToken, Queue, Token, TokenCreation } from '../contract/workspace.ts';
import { changeSettings } from '../desk/change-settings.ts';
import { createToken, revokeToken } from '../desk/change-token.ts';
import { readQueueFigures, readQueueGroups } from '../store/queue-figures.ts';
import { type ListedToken, listTokens } from '../store/tokens.ts';
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

function presentToken({ tokenId: id, createdAt, expiresAt, usedAt, ...rest }: ListedToken) {
  const { name, role, scopes, agentId, madeBy, makerGone } = rest;
  return {
    ...{ id, name, role, scopes, agentId, madeBy, makerGone },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    usedAt: usedAt?.toISOString() ?? null,
  };
}
