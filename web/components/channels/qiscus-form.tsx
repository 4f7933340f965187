// How Usher reaches Qiscus: the address, the app, and as whom.
import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/shapes.ts';
import { CardForm } from '../../forms/card-form.tsx';
import { SecretField } from '../../forms/secret-field.tsx';
import { readText, sendChannel } from '../../forms/send-channel.ts';

export function QiscusForm({ channel: { id, config } }: { channel: Channel }) {
  const { t } = useTranslation();
  const form = useConnectionForm(config);
  return (
    <CardForm
      title={t('channel.connection')}
      form={form}
      touches={['channels']}
      send={({ secretKey, password, ...rest }) =>
        sendChannel(id, { config: { ...config, ...rest }, secrets: { secretKey, password } })
      }
      then={(sent) => ({ ...sent, secretKey: null, password: null })}
    >
      <TextInput
        required
        type="url"
        label={t('channel.baseUrl')}
        description={t('channel.baseUrlHint')}
        maxLength={500}
        {...form.getInputProps('baseUrl')}
      />
      <TextInput
        required
        label={t('channel.appId')}
        description={t('channel.appIdHint')}
        maxLength={100}
        {...form.getInputProps('appId')}
      />
      <SecretField
        label={t('channel.secretKey')}
        description={t('channel.secretKeyHint')}
        {...form.getInputProps('secretKey')}
      />
      <TextInput
        type="email"
        label={t('channel.email')}
        description={t('channel.emailHint')}
        maxLength={255}
        {...form.getInputProps('email')}
      />
      <SecretField
        label={t('channel.password')}
        description={t('channel.passwordHint')}
        {...form.getInputProps('password')}
      />
    </CardForm>
  );
}

const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : url);

function useConnectionForm(config: Channel['config']) {
  const { t } = useTranslation();
  const needed = (value: string) => (value.trim() === '' ? t('form.required') : null);
  // The secrets of one server are not told to another.
  const kept = (secret: string | null, baseUrl: string) =>
    secret === null && originOf(baseUrl) !== originOf(readText(config, 'baseUrl'))
      ? t('channel.secretAgain')
      : null;
  return useForm({
    initialValues: {
      baseUrl: readText(config, 'baseUrl'),
      appId: readText(config, 'appId'),
      email: readText(config, 'email'),
      secretKey: null as string | null,
      password: null as string | null,
    },
    validate: {
      baseUrl: (url) => (/^https?:\/\/./.test(url) ? null : t('form.webAddress')),
      appId: needed,
      secretKey: (secret, { baseUrl }) => kept(secret, baseUrl) ?? needed(secret ?? 'kept'),
      password: (secret, { baseUrl, email }) =>
        (email.trim() === '' ? null : kept(secret, baseUrl)) ?? needed(secret ?? 'kept'),
    },
  });
}
