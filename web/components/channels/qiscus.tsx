// Qiscus in the settings.
import { Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Channel } from '../../api/shapes.ts';
import { PasswordField } from '../../forms/password-field.tsx';
import { ActionRow } from '../../ui/action-row.tsx';
import { useSave } from '../answers/use-save.ts';
import { useCan } from '../session/use-session.ts';
import type { KindPage, Typed } from './kind-page.ts';
import { QiscusForm } from './qiscus-form.tsx';

export const qiscus: KindPage = {
  creation: {
    empty: { baseUrl: '', appId: '', email: '', password: '', secretKey: '' },
    Fields: ({ field }) => (
      <>
        <TextInput required type="url" placeholder="https://" {...field('baseUrl')} />
        <TextInput required {...field('appId')} />
        <PasswordField required autoComplete="off" {...field('secretKey')} />
        <TextInput type="email" {...field('email')} />
        <PasswordField autoComplete="off" {...field('password')} />
      </>
    ),
    toBody: ({ password, secretKey, ...config }) => ({
      config,
      secrets: Object.fromEntries(
        Object.entries({ password, secretKey }).filter(([, value]) => value !== undefined),
      ) as Typed,
    }),
  },
  After: RegisterResolve,
  Trouble,
  Forms: QiscusForm,
};

/** Qiscus has no page on which somebody could paste the second address. */
function RegisterResolve({ channel: { id } }: { channel: Channel }) {
  const { t } = useTranslation();
  const can = useCan();
  const register = useSave({
    send: () =>
      ask(client.POST('/api/v1/channels/{id}/register-resolve', { params: { path: { id } } })),
    done: t('channel.resolveDone'),
  });
  if (!can('channels.write')) return null;
  return (
    <ActionRow
      text={t('channel.resolveHint')}
      label={t('channel.resolve')}
      busy={register.isPending}
      onAct={() => register.mutate(undefined)}
    />
  );
}

function Trouble() {
  const { t } = useTranslation();
  return (
    <Text size="sm" c="dimmed" mt={4}>
      {t('channel.brokenQiscus')}
    </Text>
  );
}
