// Whether a channel is in use.
import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Channel } from '../../api/shapes.ts';
import { useSave } from '../answers/use-save.ts';

export function ChannelSwitch({ channel: { id, enabled } }: { channel: Channel }) {
  const { t } = useTranslation();
  const change = useSave({
    send: (wanted: boolean) =>
      ask(
        client.PATCH('/api/v1/channels/{id}', {
          params: { path: { id } },
          body: { enabled: wanted },
        }),
      ),
    touches: ['channels'],
  });
  return (
    <Switch
      mt="md"
      size="sm"
      label={t('channel.on')}
      description={t('channel.onText')}
      checked={enabled}
      onChange={(event) => change.mutate(event.currentTarget.checked)}
    />
  );
}
