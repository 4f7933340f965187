// What a model is about to do with a token goes on record first.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { makeRates } from '../access/rates.ts';
import { ToolCall } from '../contract/tool-calls.ts';
import { noteToolCall } from '../desk/note-tool-call.ts';
import { Refused } from '../errors.ts';
import { allow } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

/** Of one token or person. */
const MOST_CALLS = { most: 600, withinMs: 600_000 };

export const toolCallRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const rates = makeRates(MOST_CALLS);
  app.post(
    '/api/v1/tool-calls',
    {
      onRequest: allow(desk, 'tools.call'),
      bodyLimit: 1024 * 1024,
      schema: {
        tags: ['audit'],
        description:
          'Records that a model uses a tool, before it does: `usher mcp` calls this first, each time. At most 600 in ten minutes.',
        body: ToolCall,
        response: { 204: Type.Null() },
      },
    },
    async ({ actor, body }, reply) => {
      const { workspaceId, name, tokenId, userId } = actor;
      if (!rates.take(tokenId ?? userId ?? name, desk.clock.elapsed())) {
        throw new Refused('request.too-many', 'A token may use 600 tools in ten minutes. Wait.');
      }
      await noteToolCall(desk, { workspaceId, actor: name, ...body });
      return reply.code(204).send(null);
    },
  );
};
