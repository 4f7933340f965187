// How Usher reaches Rocket.Chat: the address, as whom, how often, and what proves its webhooks.
import { NumberInput, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/shapes.ts';
import { CardForm } from '../../forms/card-form.tsx';
import { SecretField } from '../../forms/secret-field.tsx';
import { readText, sendChannel } from '../../forms/send-channel.ts';
import { makeWebhookSecret } from './webhook-secret.ts';

export function RocketChatForm({ channel: { id, config } }: { channel: Channel }) {
  const { t } = useTranslation();
  const form = useConnection(config);
  return (
    <CardForm
      title={t('channel.rocketConnection')}
      form={form}
      touches={['channels']}
      send={({ authToken, webhookSecret, callsPerMinute, ...rest }) =>
        sendChannel(id, {
          // Emptied: the limits that Rocket.Chat comes with.
          config: { ...rest, callsPerMinute: callsPerMinute === '' ? null : callsPerMinute },
          secrets: { authToken, webhookSecret },
        })
      }
      then={(sent) => ({ ...sent, authToken: null, webhookSecret: null })}
    >
      <TextInput
        required
        type="url"
        label={t('channel.rocketUrl')}
        description={t('channel.rocketUrlHint')}
        maxLength={500}
        {...form.getInputProps('baseUrl')}
      />
      <TextInput
        required
        label={t('channel.rocketUser')}
        description={t('channel.rocketUserHint')}
        maxLength={100}
        {...form.getInputProps('userId')}
      />
      <SecretField
        label={t('channel.rocketToken')}
        description={t('channel.rocketTokenHint')}
        {...form.getInputProps('authToken')}
      />
      <NumberInput
        label={t('channel.rocketCalls')}
        description={t('channel.rocketCallsHint')}
        min={1}
        max={100_000}
        allowDecimal={false}
        {...form.getInputProps('callsPerMinute')}
      />
      <Switch
        label={t('channel.rocketAway')}
        description={t('channel.rocketAwayHint')}
        {...form.getInputProps('awayCounts', { type: 'checkbox' })}
      />
      <SecretField
        label={t('channel.rocketSecret')}
        description={t('channel.rocketSecretHint')}
        make={makeWebhookSecret}
        {...form.getInputProps('webhookSecret')}
      />
    </CardForm>
  );
}

function useConnection(config: Channel['config']) {
  const { t } = useTranslation();
  const needed = (value: string) => (value.trim() === '' ? t('form.required') : null);
  const { callsPerMinute, awayCounts = true } = config as {
    callsPerMinute?: number | null;
    awayCounts?: boolean;
  };
  return useForm({
    initialValues: {
      baseUrl: readText(config, 'baseUrl'),
      userId: readText(config, 'userId'),
      callsPerMinute: callsPerMinute ?? ('' as number | string),
      awayCounts,
      authToken: null as string | null,
      webhookSecret: null as string | null,
    },
    validate: {
      baseUrl: (url) => (/^https?:\/\/./.test(url) ? null : t('form.webAddress')),
      userId: needed,
      // The token of one server is not told to another.
      authToken: (token, { baseUrl }) =>
        token === null && originOf(baseUrl) !== originOf(readText(config, 'baseUrl'))
          ? t('channel.secretAgain')
          : needed(token ?? 'kept'),
      webhookSecret: (secret) => (secret !== null && secret.length < 8 ? t('secret.short') : null),
    },
  });
}

const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : url);
