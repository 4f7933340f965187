// Opens the room of API channels, which a company's own program fills: no outside system is told
// anything.
import type { Connector } from '../connector.ts';
import { apiMessageRoutes } from './message-routes.ts';
import { apiRoutes } from './routes.ts';

export function openApi(): Connector {
  return {
    kind: 'api',
    routes: async (app, means) => {
      await app.register(apiRoutes, means);
      await app.register(apiMessageRoutes, means);
    },
    urls: (channelId, publicUrl) => ({
      conversations: `${publicUrl}/api/v1/channels/${channelId}/conversations`,
      messages: `${publicUrl}/api/v1/channels/${channelId}/messages`,
    }),
  };
}
