// Opens the room of API channels, which a company's own program fills: no outside system is told
// anything.
import type { Connector } from '../connector.ts';
import type { ApiDoor } from './api-means.ts';
import { apiContactRoutes } from './contact-routes.ts';
import { apiMessageRoutes } from './message-routes.ts';
import { apiRoutes } from './routes.ts';
import { apiStandingRoutes } from './standing-routes.ts';
import { apiUpdateRoutes } from './update-routes.ts';
import type { WaitingPrograms } from './waiting-programs.ts';
import { apiWishRoutes } from './wish-routes.ts';

export function openApi({
  apiDoor,
  programs,
}: {
  apiDoor: () => ApiDoor;
  programs: WaitingPrograms;
}): Connector {
  return {
    kind: 'api',
    routes: async (app, given) => {
      const means = { ...given, api: apiDoor(), programs };
      await app.register(apiRoutes, means);
      await app.register(apiMessageRoutes, means);
      await app.register(apiUpdateRoutes, means);
      await app.register(apiContactRoutes, means);
      await app.register(apiStandingRoutes, means);
      await app.register(apiWishRoutes, means);
    },
    urls: (channelId, publicUrl) => ({
      conversations: `${publicUrl}/api/v1/channels/${channelId}/conversations`,
      messages: `${publicUrl}/api/v1/channels/${channelId}/messages`,
      updates: `${publicUrl}/api/v1/channels/${channelId}/updates`,
    }),
  };
}
