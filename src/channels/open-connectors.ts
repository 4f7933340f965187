// Lists the kinds of channels, each with its room.
import type { Config } from '../config.ts';
import type { EnvironmentChannel } from '../desk/prepare-workspace.ts';
import type { ApiDoor } from './api/api-means.ts';
import { openApi } from './api/open-api.ts';
import type { WaitingPrograms } from './api/waiting-programs.ts';
import type { Connector, ConnectorMeans } from './connector.ts';
import { openQiscus } from './qiscus/open-qiscus.ts';
import { readQiscusChannel } from './qiscus/read-environment.ts';
import { openRapidPro } from './rapidpro/open-rapidpro.ts';
import { openRocketChat } from './rocketchat/open-rocketchat.ts';
import { openWebChat } from './webchat/open-webchat.ts';
import type { WebChatDoor } from './webchat/webchat-means.ts';

/**
 * `webChat` and `apiDoor` are read once the server is built: the broker behind them starts later than the carriers.
 */
export function openConnectors(
  means: ConnectorMeans & {
    webChat: () => WebChatDoor;
    apiDoor: () => ApiDoor;
    programs: WaitingPrograms;
  },
): Connector[] {
  return [
    openQiscus(means),
    openRapidPro(means),
    openWebChat(means),
    openApi(means),
    openRocketChat(means),
  ];
}

/** The channels that the environment describes. */
export function readEnvironmentChannels(config: Config): EnvironmentChannel[] {
  return readQiscusChannel(config);
}
