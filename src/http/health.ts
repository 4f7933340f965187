// Whether the process lives, whether it can serve, and its measurements.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { RETRY_AFTER_SECONDS } from '../store/is-outage.ts';

export interface Health {
  /** null: it can serve. Otherwise why not. */
  unready(): Promise<string | null>;
  metrics(): Promise<{ contentType: string; text: string }>;
}

const State = Type.Object({ status: Type.String(), reason: Type.Optional(Type.String()) });

export const healthRoutes: FastifyPluginAsyncTypebox<{ health: Health }> = async (
  app,
  { health },
) => {
  const tags = ['operations'];
  app.get('/livez', { schema: { tags, security: [], response: { 200: State } } }, async () => ({
    status: 'alive',
  }));
  app.get(
    '/readyz',
    { schema: { tags, security: [], response: { 200: State, 503: State } } },
    async (_request, reply) => {
      const reason = await health.unready();
      if (reason === null) return { status: 'ready' };
      reply.code(503).header('retry-after', RETRY_AFTER_SECONDS);
      return reply.send({ status: 'not ready', reason });
    },
  );
  app.get('/metrics', { schema: { tags, security: [] } }, async (_request, reply) => {
    const { contentType, text } = await health.metrics();
    return reply.type(contentType).send(text);
  });
};
