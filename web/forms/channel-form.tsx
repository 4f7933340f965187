// A new channel: what is needed of the other side to begin.
import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../api/client.ts';
import { teamsQuery } from '../api/queries.ts';
import type { Channel } from '../api/shapes.ts';
import { channelNames } from '../components/channel-icon.tsx';
import { PasswordField } from '../components/password-field.tsx';
import { keepShownOnce } from '../components/shown-once.ts';
import { useSave } from '../components/use-save.ts';
import { Select } from '../ui/select.tsx';
import { FormDialog } from './form-dialog.tsx';

type Kind = Channel['kind'];
const kinds: Kind[] = ['webchat', 'qiscus', 'rapidpro'];
const empty = {
  name: '',
  teamId: '' as string | null,
  baseUrl: '',
  appId: '',
  email: '',
  password: '',
  secretKey: '',
  secret: '',
};
type Values = typeof empty & { kind: Kind };

function toBody(values: Values) {
  const shared = { name: values.name, teamId: values.teamId || null };
  const given = <T extends Record<string, string>>(fields: T) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')) as Partial<T>;
  const { baseUrl, appId, email, password, secretKey, secret } = values;
  if (values.kind === 'qiscus') {
    const config = { baseUrl, appId, ...given({ email }) };
    return {
      ...shared,
      kind: 'qiscus' as const,
      config,
      secrets: given({ password, secretKey }),
    };
  }
  if (values.kind === 'rapidpro') {
    return { ...shared, kind: 'rapidpro' as const, secrets: given({ secret }) };
  }
  return { ...shared, kind: 'webchat' as const, config: {} };
}

export function ChannelForm(props: { onClose(): void; onMade(channel: Channel): void }) {
  const { t } = useTranslation();
  const teams = useQuery(teamsQuery).data ?? [];
  const form = useForm<Values>({ initialValues: { ...empty, kind: 'webchat' } });
  const save = useSave({
    send: (values: Values) =>
      ask(client.POST('/api/v1/channels', { body: toBody(values) as never })),
    touches: ['channels'],
    onDone: (made) => {
      const { id, shownOnce = {} } = made as Channel;
      keepShownOnce(id, shownOnce);
      props.onMade(made as Channel);
    },
    quiet: true,
  });
  const { kind } = form.values;
  const field = (name: keyof typeof empty) => ({
    label: t(`channel.${name as 'appId'}`),
    ...form.getInputProps(name),
  });
  return (
    <FormDialog
      title={t('channels.add')}
      onClose={props.onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      save={save}
      dirty={form.isDirty()}
      label={t('channels.connect')}
    >
      <Select
        label={t('channel.kind')}
        description={t(`channel.hint.${kind}`)}
        data={kinds.map((value) => ({ value, label: channelNames[value] }))}
        {...form.getInputProps('kind')}
      />
      <TextInput data-autofocus required label={t('form.name')} {...form.getInputProps('name')} />
      {kind === 'qiscus' && (
        <>
          <TextInput required type="url" placeholder="https://" {...field('baseUrl')} />
          <TextInput required {...field('appId')} />
          <PasswordField required autoComplete="off" {...field('secretKey')} />
          <TextInput type="email" {...field('email')} />
          <PasswordField autoComplete="off" {...field('password')} />
        </>
      )}
      {kind === 'rapidpro' && <PasswordField autoComplete="off" {...field('secret')} />}
      <Select
        clearable
        label={t('filter.team')}
        placeholder={t('live.noTeam')}
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('teamId')}
      />
    </FormDialog>
  );
}
