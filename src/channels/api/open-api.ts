// The room of channels that a company's own program fills, opened: nobody outside is told anything.
import type { Connector } from '../connector.ts';
import { apiRoutes } from './routes.ts';

export function openApi(): Connector {
  return {
    kind: 'api',
    routes: async (app, doors) => {
      await app.register(apiRoutes, doors);
    },
    urls: (channelId, publicUrl) => ({
      conversations: `${publicUrl}/api/v1/channels/${channelId}/conversations`,
    }),
  };
}
