// What a visitor reads, and is asked, while no agent is online.
import { Switch, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/shapes.ts';
import { CardForm } from '../../forms/card-form.tsx';
import { sendChannel } from '../../forms/send-channel.ts';

export function OfflineForm({ channel: { id, config } }: { channel: Channel }) {
  const { t } = useTranslation();
  const { enabled = false, text = '' } = (config.offline ?? {}) as {
    enabled?: boolean;
    text?: string;
  };
  const form = useForm({ initialValues: { offline: { enabled, text } } });
  return (
    <CardForm
      title={t('offline.title')}
      note={t('offline.note')}
      form={form}
      touches={['channels']}
      send={({ offline }) => sendChannel(id, { config: { offline } })}
    >
      <Switch
        label={t('offline.enabled')}
        description={t('offline.enabledHint')}
        {...form.getInputProps('offline.enabled', { type: 'checkbox' })}
      />
      <Textarea
        label={t('offline.text')}
        description={t('offline.textHint')}
        autosize
        minRows={2}
        maxLength={500}
        {...form.getInputProps('offline.text')}
      />
    </CardForm>
  );
}
