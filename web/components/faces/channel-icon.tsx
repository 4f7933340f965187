// Where a conversation comes from.
import {
  IconApi,
  IconBrandWhatsapp,
  IconMessageChatbot,
  IconMessages,
  IconWorld,
} from '@tabler/icons-react';
import { type ChannelKind, channelKinds, kindNames } from '../../../src/contract/channel-kinds.ts';
import type { Conversation } from '../../api/shapes.ts';

const icons = {
  qiscus: IconBrandWhatsapp,
  rapidpro: IconMessageChatbot,
  webchat: IconWorld,
  api: IconApi,
  rocketchat: IconMessages,
};
export const channelNames = Object.fromEntries(
  kindNames.map((kind) => [kind, channelKinds[kind].name]),
) as Record<ChannelKind, string>;

export function ChannelIcon({
  kind,
  size = 16,
}: {
  kind: Conversation['channelKind'];
  size?: number;
}) {
  const Icon = icons[kind] ?? IconWorld;
  return <Icon size={size} stroke={1.7} aria-label={channelNames[kind]} />;
}
