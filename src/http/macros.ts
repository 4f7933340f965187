// Macros over HTTP: the list of them, and their use in a conversation.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { actingOf } from '../access/acting.ts';
import { can } from '../access/can.ts';
import { Macro, MacroCreation, MacroUpdate, MacroUsed } from '../contract/macros.ts';
import { Id, IdParams } from '../contract/shapes.ts';
import {
  changeMacro,
  createMacro,
  refuseFaultyActions,
  removeMacro,
} from '../desk/change-macro.ts';
import { showMacros } from '../desk/show-automations.ts';
import { useMacro } from '../desk/use-macro.ts';
import { Refused } from '../errors.ts';
import { allow } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

const path = '/api/v1/macros';
const tags = ['macros'];
const UseParams = Type.Object({ id: Id, macroId: Id });

export const macroRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const write = allow(desk, 'macros.write');
  const show = async (workspaceId: string, id: string) => {
    const macro = (await showMacros(desk, workspaceId)).find((one) => one.id === id);
    if (macro === undefined) throw new Refused('macro.not-found');
    return macro;
  };
  /** Actions are told by their places; the rest as everywhere. */
  const refuseInvalid = async ({ validationError, actor, body }: FastifyRequest) => {
    if (validationError === undefined) return;
    const { actions } = (body ?? {}) as { actions?: unknown };
    if (validationError.validationContext === 'body' && actions !== undefined) {
      await refuseFaultyActions(desk, actor, actions);
    }
    throw validationError;
  };

  app.get(
    path,
    {
      onRequest: allow(desk, 'macros.read'),
      schema: { tags, response: { 200: Type.Object({ items: Type.Array(Macro) }) } },
    },
    async ({ actor }) => ({ items: await showMacros(desk, actor.workspaceId) }),
  );
  app.post(
    path,
    {
      onRequest: write,
      schema: { tags, body: MacroCreation, response: { 201: Macro } },
      attachValidation: true,
    },
    async (request, reply) => {
      await refuseInvalid(request);
      const { actor: asking, body } = request;
      const { workspaceId, name: actor } = asking;
      const fields = { ...body, teamId: body.teamId ?? null };
      const { id } = await createMacro(desk, { workspaceId, actor }, fields);
      return reply.code(201).send(await show(workspaceId, id));
    },
  );
  app.patch(
    `${path}/:id`,
    {
      onRequest: write,
      schema: { tags, params: IdParams, body: MacroUpdate, response: { 200: Macro } },
      attachValidation: true,
    },
    async (request) => {
      await refuseInvalid(request);
      const { actor: asking, params, body } = request;
      const { workspaceId, name: actor } = asking;
      const { id } = params;
      await changeMacro(desk, { workspaceId, actor, id }, body);
      return show(workspaceId, id);
    },
  );
  app.delete(
    `${path}/:id`,
    { onRequest: write, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async ({ actor: { workspaceId, name: actor }, params: { id } }, reply) => {
      await removeMacro(desk, { workspaceId, actor, id });
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/conversations/:id/macros/:macroId',
    {
      onRequest: allow(desk, 'conversations.work'),
      schema: {
        tags,
        description:
          'Does all its actions, or none: the answer then has the code of the action that was refused. What a colleague has is theirs, as with each of the actions alone.',
        params: UseParams,
        response: { 200: MacroUsed },
      },
    },
    async ({ actor, params: { id: conversationId, macroId } }) => {
      const { workspaceId, name, agentId } = actor;
      const author = {
        kind: agentId === null ? ('user' as const) : ('agent' as const),
        id: agentId,
      };
      const actions = await useMacro(desk, {
        ...{ workspaceId, conversationId, macroId, author, actor: name },
        acting: actingOf(actor),
        speaks: agentId === null && can(actor, 'conversations.speak'),
        usesAll: can(actor, 'macros.write'),
      });
      return { actions };
    },
  );
};
