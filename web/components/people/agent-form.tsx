// Who a person is, and what decides which conversations they get: capacity, teams, skills.
import { MultiSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { teamsQuery } from '../../api/queries.ts';
import type { Agent, Group, Role, User } from '../../api/shapes.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { SkillsField } from '../../forms/skills-field.tsx';
import { Select } from '../../ui/select.tsx';
import { useSave } from '../answers/use-save.ts';
import { useSession } from '../session/use-session.ts';
import { BoundsFields } from './bounds-fields.tsx';
import { SkillLevels } from './skill-levels.tsx';

const roles: Role[] = ['agent', 'supervisor', 'admin'];
const toChoices = (groups: readonly Group[] | undefined) =>
  (groups ?? []).map(({ id, name }) => ({ value: id, label: name }));

/** `user: null`: an agent whom an outside system reports, and who does not sign in here. */
export function AgentForm(props: { agent: Agent; user: User | null; onClose(): void }) {
  const { agent, user, onClose } = props;
  const { t } = useTranslation();
  const me = useSession().user;
  const teams = useQuery(teamsQuery).data;
  const form = useForm({ initialValues: readValues(agent, user) });
  const save = useSave({
    send: (values: Values) => sendChanges({ agent, user, form }, values),
    touches: ['agents', 'users', 'queue', 'session'],
    onDone: onClose,
    quiet: true,
  });
  return (
    <FormDialog
      title={t('agent.edit', { name: agent.name })}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      save={save}
      dirty={form.isDirty()}
    >
      <TextInput label={t('form.name')} required maxLength={255} {...form.getInputProps('name')} />
      <TextInput
        label={t('form.email')}
        type="email"
        required={user !== null}
        maxLength={255}
        {...form.getInputProps('email')}
      />
      <Select
        label={t('people.role')}
        description={t(`role.hint.${form.values.role}`)}
        data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        disabled={user?.id === me.id}
        {...form.getInputProps('role')}
      />
      <NumberInput
        label={t('agent.capacity')}
        description={t('agent.capacityHint')}
        placeholder={t('agent.useDefault')}
        min={0}
        max={1000}
        allowDecimal={false}
        {...form.getInputProps('capacity')}
      />
      <BoundsFields value={form.values} onChange={(part) => form.setValues(part)} />
      <Switch
        label={t('agent.answersHere')}
        description={t('agent.answersHereHint')}
        {...form.getInputProps('answersHere', { type: 'checkbox' })}
      />
      <MultiSelect
        label={t('teams.teams')}
        data={toChoices(teams)}
        {...form.getInputProps('teamIds')}
      />
      <SkillsField {...form.getInputProps('skillIds')} />
      <SkillLevels
        skillIds={form.values.skillIds}
        value={form.values.skillLevels}
        onChange={(levels) => form.setFieldValue('skillLevels', levels)}
      />
    </FormDialog>
  );
}

type Values = ReturnType<typeof readValues>;

function readValues(agent: Agent, user: User | null) {
  return {
    name: user?.name ?? agent.name,
    email: user?.email ?? agent.email ?? '',
    role: user?.role ?? agent.role,
    capacity: (agent.capacity ?? '') as number | string,
    limits: agent.limits,
    pace: (agent.pace ?? '') as number | string,
    wrapUp: (agent.wrapUp ?? '') as number | string,
    answersHere: agent.answersHere,
    teamIds: agent.teamIds,
    skillIds: agent.skillIds,
    skillLevels: agent.skillLevels,
  };
}

async function sendChanges(
  edited: { agent: Agent; user: User | null; form: { isDirty(path: never): boolean } },
  values: Values,
): Promise<void> {
  const { agent, user, form } = edited;
  const { name, email, role, capacity, answersHere, teamIds, skillIds } = values;
  // A level of a skill that was taken away means nothing.
  const kept = Object.entries(values.skillLevels).filter(([id]) => skillIds.includes(id));
  const skillLevels: Record<string, number> = Object.fromEntries(kept);
  const person = findChanges({ name, email, role }, form);
  // Their name and address are the sign-in's too.
  if (user !== null && Object.keys(person).length > 0) {
    const params = { path: { id: user.id } };
    await ask(client.PATCH('/api/v1/users/{id}', { params, body: person }));
  }
  const own =
    user === null ? { ...person, ...('email' in person && { email: email || null }) } : {};
  const work = findChanges({ answersHere, teamIds, skillIds, skillLevels }, form);
  const most = orDefault(capacity);
  const bounds = findChanges(
    { limits: values.limits, pace: orDefault(values.pace), wrapUp: orDefault(values.wrapUp) },
    form,
  );
  const params = { path: { id: agent.id } };
  await ask(
    client.PATCH('/api/v1/agents/{id}', {
      params,
      body: { ...own, ...work, ...bounds, capacity: most },
    }),
  );
}

/** What is left empty is the workspace's. */
function orDefault(value: number | string): number | null {
  return typeof value === 'number' ? value : null;
}

/** What nobody touched is not sent: an outside system may keep it. */
function findChanges<T extends object>(
  values: T,
  form: { isDirty(path: never): boolean },
): Partial<T> {
  const changed = Object.entries(values).filter(([name]) => form.isDirty(name as never));
  return Object.fromEntries(changed) as Partial<T>;
}
