// Rocket.Chat in the settings.
import { Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/shapes.ts';
import { PasswordField } from '../../forms/password-field.tsx';
import { useCan } from '../session/use-session.ts';
import { DeskCheck } from './desk-check.tsx';
import { HandoverForm } from './handover-form.tsx';
import type { KindPage, Typed } from './kind-page.ts';
import { RocketChatForm } from './rocketchat-form.tsx';

export const rocketchat: KindPage = {
  creation: {
    empty: { rocketUrl: '', rocketUser: '', rocketToken: '' },
    Fields: ({ field }) => (
      <>
        <TextInput required type="url" placeholder="https://" {...field('rocketUrl')} />
        <TextInput required {...field('rocketUser')} />
        <PasswordField required autoComplete="off" {...field('rocketToken')} />
      </>
    ),
    toBody: ({ rocketUrl, rocketUser, rocketToken }) => ({
      config: { baseUrl: rocketUrl, userId: rocketUser } as Typed,
      secrets: { authToken: rocketToken } as Typed,
    }),
  },
  After,
  Check,
  Forms,
};

function Forms({ channel }: { channel: Channel }) {
  return (
    <>
      <RocketChatForm channel={channel} />
      <HandoverForm channel={channel} />
    </>
  );
}

function After() {
  const { t } = useTranslation();
  return (
    <Text size="sm" c="dimmed">
      {t('channel.externalQueueText')}
    </Text>
  );
}

function Check({ channel: { id } }: { channel: Channel }) {
  const can = useCan();
  return can('channels.check') ? <DeskCheck id={id} /> : null;
}
