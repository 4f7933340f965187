// A new channel: the fields that its kind cannot start without.
import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { teamsQuery } from '../../api/queries.ts';
import type { Channel } from '../../api/shapes.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { keepShownOnce } from '../answers/shown-once.ts';
import { useSave } from '../answers/use-save.ts';
import { channelNames } from '../faces/channel-icon.tsx';
import type { Typed } from './kind-page.ts';
import { kindPages, offeredKinds } from './kinds.tsx';

type Kind = Channel['kind'];
type Values = Typed & { kind: Kind };
const creationOf = (kind: string) => kindPages[kind as Kind].creation;
const empty: Typed = Object.assign({}, ...offeredKinds.map((kind) => creationOf(kind)?.empty));

function toBody({ kind, name, teamId, ...typed }: Values) {
  const creation = creationOf(kind);
  const own = Object.keys(creation?.empty ?? {});
  const given = Object.entries(typed).filter(([field, value]) => own.includes(field) && value);
  return { name, teamId: teamId || null, kind, ...creation?.toBody(Object.fromEntries(given)) };
}

export function ChannelForm(props: { onClose(): void; onMade(channel: Channel): void }) {
  const { t } = useTranslation();
  const teams = useQuery(teamsQuery).data ?? [];
  const form = useForm<Values>({
    initialValues: { ...empty, name: '', teamId: '', kind: offeredKinds[0] as Kind },
  });
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
  const field = (name: string) => ({
    label: t(`channel.${name as 'appId'}`),
    ...form.getInputProps(name),
  });
  const Fields = creationOf(kind)?.Fields;
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
        data={offeredKinds.map((value) => ({ value, label: channelNames[value] }))}
        {...form.getInputProps('kind')}
      />
      <TextInput data-autofocus required label={t('form.name')} {...form.getInputProps('name')} />
      {Fields && <Fields field={field} />}
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
