// Whether agents see each other's conversations: chosen by an admin for the whole workspace.
import { Radio, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Settings } from '../../api/shapes.ts';
import { CardForm } from '../../forms/card-form.tsx';

const choices = ['everything', 'own-and-teams'] as const;

export function AgentsSee({ agentsSee }: Pick<Settings, 'agentsSee'>) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { agentsSee } });
  return (
    <CardForm
      title={t('sight.title')}
      note={t('sight.text')}
      form={form}
      touches={['settings']}
      send={(body) => ask(client.PATCH('/api/v1/settings', { body }))}
    >
      <Radio.Group aria-label={t('sight.title')} {...form.getInputProps('agentsSee')}>
        <Stack gap="xs">
          {choices.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`sight.${value}`)}
              description={t(`sight.${value}-text`)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </CardForm>
  );
}
