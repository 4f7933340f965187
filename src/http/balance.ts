// Re-balance over HTTP: the plan, its application as one, and taking that back.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  BalanceApplication,
  BalancePlan,
  BalanceQuery,
  BalanceResult,
  BalanceUndone,
} from '../contract/balance.ts';
import { IdParams } from '../contract/shapes.ts';
import { applyBalance, undoBalance } from '../desk/apply-balance.ts';
import { previewBalance } from '../desk/plan-balance.ts';
import { allow } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

export const balanceRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const read = allow(desk, 'balance.read');
  const write = allow(desk, 'balance.write');
  const tags = ['balance'];

  app.get(
    '/api/v1/balance',
    {
      onRequest: read,
      schema: {
        tags,
        description:
          'Which conversations would move so that agents share the load evenly: the fewest. Only those move that the router gave and nobody has answered since; what a person chose, what is answered in an outside system, what is offered and what is with the agent whom its contact knows stays. Writes nothing.',
        querystring: BalanceQuery,
        response: { 200: BalancePlan },
      },
    },
    ({ actor: { workspaceId }, query: { teamId = null } }) =>
      previewBalance(desk, { workspaceId, teamId }),
  );
  app.post(
    '/api/v1/balance',
    {
      onRequest: write,
      schema: {
        tags,
        description:
          'Makes these moves, all or none. 409 balance.changed: one of them cannot be made any more, or they would make nothing more even; left says which and why, and plan is a new plan. Each is a conversation.transferred with reason balance, and an assignment with its recorded reason.',
        body: BalanceApplication,
        response: { 200: BalanceResult },
      },
    },
    ({ actor: { workspaceId, name }, body: { teamId = null, moves } }) =>
      applyBalance(desk, { workspaceId, teamId, moves, actor: name }),
  );
  app.post(
    '/api/v1/balance/:id/undo',
    {
      onRequest: write,
      schema: {
        tags,
        description:
          'Gives back what that re-balance has moved, as far as nobody has answered it since and its former agent is online with room; left says which stay and why. 404 balance.not-found: nothing of it is where it was moved to.',
        params: IdParams,
        response: { 200: BalanceUndone },
      },
    },
    ({ actor: { workspaceId, name }, params: { id: balanceId } }) =>
      undoBalance(desk, { workspaceId, balanceId, actor: name }),
  );
};
