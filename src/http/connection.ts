// How a request came in, as the server sees it: for whoever sets up a proxy. It says nothing but what the caller sent.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { SeenConnection } from '../contract/connection.ts';

export const connectionRoutes: FastifyPluginAsyncTypebox<{
  trustsProxy: (address: string | undefined) => boolean;
}> = async (app, { trustsProxy }) => {
  app.get(
    '/api/v1/connection',
    { schema: { tags: ['operations'], security: [], response: { 200: SeenConnection } } },
    async ({ protocol, host, headers, socket }): Promise<SeenConnection> => {
      const forwarded = headers['x-forwarded-for'] !== undefined;
      const trusted = trustsProxy(socket.remoteAddress);
      return {
        protocol: protocol === 'https' ? 'https' : 'http',
        host,
        client: seen(forwarded, trusted),
      };
    },
  );
};

function seen(forwarded: boolean, trusted: boolean): SeenConnection['client'] {
  if (forwarded) return trusted ? 'named' : 'not-believed';
  return trusted ? 'unnamed' : 'direct';
}
