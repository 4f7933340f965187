// How RapidPro's tickets are taken, and what proves its requests and ours.

import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/shapes.ts';
import { CardForm } from '../../forms/card-form.tsx';
import { SecretField } from '../../forms/secret-field.tsx';
import { readText, sendChannel } from '../../forms/send-channel.ts';
import { Select } from '../../ui/select.tsx';

export function RapidProForm({ channel: { id, config } }: { channel: Channel }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: {
      onSecondTicket: readText(config, 'onSecondTicket') || 'supersede',
      unknownDepartment: readText(config, 'unknownDepartment') || 'note',
      secret: null as string | null,
      apiToken: null as string | null,
    },
    validate: {
      secret: (secret) => (secret !== null && secret.length < 8 ? t('secret.short') : null),
    },
  });
  return (
    <CardForm
      title={t('channel.tickets')}
      form={form}
      touches={['channels']}
      send={({ secret, apiToken, ...options }) =>
        sendChannel(id, { config: options, secrets: { secret, apiToken } })
      }
      then={(sent) => ({ ...sent, secret: null, apiToken: null })}
    >
      <Select
        label={t('channel.onSecondTicket')}
        description={t('channel.onSecondTicketHint')}
        data={(['supersede', 'refuse'] as const).map((value) => ({
          value,
          label: t(`channel.onSecondTicket.${value}`),
        }))}
        {...form.getInputProps('onSecondTicket')}
      />
      <Select
        label={t('channel.unknownDepartment')}
        description={t('channel.unknownDepartmentHint')}
        data={(['note', 'refuse'] as const).map((value) => ({
          value,
          label: t(`channel.unknownDepartment.${value}`),
        }))}
        {...form.getInputProps('unknownDepartment')}
      />
      <SecretField
        label={t('channel.secret')}
        description={t('channel.secretHint')}
        {...form.getInputProps('secret')}
      />
      <SecretField
        label={t('channel.apiToken')}
        description={t('channel.apiTokenHint')}
        {...form.getInputProps('apiToken')}
      />
    </CardForm>
  );
}
