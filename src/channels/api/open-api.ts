// Opens the room of API channels, which a company's own program fills: no outside system is told
// anything.
import type { Connector } from '../connector.ts';
import { apiRoutes } from './routes.ts';

export function openApi(): Connector {
  return {
    kind: 'api',
    routes: async (app, means) => {
      await app.register(apiRoutes, means);
    },
    urls: (channelId, publicUrl) => ({
      conversations: `${publicUrl}/api/v1/channels/${channelId}/conversations`,
    }),
  };
}
