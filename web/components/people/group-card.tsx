// Teams or skills: names, who has them, and changes in place.
import { Button, MultiSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { agentsQuery, skillsQuery, teamsQuery } from '../../api/queries.ts';
import type { Group } from '../../api/shapes.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { SkillsField } from '../../forms/skills-field.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card } from '../../ui/page.tsx';
import { RowMenu } from '../../ui/row-menu.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import { useSave } from '../answers/use-save.ts';
import { useMembers } from './use-members.ts';

type Values = { name: string; skillIds: string[] };

const at = (id: string) => ({ params: { path: { id } } });
const routesOf = {
  teams: {
    list: teamsQuery,
    make: (body: Values) => ask(client.POST('/api/v1/teams', { body })),
    change: (id: string, body: Values) =>
      ask(client.PATCH('/api/v1/teams/{id}', { ...at(id), body })),
    drop: (id: string) => ask(client.DELETE('/api/v1/teams/{id}', at(id))),
  },
  skills: {
    list: skillsQuery,
    make: ({ name }: Values) => ask(client.POST('/api/v1/skills', { body: { name } })),
    change: (id: string, { name }: Values) =>
      ask(client.PATCH('/api/v1/skills/{id}', { ...at(id), body: { name } })),
    drop: (id: string) => ask(client.DELETE('/api/v1/skills/{id}', at(id))),
  },
};

export function GroupCard({ kind }: { kind: 'teams' | 'skills' }) {
  const { t } = useTranslation();
  const routes = routesOf[kind];
  const query = useQuery(routes.list as typeof teamsQuery);
  const [edited, setEdited] = useState<Group | 'new' | null>(null);
  const columns = useColumns(kind, setEdited);
  return (
    <Card
      title={t(`teams.${kind}`)}
      note={t(`teams.${kind}Text`)}
      flush
      actions={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => setEdited('new')}
        >
          {t('common.add')}
        </Button>
      }
    >
      {query.isError && query.data === undefined ? (
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Table
          label={t(`teams.${kind}`)}
          columns={columns}
          rows={query.data}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t(`teams.no.${kind}`)} />}
        />
      )}
      {edited !== null && <GroupForm kind={kind} group={edited} onClose={() => setEdited(null)} />}
    </Card>
  );
}

/** The name, who has it, what it needs, and what can be done with it. */
function useColumns(kind: 'teams' | 'skills', onEdit: (group: Group) => void): Column<Group>[] {
  const { t } = useTranslation();
  const agents = useQuery(agentsQuery).data ?? [];
  const drop = useSave({ send: routesOf[kind].drop, touches: [kind, 'agents'] });
  const skills = useQuery(skillsQuery).data ?? [];
  const listSkills = ({ skillIds }: Group) =>
    skills
      .filter(({ id }) => skillIds.includes(id))
      .map(({ name }) => name)
      .join(t('common.comma')) || '–';
  const field = kind === 'teams' ? 'teamIds' : 'skillIds';
  return [
    { head: t('form.name'), cell: ({ name }) => <span style={{ fontWeight: 500 }}>{name}</span> },
    {
      head: t('teams.members'),
      cell: ({ id }) => {
        const names = agents.filter((agent) => agent[field].includes(id)).map(({ name }) => name);
        return names.length === 0 ? '–' : names.join(t('common.comma'));
      },
    },
    ...(kind === 'teams' ? [{ head: t('teams.skills'), cell: listSkills }] : []),
    {
      head: '',
      right: true,
      cell: (group) => (
        <RowMenu
          name={group.name}
          actions={[
            { label: t(`teams.edit.${kind}`), run: () => onEdit(group) },
            {
              label: t('common.remove'),
              confirm: t(`teams.removeText.${kind}`, { name: group.name }),
              run: () => drop.mutate(group.id),
            },
          ]}
        />
      ),
    },
  ];
}

function GroupForm(props: { kind: 'teams' | 'skills'; group: Group | 'new'; onClose(): void }) {
  const { kind, group, onClose } = props;
  const { t } = useTranslation();
  const known = group === 'new' ? { name: '', skillIds: [] } : group;
  const [name, setName] = useState(known.name);
  const [skillIds, setSkillIds] = useState(known.skillIds);
  const team = useMembers(kind === 'teams' && group !== 'new' ? group.id : null);
  const save = useSave<Values, unknown>({
    send: async (values) => {
      const { make, change } = routesOf[kind];
      const { id } = await (group === 'new' ? make(values) : change(group.id, values));
      if (kind === 'teams') await team.save(id);
    },
    touches: [kind, 'agents'],
    onDone: onClose,
    quiet: true,
  });
  return (
    <FormDialog
      title={group === 'new' ? t('common.add') : t(`teams.edit.${kind}`)}
      onClose={onClose}
      save={save}
      dirty={name !== known.name || skillIds.join() !== known.skillIds.join() || team.isChanged}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ name: name.trim(), skillIds });
      }}
    >
      <TextInput
        data-autofocus
        required
        label={t('form.name')}
        value={name}
        maxLength={255}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {kind === 'teams' && (
        <>
          <MultiSelect
            label={t('teams.members')}
            searchable
            data={team.agents.map(({ id, name: label }) => ({ value: id, label }))}
            value={team.memberIds}
            onChange={team.choose}
          />
          <SkillsField
            description={t('teams.skillsHint')}
            value={skillIds}
            onChange={setSkillIds}
          />
        </>
      )}
    </FormDialog>
  );
}
