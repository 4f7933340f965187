// Who may write in a web chat, what proves them, and whether an agent is asked first.
import { Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/shapes.ts';
import { CardForm } from '../../forms/card-form.tsx';
import { makeSecret } from '../../forms/make-secret.ts';
import { SecretField } from '../../forms/secret-field.tsx';
import { readText, sendChannel } from '../../forms/send-channel.ts';
import { Select } from '../../ui/select.tsx';

export function VisitorsForm({ channel: { id, config } }: { channel: Channel }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: {
      acceptance: readText(config, 'acceptance') || 'auto',
      widgetSecret: null as string | null,
      requireIdentity: config.requireIdentity === true,
      anonymousVisitors: config.anonymousVisitors === true,
    },
    validate: {
      widgetSecret: (secret) => (secret !== null && secret.length < 8 ? t('secret.short') : null),
    },
  });
  return (
    <CardForm
      title={t('visitors.title')}
      form={form}
      touches={['channels']}
      send={({ widgetSecret, ...options }) =>
        sendChannel(id, { config: options, secrets: { widgetSecret } })
      }
      then={(sent) => ({ ...sent, widgetSecret: null })}
    >
      <Select
        label={t('visitors.acceptance')}
        description={t('visitors.acceptanceHint')}
        data={(['auto', 'manual'] as const).map((value) => ({
          value,
          label: t(`visitors.acceptance.${value}`),
        }))}
        {...form.getInputProps('acceptance')}
      />
      <SecretField
        label={t('visitors.widgetSecret')}
        description={t('visitors.widgetSecretHint')}
        make={makeSecret}
        {...form.getInputProps('widgetSecret')}
      />
      <Switch
        label={t('visitors.requireIdentity')}
        description={t('visitors.requireIdentityHint')}
        {...form.getInputProps('requireIdentity', { type: 'checkbox' })}
      />
      <Switch
        label={t('visitors.anonymous')}
        description={t('visitors.anonymousHint')}
        {...form.getInputProps('anonymousVisitors', { type: 'checkbox' })}
      />
    </CardForm>
  );
}
