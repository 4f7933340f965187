// Web chat's room, opened: what the house is given of it.
import type { Connector, ConnectorMeans } from '../connector.ts';
import { visitorPictureRoute } from './visitor-picture.ts';
import { type WebChatDoor, webChatRoutes } from './webchat.ts';
import { framersOf } from './webchat-channel.ts';

export function openWebChat({
  directory,
  webChat,
}: ConnectorMeans & { webChat: () => WebChatDoor }): Connector {
  return {
    kind: 'webchat',
    routes: async (app, doors) => {
      await app.register(webChatRoutes, { ...doors, webChat: webChat() });
      await app.register(visitorPictureRoute, { ...doors, shown: webChat().shown });
    },
    urls: (_channelId, publicUrl) => ({
      widget: `${publicUrl}/widget.js`,
      mqtt: `${publicUrl.replace(/^http/, 'ws')}/mqtt`,
    }),
    framersOf: (channelId) => framersOf({ directory }, channelId),
  };
}
