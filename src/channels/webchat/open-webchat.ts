// Opens web chat's room and gives it to the server.
import type { Connector, ConnectorMeans } from '../connector.ts';
import { tryPageRoute } from './try-page.ts';
import { visitorPictureRoute } from './visitor-picture.ts';
import { webChatRoutes } from './webchat.ts';
import { framersOf } from './webchat-channel.ts';
import type { WebChatDoor } from './webchat-means.ts';

export function openWebChat({
  directory,
  webChat,
}: ConnectorMeans & { webChat: () => WebChatDoor }): Connector {
  return {
    kind: 'webchat',
    routes: async (app, given) => {
      await app.register(webChatRoutes, { ...given, webChat: webChat() });
      await app.register(visitorPictureRoute, { ...given, shown: webChat().shown });
      await app.register(tryPageRoute, given);
    },
    urls: (_channelId, publicUrl) => ({
      widget: `${publicUrl}/widget.js`,
      mqtt: `${publicUrl.replace(/^http/, 'ws')}/mqtt`,
    }),
    framersOf: (channelId) => framersOf({ directory }, channelId),
  };
}
