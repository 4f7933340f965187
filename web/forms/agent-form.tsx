// What decides which conversations an agent gets: capacity, teams, skills.
import { MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../api/client.ts';
import { skillsQuery, teamsQuery } from '../api/queries.ts';
import type { Agent, Group } from '../api/shapes.ts';
import { useSave } from '../components/use-save.ts';
import { FormDialog } from './form-dialog.tsx';

const toChoices = (groups: readonly Group[] | undefined) =>
  (groups ?? []).map(({ id, name }) => ({ value: id, label: name }));

export function AgentForm({ agent, onClose }: { agent: Agent; onClose(): void }) {
  const { t } = useTranslation();
  const teams = useQuery(teamsQuery).data;
  const skills = useQuery(skillsQuery).data;
  const form = useForm({
    initialValues: {
      name: agent.name,
      capacity: (agent.capacity ?? '') as number | string,
      teamIds: agent.teamIds,
      skillIds: agent.skillIds,
    },
  });
  const save = useSave({
    send: ({ capacity, ...rest }: typeof form.values) =>
      ask(
        client.PATCH('/api/v1/agents/{id}', {
          params: { path: { id: agent.id } },
          body: { ...rest, capacity: typeof capacity === 'number' ? capacity : null },
        }),
      ),
    touches: ['agents', 'users', 'queue'],
    onDone: onClose,
    quiet: true,
  });
  return (
    <FormDialog
      title={t('agent.edit', { name: agent.name })}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      save={save}
    >
      <TextInput label={t('form.name')} required {...form.getInputProps('name')} />
      <NumberInput
        label={t('agent.capacity')}
        description={t('agent.capacityHint')}
        placeholder={t('agent.useDefault')}
        min={0}
        max={1000}
        allowDecimal={false}
        {...form.getInputProps('capacity')}
      />
      <MultiSelect
        label={t('settings.teams')}
        data={toChoices(teams)}
        {...form.getInputProps('teamIds')}
      />
      <MultiSelect
        label={t('teams.skills')}
        data={toChoices(skills)}
        {...form.getInputProps('skillIds')}
      />
    </FormDialog>
  );
}
