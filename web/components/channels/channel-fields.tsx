// What every channel has, whatever its kind.
import { NumberInput, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { channelKinds } from '../../../src/contract/channel-kinds.ts';
import { teamsQuery } from '../../api/queries.ts';
import type { Channel } from '../../api/shapes.ts';
import { CardForm } from '../../forms/card-form.tsx';
import { readText, sendChannel } from '../../forms/send-channel.ts';
import { SkillsField } from '../../forms/skills-field.tsx';
import { Select } from '../../ui/select.tsx';

export function ChannelFields({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const { skills = [] } = channel.config as { skills?: string[] };
  const form = useForm<Fields>({
    initialValues: {
      name: channel.name,
      teamId: channel.teamId,
      weight: channel.weight,
      appCode: readText(channel.config, 'appCode'),
      skills,
    },
    validate: {
      name: (name) => (name.trim() === '' ? t('form.required') : null),
      weight: (weight) => (typeof weight === 'number' ? null : t('form.required')),
    },
  });
  const { kind, config } = channel;
  return (
    <CardForm
      title={t('channel.settings')}
      form={form}
      touches={['channels']}
      send={({ appCode, skills: wanted, weight, ...rest }) =>
        sendChannel(channel.id, {
          ...rest,
          weight: Number(weight),
          config: {
            ...(channelKinds[kind].configChange === 'replaces-all' ? config : {}),
            appCode,
            skills: wanted,
          },
        })
      }
    >
      <TextInput label={t('form.name')} required maxLength={255} {...form.getInputProps('name')} />
      {!channelKinds[kind].mirrors && <OfItsConversations form={form} />}
    </CardForm>
  );
}

interface Fields {
  name: string;
  teamId: string | null;
  weight: number | string;
  appCode: string;
  skills: string[];
}

/** A mirror brings none. */
function OfItsConversations({ form }: { form: UseFormReturnType<Fields> }) {
  const { t } = useTranslation();
  const teams = useQuery(teamsQuery).data ?? [];
  return (
    <>
      <Select
        clearable
        label={t('filter.team')}
        description={t('channel.teamHint')}
        placeholder={t('live.noTeam')}
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('teamId')}
      />
      <NumberInput
        label={t('channel.weight')}
        description={t('channel.weightHint')}
        min={1}
        max={1000}
        allowDecimal={false}
        {...form.getInputProps('weight')}
      />
      <SkillsField description={t('channel.skillsHint')} {...form.getInputProps('skills')} />
      <TextInput
        label={t('channel.appCode')}
        description={t('channel.appCodeHint')}
        maxLength={100}
        {...form.getInputProps('appCode')}
      />
    </>
  );
}
