// Whether the other side calls: connected, waiting for it, switched off, or broken and why.

import { useTranslation } from 'react-i18next';
import { channelKinds } from '../../../src/contract/channel-kinds.ts';
import type { Channel } from '../../api/shapes.ts';
import { Dot, Pill } from '../../ui/pill.tsx';

/** `seen`: a conversation has come from there. */
export function ChannelState({ channel, seen = false }: { channel: Channel; seen?: boolean }) {
  const { t } = useTranslation();
  const { kind, syncError, connected, syncedAt } = channel;
  if (!channel.enabled) return <Pill tone="warn">{t('channel.off')}</Pill>;
  if (syncError !== null) return <Pill tone="bad">{t('channel.broken')}</Pill>;
  // Nobody over there has to connect.
  const { tells, desk } = channelKinds[kind];
  const isReady = tells.closed === null && desk === 'ours';
  if (isReady && !seen) return <Pill>{t('channel.ready')}</Pill>;
  if (seen || connected !== null || syncedAt !== null) {
    return (
      <Pill tone="good">
        <Dot tone="good" size={7} />
        {t('channel.connected')}
      </Pill>
    );
  }
  return <Pill tone="warn">{t('channel.waiting')}</Pill>;
}
