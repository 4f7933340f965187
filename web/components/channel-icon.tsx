// Where a conversation comes from.
import { IconBrandWhatsapp, IconMessageChatbot, IconWorld } from '@tabler/icons-react';
import type { Conversation } from '../api/shapes.ts';

const icons = { qiscus: IconBrandWhatsapp, rapidpro: IconMessageChatbot, webchat: IconWorld };
export const channelNames = { qiscus: 'Qiscus', rapidpro: 'RapidPro', webchat: 'Web chat' };

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
